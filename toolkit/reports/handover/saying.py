"""Shares, changes and weeks of a hand-over in words."""

from __future__ import annotations

from toolkit.community.summary.shares import Share
from toolkit.community.summary.week import Week
from toolkit.dates import say_period
from toolkit.messages import _
from toolkit.reports.wording import Wording


def say_share(share: Share, wording: Wording) -> str:
    """``3 of 40 (7.5%)``; only the count where there are too few for a share."""
    count = _("{hits} of {n}").format(hits=wording.number(share.hits), n=wording.number(share.n))
    if share.value is None or not share.enough:
        return count
    return f"{count} ({wording.percent(share.value, 0)})"


def say_limits(share: Share, wording: Wording) -> str:
    """Between which limits the true share lies, or that there are too few."""
    if not share.enough:
        return _("too few")
    low, high = share.limits
    return _("{low} to {high}").format(low=wording.percent(low, 0), high=wording.percent(high, 0))


def say_change(share: Share, before: Share | None, wording: Wording) -> str:
    """The share before, and whether the difference is more than chance."""
    if before is None:
        return _("not known")
    said = say_share(before, wording)
    if not (share.enough and before.enough):
        return said
    verdict = _("within chance")
    if share.differs(before):
        verdict = "▲" if share.hits * before.n > before.hits * share.n else "▼"
    return f"{said}, {verdict}"


def say_week(week: Week) -> str:
    """``week 47 (16 to 22 November 2026)``."""
    number = week.monday.isocalendar().week
    return _("week {number} ({days})").format(number=number, days=say_period(week.monday, week.sunday))


def say_language(code: str) -> str:
    """The language, as people call it."""
    return {"de": _("German"), "en": _("English")}.get(code, code)
