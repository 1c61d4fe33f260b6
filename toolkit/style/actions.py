"""What may be written instead of a match, as the rule's `action` says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from toolkit.style.allowance import Allowance
from toolkit.style.pattern import pattern
from toolkit.style.rule import Action

REGEX: Final = "regex"


def suggestions(action: Action | None, match: str, allowance: Allowance) -> list[str] | None:
    """The texts that may stand in place of `match`; None where the action names none."""
    if action is None:
        return None
    if action.name == "replace":
        return list(action.params)
    if action.name == "remove":
        return [""]
    if action.name == "convert":
        return [simple(match)] if action.params[:1] == ("simple",) else [match]
    if action.name == "edit":
        return _edit(action.params, match, allowance)
    return None


def _edit(params: tuple[str, ...], match: str, allowance: Allowance) -> list[str] | None:
    if len(params) == 3 and params[0] == REGEX:
        return [pattern(params[1]).replace(match, params[2], allowance).strip()]
    known = _EDITS.get(params[0] if params else "")
    if known is None or len(params) != known[0]:
        return None
    made = known[1](match, *params[1:])
    return None if made is None else [made.strip()]


def _split(match: str, separator: str, index: str) -> str | None:
    parts = match.split(separator) if separator else [match]
    return parts[int(index)] if index.isdecimal() and int(index) < len(parts) else None


_EDITS: Final[dict[str, tuple[int, Callable[..., str | None]]]] = {
    "trim": (2, lambda match, chars: match.strip(chars)),
    "trim_left": (2, lambda match, chars: match.lstrip(chars)),
    "trim_right": (2, lambda match, chars: match.rstrip(chars)),
    "truncate": (2, lambda match, separator: match.partition(separator)[0] if separator else match),
    "split": (3, _split),
}
EDITS: Final = frozenset({REGEX, *_EDITS})
ACTIONS: Final = ("suggest", "replace", "remove", "convert", "edit")


def simple(text: str) -> str:
    """Small letters, words apart: ``camelCase-word`` becomes ``camel case word``."""
    out, old = "", " "
    for index, char in enumerate(text):
        if (index > 1 and old.islower() and char.isupper()) or not char.isalnum():
            out += " "
        if char.isalnum():
            out += char.lower()
        old = char
    return " ".join(out.split())
