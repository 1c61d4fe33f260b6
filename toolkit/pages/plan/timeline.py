"""All campaigns on one line of time: which run beside each other, which come, and where today is.

The cards below say the same, so the picture is silent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from toolkit.dates import month_names, say_period
from toolkit.messages import _
from toolkit.pages.markup import Html, div, heading, span, tag
from toolkit.pages.view import Site
from toolkit.values import dataclass
from toolkit.workspace import Campaign

# What ended before, and what begins later, stands on its card alone.
_BACK: Final = 6
_AHEAD: Final = 9
_FEWEST: Final = 2
_NAMED: Final = 18  # months that still have room for their names


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from `first` to `last`, both of them included, as places from the left."""

    first: date
    last: date

    def place(self, day: date, part: float = 0.5) -> str:
        """Where a moment of a day lies; `part` is how much of the day is over."""
        return f"{100 * ((day - self.first).days + part) / ((self.last - self.first).days + 1):.2f}%"

    def wide(self, start: date, end: date) -> str:
        """How wide the days from `start` to `end` are."""
        return f"{100 * ((end - start).days + 1) / ((self.last - self.first).days + 1):.2f}%"


def timeline(site: Site, campaigns: Sequence[Campaign]) -> Html | None:
    """A bar for each campaign of the months around today, in order of their beginning; None for fewer than two."""
    months = _shift(site.today, -_BACK), _shift(site.today, _AHEAD + 1)
    shown = [
        (one.start, one.end, one)
        for one in campaigns
        if one.start and one.end and one.start < months[1] and one.end >= months[0]
    ]
    if len(shown) < _FEWEST:
        return None
    first = max(months[0], min(start for start, _end, _one in shown)).replace(day=1)
    last = min(months[1], _shift(max(end for _start, end, _one in shown), 1))
    whole = Stretch(first, date.fromordinal(last.toordinal() - 1))
    shown.sort(key=lambda one: (one[0], one[2].name))
    today = div(span(style=f"left:{whole.place(site.today)}"), class_="ls-course-now", title=_("today"))
    lines = (_bar(site, whole, *one) for one in shown)
    scale = course_line(None, *_months(whole), class_="ls-course-months")
    title = heading(2, _("Side by side"), "timeline")
    picture = div(today, scale, *lines, class_="ls-course ls-timeline", aria_hidden="true")
    return tag("section", title, picture, aria_labelledby="timeline")


def _bar(site: Site, whole: Stretch, start: date, end: date, campaign: Campaign) -> Html:
    tone = "coming" if start > site.today else "past" if end < site.today else "running"
    first, last = max(start, whole.first), min(end, whole.last)
    said = f"{campaign.title}, {say_period(start, end)}"
    place = f"left:{whole.place(first, 0)};width:{whole.wide(first, last)}"
    return course_line(span(campaign.title), span(style=place, class_=f"ls-time ls-time-{tone}", title=said))


def course_line(name: Html | None, *marks: Html, class_: str = "") -> Html:
    """A line of such a picture: what it is about, and the marks on its track."""
    return div(div(name), div(*marks, class_="ls-course-track"), class_=f"ls-course-line {class_}".strip())


def _months(whole: Stretch) -> Iterator[Html]:
    """Each month's name where it begins, of many months only each third."""
    count = (whole.last.year - whole.first.year) * 12 + whole.last.month - whole.first.month + 1
    for at in range(0, count, 1 if count <= _NAMED else 3):
        day = _shift(whole.first, at)
        name = month_names()[day.month - 1][:3]
        yield span(name if day.month > 1 and at else f"{name} {day.year}", style=f"left:{whole.place(day, 0)}")


def _shift(day: date, months: int) -> date:
    """The first of the month so many months later.

    >>> _shift(date(2026, 11, 21), 2), _shift(date(2026, 11, 21), -11)
    (datetime.date(2027, 1, 1), datetime.date(2025, 12, 1))
    """
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
