"""What is hidden before Markdown is read: what patterns say is code, and display math. Lengths stay as they are."""

from __future__ import annotations

import re
from typing import Final

from toolkit.style.allowance import Allowance, SlowPatternError
from toolkit.style.document import Reading
from toolkit.style.inline import HIDDEN
from toolkit.style.pattern import pattern
from toolkit.style.syntax import PatternError
from toolkit.style.texts import Texts

_MATH: Final = re.compile(r"(?m)^ {0,3}\$\$[\s\S]*?\$\$[ \t]*(?:\{[^}\n]*\})?[ \t]*$")
_SHOWN: Final = re.compile(r"[^\n]")


def hide(text: str, body: int, reading: Reading) -> str:
    """`text` with hidden blocks as blanks and hidden words as asterisks; what stands before `body` is left alone."""
    head, rest = text[:body], text[body:]
    if "$$" in rest:
        rest = _MATH.sub(_blank, rest)
    for written in reading.blocks:
        rest = _replace(rest, written, " ")
    for written in reading.tokens:
        rest = _replace(rest, written, HIDDEN)
    return head + rest


def _replace(text: str, written: str, char: str) -> str:
    """A pattern that cannot be read, or takes too long, hides nothing: to see more than one should beats losing a text."""
    try:
        hits = list(pattern(written).find(Texts([text]), Allowance(len(text))))
    except (PatternError, SlowPatternError):
        return text
    parts, done = [], 0
    for found in hits:
        parts += [text[done : found.start], _SHOWN.sub(char, text[found.start : found.end])]
        done = found.end
    return "".join([*parts, text[done:]])


def _blank(found: re.Match[str]) -> str:
    return _SHOWN.sub(" ", found[0])
