"""What is missing, late or odd in the data, and how the report was made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from toolkit.kpis import ENOUGH, FEWEST, Kpi
from toolkit.kpis.posts import AT_AGE
from toolkit.messages import _, ngettext
from toolkit.reports.ages import Ripeness, counted_posts
from toolkit.reports.blocks import Block, Cell, Folded, Paragraph, Section, Table
from toolkit.reports.compared import DASH
from toolkit.reports.isolation import active
from toolkit.reports.published import published
from toolkit.reports.scope import Scope
from toolkit.reports.stage import Source, banner, due_from, find_stage, overdue, sources
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one account delivered for the month."""

    channel: str
    last: datetime | None  # the last observation of all, UTC
    counted: int  # posts of the month that have counts
    uncounted: tuple[str, ...]  # titles of the workspace's posts of the month without any
    young: int  # posts younger than the age at which posts are compared
    early: int  # older posts whose last count in time was made too long before that age
    late: int  # posts that were first counted after it and are in no figure at equal age


def deliveries(scope: Scope) -> list[Delivery]:
    """One per account, in the settings' order."""
    last = {one.name: one.last for one in sources(scope)}
    posts, out = counted_posts(scope, scope.period()).values(), published(scope)
    found = []
    for name in dict.fromkeys([*scope.accounts, *(one.channel for one in posts)]):
        own = [one for one in posts if one.channel == name]
        young, early, late = (
            sum(one.ripeness is kind for one in own) for kind in (Ripeness.YOUNG, Ripeness.EARLY, Ripeness.LATE)
        )
        known = {one.uid for one in own}
        uncounted = tuple(post.title for post in out.get(name, ()) if post.uid not in known)
        found.append(Delivery(name, last.get(name), len(own), uncounted, young, early, late))
    return found


def quality_section(scope: Scope) -> Section:
    """The deliveries of every account and the imports behind the report."""
    found, every = deliveries(scope), sources(scope)
    known = [one for one in found if one.last is not None or one.counted or one.uncounted]
    blocks: list[Block] = [Paragraph(banner(find_stage(scope)).text)]
    if known:
        blocks += [_deliveries_table(scope, known), Paragraph(_kinds(scope), "note")]
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
    rows = tuple(_delivery_row(scope, one) for one in found)
    head = (
        _("Channel"),
        _("last count"),
        _("posts with counts"),
        _("too young"),
        _("counted too early"),
        _("counted too late"),
        _("posts without counts"),
    )
    caption = _("What the accounts delivered for {month}").format(month=scope.title)
    return Table(caption, head, rows, frozenset({2, 3, 4, 5}))


def _delivery_row(scope: Scope, one: Delivery) -> tuple[str | Cell, ...]:
    old = one.last is not None and one.last < due_from(scope)
    last = scope.wording.day(one.last.astimezone(scope.zone).date()) if one.last is not None else _("no data")
    counts = (scope.wording.number(number) for number in (one.counted, one.young, one.early, one.late))
    return scope.channel_title(one.channel), Cell(last, "bad" if old else ""), *counts, ", ".join(one.uncounted) or DASH


def _kinds(scope: Scope) -> str:
    """What the columns of `_deliveries_table` mean."""
    words = _(
        "Too young: less than {age} old, its numbers still grow. Counted too early: older, but not counted again at {age}; it counts as it stood and is compared with nothing. Counted too late: first counted after more than {age}; it is in no figure of posts."
    )
    return words.format(age=scope.age)


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


def method_section(scope: Scope) -> Section:
    """How numbers are made here, in a few sentences."""
    few, more = (ngettext("{count} post", "{count} posts", least) for least in (ENOUGH, FEWEST))
    sentences = (
        _(
            "Posts are compared at equal age: each counts as it stood {age} after publication, once on each channel."
        ).format(age=scope.age),
        _("What a network did not deliver is missing, not zero, and is left out of sums and rates."),
        _("Rates are ratios of sums over the posts that have both numbers; baselines are medians, never means."),
        _(
            "Intervals are meant to hold nine times in ten: exact for medians, a bootstrap over posts for rates and totals, which with posts as uneven as real ones hold eight to nine times. Below {few} there are none for medians, below {more} none for rates and totals."
        ).format(few=few, more=more),
        _(
            "What a weekday or a pillar brings is a factor over all other posts in one linear model of their logarithms, with everything else that is known taken out; errors are robust (HC2) and know how few posts a group has. It is called reliable when chance is ruled out for all groups together (Benjamini and Hochberg)."
        ),
    )
    walls = active()
    ran = (walls.sentence(),) if walls else ()
    return Section("method", _("Method"), (*(Paragraph(sentence) for sentence in (*sentences, *ran)), _definitions()))


def _definitions() -> Folded:
    from toolkit.kpis import KPIS

    rows = tuple((_(kpi.title), _definition(kpi), kpi.formula) for kpi in KPIS.values())
    title = _("How the key figures are defined")
    return Folded(title, Table(title, (_("KPI"), _("Definition"), _("Formula")), rows), "definitions")


def _definition(kpi: Kpi) -> str:
    """Without its last sentence where that is about the usual age: this report's own stands above the table."""
    text = _(kpi.definition)
    about, stop, _age = text.rpartition(". ")
    return f"{about}." if stop and kpi.definition.endswith(AT_AGE) else text
