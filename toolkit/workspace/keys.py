"""What each front-matter key takes: its form, the values it chooses from, what its value names.

The meaning of a key stands beside its reader (`FRONT_MATTER`, `CAMPAIGN_KEYS` …); this module adds the form, so that
reference, schemas and editors say the same. `POST`, `CAMPAIGN`, `PLAYBOOK` and `FEEDS` are the whole
of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Final

from toolkit.model import Late, MediaKind, Otherwise, Status
from toolkit.source import CONSENT_KEYS, FRONT_MATTER, INSTANCE_KEYS, MEDIA_KEYS, OPTION_KEYS, REVISION_KEYS
from toolkit.values import dataclass
from toolkit.workspace.briefings import BRIEFING_KEYS, ESCALATE_KEYS, FAQ_KEYS, NO_GO_KEYS
from toolkit.workspace.campaignplan import ASSET_KEYS, CAMPAIGN_RISK_KEYS
from toolkit.workspace.campaigns import CAMPAIGN_KEYS, GOAL_KEYS, PHASE_KEYS
from toolkit.workspace.feeds import FEED_KEYS, TAG_KEYS, TERM_KEYS
from toolkit.workspace.feeds import Kind as Speaks
from toolkit.workspace.playbook import Series
from toolkit.workspace.playbooks import CLEAR_KEYS, LEVEL_KEYS, PLAYBOOK_KEYS, WHEN_KEYS
from toolkit.workspace.triage import AuthorRole

APPROVAL_KEYS: Final[Mapping[str, str]] = {
    "by": "Person who approved.",
    "at": "When, with an offset.",
    "hash": "What was approved: sha256:…",
}
IGNORE_KEYS: Final[Mapping[str, str]] = {
    "rule": "Name of the rule.",
    "reason": "Why this post need not obey it.",
    "until": "Last day on which that holds, such as 2026-12-31; default: for ever.",
}


class Form(StrEnum):
    """What a value looks like."""

    TEXT = "text"
    WORDS = "list of words"
    NUMBER = "number"
    NUMBERS = "list of numbers"
    DAY = "day"
    DAYS = "list of days"
    WALL = "wall time"
    WALLS = "table of wall times"
    MOMENT = "moment"
    TABLE = "table"
    LIST = "list of tables"
    NAMED = "table of tables"


class Naming(StrEnum):
    """What a value is the name of."""

    PERSON = "person"
    ACCOUNT = "account"
    CHANNEL = "account or network"
    CAMPAIGN = "campaign"
    PILLAR = "pillar"
    LABEL = "label"
    LANGUAGE = "language"
    ZONE = "time zone"
    FILE = "file below content/"
    KPI = "KPI"
    RULE = "rule"
    DAY = "day of the rule"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: `meaning` in English, its `form`, its `choices` or what its value `names`.

    `keys` are those of the table, of each table of the list, or of each named table; what names those stands in
    `names`.
    """

    meaning: str
    form: Form = Form.TEXT
    choices: tuple[str, ...] = ()
    names: Naming | None = None
    keys: Mapping[str, Key] = field(default_factory=dict)


def make_keys(meanings: Mapping[str, str], shapes: Mapping[str, Key]) -> Mapping[str, Key]:
    """The keys of `meanings`, in their order; plain text where `shapes` says nothing."""
    plain = Key("")
    found = {}
    for name, meaning in meanings.items():
        shape = shapes.get(name, plain)
        found[name] = Key(meaning, shape.form, shape.choices, shape.names, shape.keys)
    return found


def _named(names: Naming, form: Form = Form.TEXT) -> Key:
    return Key("", form, names=names)


def _chosen(*choices: str, form: Form = Form.TEXT) -> Key:
    return Key("", form, choices)


