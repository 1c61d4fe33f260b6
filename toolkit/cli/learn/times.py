"""`leitstand learn times`: when to post, what such advice was worth so far, and moments for the next posts."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, open_context, print_json_lines
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.experiments.counted import Numbers
from toolkit.kpis import known_subjects
from toolkit.kpis.titles import weekday_title
from toolkit.learning.times import (
    CellTime,
    ChannelTimes,
    Delivered,
    Suggestion,
    cell_title,
    estimate_times,
    explain_times,
    explain_trials,
    find_openings,
    method_title,
    posting_slots,
    read_times,
    say_times,
    say_why,
    suggest_times,
    try_times,
)
from toolkit.messages import _, decimal
from toolkit.metrics import open_store
from toolkit.settings import Account, unknown_name
from toolkit.values import dataclass
from toolkit.workspace import Workspace

MOST = 100


def times(
    *,
    channel: Annotated[str, typer.Option("--channel", "-c", help="One account; default: all, together and each.")] = "",
    suggest: Annotated[int, typer.Option("--suggest", min=0, max=MOST, help="Propose so many moments.")] = 0,
    backtest: Annotated[
        bool, typer.Option("--backtest", help="Say what this advice promised and delivered in the last six months.")
    ] = False,
    workspace: Folder = HERE,
    as_json: AsJson = False,
    now: Now = "",
) -> int:
    """Say when posts do better, or that there is no reliable difference; moves nothing."""
    context = open_context(workspace, now)
    loaded = context.load()
    accounts = context.settings.accounts
    if channel and channel not in accounts:
        raise UsageError(unknown_name(_("channel"), channel, accounts))
    if suggest and not channel:
        raise UsageError(_("--suggest needs --channel: each account has its own hours"))
    numbers = _numbers(context, loaded)
    wanted = {channel: accounts[channel]} if channel else accounts
    found = [one for one in read_times(numbers, wanted) if not channel or one.channel == channel]
    found = found or [ChannelTimes(channel, (), estimate_times(()))]
    rows = []
    for one in found:
        tried = try_times(one, numbers) if backtest else []
        proposed = _suggest(loaded, accounts[channel], one, context, suggest) if suggest else ()
        if as_json:
            rows.append(_row(one, tried, proposed))
        else:
            _show(one, tried, proposed)
    print_json_lines(rows)
    if not as_json:
        _explain(found, backtest=backtest)
    return EXIT_CLEAN


def _explain(found: list[ChannelTimes], *, backtest: bool) -> None:
    """How the numbers are read, once below all of them."""
    reading = next((text for one in found if (text := explain_times(one.times))), "")
    for text in (reading, explain_trials() if backtest else ""):
        if text:
            typer.echo(f"\n{text}")


def _numbers(context: Context, loaded: Workspace) -> Numbers:
    store = open_store(context.state)
    subjects = known_subjects(store.subjects(), loaded.posts)
    return Numbers(store, subjects, context.zone, context.clock.now())


@dataclass(frozen=True, slots=True)
class Proposed:
    """A suggestion, and whether the handbook keeps a posting slot there anyway."""

    moment: Suggestion
    slot: bool


def _suggest(
    loaded: Workspace, account: Account, one: ChannelTimes, context: Context, count: int
) -> tuple[Proposed, ...]:
    now = context.clock.now()
    openings, slots = find_openings(loaded, account, one.posts, now), posting_slots(loaded, account, now)
    seed = f"{context.settings.id} {account.name} {context.local_now:%Y-%m-%d}"
    found = suggest_times(one.times, openings, count, seed)
    return tuple(Proposed(moment, moment.at.astimezone(UTC) in slots) for moment in found)


def _show(one: ChannelTimes, tried: list[Delivered], proposed: tuple[Proposed, ...]) -> None:
    channel = one.channel or _("all channels")
    typer.echo(f"{channel}: {say_times(one.times)}")
    for cell in one.times.cells:
        if cell.n:
            typer.echo(f"  {_line(cell)}")
    for method in tried:
        typer.echo(f"  {_tried(method)}")
    for own in proposed:
        day, text = weekday_title(own.moment.at.isoweekday()), say_why(own.moment)
        kept = "  " + _("(a posting slot of the handbook)") if own.slot else ""
        typer.echo(f"  {own.moment.at:%Y-%m-%d %H:%M}  {day:<10} {text}{kept}")


def _line(cell: CellTime) -> str:
    title = f"{cell_title(cell.cell):<46} n = {cell.n:<4}"
    if cell.factor is None or cell.low is None or cell.high is None:
        return " ".join((title, _("not enough posts")))
    factor, low, high = (decimal(number, ".2f") for number in (cell.factor, cell.low, cell.high))
    words = f"{title} {factor} ({_('{low} to {high}').format(low=low, high=high)})"
    if not cell.reliable:
        return f"{words}  {_('within chance')}"
    return f"{words}  {_('reliably more') if cell.factor > 1 else _('reliably less')}"


def _tried(method: Delivered) -> str:
    promised = decimal(method.promised, ".2f")
    delivered = "-" if method.delivered is None else decimal(method.delivered, ".2f")
    text = _("{method}: promised {promised}, delivered {delivered} ({posts} posts at {origins} dates)")
    return text.format(
        method=method_title(method.method),
        promised=promised,
        delivered=delivered,
        posts=method.posts,
        origins=method.origins,
    )


def _row(one: ChannelTimes, tried: list[Delivered], proposed: tuple[Proposed, ...]) -> dict[str, object]:
    best = one.times.best
    return {
        "channel": one.channel,
        "n": one.times.n,
        "best": best.cell if best else None,
        "sentence": say_times(one.times),
        "cells": [{**_cell(cell), "reliable": cell.reliable} for cell in one.times.cells],
        "backtest": [asdict(method) for method in tried],
        "suggestions": [
            {
                "at": own.moment.at.isoformat(),
                **_cell(own.moment.known),
                "why": own.moment.why,
                "reason": say_why(own.moment),
                "slot": own.slot,
            }
            for own in proposed
        ],
    }


def _cell(cell: CellTime) -> dict[str, object]:
    return {
        "cell": cell.cell,
        "n": cell.n,
        "factor": cell.factor,
        "low": cell.low,
        "high": cell.high,
        "best": cell.best,
    }
