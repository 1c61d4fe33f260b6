"""What is hidden before Markdown is read: what patterns say is code, and display math. Lengths stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from toolkit.messages import _
from toolkit.style.alert import Alert, Level
from toolkit.style.allowance import Allowance, Allowances, SlowPatternError
from toolkit.style.document import Reading
from toolkit.style.inline import HIDDEN
from toolkit.style.mapped import MASK
from toolkit.style.pattern import pattern
from toolkit.style.syntax import PatternError
from toolkit.style.texts import Texts

IGNORING: Final = "ignore"  # the rule of an alert about such a pattern
_MATH: Final = re.compile(r"(?m)^ {0,3}\$\$[\s\S]*?\$\$[ \t]*(?:\{[^}\n]*\})?[ \t]*$")
_SHOWN: Final = re.compile(r"[^\n]")


def hide(text: str, body: int, reading: Reading, allowances: Allowances) -> tuple[str, list[str]]:
    """`text` as it is read, from `body` on, and the patterns that took too long: see `hide_patterns`."""
    head, rest = text[:body], text[body:]
    if "$$" in rest:
        rest = _MATH.sub(_blank, rest)
    shown, slow = hide_patterns(rest, reading, allowances, HIDDEN)
    return head + shown, slow


def hide_patterns(text: str, reading: Reading, allowances: Allowances, mask: str = MASK) -> tuple[str, list[str]]:
    """`text` with blanks in place of hidden blocks and `mask` in place of each character of hidden words.

    Also the patterns that took too long, each once per file: they hide nothing.
    """
    slow = []
    for written, char in (*((one, " ") for one in reading.blocks), *((one, mask) for one in reading.tokens)):
        allowance = allowances.of(f"{IGNORING} {written}")
        try:
            text = _replace(text, written, char, allowance)
        except SlowPatternError:
            slow += [] if allowance.told else [written]
            allowance.told = True
    return text, slow


def slow_alerts(slow: Iterable[str], reading: Reading) -> list[Alert]:
    """What to say, at the beginning of the text, about patterns that took too long; `match` is the pattern."""
    places = dict(reading.places)
    told = ((written, slow_message(written, places.get(written, IGNORING))) for written in slow)
    return [Alert(IGNORING, 0, 0, written, message, Level.WARNING) for written, message in told]


def slow_message(written: str, place: str) -> str:
    """The words about a pattern that took too long and is written at `place`."""
    message = _("{pattern} ({place}) takes too long: it hides nothing from here on; make the pattern simpler")
    return message.format(pattern=written, place=place)


def _replace(text: str, written: str, char: str, allowance: Allowance) -> str:
    """A pattern that cannot be read hides nothing; whoever reads the settings has said so."""
    try:
        hits = list(pattern(written).find(Texts([text]), allowance))
    except PatternError:
        return text
    parts, done = [], 0
    for found in hits:
        parts += [text[done : found.start], _SHOWN.sub(char, text[found.start : found.end])]
        done = found.end
    return "".join([*parts, text[done:]])


def _blank(found: re.Match[str]) -> str:
    return _SHOWN.sub(" ", found[0])
