"""Small marks that make sentences put together from names and numbers read like set ones, in German and English."""

from __future__ import annotations

import re
from typing import Final

_LOW, _HIGH, _APOSTROPHE = (
    "\N{SINGLE LOW-9 QUOTATION MARK}",
    "\N{LEFT SINGLE QUOTATION MARK}",
    "\N{RIGHT SINGLE QUOTATION MARK}",
)
_NESTED: Final = (
    (re.compile("„([^„“]*)„([^„“]*)“([^„“]*)“"), f"„\\1{_LOW}\\2{_HIGH}\\3“"),
    (re.compile("“([^“”„]*)“([^“”„]*)”([^“”„]*)”"), f"“\\1{_HIGH}\\2{_APOSTROPHE}\\3”"),
)
# What must not be torn apart at a line's end: the sign and the number of a count or a probability.
_TOGETHER: Final = re.compile(r"\b([np]) ([=<]) (?=\d)")
_BOUND: Final = re.compile(
    r"(?<=\b[np]:) (?=\d)|(?<=\bKW) (?=\d)|(?<=\d) (?=[%€]|Uhr\b)|(?<=\S) (?=\d+[.,]\d+×(?:[,;)]|$))"  # noqa: RUF001  # the sign that people read as "times"
)
_DAY: Final = re.compile(r"\b(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?=\d{4}\b)")
_SPACE: Final = "\N{NO-BREAK SPACE}"


def typeset(text: str) -> str:
    """Quotes within quotes become the inner ones; `n = 10`, `90 %`, `9.30 Uhr` and `5 Nov 2026` stay on one line.

    A factor at the end of a phrase stays with the last word of what it is about.
    """
    for pattern, inner in _NESTED:
        text = pattern.sub(inner, text)
    text = _DAY.sub(f"\\1{_SPACE}\\2{_SPACE}", text)
    return _BOUND.sub(_SPACE, _TOGETHER.sub(f"\\1{_SPACE}\\2{_SPACE}", text))
