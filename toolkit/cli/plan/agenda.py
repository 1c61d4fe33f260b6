"""A month of one brand or several, day by day: what goes out, what is special, and which posting slots are free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from toolkit.cli.context import Context
from toolkit.cli.plan.gathering import Entry, Planned, Window, gather
from toolkit.cli.plan.record import slot_json
from toolkit.planning import PostingSlot, SpecialDay, Timetable, free_slots, taken_slots
from toolkit.values import dataclass

# The plan asks how long a silence may be; a calendar shows it.
_ANY_GAP = 366


@dataclass(frozen=True, slots=True)
class Brand:
    """One workspace's part of the month."""

    plan: Planned
    free: tuple[PostingSlot, ...]
    specials: dict[date, tuple[SpecialDay, ...]]


@dataclass(frozen=True, slots=True)
class Line:
    """Something of one brand on one day: a post, or a slot that is free. `at` is on that brand's clock."""

    brand: Brand
    at: datetime
    entry: Entry | None = None
    free: PostingSlot | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its lines in order of time; `specials` are named once, with the brands whose they are."""

    day: date
    lines: tuple[Line, ...]
    specials: tuple[tuple[str, tuple[Brand, ...]], ...]


def read_brand(context: Context, first: date, last: date) -> Brand:
    """The brand's posts, free slots and special days from `first` to `last`, both included."""
    workspace = context.load()
    plan = gather(context, workspace, Window(first, last, _ANY_GAP))
    now, timetable = context.clock.now(), Timetable(workspace)
    taken = taken_slots(workspace, now)
    free = tuple(free_slots(timetable, taken, (first, last), now))
    days = (first + timedelta(days=step) for step in range((last - first).days + 1))
    return Brand(plan, free, {day: found for day in days if (found := timetable.specials(day))})


def agenda(brands: Sequence[Brand], first: date, last: date) -> tuple[Day, ...]:
    """Every day of the span that has something to show."""
    lines = [line for brand in brands for line in _lines(brand)]
    days = (first + timedelta(days=step) for step in range((last - first).days + 1))
    found = (Day(day, tuple(sorted(_of_day(lines, day), key=_order)), tuple(_specials(brands, day))) for day in days)
    return tuple(day for day in found if day.lines or day.specials)


def agenda_json(brands: Sequence[Brand], days: Sequence[Day], first: date) -> dict[str, object]:
    """The month for programs, with stable keys; days without anything are left out."""
    return {
        "month": f"{first:%Y-%m}",
        "workspaces": [
            {"id": brand.plan.id, "name": brand.plan.name, "timezone": brand.plan.zone_name} for brand in brands
        ],
        "days": [
            {
                "day": day.day.isoformat(),
                "special": [
                    {"name": special, "workspaces": [brand.plan.id for brand in whose]}
                    for special, whose in day.specials
                ],
                "slots": [_planned(line.brand, line.entry) for line in day.lines if line.entry is not None],
                "free": [_open(line.brand, line.free) for line in day.lines if line.free is not None],
            }
            for day in days
        ],
    }


def _planned(brand: Brand, entry: Entry) -> dict[str, object]:
    standing = {"status": entry.slot.post.status.value, "goes_out": entry.goes_out}
    return {"workspace": brand.plan.id, **slot_json(entry.slot), **standing}


def _open(brand: Brand, slot: PostingSlot) -> dict[str, object]:
    local = slot.wall.local().isoformat()
    return {"workspace": brand.plan.id, "account": slot.account.name, "due": slot.at.isoformat(), "local": local}


def _lines(brand: Brand) -> Iterator[Line]:
    zone = brand.plan.zone
    for entry in brand.plan.entries:
        if entry.slot.due is not None:
            yield Line(brand, entry.slot.due.astimezone(zone), entry=entry)
    yield from (Line(brand, slot.at.astimezone(zone), free=slot) for slot in brand.free)


def _of_day(lines: Sequence[Line], day: date) -> Iterator[Line]:
    return (line for line in lines if line.at.date() == day)


def _order(line: Line) -> tuple[datetime, str, str]:
    slot = line.entry.slot if line.entry is not None else line.free
    return (line.at, line.brand.plan.id, slot.account.name if slot is not None else "")


def _specials(brands: Sequence[Brand], day: date) -> Iterator[tuple[str, tuple[Brand, ...]]]:
    found: dict[str, list[Brand]] = {}
    for brand in brands:
        for special in brand.specials.get(day, ()):
            found.setdefault(special.name, []).append(brand)
    return ((name, tuple(whose)) for name, whose in found.items())
