"""Words and patterns of many rules against one text, each in its own limited time."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.lint.phrases import phrases
from toolkit.style.allowance import Allowance, SlowPatternError


def tells(words: Sequence[str], patterns: Sequence[str], text: str) -> bool:
    """Whether one of the words or patterns stands in the text; raises `SlowPatternError` when that takes too long.

    A pattern that cannot be read is passed over: whoever checks the handbook says so.
    """
    found = phrases(tuple(words), tuple(patterns)).find(text, Allowance(len(text)))
    return next(found, None) is not None


def tells_in_time(words: Sequence[str], patterns: Sequence[str], text: str) -> bool | None:
    """The same; None when it takes too long."""
    try:
        return tells(words, patterns, text)
    except SlowPatternError:
        return None
