"""`leitstand simulate`: what would happen in a month, on simulated networks, before it happens on real ones."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, open_context, print_json, progress
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.messages import _
from toolkit.simulation import Course, Fault, Told, Weather, explain, read_faults, simulate

# What the plan shows when no time is named.
LENGTH = timedelta(days=31)


class Book(StrEnum):
    """What the simulation's ledger knows when it begins."""

    FRESH = "fresh"
    COPY = "copy"


def run(
    *,
    month: Annotated[str, typer.Option("--month", help="The month to simulate, e.g. 2026-12.")] = "",
    first: Annotated[str, typer.Option("--from", help="First day, e.g. 2026-12-01; default: today.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last day; default: 31 days in all.")] = "",
    faults: Annotated[
        str, typer.Option("--faults", help="What goes wrong, e.g. 429,crash=0.2, or all; list explains them.")
    ] = "",
    seed: Annotated[int, typer.Option("--seed", help="One seed, one history.")] = 1,
    ledger: Annotated[
        Book, typer.Option("--ledger", help="Begin with an empty ledger, or with a copy of the real one.")
    ] = Book.FRESH,
    people: Annotated[bool, typer.Option("--resolve", help="Let simulated people decide what is held.")] = False,
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Live through the plan on simulated networks; exit 1 when a post would be doubled or lost."""
    context = open_context(folder, now)
    if faults == "list":
        return _explain(as_json=as_json)
    begin, end = _period(context, month, first, last)
    course = Course(_midnight(context, begin), _midnight(context, end), Weather(seed, read_faults(faults)), people)
    told = _live(context, course, ledger)
    if as_json:
        from toolkit.cli.simulate.record import told_json

        print_json(told_json(told, course, ledger.value))
    else:
        from toolkit.cli.simulate.table import print_told

        print_told(told, course, context)
    return EXIT_PROBLEMS if told.verdict.doubled or told.verdict.lost else EXIT_CLEAN


def _explain(*, as_json: bool) -> int:
    if as_json:
        print_json({fault.value: explain(fault) for fault in Fault})
    else:
        for fault in Fault:
            typer.echo(f"{fault.value:<22} {explain(fault)}")
    return EXIT_CLEAN


def _live(context: Context, course: Course, book: Book) -> Told:
    place = context.ledger if book is Book.COPY else None
    with progress() as bar:
        task = bar.add_task(_("days"), total=max(1, course.length.days))

        def watch(now: datetime) -> None:
            bar.update(task, completed=(now - course.first).days)

        return simulate(context.load(), place, course, watch)


def _period(context: Context, month: str, first: str, last: str) -> tuple[date, date]:
    """The first day and the day after the last one."""
    if month and (first or last):
        raise UsageError(_("name either --month or --from and --to"))
    if month:
        return _month(month)
    begin = _day("--from", first) or context.local_now.date()
    end = _day("--to", last)
    if end is not None and end < begin:
        raise UsageError(_("--to {last} is before --from {first}").format(last=end, first=begin))
    return begin, begin + LENGTH if end is None else end + timedelta(days=1)


def _month(said: str) -> tuple[date, date]:
    if re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", said) and said > "0001":
        begin = date.fromisoformat(f"{said}-01")
        if begin.year < date.max.year:
            return begin, (begin + timedelta(days=31)).replace(day=1)
    raise UsageError(_("--month needs a month such as 2026-12, not {text!r}").format(text=said))


def _day(option: str, said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        message = _("{option} needs a day such as 2026-12-01, not {text!r}")
        raise UsageError(message.format(option=option, text=said)) from None


def _midnight(context: Context, day: date) -> datetime:
    if not date.min.year + 1 < day.year < date.max.year - 1:
        raise UsageError(_("{day} is too far away to be simulated").format(day=day))
    return datetime.combine(day, time(), context.zone).astimezone(UTC)
