"""Keys of front matter (`toolkit.workspace.keys`) as JSON Schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from toolkit.messages import _
from toolkit.schema.fragments import (
    ADDRESS,
    AMOUNT,
    COUNT,
    DAY,
    DAY_NAME,
    DAYS,
    DECIMAL,
    DURATION,
    FILLED,
    MOMENT,
    POINT,
    RANK,
    RANK_OF_FIVE,
    RATIO,
    SCALAR,
    SCOPE,
    SCORE,
    WHOLE,
    ZONE,
    Fragment,
    chosen,
    listed,
    wall,
)
from toolkit.schema.names import Names, network_options
from toolkit.workspace.keys import Form, Key, Naming

# What must exist, or `leitstand check` calls it an error; other names are free or only warned about.
BINDING: Final = frozenset({Naming.PERSON, Naming.ACCOUNT, Naming.CHANNEL, Naming.CAMPAIGN, Naming.KPI})

_PLAIN: Final[Mapping[Form, Fragment]] = {
    Form.NUMBER: WHOLE,
    Form.NUMBERS: POINT,
    Form.DAY: DAY,
    Form.DAYS: DAYS,
    Form.MOMENT: MOMENT,
}
# What a form does not tell: name of the table → its keys whose values the reader looks at more closely.
_CLOSER: Final[Mapping[str, Mapping[str, Fragment]]] = {
    "": {"decisions": {"type": ["array", "object", "string", "number", "boolean", "null"]}},  # their own reader knows
    "media": {"crop": RATIO},
    "consent": {"proof": FILLED},
    "goals": {"metric": FILLED, "target": DECIMAL, "baseline": DECIMAL},
    "correction": {"number": COUNT, "reason": FILLED},
    "retract": {"reason": FILLED},
    "ignore": {"rule": FILLED, "reason": FILLED},
    "levels": {"level": RANK, "first_response": DURATION, "update_every": DURATION, "pause": listed(SCOPE)},
    "when": {"score": SCORE},
    "all_clear": {"quiet_for": DURATION},
    "feeds": {"name": FILLED, "url": ADDRESS},
    "pillars": {"name": FILLED},
    "channels": {"purpose": FILLED, "weekly": AMOUNT},
    "budget": {"for": FILLED, "amount": AMOUNT},
    "risks": {"risk": FILLED},
    "score": {"reach": RANK_OF_FIVE, "fit": RANK_OF_FIVE, "effort": RANK_OF_FIVE},
    "occasions": {"name": FILLED},
    "arms": {"label": FILLED},
    "terms": {"term": FILLED},
    "hashtags": {"tag": FILLED},
}
# Name of the table → what must be there.
_NEEDED: Final[Mapping[str, Fragment]] = {
    "media": {"anyOf": [{"required": ["file"]}, {"required": ["order"]}]},
    "consent": {"required": ["proof"]},
    "goals": {"required": ["metric", "target"]},
    "correction": {"required": ["number", "reason"]},
    "retract": {"required": ["reason"]},
    "approved": {"required": ["at"]},
    "ignore": {"required": ["rule", "reason"]},
    "levels": {"required": ["level"]},
    "feeds": {"required": ["name", "url"]},
    "terms": {"required": ["term"]},
    "hashtags": {"required": ["tag", "accounts"]},
    "faq": {"required": ["question", "answer"]},
    "no_go": {"required": ["words", "why"]},
    "escalate": {"required": ["what", "to"]},
    "arms": {"required": ["label"]},
    "changes": {"required": ["why"]},
    "assets": {"anyOf": [{"required": ["file"]}, {"required": ["order"]}]},
    "risks": {"required": ["risk"]},
    "products": {"required": ["name"]},
    "score": {"required": ["reach", "fit", "effort"]},
    "occasions": {"required": ["name", "from"]},
    "values": {"required": ["name"]},
    "audiences": {"required": ["name"]},
    "pillars": {"required": ["name"]},
    "channels": {"required": ["channel", "purpose"]},
    "competitors": {"required": ["name"]},
    "budget": {"required": ["for", "amount", "year"]},
}


def read_keys(keys: Mapping[str, Key], names: Names, table: str = "") -> Fragment:
    """``properties`` and what goes with them: no other keys, and those that must be there."""
    found = _properties(keys, names, _CLOSER.get(table, {}))
    return {"properties": found, "additionalProperties": False, **_NEEDED.get(table, {})}


def _properties(keys: Mapping[str, Key], names: Names, closer: Mapping[str, Fragment]) -> Mapping[str, Fragment]:
    values = {name: closer.get(name) or _value(name, key, names) for name, key in keys.items()}
    return {name: {"description": _(keys[name].meaning), **value} for name, value in values.items()}


def _value(name: str, key: Key, names: Names) -> Fragment:
    if key.form in _TABLES:
        return _TABLES[key.form](name, key, names)
    known = names.get(key.names) if key.names in BINDING else None
    if known is not None:
        return listed(chosen(known)) if key.form is Form.WORDS else chosen(known)
    if key.form is Form.WALL:
        return wall(key.choices)
    if key.choices:
        return listed(chosen(key.choices)) if key.form is Form.WORDS else chosen(key.choices)
    if key.form is Form.WORDS:
        return listed(SCALAR)
    return ZONE if key.names is Naming.ZONE else _PLAIN.get(key.form, SCALAR)


def _table(name: str, key: Key, names: Names) -> Fragment:
    return {"type": ["object", "null"], **read_keys(key.keys, names, name)}


def _list(name: str, key: Key, names: Names) -> Fragment:
    return {"type": ["array", "null"], "items": {"type": "object", **read_keys(key.keys, names, name)}}


def _named(_name: str, key: Key, names: Names) -> Fragment:
    """A table of tables: days of a rule, or accounts and networks with the options of their networks."""
    if key.names is Naming.DAY:
        return _inside(DAY_NAME, read_keys(key.keys, names))
    own = {name: {"description": _(meaning), **SCALAR} for name, meaning in network_options().items()}
    inner = {"properties": {**own, **_properties(key.keys, names, {})}, "additionalProperties": SCALAR}
    known = names.get(Naming.CHANNEL)
    return _inside(SCALAR if known is None else {"enum": list(known)}, inner)


def _walls(_name: str, key: Key, names: Names) -> Fragment:
    known = names.get(Naming.ACCOUNT)
    name = SCALAR if known is None else {"enum": list(known)}
    return {"type": ["object", "null"], "propertyNames": name, "additionalProperties": wall(key.choices)}


def _inside(name: Fragment, inner: Fragment) -> Fragment:
    return {
        "type": ["object", "null"],
        "propertyNames": name,
        "additionalProperties": {"type": ["object", "null"], **inner},
    }


_TABLES: Final[Mapping[Form, Callable[[str, Key, Names], Fragment]]] = {
    Form.TABLE: _table,
    Form.LIST: _list,
    Form.NAMED: _named,
    Form.WALLS: _walls,
}
