"""The tables of leitstand.toml (`toolkit.settings.TABLES`) as JSON Schema, as far as it can say what the reader takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.messages import LANGUAGES, _
from toolkit.model import Late, Severity
from toolkit.schema.fragments import Fragment, pattern
from toolkit.schema.kinds import heard_kinds
from toolkit.settings import ROLES, TABLES
from toolkit.settings.checks import ABOUT_MEDIA, ABOUT_POSTS
from toolkit.settings.desk import PERMISSIONS
from toolkit.settings.forge import URLS
from toolkit.settings.matomo import REPORTS
from toolkit.settings.place import FOLDER, S3
from toolkit.settings.site import LINKS, MOST
from toolkit.settings.tables import FORMAT, LARGEST

_TEXT: Final[Fragment] = {"type": "string"}
_TEXTS: Final[Fragment] = {"type": "array", "items": _TEXT}
_WHOLE: Final[Fragment] = {"type": "integer"}
_NUMBER: Final[Fragment] = {"type": "integer", "minimum": 0, "exclusiveMaximum": LARGEST}
_PATIENCE: Final[Fragment] = {"type": "integer", "minimum": 1, "maximum": 10_000}
_DAY: Final[Fragment] = {"type": "string", "format": "date"}
_NAME: Final[Fragment] = pattern("[a-z0-9][a-z0-9-]*")
_ABSENCE: Final[Fragment] = {
    "type": "object",
    "properties": {"from": {"type": "string"}, "to": {"type": "string"}},
    "required": ["from", "to"],
}
_SWAP: Final[Fragment] = {
    "type": "object",
    "properties": {"person": _TEXT, "from": {"type": "string"}, "to": {"type": "string"}},
    "required": ["person", "from", "to"],
}
_RISK: Final[Fragment] = {"type": "integer", "minimum": 1, "maximum": 3}


def _some(words: tuple[str, ...]) -> Fragment:
    return {"type": "array", "items": {"enum": list(words)}}


# Kind that the reader asks for → what it takes.
_KINDS: Final[Mapping[type, Fragment]] = {
    str: _TEXT,
    int: _WHOLE,
    bool: {"type": "boolean"},
    float: {"type": "number"},
    list: _TEXTS,
}
# table.key → what its value is, where the kind does not tell all.
_VALUES: Final[Mapping[str, Fragment]] = {
    "format": {"const": FORMAT},
    "workspace.id": _NAME,
    "workspace.languages": {**_TEXTS, "minItems": 1},
    "workspace.interface": {"enum": list(LANGUAGES)},
    "workspace.region": pattern("(?:[A-Z]{2}(?:-[A-Z0-9]{1,3})?)?"),
    "people.*.roles": _some(ROLES),
    "people.*.absences": {"anyOf": [{"type": "array", "items": _ABSENCE}, _ABSENCE]},
    "people.*.key_from": _DAY,
    "people.*.key_until": _DAY,
    "accounts.*.network": {"type": "string", "minLength": 1},
    "accounts.*.options": {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]}},
    "policy.approvals": _NUMBER,
    "policy.approvers": _some(ROLES),
    "policy.late": {"enum": list(Late)},
    "policy.grace": _NUMBER,
    "policy.distance": _NUMBER,
    "policy.campaign_distance": _NUMBER,
    "policy.repeat_days": _NUMBER,
    "publish.interval": {**_NUMBER, "minimum": 1},
    "media_host.kind": {"enum": [FOLDER, S3]},
    "forge.kind": {"enum": list(URLS)},
    "alerts.hourly": _PATIENCE,
    "alerts.escalate": _PATIENCE,
    "alerts.unknown": _PATIENCE,
    "oncall.start": _DAY,
    "oncall.turn": {"type": "integer", "minimum": 1, "maximum": 366},
    "oncall.swaps": {"anyOf": [{"type": "array", "items": _SWAP}, _SWAP]},
    "oncall.night": _RISK,
    "oncall.day": _RISK,
    "oncall.within": _PATIENCE,
    "desk.permissions": {
        "type": "object",
        "propertyNames": {"enum": list(ROLES)},
        "additionalProperties": _some(PERMISSIONS),
    },
    **{f"site.{key}": {**_TEXT, "pattern": "^(https://|mailto:)"} for key in LINKS},
    "site.archive_after_months": {"type": "integer", "minimum": 1, "maximum": MOST},
    "windows.*.times": {**_TEXTS, "minItems": 1},
    "matomo.site": {"type": "integer", "minimum": 1},
    "matomo.reports": _some(REPORTS),
    "conversions.codes": {"type": "object", "additionalProperties": {**_TEXT, "minLength": 1}},
    "competitors.*.accounts": {"type": "object", "additionalProperties": {**_TEXT, "pattern": "\\S"}},
    "check.severity": {"type": "object", "additionalProperties": {"enum": [*Severity, "off"]}},
    "check.styles.except": {"type": "object", "additionalProperties": _TEXTS},
    "check.rights.required": _some(ABOUT_MEDIA),
    "check.strategy.required": _some(ABOUT_POSTS),
}
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "": ("format", "workspace"),
    "workspace": ("id",),
    "accounts.*": ("network",),
    "media_host": ("kind",),
    "forge": ("kind", "project"),
    "windows.*": ("times",),
    "matomo": ("server", "site"),
}


def toml_tables() -> Fragment:
    """The whole file: its keys and tables."""
    return _table("")


def _table(name: str) -> dict[str, object]:
    """One table with the tables inside it; ``people.*`` stands for every table inside ``people``."""
    keys = {key: _key(f"{name}.{key}".lstrip("."), text) for key, text in TABLES.get(name, {}).items()}
    inner = {inside: _table(f"{name}.{inside}".lstrip(".")) for inside in _inside(name)}
    star = inner.pop("*", None)
    found: dict[str, object] = {"type": "object", "additionalProperties": star or False}
    if keys or inner:
        found["properties"] = {**keys, **inner}
    if name == "accounts":
        found["propertyNames"] = _NAME
    return found | ({"required": list(_NEEDED[name])} if name in _NEEDED else {})


def _key(dotted: str, text: str) -> Fragment:
    return {"description": _(text), **(_VALUES.get(dotted) or _KINDS.get(heard_kinds().get(dotted, object), {}))}


def _inside(name: str) -> list[str]:
    """The names of the tables right inside `name`."""
    prefix = f"{name}." if name else ""
    found = (table.removeprefix(prefix).split(".")[0] for table in TABLES if table.startswith(prefix) and table != name)
    return list(dict.fromkeys(one for one in found if one))