_DAY: Final = Key("", Form.DAY)
_WALL: Final = Key("", Form.WALL)
_TIME: Final = {"publish": _WALL, "fold": _chosen("0", "1"), "timezone": _named(Naming.ZONE)}
_OTHERWISE: Final = {
    "number": Key("", Form.NUMBER),
    "channels": _named(Naming.ACCOUNT, Form.WORDS),
    "otherwise": _chosen(*Otherwise),
}

MEDIA: Final = make_keys(
    MEDIA_KEYS,
    {
        "file": _named(Naming.FILE),
        "owner": _named(Naming.PERSON),
        "due": _DAY,
        "kind": _chosen(*MediaKind),
        "focus": Key("", Form.NUMBERS),
        "until": _DAY,
        "people": _chosen("true", "false"),
        "consent": Key("", Form.TABLE, keys=make_keys(CONSENT_KEYS, {"until": _DAY})),
    },
)
_MEDIA: Final = Key("", Form.LIST, keys=MEDIA)
# A network adds its own; see `toolkit.networks.base.Network.known_options`.
OPTIONS: Final = make_keys(OPTION_KEYS, {**_TIME, "language": _named(Naming.LANGUAGE), "media": _MEDIA})
INSTANCE: Final = make_keys(INSTANCE_KEYS, {**_TIME, "media": _MEDIA})
_CORRECTION: Final = make_keys({key: text for key, text in REVISION_KEYS.items() if key != "channels"}, _OTHERWISE)
_RETRACTION: Final = make_keys({key: text for key, text in REVISION_KEYS.items() if key != "number"}, _OTHERWISE)

