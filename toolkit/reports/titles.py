"""How reports are called at the top of their pages and in lists."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from toolkit.dates import say_month
from toolkit.messages import _

_WEEK: Final = re.compile(r"(\d{4})-W(\d{2})")


def report_title(name: str) -> str:
    """The name of a packaged report in the language spoken; an own one is called like its notebook."""
    titles = {
        "handover": _("Hand-over"),
        "monthly": _("Monthly report"),
        "campaign": _("Campaigns"),
        "channel": _("Channels"),
        "competitors": _("Competitors"),
        "experiment": _("Experiments"),
        "year": _("Twelve months to"),
        "review": _("Review of the plan"),
    }
    return titles.get(name, name)


def period_title(period: str) -> str:
    """A month (``2026-10``) or a week (``2026-W47``) as people say it; what is neither stays as it is."""
    week = _WEEK.fullmatch(period)
    if week is not None:
        return _("week {number}, {year}").format(number=int(week[2]), year=week[1])
    try:
        return say_month(date.fromisoformat(f"{period}-01"))
    except ValueError:
        return period
