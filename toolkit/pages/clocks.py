"""The site's clock: the system's, or the one that the environment or an option sets, so that a demo does not age."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import Clock, SetClock, SystemClock

NOW_VARIABLE: Final = "LEITSTAND_NOW"


def choose_clock(option: str, environ: Mapping[str, str]) -> Clock:
    """The clock that ``LEITSTAND_NOW`` or `option` sets (a time with an offset), else the system's."""
    said = environ.get(NOW_VARIABLE) or option
    if not said:
        return SystemClock()
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        example = "2026-11-21T12:00+01:00"
        message = _("{name} needs a time with an offset, such as {example}, not {said!r}")
        raise UsageError(message.format(name=NOW_VARIABLE, example=example, said=said))
    return SetClock(moment)
