"""What a rule looks for, read from its keys: one function for each word that may stand behind ``extends``."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Table
from typing import Final

from toolkit.messages import _
from toolkit.style.keys import Keys
from toolkit.style.measure import EASE, GRADES
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


def read_spec(kind: str, keys: Keys) -> Spec:
    """What a rule of this kind looks for; raises `RuleError` where something needed is missing."""
    return _READ[kind](keys)


def known_keys(kind: str) -> tuple[str, ...]:
    """The keys that only rules of this kind have."""
    return (*KINDS[kind].__slots__, *_EXTRA.get(kind, ()))


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
