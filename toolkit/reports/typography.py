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


def typeset(text: str) -> str:
    """Quotes within quotes become the inner ones, and `n = 10` stays on one line."""
    for pattern, inner in _NESTED:
        text = pattern.sub(inner, text)
    return _TOGETHER.sub("\\1\N{NO-BREAK SPACE}\\2\N{NO-BREAK SPACE}", text)
