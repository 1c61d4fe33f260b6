"""Days of the plan's options."""

from __future__ import annotations

from datetime import date

from toolkit.errors import UsageError
from toolkit.messages import _


def read_day(option: str, text: str) -> date | None:
    """The day that an option names, None where it is not given; raises `UsageError`."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = _("{option} needs a day such as 2026-12-01, not {text!r}")
        raise UsageError(message.format(option=option, text=text)) from None
