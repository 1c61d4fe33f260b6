"""What is missing, late or odd in the data, and how the report was made."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from toolkit.kpis import ENOUGH
from toolkit.messages import _, ngettext
from toolkit.model import Status
from toolkit.reports.ages import NEAR, counted_ages
from toolkit.reports.blocks import Block, Cell, Folded, Paragraph, Section, Table
from toolkit.reports.compared import DASH
from toolkit.reports.isolation import active
from toolkit.reports.scope import Scope
from toolkit.reports.stage import Source, banner, find_stage, overdue, sources
from toolkit.workspace import drafts


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one account delivered for the month."""

    channel: str
    last: datetime | None  # the last observation of all, UTC
    counted: int  # posts of the month that have counts
    uncounted: tuple[str, ...]  # titles of the workspace's posts of the month without any
    young: int  # posts whose last count within seven days is less than six days old
    late: int  # of them, posts that were first counted after seven days and are in no figure at equal age


def deliveries(scope: Scope) -> list[Delivery]:
    """One per account, in the settings' order."""
    last = {one.name: one.last for one in sources(scope)}
    ages, posts = counted_ages(scope), _counted(scope)
    found = []
    for name in scope.accounts:
        own = posts.get(name, set())
        young = sum(ages.get((uid, name), 0.0) < NEAR for uid in own)
        late = sum((uid, name) not in ages for uid in own)
        found.append(Delivery(name, last.get(name), len(own), _uncounted(scope, name, own), young, late))
    return found


def _counted(scope: Scope) -> dict[str, set[str]]:
    """Account → the posts of the month of which anything was counted."""
    sql = "SELECT subject, channel, min(published_at) AS published FROM observations WHERE published_at IS NOT NULL GROUP BY ALL"
    period, posts = scope.period(), dict[str, set[str]]()
    for row in scope.engine.query(sql, {}).to_pylist():
        if period.start <= row["published"].replace(tzinfo=UTC) < period.end:
            posts.setdefault(row["channel"], set()).add(row["subject"])
    return posts


def _uncounted(scope: Scope, channel: str, counted: Collection[str]) -> tuple[str, ...]:
    period = scope.period()
    titles = []
    for post in (post for post in scope.workspace.posts if post.status is Status.READY):
        for draft in drafts(post, scope.workspace.settings):
            moment = draft.publish.instant() if draft.publish else None
            if draft.account.name == channel and moment and period.start <= moment < min(period.end, scope.now):
                titles += [post.title] if post.uid not in counted else []
    return tuple(titles)


def quality_section(scope: Scope) -> Section:
    """The deliveries of every account and the imports behind the report."""
    found, every = deliveries(scope), sources(scope)
    known = [one for one in found if one.last is not None or one.uncounted]
    blocks: list[Block] = [Paragraph(banner(find_stage(scope)).text)]
    if known:
        blocks.append(_deliveries_table(scope, known))
    daily = [one for one in every if one.name not in scope.accounts]
    if daily:
        blocks.append(_daily_table(scope, daily))
    never = [scope.channel_title(one.channel) for one in found if one not in known]
    if never:
        blocks.append(
            Paragraph(_("Never delivered anything: {names}.").format(names=scope.wording.join(never)), "note")
        )
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
                ", ".join(one.uncounted) or DASH,
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


def _daily_table(scope: Scope, daily: Iterable[Source]) -> Table:
    late = overdue(scope, daily)
    rows = tuple(
        (one.title, Cell(scope.wording.day(one.last.astimezone(scope.zone).date()), "bad" if one in late else ""))
        for one in daily
    )
    return Table(_("What is counted by the day"), (_("Source"), _("last count")), rows)


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
    walls = active()
    ran = (walls.sentence(),) if walls else ()
    return Section("method", _("Method"), (*(Paragraph(sentence) for sentence in (*sentences, *ran)), _definitions()))


def _definitions() -> Folded:
    from toolkit.kpis import KPIS

    rows = tuple((_(kpi.title), _(kpi.definition), kpi.formula) for kpi in KPIS.values())
    title = _("How the key figures are defined")
    return Folded(title, Table(title, (_("KPI"), _("Definition"), _("Formula")), rows))