POST: Final = make_keys(
    FRONT_MATTER,
    {
        **_TIME,
        "publish": Key("", Form.WALL, ("next",)),
        "slots": _named(Naming.ACCOUNT, Form.WALLS),
        "author": _named(Naming.PERSON),
        "owner": _named(Naming.PERSON),
        "due": _DAY,
        "status": _chosen(*Status),
        "except": Key("", Form.DAYS),
        "instances": Key("", Form.NAMED, names=Naming.DAY, keys=INSTANCE),
        "channels": _named(Naming.ACCOUNT, Form.WORDS),
        "language": _named(Naming.LANGUAGE),
        "campaign": _named(Naming.CAMPAIGN),
        "pillar": _named(Naming.PILLAR),
        "sponsored": _chosen("true", "false"),
        "goal": _named(Naming.KPI),
        "labels": _named(Naming.LABEL, Form.WORDS),
        "media": _MEDIA,
        "options": Key("", Form.NAMED, names=Naming.CHANNEL, keys=OPTIONS),
        "late": _chosen(*Late),
        "grace": Key("", Form.NUMBER),
        "correction": Key("", Form.TABLE, keys=_CORRECTION),
        "retract": Key("", Form.TABLE, keys=_RETRACTION),
        "approved": Key(
            "",
            Form.LIST,
            keys=make_keys(APPROVAL_KEYS, {"by": _named(Naming.PERSON), "at": Key("", Form.MOMENT)}),
        ),
        "ignore": Key("", Form.LIST, keys=make_keys(IGNORE_KEYS, {"rule": _named(Naming.RULE), "until": _DAY})),
    },
)
_GOALS: Final = make_keys(
    GOAL_KEYS,
    {
        "metric": _named(Naming.KPI),
        "target": Key("", Form.NUMBER),
        "channel": _named(Naming.ACCOUNT),
        "baseline": Key("", Form.NUMBER),
        "deadline": _DAY,
    },
)
_ASSETS: Final = make_keys(
    ASSET_KEYS,
    {
        "file": _named(Naming.FILE),
        "kind": _chosen(*MediaKind),
        "owner": _named(Naming.PERSON),
        "due": _DAY,
    },
)
CAMPAIGN: Final = make_keys(
    CAMPAIGN_KEYS,
    {
        "owner": _named(Naming.PERSON),
        "start": _DAY,
        "end": _DAY,
        "channels": _named(Naming.ACCOUNT, Form.WORDS),
        "goals": Key("", Form.LIST, keys=_GOALS),
        "phases": Key("", Form.LIST, keys=make_keys(PHASE_KEYS, {"from": _DAY, "until": _DAY})),
        "messages": Key("", Form.WORDS),
        "budget": Key("", Form.NUMBER),
        "assets": Key("", Form.LIST, keys=_ASSETS),
        "risks": Key("", Form.LIST, keys=make_keys(CAMPAIGN_RISK_KEYS, {"owner": _named(Naming.PERSON)})),
    },
)
_FLAG: Final = _chosen("true", "false")
_PERSON: Final = _named(Naming.PERSON)
_WHEN: Final = make_keys(
    {**WHEN_KEYS, "words": "Words of danger; they stand in blocks called risk by now, see risks."},
    {
        "risks": Key("", Form.WORDS),
        "words": Key("", Form.WORDS),
        "series": _chosen(*Series),
        "per_hour": Key("", Form.NUMBER),
        "any_of": _chosen(*AuthorRole, form=Form.WORDS),
    },
)
_LEVEL: Final = make_keys(
    LEVEL_KEYS,
    {
        "when": Key("", Form.TABLE, keys=_WHEN),
        "owner": _PERSON,
        "backup": _PERSON,
        "approvers": _named(Naming.PERSON, Form.WORDS),
        "pause": Key("", Form.WORDS),
        "allow": Key("", Form.WORDS),
        "holding": Key("", Form.WORDS),
    },
)
PLAYBOOK: Final = make_keys(
    PLAYBOOK_KEYS,
    {
        "owner": _PERSON,
        "reviewed": _DAY,
        "next_review": _DAY,
        "internal": _FLAG,
        "levels": Key("", Form.LIST, keys=_LEVEL),
        "do_not": Key("", Form.WORDS),
        "all_clear": Key(
            "",
            Form.TABLE,
            keys=make_keys(CLEAR_KEYS, {"decided_by": _PERSON, "review_by": _PERSON, "within": Key("", Form.NUMBER)}),
        ),
        "drill_last": _DAY,
        "drill_next": _DAY,
    },
)
_HEARD: Final = {
    "accounts": _named(Naming.ACCOUNT, Form.WORDS),
    "without": Key("", Form.WORDS),
    "kind": _chosen(*Speaks),
}
FEEDS: Final = make_keys(
    {
        "feeds": "Feeds that the house reads.",
        "terms": "Words by which a mention of the house is told.",
        "hashtags": "Hashtags that accounts look for.",
    },
    {
        "feeds": Key("", Form.LIST, keys=make_keys(FEED_KEYS, {"kind": _chosen(*Speaks)})),
        "terms": Key("", Form.LIST, keys=make_keys(TERM_KEYS, _HEARD)),
        "hashtags": Key("", Form.LIST, keys=make_keys(TAG_KEYS, _HEARD)),
    },
)
BRIEFING: Final = make_keys(
    BRIEFING_KEYS,
    {
        "owner": _named(Naming.PERSON),
        "valid_from": _DAY,
        "valid_until": _DAY,
        "campaign": _named(Naming.CAMPAIGN),
        "labels": _named(Naming.LABEL, Form.WORDS),
        "languages": _named(Naming.LANGUAGE, Form.WORDS),
        "messages": Key("", Form.WORDS),
        "faq": Key("", Form.LIST, keys=make_keys(FAQ_KEYS, {"language": _named(Naming.LANGUAGE)})),
        "no_go": Key("", Form.LIST, keys=make_keys(NO_GO_KEYS, {"words": Key("", Form.WORDS)})),
        "escalate": Key("", Form.LIST, keys=make_keys(ESCALATE_KEYS, {"to": _named(Naming.PERSON)})),
        "reviewed": _DAY,
        "next_review": _DAY,
        "language": _named(Naming.LANGUAGE),
        "internal": _chosen("true", "false"),
    },
)
