"""Posts that come again: an RFC 5545 recurrence rule that ends, days left out, instances of their own.

An instance is named by its date. A rule never names a day twice, so that a post whose time of day is changed keeps
its instances, and none of them goes out again. Rules are expanded in wall time: an instance at 07:30 is at 07:30 on
both sides of a clock change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import Final

from toolkit.messages import _
from toolkit.model.media import Media
from toolkit.model.walltime import WallTime
from toolkit.values import dataclass

FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
# What RFC 5545 has for days; parts of a day would name a day twice.
PARTS: Final = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "BYWEEKNO", "WKST")
# Whoever plans further ahead than this will think again before.
LONGEST: Final = timedelta(days=3660)
MOST: Final = 1000
_UNTIL: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\d{6}Z?)?", re.ASCII)
EXAMPLE: Final = "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270331"


class RepeatError(ValueError):
    """A rule that cannot be used; the text says why and what to write."""


@dataclass(frozen=True, slots=True)
class Instance:
    """What one instance has of its own."""

    publish: WallTime | None = None
    media: tuple[Media, ...] | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """When a post comes again. `own` and `left_out` name instances by the date that the rule gives them."""

    rule: str
    left_out: tuple[date, ...] = ()
    own: Mapping[date, Instance] = field(default_factory=dict)

    def instances(self, first: WallTime) -> Mapping[date, WallTime]:
        """Date of the rule → when that instance goes out, in order; raises `RepeatError`."""
        found = {day: replace(first, wall=datetime.combine(day, first.wall.time())) for day in self.days(first)}
        own = {day: self.own[day].publish for day in found if day in self.own}
        return found | {day: publish for day, publish in own.items() if publish is not None}

    def days(self, first: WallTime) -> tuple[date, ...]:
        """The dates of the instances, without those that are left out; raises `RepeatError`."""
        left_out = set(self.left_out)
        return tuple(day for day in expand(self.rule, first.wall) if day not in left_out)


@lru_cache(maxsize=4096)
def expand(rule: str, start: datetime) -> tuple[date, ...]:
    """Every date that `rule` names from `start` (naive) on; raises `RepeatError` for a rule that cannot be used."""
    from dateutil.rrule import rrule, rrulestr

    parts = read_rule(rule)
    count = _number(parts, "COUNT", MOST + 1)
    last = min(_until(parts), datetime.combine(start.date() + LONGEST, time.max))
    bare = ";".join(f"{name}={value}" for name, value in parts.items() if name not in ("COUNT", "UNTIL"))
    try:
        found = rrulestr(bare, dtstart=start)
        if not isinstance(found, rrule):
            raise RepeatError(_("repeat is one rule, such as {example}").format(example=EXAMPLE))
        # Counted here: the library would search for the last one of a rule that never fits until the year 9999.
        within = found.replace(until=last)
        days = [moment.date() for moment in islice(within, min(count, MOST + 1))]
    except (ValueError, TypeError, OverflowError) as error:
        raise RepeatError(_("the rule cannot be read: {error}").format(error=error)) from error
    if len(days) > MOST:
        raise RepeatError(_("the rule names more than {most} days; let it end sooner").format(most=MOST))
    return tuple(days)


def read_rule(rule: str) -> Mapping[str, str]:
    """The parts of a rule such as ``FREQ=WEEKLY;BYDAY=TU;UNTIL=20270331``; raises `RepeatError`."""
    parts: dict[str, str] = {}
    for piece in rule.removeprefix("RRULE:").rstrip(";").split(";"):
        name, equals, value = piece.strip().upper().partition("=")
        if not equals or not value or name in parts:
            raise RepeatError(_("repeat is a rule such as {example}").format(example=EXAMPLE))
        if name not in PARTS:
            raise RepeatError(
                _("{name} is not known here; known are {known}").format(name=name, known=", ".join(PARTS))
            )
        parts[name] = value
    if parts.get("FREQ") not in FREQUENCIES:
        raise RepeatError(_("FREQ must be one of {known}").format(known=", ".join(FREQUENCIES)))
    if ("COUNT" in parts) == ("UNTIL" in parts):
        message = _("the rule needs an end: either COUNT or UNTIL, such as {example}")
        raise RepeatError(message.format(example=EXAMPLE))
    _until(parts)
    _number(parts, "COUNT", 1)
    _number(parts, "INTERVAL", 1)
    return parts


def _until(parts: Mapping[str, str]) -> datetime:
    """The last moment that the rule may name; a day counts to its end, as people mean it."""
    written = parts.get("UNTIL", "")
    match = _UNTIL.fullmatch(written)
    try:
        day = date.fromisoformat(f"{match[1]}-{match[2]}-{match[3]}") if match else None
    except ValueError:
        day = None
    if written and day is None:
        message = _("UNTIL must be a day such as 20270331, not {written}")
        raise RepeatError(message.format(written=written))
    return datetime.combine(day or date.max, time.max)


def _number(parts: Mapping[str, str], name: str, default: int) -> int:
    written = parts.get(name, str(default))
    if not written.isascii() or not written.isdigit() or not 0 < int(written) < 10**6:
        raise RepeatError(_("{name} must be a whole number above 0, not {written}").format(name=name, written=written))
    return int(written)
