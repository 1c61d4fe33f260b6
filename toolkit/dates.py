"""Days and times as people read them, in the spoken language. Word order is part of the messages."""

from __future__ import annotations

from datetime import date, datetime

from toolkit.messages import _


def month_names() -> tuple[str, ...]:
    """January to December."""
    return (
        *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June")),
        *(_("July"), _("August"), _("September"), _("October"), _("November"), _("December")),
    )


def weekday_names() -> tuple[str, ...]:
    """Monday to Sunday."""
    return (
        *(_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday")),
        *(_("Friday"), _("Saturday"), _("Sunday")),
    )


def weekday_shorts() -> tuple[str, ...]:
    """Mon to Sun."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def say_month(day: date) -> str:
    """``December 2026``."""
    return _("{month} {year}").format(month=month_names()[day.month - 1], year=day.year)


def say_day(day: date) -> str:
    """``Tuesday, 1 December 2026``."""
    return _("{weekday}, {day} {month} {year}").format(
        weekday=weekday_names()[day.weekday()], day=day.day, month=month_names()[day.month - 1], year=day.year
    )


def say_short_day(day: date) -> str:
    """``Tue 1 Dec``."""
    return _("{weekday} {day} {month}").format(
        weekday=weekday_shorts()[day.weekday()], day=day.day, month=month_names()[day.month - 1][:3]
    )


def say_date(day: date) -> str:
    """``1 December 2026``."""
    return _("{day} {month} {year}").format(day=day.day, month=month_names()[day.month - 1], year=day.year)


def say_time(moment: datetime) -> str:
    """``07:30`` on the clock of the moment's own zone."""
    return f"{moment:%H:%M}"


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
