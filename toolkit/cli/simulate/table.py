"""A simulated history for people: one table of channels, then what needs a person and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from toolkit.cli.context import Context, console, table_console
from toolkit.cli.rows import local_time
from toolkit.cli.simulate.record import befallen
from toolkit.ledger import advice
from toolkit.ledger.naming import row_name
from toolkit.messages import _, ngettext
from toolkit.simulation import ChannelVerdict, Course, Ending, Fate, Told, silent_channels

if TYPE_CHECKING:
    from rich.table import Table

COLUMNS: Final = (
    Ending.SENT,
    Ending.BY_HAND,
    Ending.HELD,
    Ending.MISSED,
    Ending.FAILED,
    Ending.WAITING,
    Ending.DROPPED,
    Ending.BEFORE,
)


def print_told(told: Told, course: Course, context: Context) -> None:
    """Print the whole history."""
    table_console().print(_table(told, context))
    terminal = console()
    for line in [*_asking(told, context), *_weather(told, course), *_sentence(told, course)]:
        terminal.print(line, markup=False)


def ending_word(ending: Ending) -> str:
    """The ending as people read it."""
    return {
        Ending.SENT: _("sent"),
        Ending.BY_HAND: _("by hand"),
        Ending.HELD: _("held"),
        Ending.MISSED: _("missed"),
        Ending.FAILED: _("failed"),
        Ending.WAITING: _("waits"),
        Ending.DROPPED: _("dropped"),
        Ending.BEFORE: _("before"),
        Ending.LOST: _("lost"),
    }[ending]


def _table(told: Told, context: Context) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE, pad_edge=False, title_justify="left")
    table.add_column(_("channel"))
    shown = [ending for ending in COLUMNS if _counted(told, ending) or ending in COLUMNS[:5]]
    late = (_("late p50"), _("late p99"))
    for heading in (*map(ending_word, shown), _("doubled"), ending_word(Ending.LOST), *late):
        table.add_column(heading, justify="right")
    for channel in told.verdict.channels:
        counts = [str(channel.counts.get(ending, 0)) for ending in shown]
        table.add_row(channel.account, *counts, str(channel.doubled), str(channel.lost), *_late(channel))
    for name in silent_channels(context.load()):
        table.add_row(name, _("not sent to yet"))
    return table


def _counted(told: Told, ending: Ending) -> int:
    return sum(channel.counts.get(ending, 0) for channel in told.verdict.channels)


def _late(channel: ChannelVerdict) -> tuple[str, str]:
    return tuple("" if late is None else span(late) for late in (channel.percentile(0.5), channel.percentile(0.99)))  # type: ignore[return-value]  # two go in, two come out


def span(seconds: float) -> str:
    """Seconds as people say them."""
    if seconds < 120:
        return _("{number} s").format(number=round(seconds))
    if seconds < 7200:
        return _("{number} min").format(number=round(seconds / 60))
    return _("{number} h").format(number=round(seconds / 3600))


def _asking(told: Told, context: Context) -> Iterator[str]:
    asking = told.verdict.asking
    if asking:
        yield _("What needs a person:")
    for fate in asking:
        yield f"  {local_time(fate.row.due, context)}  {ending_word(fate.ending):<8} {row_name(fate.row)}"
        yield from (f"      {line}" for line in (fate.why, _advised(fate)) if line)


def _advised(fate: Fate) -> str:
    """The command, unless the reason says it already."""
    return "" if fate.ending is Ending.BY_HAND else advice(fate.row)


def _weather(told: Told, course: Course) -> Iterator[str]:
    met = befallen(told)
    if met:
        told_off = ", ".join(f"{name} {count}" for name, count in sorted(met.items()))
        yield _("What went wrong: {faults}").format(faults=told_off)
    elif course.weather.chances:
        yield _("Nothing went wrong: with this seed, none of the faults befell")


def _sentence(told: Told, course: Course) -> Iterator[str]:
    verdict = told.verdict
    count = ngettext("{count} message", "{count} messages", len(verdict.fates)).format(count=len(verdict.fates))
    yield _("{count}, {ticks} ticks; seed {seed}: one seed is one history").format(
        count=count, ticks=told.history.ticks, seed=course.weather.seed
    )
    if verdict.doubled or verdict.lost:
        yield _(
            "! {doubled} doubled, {lost} lost: a defect of ours; please report it with the seed and the faults"
        ).format(doubled=verdict.doubled, lost=verdict.lost)
