"""A rule's pattern as words that people read: ``Online[- ][Ss]hop|Web-?shop`` is *Online-Shop, Web-shop*."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

# More than these help nobody: the box of the rule shows the pattern itself.
MOST: Final = 6
_REST: Final = "…"
# Between two words a mark is told; whether a word has an ending is not.
_BETWEEN: Final = frozenset(" -")


@lru_cache(maxsize=4096)
def say_pattern(pattern: str) -> tuple[str, ...]:
    """The words that a pattern finds, one spelling of each; empty for a pattern that is no list of words.

    What may or may not stand there is left out, save a space or hyphen between words; what any letters may follow ends
    in an ellipsis. Patterns that only other engines understand are no list of words here.
    """
    import re._parser as parser  # type: ignore[import-not-found]  # typeshed does not know it

    try:
        found = _expand(parser.parse(pattern))
    except (re.error, ValueError, OverflowError, RecursionError):
        return ()
    words = (word.strip() for word in found)
    return tuple(dict.fromkeys(word for word in words if word.strip(_REST)))[:MOST]


def _expand(parsed: Iterable[Any]) -> list[str]:
    found = [""]
    for operator, value in parsed:
        pieces = _piece(str(operator), value)
        found = [before + piece for before in found for piece in pieces][: MOST * 4]
    return found


def _piece(operator: str, value: Any) -> list[str]:
    match operator:
        case "LITERAL":
            return [chr(value)]
        case "AT" | "ASSERT" | "ASSERT_NOT":
            return [""]
        case "SUBPATTERN":
            return _expand(value[-1])
        case "BRANCH":
            return [word for branch in value[1] for word in _expand(branch)]
        case "IN":
            return [_one_of(value)]
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _repeated(*value)
    raise ValueError(operator)


def _one_of(members: Iterable[Any]) -> str:
    operator, value = next(iter(members))
    if str(operator) == "LITERAL":
        return chr(value)
    if str(operator) == "CATEGORY" and str(value) == "CATEGORY_WORD":
        return _REST
    raise ValueError(operator)


def _repeated(least: int, most: Any, inner: Iterable[Any]) -> list[str]:
    found = _expand(inner)
    if found == [_REST]:
        return found
    if least == 0:
        return [word for word in found if word in _BETWEEN][:1] or [""]
    if least == most == 1:
        return found
    raise ValueError(least)
