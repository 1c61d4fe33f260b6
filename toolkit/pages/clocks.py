"""The site's clock: the system's, or the one that the environment or an option sets, so that a demo does not age."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.model import Clock, SystemClock, read_clock

NOW_VARIABLE: Final = "LEITSTAND_NOW"


def choose_clock(option: str, environ: Mapping[str, str]) -> Clock:
    """The clock that ``LEITSTAND_NOW`` or `option` sets (a time with an offset), else the system's."""
    said = environ.get(NOW_VARIABLE) or option
    return read_clock(said, NOW_VARIABLE) if said else SystemClock()
