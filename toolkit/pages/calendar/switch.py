"""The head of a calendar page: a step back and forth, today, and the same days as month, week or list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from toolkit.messages import _
from toolkit.pages.icons import icon
from toolkit.pages.markup import Html, link, tag
from toolkit.pages.paths import CALENDAR, POSTS, list_path, month_path, week_path
from toolkit.pages.pieces import spaced, step
from toolkit.pages.view import Site

# Weeks this far from today have pages of their own: half a year back and ahead. Older ones are read by month.
AROUND: Final = 26
_WEEK: Final = timedelta(weeks=1)


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def week_days(site: Site) -> tuple[date, ...]:
    """The Mondays of the weeks that have pages, in order."""
    here = monday_of(site.today)
    return tuple(here + number * _WEEK for number in range(-AROUND, AROUND + 1))


def steps(site: Site, page: str, around: tuple[tuple[str, str] | None, tuple[str, str] | None], today: str) -> Html:
    """Links to the pages before and after, each a path and its name, and to the one with today between them."""
    before, after = around
    # On a phone the days are a long list: the link leads to the day itself.
    here = "" if page == today else site.link(page, today)
    links = [
        step(site.link(page, before[0]), "previous", before[1]) if before else None,
        link(f"{here}#day-{site.today:%d}", _("Today"), class_="ls-step", data_filter_keep=True),
        step(site.link(page, after[0]), "next", after[1], label_first=True) if after else None,
    ]
    return tag("nav", *spaced([one for one in links if one]), class_="ls-steps", aria_label=_("Other days"))


def views(site: Site, page: str, day: date, *, current: str) -> Html:
    """The switch between month, week and list, around `day`; the week of a month that runs is the one that runs.

    `current` is ``calendar``, ``week`` or ``list``.
    """
    month = day.replace(day=1)
    near = site.today if current != "week" and month == site.today.replace(day=1) else day
    monday = monday_of(near)
    known = month in site.months  # a week without posts may lie in a month that has no pages yet
    options = [("calendar", _("Month"), month_path(month) if known else CALENDAR)]
    if monday in week_days(site):
        options.append(("week", _("Week"), week_path(monday)))
    options.append(("list", _("List"), list_path(month) if known else POSTS))
    links = (
        link(
            site.link(page, target),
            icon(name),
            label,
            class_="ls-view",
            aria_current="page" if name == current else None,
            data_filter_keep=True,
        )
        for name, label, target in options
    )
    return tag("nav", *links, class_="ls-views", aria_label=_("View"))
