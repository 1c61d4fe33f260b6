"""A rule's YAML → `StyleRule`. Everything that is not understood is refused where it stands."""

from __future__ import annotations

from typing import Final

from toolkit.messages import _
from toolkit.source.nodes import Mapping, NodeError, read_nodes
from toolkit.style.actions import ACTIONS, EDITS
from toolkit.style.alert import Level
from toolkit.style.keys import Keys, Origin
from toolkit.style.kinds import known_keys, read_spec
from toolkit.style.pattern import pattern
from toolkit.style.rule import Action, RuleError, StyleRule
from toolkit.style.spec import KINDS
from toolkit.style.syntax import PatternError

_COMMON: Final = (
    "extends",
    "message",
    "level",
    "scope",
    "link",
    "description",
    "limit",
    "action",
    "name",
    "tests",
    "matchcase",
)
_OWN: Final = ("id", "language", "networks", "good", "bad")
_LONGEST: Final = 1 << 20  # characters; word lists of packages are long


def read_rule(node: Mapping, origin: Origin, *, handbook: bool = False) -> StyleRule:
    """The rule of one YAML mapping; raises `RuleError` with its place.

    A rule of the `handbook` has its own `id` and at least one `good` and one `bad` example.
    """
    keys = Keys(node, origin)
    kind = _kind(keys)
    keys.known((*_COMMON, *_OWN, *known_keys(kind)))
    if not keys.text("message"):
        keys.refuse("message", _("a rule needs a message: what people read when it finds something"))
    rule = StyleRule(
        id=keys.text("id") or origin.id,
        spec=read_spec(kind, keys),
        message=keys.text("message"),
        level=_level(keys),
        scope=_scope(keys, kind),
        link=keys.text("link"),
        description=keys.text("description"),
        limit=keys.whole("limit"),
        action=_action(keys),
        language=keys.text("language").lower(),
        networks=keys.texts("networks"),
        good=keys.texts("good"),
        bad=keys.texts("bad"),
        path=origin.path,
        line=origin.line(node.start),
    )
    _check_identity(rule, keys, handbook=handbook)
    return rule


def rule_from_text(text: str, origin: Origin, *, handbook: bool = False) -> StyleRule:
    """The rule written as `text`, which stands at ``origin.start`` of the file; raises `RuleError`."""
    try:
        node = read_nodes(text, longest=_LONGEST)
    except NodeError as error:
        raise RuleError(origin.problem(error.start, error.end, str(error))) from None
    if not isinstance(node, Mapping):
        raise RuleError(origin.problem(0, 1, _("a rule is a table of keys, the first of them extends: existence")))
    return read_rule(node, origin, handbook=handbook)


def _kind(keys: Keys) -> str:
    kind = keys.text("extends")
    if kind == "sequence":
        keys.refuse(
            "extends",
            _("sequence needs a grammar of English that is not here; write the wording as existence with raw patterns"),
        )
    if kind == "script":
        keys.refuse(
            "extends",
            _("script is a program, and none is run from a rule; write it as existence, occurrence or metric"),
        )
    if kind not in KINDS:
        known = ", ".join(KINDS)
        message = _("extends must be one of {known}").format(known=known)
        keys.refuse("extends", message if kind else _("a rule needs extends: {known}").format(known=known))
    return kind


def _level(keys: Keys) -> Level:
    text = keys.text("level", Level.WARNING.value)
    if text not in set(Level):
        keys.refuse("level", _("level must be one of {known}").format(known=", ".join(Level)))
    return Level(text)


def _scope(keys: Keys, kind: str) -> tuple[str, ...]:
    found = keys.texts("scope")
    if kind in {"metric", "readability"} and found in {(), ("text",)}:
        return ("summary",)
    return found or ("text",)


def _action(keys: Keys) -> Action | None:
    table = keys.table("action")
    if table is None:
        return None
    table.known(("name", "params"))
    name, params = table.text("name"), table.texts("params")
    if not name:
        return None
    if name not in ACTIONS:
        table.refuse("name", _("an action is one of {known}").format(known=", ".join(ACTIONS)))
    if name == "edit" and params[:1] and params[0] not in EDITS:
        table.refuse("params", _("edit knows {known}").format(known=", ".join(sorted(EDITS))))
    if name == "edit" and params[:1] == ("regex",) and len(params) == 3:
        try:
            pattern(params[1])
        except PatternError as error:
            table.refuse("params", _("{pattern} cannot be read: {error}").format(pattern=params[1], error=error))
    return Action(name, params)


def _check_identity(rule: StyleRule, keys: Keys, *, handbook: bool) -> None:
    if not rule.id:
        keys.refuse("id", _("a rule of the handbook needs an id, such as id: BRAND012"))
    if not all(char.isalnum() or char in "-_." for char in rule.id):
        keys.refuse("id", _("an id is letters, digits, hyphens and dots"))
    if handbook and not rule.good:
        keys.refuse("good", _('{rule} needs an example that it accepts: good: ["…"]').format(rule=rule.id))
    if handbook and not rule.bad:
        keys.refuse("bad", _('{rule} needs an example that it finds: bad: ["…"]').format(rule=rule.id))
