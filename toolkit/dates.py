"""Days and times as people read them, in the spoken language. Word order is part of the messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final

from toolkit.messages import _

# Looked up when one is said: whoever says a day needs no other month.
_MONTHS: Final[Sequence[Callable[[], str]]] = (
    *(lambda: _("January"), lambda: _("February"), lambda: _("March"), lambda: _("April")),
    *(lambda: _("May"), lambda: _("June"), lambda: _("July"), lambda: _("August")),
    *(lambda: _("September"), lambda: _("October"), lambda: _("November"), lambda: _("December")),
)
_WEEKDAYS: Final[Sequence[Callable[[], str]]] = (
    *(lambda: _("Monday"), lambda: _("Tuesday"), lambda: _("Wednesday"), lambda: _("Thursday")),
    *(lambda: _("Friday"), lambda: _("Saturday"), lambda: _("Sunday")),
)
_SHORTS: Final[Sequence[Callable[[], str]]] = (
    *(lambda: _("Mon"), lambda: _("Tue"), lambda: _("Wed"), lambda: _("Thu")),
    *(lambda: _("Fri"), lambda: _("Sat"), lambda: _("Sun")),
)


def month_names() -> tuple[str, ...]:
    """January to December."""
    return tuple(name() for name in _MONTHS)


def weekday_names() -> tuple[str, ...]:
    """Monday to Sunday."""
    return tuple(name() for name in _WEEKDAYS)


def weekday_shorts() -> tuple[str, ...]:
    """Mon to Sun."""
    return tuple(name() for name in _SHORTS)


def say_month(day: date) -> str:
    """``December 2026``."""
    return _("{month} {year}").format(month=_MONTHS[day.month - 1](), year=day.year)


def say_day(day: date) -> str:
    """``Tuesday, 1 December 2026``."""
    return _("{weekday}, {day} {month} {year}").format(
        weekday=_WEEKDAYS[day.weekday()](), day=day.day, month=_MONTHS[day.month - 1](), year=day.year
    )


def say_short_day(day: date) -> str:
    """``Tue 1 Dec``."""
    return _("{weekday} {day} {month}").format(
        weekday=_SHORTS[day.weekday()](), day=day.day, month=_MONTHS[day.month - 1]()[:3]
    )


def say_date(day: date) -> str:
    """``1 December 2026``."""
    return _("{day} {month} {year}").format(day=day.day, month=_MONTHS[day.month - 1](), year=day.year)


def say_time(moment: datetime) -> str:
    """``07:30`` on the clock of the moment's own zone."""
    return f"{moment.hour:02}:{moment.minute:02}"


def say_moment(moment: datetime) -> str:
    """``Tuesday, 1 December 2026, 07:30``."""
    return _("{day}, {time}").format(day=say_day(moment), time=say_time(moment))


def say_period(start: date | None, end: date | None) -> str:
    """``1 to 24 December 2026``, ``24 November to 24 December 2026``, a single day as a day, with open ends."""
    if start and end:
        return _say_span(start, end)
    if start:
        return _("from {start}").format(start=say_date(start))
    return _("until {end}").format(end=say_date(end)) if end else _("no period")


def _say_span(start: date, end: date) -> str:
    """Month and year are said once where both days share them."""
    last = say_date(end)
    if start == end:
        return last
    if start.year != end.year:
        return _("{start} to {end}").format(start=say_date(start), end=last)
    if start.month != end.month:
        return _("{day} {month} to {end}").format(day=start.day, month=month_names()[start.month - 1], end=last)
    return _("{day} to {end}").format(day=start.day, end=last)
