"""A rule's YAML → `StyleRule`. Everything that is not understood is refused where it stands."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Table
from typing import Final

from toolkit.messages import _
from toolkit.source.nodes import Mapping, NodeError, read_nodes
from toolkit.style.actions import ACTIONS, EDITS
from toolkit.style.alert import Level
from toolkit.style.keys import Keys, Origin
from toolkit.style.measure import EASE, GRADES
from toolkit.style.pattern import pattern
from toolkit.style.rule import Action, RuleError, StyleRule
from toolkit.style.spec import (
    KINDS,
    SHAPES,
    Capitalization,
    Conditional,
    Consistency,
    Existence,
    Metric,
    Occurrence,
    Readability,
    Repetition,
    Spec,
    Spelling,
    Substitution,
)
from toolkit.style.syntax import PatternError

COMMON: Final = (
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
OWN: Final = ("id", "language", "networks", "good", "bad")
_LONGEST: Final = 1 << 20  # characters; word lists of packages are long


def read_rule(node: Mapping, origin: Origin, *, handbook: bool = False) -> StyleRule:
    """The rule of one YAML mapping; raises `RuleError` with its place.

    A rule of the `handbook` has its own `id` and at least one `good` and one `bad` example.
    """
    keys = Keys(node, origin)
    kind = _kind(keys)
    keys.known((*COMMON, *OWN, *_KEYS[kind]))
    if not keys.text("message"):
        keys.refuse("message", _("a rule needs a message: what people read when it finds something"))
    rule = StyleRule(
        id=keys.text("id") or origin.id,
        spec=_READ[kind](keys),
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


def _existence(keys: Keys) -> Spec:
    if not keys.texts("tokens") and not keys.texts("raw"):
        keys.refuse("tokens", _("existence needs tokens: the words that must not stand there"))
    return Existence(
        keys.texts("tokens"),
        keys.texts("raw"),
        append=keys.flag("append"),
        nonword=keys.flag("nonword"),
        ignorecase=keys.flag("ignorecase"),
        exceptions=keys.texts("exceptions"),
        vocab=keys.flag("vocab", default=True),
    )


def _substitution(keys: Keys) -> Spec:
    if not keys.pairs("swap"):
        keys.refuse("swap", _("substitution needs swap: what stands there, a colon, what to write instead"))
    return Substitution(
        keys.pairs("swap"),
        nonword=keys.flag("nonword"),
        ignorecase=keys.flag("ignorecase"),
        capitalize=keys.flag("capitalize"),
        exceptions=keys.texts("exceptions"),
        vocab=keys.flag("vocab", default=True),
    )


def _occurrence(keys: Keys) -> Spec:
    if not keys.text("token"):
        keys.refuse("token", _("occurrence needs a token: the pattern that is counted"))
    return Occurrence(keys.text("token"), keys.whole("max"), keys.whole("min"), ignorecase=keys.flag("ignorecase"))


def _repetition(keys: Keys) -> Spec:
    if not keys.texts("tokens"):
        keys.refuse("tokens", _("repetition needs tokens, such as '[^\\s]+'"))
    return Repetition(
        keys.texts("tokens"),
        keys.whole("max"),
        ignorecase=keys.flag("ignorecase"),
        alpha=keys.flag("alpha"),
        exceptions=keys.texts("exceptions"),
        vocab=keys.flag("vocab", default=True),
    )


def _consistency(keys: Keys) -> Spec:
    if not keys.pairs("either"):
        keys.refuse("either", _("consistency needs either: one spelling, a colon, the other"))
    return Consistency(keys.pairs("either"), nonword=keys.flag("nonword"), ignorecase=keys.flag("ignorecase"))


def _conditional(keys: Keys) -> Spec:
    for name in ("first", "second"):
        if not keys.text(name):
            keys.refuse(name, _("conditional needs first (what stands there) and second (what must stand, too)"))
    return Conditional(
        keys.text("first"),
        keys.text("second"),
        ignorecase=keys.flag("ignorecase"),
        exceptions=keys.texts("exceptions"),
        vocab=keys.flag("vocab", default=True),
    )


def _capitalization(keys: Keys) -> Spec:
    written = keys.text("match")
    if not written or (written.startswith("$") and written not in SHAPES):
        keys.refuse("match", _("capitalization needs match: $title, $sentence, $lower, $upper or a pattern"))
    return Capitalization(
        written,
        keys.text("style", "AP"),
        keys.texts("exceptions"),
        keys.texts("indicators"),
        keys.number("threshold") or 0.8,
        keys.text("prefix"),
        vocab=keys.flag("vocab", default=True),
    )


def _metric(keys: Keys) -> Spec:
    for name in ("formula", "condition"):
        if not keys.text(name):
            keys.refuse(name, _("metric needs formula, such as words / sentences, and condition, such as > 20"))
    return Metric(keys.text("formula"), keys.text("condition"))


def _readability(keys: Keys) -> Spec:
    metrics = keys.texts("metrics")
    known = ", ".join((*GRADES, *EASE))
    if not metrics or not set(metrics) <= {*GRADES, *EASE}:
        keys.refuse("metrics", _("metrics are some of {known}").format(known=known))
    if len({name in EASE for name in metrics}) > 1:
        keys.refuse(
            "metrics",
            _("of {names} more is easier, of the others more is harder: use one sort").format(names=", ".join(EASE)),
        )
    return Readability(metrics, keys.number("grade"))


def _spelling(keys: Keys) -> Spec:
    return Spelling(
        keys.texts("ignore"),
        keys.texts("filters"),
        custom=keys.flag("custom"),
        append=keys.flag("append"),
        exceptions=keys.texts("exceptions"),
    )


_READ: Final[Table[str, Callable[[Keys], Spec]]] = {
    "existence": _existence,
    "substitution": _substitution,
    "occurrence": _occurrence,
    "repetition": _repetition,
    "consistency": _consistency,
    "conditional": _conditional,
    "capitalization": _capitalization,
    "metric": _metric,
    "readability": _readability,
    "spelling": _spelling,
}
_EXTRA: Final[Table[str, tuple[str, ...]]] = {
    # Deprecated or without meaning here, but no reason to refuse a package.
    "substitution": ("pos",),
    "spelling": ("aff", "dic", "dicpath", "dictionaries", "threshold"),
    "capitalization": ("style",),
}
_KEYS: Final[Table[str, tuple[str, ...]]] = {
    kind: (*spec.__slots__, *_EXTRA.get(kind, ())) for kind, spec in KINDS.items()
}
