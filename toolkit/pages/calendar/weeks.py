"""The calendar by week: seven days side by side, with pictures, names and the slots that are still free."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from toolkit.dates import say_period
from toolkit.messages import _
from toolkit.pages.calendar.grid import Grid, picture, say_week
from toolkit.pages.calendar.lanes import find_lanes, lane_list
from toolkit.pages.calendar.months import foot
from toolkit.pages.calendar.notes import Notes
from toolkit.pages.calendar.switch import monday_of, steps, views, week_days
from toolkit.pages.filters import entry_choices, filter_bar
from toolkit.pages.kept import digest
from toolkit.pages.markup import Html, div, join, link, para
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import CALENDAR, week_path
from toolkit.pages.pieces import empty, head

_WEEK: Final = timedelta(weeks=1)


def week_pages(notes: Notes) -> dict[str, Page]:
    """A page for each week of half a year before and after today, whether it has posts or not: it may get some."""
    mondays = week_days(notes.site)
    return {week_path(monday): _week(notes, monday, mondays) for monday in mondays}


def _week(notes: Notes, monday: date, mondays: tuple[date, ...]) -> Page:
    site, page, last = notes.site, week_path(monday), monday + timedelta(days=6)
    days = [monday + timedelta(days=number) for number in range(7)]
    found = [entry for day in days for entry in notes.by_day.get(day, ())]
    around = [(week_path(one), say_week(one)) if one in mondays else None for one in (monday - _WEEK, monday + _WEEK)]
    lanes = find_lanes(notes, monday, last)
    grid = Grid(notes, page, monday, last, notes.by_day, lanes, wide=True)
    # The month to switch to is the one that the week counts to, as ISO 8601 says: that of its Thursday.
    thursday = monday + timedelta(days=3)
    near = site.today if monday == monday_of(site.today) else thursday

    def body() -> Html:
        return join(
            (
                head(
                    say_week(monday),
                    para(say_period(monday, last), class_="ls-summary"),
                    div(
                        steps(site, page, (around[0], around[1]), week_path(monday_of(site.today))),
                        views(site, page, near, current="week"),
                        class_="ls-bar-of",
                    ),
                    kicker=link(site.link(page, CALENDAR), _("Calendar")),
                ),
                filter_bar(entry_choices(site, found)) if found else None,
                div(lane_list(notes, page, lanes), data_filter=True) if lanes else None,
                grid.table(_("Posts from {period}").format(period=say_period(monday, last))),
                None if found else empty(_("Nothing is planned in this week.")),
                foot(notes, page, found),
            )
        )

    pictures = [picture(site, entry) for entry in found]
    known = [one.replace(day=1) in site.months for one in (monday, near)]
    key = digest(site.common.key, notes.key(monday, last), repr(lanes), repr((pictures, known)))
    title = _("Calendar {month}").format(month=say_week(monday))
    return generated(title, body, in_nav=False, search=False, key=key)
