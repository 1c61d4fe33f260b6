"""The rhythm of an account: the days of the last half year as a field of cells, and the same in words and as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import takewhile
from typing import Final

from toolkit.dates import month_names, say_date, say_period, weekday_names, weekday_shorts
from toolkit.messages import _, decimal
from toolkit.pages.entries import Entry
from toolkit.pages.markup import Html, div, join, para, tag
from toolkit.pages.pieces import count_posts
from toolkit.pages.tables import row, table
from toolkit.pages.view import Site

WEEKS: Final = 26
_CELL: Final = 12
_GAP: Final = 2
_SIDE: Final = 22  # room for the names of days
_HEAD: Final = 13  # room for the names of months
_MOST: Final = 3  # posts of a day that have a colour of their own; of more it is the same


def count_days(site: Site, past: Sequence[Entry]) -> Counter[date]:
    """The days of the half year on which something went out, with how often; `past` is what is over, in order."""
    first = _first(site)
    return Counter(takewhile(lambda day: day >= first, (entry.local.date() for entry in reversed(past))))


def show_rhythm(site: Site, days: Counter[date], weekly: float | None) -> Html:
    """A sentence, the field, and the table behind it. `weekly` is how many posts a week the strategy plans.

    Where nothing went out the sentence is all: an empty field says no more.
    """
    first = _first(site)
    said = " ".join(_sentences(site, days, weekly))
    return join((para(said), _field(site, first, days, said), _behind(first, days))) if days else para(said)


def _first(site: Site) -> date:
    """The Monday on which the half year begins."""
    return site.today - timedelta(days=site.today.weekday(), weeks=WEEKS - 1)


def _sentences(site: Site, days: Counter[date], weekly: float | None) -> Iterator[str]:
    """Counted from the first post of the half year on: before it nobody may have kept posts here."""
    if not days:
        yield _("None of the posts kept here went out in the last half year.")
        return
    first, total = min(days), days.total()
    weeks = max(1.0, ((site.today - first).days + 1) / 7)
    yield _("{posts} since {day}, {mean} a week.").format(
        posts=count_posts(total), day=say_date(first), mean=decimal(total / weeks, ".1f")
    )
    if weekly is not None:
        yield _("The strategy plans {number} a week.").format(number=decimal(weekly, ".1f"))
    weekdays = Counter(day.weekday() for day, count in days.items() for _each in range(count))
    most = max(range(7), key=lambda day: (weekdays[day], -day))
    yield _("Most often on {day}: {posts}.").format(day=weekday_names()[most], posts=count_posts(weekdays[most]))


def _field(site: Site, first: date, days: Counter[date], said: str) -> Html:
    step = _CELL + _GAP
    width, height = _SIDE + WEEKS * step, _HEAD + 7 * step
    return tag(
        "svg",
        *_months(first),
        *_names(),
        *_cells(site, first, days),
        viewBox=f"0 0 {width} {height}",
        role="img",
        aria_label=said,
        class_="ls-rhythm",
    )


def _months(first: date) -> Iterator[Html]:
    """The name of a month above the first whole week of it."""
    for week in range(WEEKS):
        day = first + timedelta(weeks=week)
        if day.day <= 7:
            yield tag("text", month_names()[day.month - 1][:3], x=str(_SIDE + week * (_CELL + _GAP)), y="9")


def _names() -> Iterator[Html]:
    for day in (0, 2, 4, 6):
        yield tag("text", weekday_shorts()[day], x="0", y=str(_HEAD + day * (_CELL + _GAP) + 9))


def _cells(site: Site, first: date, days: Counter[date]) -> Iterator[Html]:
    step = _CELL + _GAP
    for number in range(WEEKS * 7):
        day = first + timedelta(days=number)
        if day > site.today:
            return
        count = min(days[day], _MOST)
        names = [f"ls-heat-{count}", *(["ls-now"] if day == site.today else [])]
        x, y = _SIDE + number // 7 * step, _HEAD + number % 7 * step
        yield tag("rect", x=str(x), y=str(y), width=str(_CELL), height=str(_CELL), rx="2", class_=" ".join(names))


def _behind(first: date, days: Counter[date]) -> Html:
    """Week by week, the newest first."""
    heads = (_("Week"), _("Posts"))
    weeks = [first + timedelta(weeks=number) for number in reversed(range(WEEKS))]
    rows = (
        row(
            (heads[0], say_period(monday, monday + timedelta(days=6))),
            (heads[1], str(sum(days[monday + timedelta(days=number)] for number in range(7)))),
        )
        for monday in weeks
    )
    title = _("Week by week")
    return tag("details", tag("summary", title), div(table(heads, rows, title, small=True)), class_="ls-behind")
