"""The best time of each channel in a report: one sentence each, and what such advice was worth in the months before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.experiments.counted import Numbers
from toolkit.learning.times import (
    ChannelTimes,
    Delivered,
    explain_trials,
    method_title,
    read_times,
    say_times,
    try_times,
)
from toolkit.messages import _
from toolkit.reports.blocks import Block, Cell, Paragraph, Points, Section, Table
from toolkit.reports.compared import DASH
from toolkit.reports.posts import known_numbers
from toolkit.reports.scope import Scope


def advice_section(scope: Scope, channels: Sequence[str]) -> Section | None:
    """What may be said about times as known at the end of the month; None where no channel has enough posts."""
    numbers = known_numbers(scope)
    accounts = {name: scope.workspace.settings.accounts[name] for name in channels}
    found = [one for one in read_times(numbers, accounts) if one.channel and one.times.compared]
    if not found:
        return None
    return Section("posting-advice", _("When to post"), tuple(_blocks(scope, found, numbers)))


def _blocks(scope: Scope, found: Sequence[ChannelTimes], numbers: Numbers) -> Iterator[Block]:
    yield Points(tuple(f"{scope.channel_title(one.channel)}: {say_times(one.times)}" for one in found))
    head = (_("Channel"), _("Advice"), _("Promised"), _("Delivered"), _("Posts"))
    rows = [_row(scope, one.channel, method) for one in found for method in try_times(one, numbers)]
    if rows:
        yield Table(_("What advice of the last six months was worth"), head, tuple(rows), frozenset({2, 3, 4}))
    words = _(
        "Eight cells of the week, drawn towards no difference, interval (90%); season and content are taken out. Beside it stands the best of 28 cells by its mean, as other programs show it."
    )
    yield Paragraph(f"{words} {explain_trials()}", "note")


def _row(scope: Scope, channel: str, method: Delivered) -> tuple[str | Cell, ...]:
    promised = Cell(scope.wording.times(method.promised, 2), exact=method.promised)
    delivered: str | Cell = DASH
    if method.delivered is not None:
        delivered = Cell(scope.wording.times(method.delivered, 2), exact=method.delivered)
    posts = scope.wording.number(method.posts)
    return scope.channel_title(channel), method_title(method.method), promised, delivered, posts
