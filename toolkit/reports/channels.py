"""The accounts beside each other: what each brought, per post and follower, and against its own month before."""

from __future__ import annotations

from toolkit.kpis import KPIS, Kpi
from toolkit.messages import _
from toolkit.reports.blocks import Block, Cell, Paragraph, Section, Table
from toolkit.reports.charts import Bar, bars
from toolkit.reports.compared import DASH, change, judged, said_change
from toolkit.reports.scope import Scope

SHOWN = ("posts", "interactions", "engagement_rate_followers", "reach", "followers")


def channels_section(scope: Scope) -> Section:
    """Every account: posts, interactions, rate, followers; accounts without any data are only named."""
    heard = [name for name in scope.accounts if any(_known(scope, KPIS[kpi], name) for kpi in SHOWN)]
    silent = [scope.channel_title(name) for name in scope.accounts if name not in heard]
    blocks: list[Block] = []
    items = [item for name in heard if (item := _rate_bar(scope, name)) is not None]
    if items:
        items.sort(key=lambda item: -(item.value or 0))
        blocks.append(bars(items, _caption(), _finding(items), scope.brand))
    if heard:
        blocks.append(_table(scope, heard))
    if silent:
        blocks.append(Paragraph(_("No data: {names}.").format(names=scope.wording.join(silent)), "note"))
    return Section("channels", _("Channels"), tuple(blocks))


def _caption() -> str:
    return _("Interactions per post and follower, with intervals (90%)")


def _known(scope: Scope, kpi: Kpi, name: str) -> bool:
    return any(scope.result(kpi, ago, name).value is not None for ago in (0, 1))


def _rate_bar(scope: Scope, name: str) -> Bar | None:
    rate = KPIS["engagement_rate_followers"]
    found = scope.result(rate, 0, name)
    if found.value is None:
        return None
    low, high = (found.interval.low, found.interval.high) if found.interval else (None, None)
    interval = scope.wording.between(low, high, rate.unit) if low is not None and high is not None else ""
    value = scope.wording.value(found.value, rate.unit)
    return Bar(scope.channel_title(name), found.value, value, low, high, interval=interval, n=str(found.n))


def _finding(items: list[Bar]) -> str:
    """What the chart says: the best and the last, and whether their intervals keep them apart."""
    first, last = items[0], items[-1]
    if len(items) == 1:
        words = _("{first} has {value} interactions per post and follower.")
        return words.format(first=first.label, value=first.text)
    apart = first.low is not None and last.high is not None and first.low > last.high
    words = _("Per post and follower {first} has most with {value}, {last} least with {least}; {verdict}.")
    verdict = _("their intervals do not touch") if apart else _("their intervals overlap, so the order can be chance")
    return words.format(first=first.label, value=first.text, last=last.label, least=last.text, verdict=verdict)


def _table(scope: Scope, names: list[str]) -> Table:
    shown = [KPIS[kpi] for kpi in SHOWN if any(_known(scope, KPIS[kpi], name) for name in names)]
    head = [_("Channel"), *(_(kpi.title) for kpi in shown)]
    rows: list[tuple[str | Cell, ...]] = [
        (scope.channel_title(name), *(_cell(scope, kpi, name) for kpi in shown)) for name in names
    ]
    caption = _("Channels in {month}, with the change on the month before").format(month=scope.title)
    return Table(caption, tuple(head), tuple(rows), frozenset(range(1, len(head))))


def _cell(scope: Scope, kpi: Kpi, name: str) -> Cell:
    now = scope.result(kpi, 0, name)
    share = change(now, scope.result(kpi, 1, name))
    text = scope.wording.value(now.value, kpi.unit) if now.value is not None else DASH
    then = scope.result(kpi, 1, name)
    note = said_change(scope, share, kpi, now, then) if share is not None else ""
    return Cell(text, judged(share, kpi, now, then), note, now.value)
