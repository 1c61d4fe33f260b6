"""In which language a person is spoken to: as they chose, as their browser asks, as the workspace speaks."""

from __future__ import annotations

import re
from typing import Final

from toolkit.desk.request import Ask
from toolkit.messages import LANGUAGES

COOKIE: Final = "leitstand-language"
_WANTED: Final = re.compile(
    r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9]{1,8})*\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?"
)


def language_of(ask: Ask, usual: str) -> str:
    """``de`` or ``en``; `usual` is what the workspace speaks."""
    chosen = ask.cookie(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    wanted = [(name, weight) for name, weight in _wanted(ask.header("accept-language")) if name in LANGUAGES and weight]
    return max(wanted, key=lambda one: one[1])[0] if wanted else usual


def _wanted(header: str) -> list[tuple[str, float]]:
    found = (_WANTED.fullmatch(one) for one in header[:200].split(","))
    return [(one[1].lower(), float(one[2] or 1)) for one in found if one]
