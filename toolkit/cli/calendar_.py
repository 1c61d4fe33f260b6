"""`leitstand calendar`: a month of one brand or several on one sheet."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Now, console, open_context, print_json
from toolkit.cli.plan import Folders
from toolkit.cli.plan.agenda import Brand, Day, Line, agenda, agenda_json, read_brand
from toolkit.cli.plan.words import name, say_day
from toolkit.dates import say_month
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.messages import _


def run(
    *,
    month: Annotated[str, typer.Option("--month", help="Which month, e.g. 2026-12; default: this one.")] = "",
    folders: Folders = None,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Show a month of one brand or several: posts, holidays, occasions, free slots."""
    contexts = [open_context(folder, now) for folder in folders or [HERE]]
    first, last = _month(month, contexts[0].local_now.date())
    brands = [read_brand(context, first, last) for context in contexts]
    days = agenda(brands, first, last)
    if as_json:
        print_json(agenda_json(brands, days, first))
    else:
        _print(brands, days, first)
    return EXIT_CLEAN


def _month(said: str, today: date) -> tuple[date, date]:
    """The first and the last day of the month."""
    try:
        first = date.fromisoformat(f"{said}-01") if said else today.replace(day=1)
    except ValueError:
        raise UsageError(_("--month needs a month such as 2026-12, not {text!r}").format(text=said)) from None
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def _print(brands: Sequence[Brand], days: Sequence[Day], first: date) -> None:
    terminal, several = console(), len(brands) > 1
    names = ", ".join(brand.plan.name for brand in brands)
    terminal.print(f"{say_month(first)}: {names}", style="bold", markup=False)
    if not days:
        terminal.print(_("nothing is planned, and no slot is free"))
    for day in days:
        head = " · ".join((say_day(day.day), *_say_specials(day, several=several)))
        terminal.print(f"\n{head}", style="bold", markup=False)
        for line in _posts(day, several=several):
            terminal.print(f"  {line}", markup=False)
        if free := ", ".join(_free(day, several=several)):
            terminal.print("  " + _("free: {slots}").format(slots=free), style="dim", markup=False)


def _say_specials(day: Day, *, several: bool) -> Iterator[str]:
    for special, whose in day.specials:
        yield f"{special} ({', '.join(brand.plan.name for brand in whose)})" if several else special


def _posts(day: Day, *, several: bool) -> Iterator[str]:
    """A line for each post of a moment, with its channels by how far they are."""
    lines = [line for line in day.lines if line.entry is not None]
    for (clock, brand, title), group in groupby(sorted(lines, key=_post_key), key=_post_key):
        found: dict[str, list[str]] = {}
        for line in group:
            if line.entry is not None:
                found.setdefault(line.entry.standing(), []).append(line.entry.slot.account.name)
        channels = "; ".join(f"{', '.join(names)} ({standing})" for standing, names in found.items())
        yield "  ".join(filter(None, (clock, brand if several else "", title, channels)))


def _post_key(line: Line) -> tuple[str, str, str]:
    title = name(line.entry.slot) if line.entry is not None else ""
    return f"{line.at:%H:%M}", line.brand.plan.name, title


def _free(day: Day, *, several: bool) -> Iterator[str]:
    """The free slots of a day, one for each moment and brand."""
    lines = [line for line in day.lines if line.free is not None]
    for (clock, brand, _title), group in groupby(sorted(lines, key=_post_key), key=_post_key):
        accounts = " + ".join(line.free.account.name for line in group if line.free is not None)
        yield " ".join(filter(None, (clock, brand if several else "", accounts)))
