"""What is missing, late or odd in the data, and how the report was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from toolkit.kpis import AGE_HOURS, ENOUGH
from toolkit.messages import _, ngettext
from toolkit.metrics import Value
from toolkit.model import Status
from toolkit.reports.blocks import Block, Cell, Paragraph, Section, Table
from toolkit.reports.scope import Scope
from toolkit.workspace import drafts

MATURE = timedelta(hours=AGE_HOURS)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one account delivered for the month."""

    channel: str
    last: datetime | None  # the last observation of all, UTC
    counted: int  # posts of the month that have counts
    uncounted: tuple[str, ...]  # titles of the workspace's posts of the month without any
    young: int  # posts whose last count is less than six days old at the time of the month's end


def deliveries(scope: Scope) -> list[Delivery]:
    """One per account, in the settings' order."""
    period = scope.period()
    by_channel: dict[str, list[Value]] = {}
    for value in scope.store.latest():
        if value.observed_at <= scope.now:
            by_channel.setdefault(value.channel, []).append(value)
    found = []
    for name in scope.accounts:
        values = by_channel.get(name, [])
        posts: dict[str, float] = {}
        for value in values:
            if value.published_at is not None and period.start <= value.published_at < period.end:
                posts[value.subject] = max(posts.get(value.subject, 0), value.age_hours or 0)
        last = max((value.observed_at for value in values), default=None)
        young = sum(age < AGE_HOURS - 24 for age in posts.values())
        found.append(Delivery(name, last, len(posts), _uncounted(scope, name, posts), young))
    return found


def _uncounted(scope: Scope, channel: str, counted: dict[str, float]) -> tuple[str, ...]:
    period = scope.period()
    titles = []
    for post in (post for post in scope.workspace.posts if post.status is Status.READY):
        for draft in drafts(post, scope.workspace.settings):
            moment = draft.publish.instant() if draft.publish else None
            if draft.account.name == channel and moment and period.start <= moment < min(period.end, scope.now):
                titles += [post.title] if post.uid not in counted else []
    return tuple(titles)


def provisional(scope: Scope, found: list[Delivery]) -> list[str]:
    """Why the report is not final yet; empty when it is."""
    period = scope.period()
    why = []
    if scope.now < period.end:
        why.append(_("the month is not over"))
    elif scope.now < period.end + MATURE:
        why.append(_("its last posts are younger than seven days"))
    silent = [
        one.channel
        for one in found
        if one.last is not None and one.last < min(period.end, scope.now) - timedelta(days=1)
    ]
    if silent:
        names = scope.wording.join([scope.channel_title(name) for name in silent])
        why.append(_("exports are missing: {names}").format(names=names))
    return why


def quality_section(scope: Scope) -> Section:
    """The deliveries of every account and the imports behind the report."""
    found = deliveries(scope)
    blocks: list[Block] = []
    why = provisional(scope, found)
    if why:
        blocks.append(Paragraph(_("Provisional: {why}.").format(why="; ".join(why))))
    blocks.append(_deliveries_table(scope, found))
    if scope.store.imports():
        blocks.append(_imports_table(scope))
    return Section("quality", _("Data quality"), tuple(blocks))


def _deliveries_table(scope: Scope, found: list[Delivery]) -> Table:
    end = scope.period().end
    rows = []
    for one in found:
        late = one.last is not None and one.last < min(end, scope.now) - timedelta(days=1)
        last = scope.wording.day(one.last.astimezone(scope.zone).date()) if one.last else _("no data")
        rows.append(
            (
                scope.channel_title(one.channel),
                Cell(last, "bad" if late else ""),
                scope.wording.number(one.counted),
                scope.wording.number(one.young),
                ", ".join(one.uncounted) or "–",  # noqa: RUF001  # a dash, as tables have it
            )
        )
    head = (
        _("Channel"),
        _("last count"),
        _("posts with counts"),
        _("not counted for six days"),
        _("posts without counts"),
    )
    caption = _("What the accounts delivered for {month}").format(month=scope.title)
    return Table(caption, head, tuple(rows), frozenset({2, 3}))


def _imports_table(scope: Scope) -> Table:
    rows = tuple(
        (
            one.name or one.id,
            one.source,
            scope.wording.moment(one.imported_at.astimezone(scope.zone)),
            scope.wording.number(one.rows),
        )
        for one in scope.store.imports()
    )
    head = (_("Import"), _("from"), _("imported"), _("observations"))
    return Table(_("Imports behind this report"), head, rows, frozenset({3}))


def method_section() -> Section:
    """How numbers are made here, in a few sentences."""
    count = ngettext("{count} post", "{count} posts", ENOUGH)
    sentences = (
        _(
            "Posts are compared at equal age: each counts as it stood seven days after publication, once on each channel."
        ),
        _("What a network did not deliver is missing, not zero, and is left out of sums and rates."),
        _("Rates are ratios of sums over the posts that have both numbers; baselines are medians, never means."),
        _(
            "Intervals hold 90 %: exact for medians, bootstrapped over posts for rates and totals. Below {count} there are none."
        ).format(count=count),
        _(
            "What a weekday or a pillar brings is estimated with everything else that is known taken out, and drawn towards the usual as far as chance explains it; it is called reliable when its interval leaves out “no difference”."
        ),
    )
    return Section("method", _("Method"), (*(Paragraph(sentence) for sentence in sentences), _definitions()))


def _definitions() -> Table:
    from toolkit.kpis import KPIS

    rows = tuple((_(kpi.title), _(kpi.definition), kpi.formula) for kpi in KPIS.values())
    return Table(_("How the key figures are defined"), (_("KPI"), _("Definition"), _("Formula")), rows)
