"""`leitstand learn times`: when to post, what such advice was worth so far, and moments for the next posts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, open_context, print_json_lines
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.experiments import Numbers
from toolkit.kpis import known_subjects
from toolkit.learning.times import (
    CellTime,
    ChannelTimes,
    Delivered,
    Suggestion,
    cell_title,
    estimate_times,
    find_openings,
    read_times,
    say_times,
    say_why,
    suggest_times,
    try_times,
)
from toolkit.messages import _, decimal
from toolkit.metrics import open_store
from toolkit.settings import Account, unknown_name
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
    found = [one for one in read_times(numbers, accounts) if not channel or one.channel == channel]
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
    return EXIT_CLEAN


def _numbers(context: Context, loaded: Workspace) -> Numbers:
    store = open_store(context.state)
    subjects = known_subjects(store.subjects(), loaded.posts)
    return Numbers(store, subjects, context.zone, context.clock.now())


def _suggest(
    loaded: Workspace, account: Account, one: ChannelTimes, context: Context, count: int
) -> tuple[Suggestion, ...]:
    openings = find_openings(loaded, account, one.posts, context.clock.now())
    seed = f"{context.settings.id} {account.name} {context.local_now:%Y-%m-%d}"
    return suggest_times(one.times, openings, count, seed)


def _show(one: ChannelTimes, tried: list[Delivered], proposed: tuple[Suggestion, ...]) -> None:
    channel = one.channel or _("all channels")
    typer.echo(f"{channel}: {say_times(one.times)}")
    for cell in one.times.cells:
        if cell.n:
            typer.echo(f"  {_line(cell)}")
    for method in tried:
        typer.echo(f"  {_tried(method)}")
    for moment in proposed:
        typer.echo(f"  {moment.at:%Y-%m-%d %H:%M}  {say_why(moment.why)}")


def _line(cell: CellTime) -> str:
    title = f"{cell_title(cell.cell):<46} n = {cell.n:<4}"
    if cell.factor is None or cell.low is None or cell.high is None:
        return f"{title} {_('not enough posts')}"
    factor, low, high = (decimal(number, ".2f") for number in (cell.factor, cell.low, cell.high))
    words = f"{title} {factor} ({low}-{high})"
    return words if cell.reliable else f"{words}  {_('within chance')}"


def _tried(method: Delivered) -> str:
    names = {
        "naive": _("best weekday and part of the day"),
        "residual": _("the same, season and content taken out"),
        "shrunken": _("this advice"),
    }
    promised = decimal(method.promised, ".2f")
    delivered = "-" if method.delivered is None else decimal(method.delivered, ".2f")
    text = _("{method}: promised {promised}, delivered {delivered} ({posts} posts at {origins} dates)")
    return text.format(
        method=names[method.method],
        promised=promised,
        delivered=delivered,
        posts=method.posts,
        origins=method.origins,
    )


def _row(one: ChannelTimes, tried: list[Delivered], proposed: tuple[Suggestion, ...]) -> dict[str, object]:
    best = one.times.best
    return {
        "channel": one.channel,
        "n": one.times.n,
        "best": best.cell if best else None,
        "sentence": say_times(one.times),
        "cells": [{**_cell(cell), "reliable": cell.reliable} for cell in one.times.cells],
        "backtest": [asdict(method) for method in tried],
        "suggestions": [{"at": moment.at.isoformat(), "cell": moment.cell, "why": moment.why} for moment in proposed],
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
