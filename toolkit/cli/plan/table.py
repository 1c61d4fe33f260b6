"""The plan on the terminal: one table grouped by day, then what a person should look at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from toolkit.cli.context import table_console
from toolkit.cli.plan.gathering import Entry, Planned
from toolkit.cli.plan.words import (
    day_and_moment,
    moment,
    name,
    say_change,
    say_clock_change,
    say_collision,
    say_counts,
    say_day,
    say_gap,
)
from toolkit.messages import _, ngettext
from toolkit.planning import Change, Kind

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

MARKS = {
    Kind.ADDED: ("+", "green"),
    Kind.DROPPED: ("-", "red"),
    Kind.MOVED: (">", "yellow"),
    Kind.CHANGED: ("~", "cyan"),
}
DIFF_STYLES = {"+": "green", "-": "red"}


def print_plan(plan: Planned) -> None:
    """Print the calendar, or, where a commit was named, what changed since."""
    terminal = table_console()
    if plan.changes is None:
        _print_calendar(terminal, plan)
    else:
        _print_changes(terminal, plan)
    _print_list(terminal, _("Too close together:"), [say_collision(pair, plan) for pair in plan.collisions])
    _print_list(terminal, _("Silence:"), [say_gap(gap) for gap in plan.gaps])
    _print_list(terminal, _("Errors:"), [str(problem) for problem in plan.problems], style="red")


def _print_calendar(terminal: Console, plan: Planned) -> None:
    if not plan.entries:
        terminal.print(_("nothing is planned from {first} on").format(first=plan.window.first))
        return
    terminal.print(_table(plan), soft_wrap=False)
    going = sum(entry.goes_out for entry in plan.entries)
    total = ngettext("{count} slot", "{count} slots", len(plan.entries))
    message = _("{total} in view, {going} ready to go out; times of {zone}")
    terminal.print(message.format(total=total, going=going, zone=plan.zone_name))


def _table(plan: Planned) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for title in (_("time"), _("channel"), _("post")):
        table.add_column(title, overflow="fold")
    table.add_column(_("count"), justify="right", overflow="fold")
    table.add_column(_("standing"), overflow="fold")
    notes = _notes(plan)
    shown: date | str | None = ""
    for entry in plan.entries:
        day = None if entry.slot.due is None else entry.slot.due.astimezone(plan.zone).date()
        if day != shown:
            shown = day
            while notes and day is not None and notes[0][0] <= day:
                table.add_row("", "", Text(notes.pop(0)[1], style="yellow"), "", "")
            table.add_row(Text(_("no date yet") if day is None else say_day(day), style="bold"), "", "", "", "")
        table.add_row(*(Text(text, style=style) for text, style in _cells(entry, plan)))
    return table


def _cells(entry: Entry, plan: Planned) -> Iterable[tuple[str, str]]:
    over = entry.fit is not None and not entry.fit.valid
    return (
        (moment(entry.slot, plan), ""),
        (entry.slot.account.name, ""),
        (name(entry.slot), ""),
        (entry.count(), "red" if over else ""),
        (entry.standing(), "" if entry.goes_out or entry.row is not None else "yellow"),
    )


def _notes(plan: Planned) -> list[tuple[date, str]]:
    return [(change.at.astimezone(plan.zone).date(), say_clock_change(change, plan)) for change in plan.clock_changes]


def _print_changes(terminal: Console, plan: Planned) -> None:
    terminal.print(_("Changes since {ref}:").format(ref=plan.window.since), style="bold", markup=False)
    if not plan.changes:
        terminal.print(_("nothing that is planned changes"))
        return
    for change in plan.changes:
        _print_change(terminal, change, plan)
    for line in say_counts(plan):
        terminal.print(line, markup=False)
    for clock_change in plan.clock_changes:
        terminal.print(say_clock_change(clock_change, plan), style="yellow", markup=False)


def _print_change(terminal: Console, change: Change, plan: Planned) -> None:
    mark, style = MARKS[change.kind]
    slot = change.slot
    head = f"{mark} {day_and_moment(slot, plan)}  {slot.account.name}  {name(slot)}"
    terminal.print(f"{head}: {say_change(change, plan)}", style=style, markup=False)
    for line in change.text_diff() if change.kind in {Kind.MOVED, Kind.CHANGED} else ():
        terminal.print(f"      {line}", style=DIFF_STYLES.get(line[:1]), markup=False)


def _print_list(terminal: Console, title: str, lines: list[str], style: str = "yellow") -> None:
    if lines:
        terminal.print(f"\n{title}", style="bold", markup=False)
    for line in lines:
        terminal.print(f"  {line}", style=style, markup=False)
