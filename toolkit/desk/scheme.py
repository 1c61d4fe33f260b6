"""Light or dark: as a person chose in this browser, else as the device says."""

from __future__ import annotations

from typing import Final

from toolkit.desk.request import Ask
from toolkit.tokens import SCHEMES

COOKIE: Final = "leitstand-scheme"
AS_THE_DEVICE: Final = ""


def scheme_of(ask: Ask) -> str:
    """``light``, ``dark``, or "" for what the device says."""
    chosen = ask.cookie(COOKIE)
    return chosen if chosen in SCHEMES else AS_THE_DEVICE
