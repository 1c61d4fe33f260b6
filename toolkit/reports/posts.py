"""Tops and flops, each with why, and the times at which posts do well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit.kpis import ENOUGH, Unit
from toolkit.kpis.lifts import TIME, GroupLift, PostResult, group_lifts, post_results, reasons
from toolkit.kpis.titles import group_title, part_title, weekday_title
from toolkit.messages import _
from toolkit.reports.blocks import Block, Cell, Paragraph, Section, Table
from toolkit.reports.charts import heat
from toolkit.reports.scope import Scope

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Comparison:
    """The posts of a year with their lifts, those of the month among them, and what groups of them bring."""

    year: Sequence[PostResult]
    month: Sequence[PostResult]
    groups: Mapping[tuple[str, str], GroupLift]

    def ranked(self) -> list[PostResult]:
        """The month's posts that have a baseline, best first, each post once: on its best channel."""
        ordered = sorted((post for post in self.month if post.lift is not None), key=lambda post: -(post.lift or 0))
        first: dict[str, PostResult] = {}
        for post in ordered:
            first.setdefault(post.uid, post)
        return list(first.values())


def compare_posts(scope: Scope) -> Comparison:
    """All posts of the year to the month, compared at equal age."""
    rates = scope.rows("engagement_rate_followers", scope.year)
    followers = {(row.unit, row.channel): row.base for row in rates if row.base}
    year = post_results(scope.rows("interactions", scope.year), followers, scope.subjects, scope.zone)
    start = scope.period().start
    return Comparison(year, [post for post in year if post.local >= start], group_lifts(year))


def tops_section(scope: Scope, found: Comparison) -> Section:
    """The best posts of the month above what is usual, and the weakest below it."""
    ranked = found.ranked()
    if len(ranked) < 2:
        message = _("n = {n}: not enough posts with a baseline to name tops and flops.").format(n=len(ranked))
        return Section("tops", _("Tops and flops"), (Paragraph(message),))
    tops = [post for post in ranked if (post.lift or 0) > 1][:SHOWN]
    flops = [post for post in reversed(ranked) if (post.lift or 0) < 1][:SHOWN]
    note = _(
        "A factor compares the post, seven days after publication, with the median of its channel and format over twelve months, for an audience of the same size. “Why” names only groups whose own difference is reliable."
    )
    blocks: list[Block] = [
        _posts_table(scope, _("Tops"), tops, found.groups)
        if tops
        else Paragraph(_("No post was above what is usual.")),
        _posts_table(scope, _("Flops"), flops, found.groups)
        if flops
        else Paragraph(_("No post was below what is usual.")),
        Paragraph(note, "note"),
    ]
    return Section("tops", _("Tops and flops"), tuple(blocks))


def _posts_table(
    scope: Scope, caption: str, posts: Iterable[PostResult], groups: Mapping[tuple[str, str], GroupLift]
) -> Table:
    head = (_("Post"), _("Channel"), _("Day"), _("Interactions"), _("Factor"), _("Why"))
    rows = tuple(
        (
            post_title(post),
            scope.channel_title(post.channel),
            scope.wording.moment(post.local),
            Cell(
                scope.wording.number(post.interactions),
                note=_("usual {usual}").format(usual=scope.wording.value(post.usual, Unit.COUNT)),
            ),
            Cell(scope.wording.times(post.lift or 0), "good" if (post.lift or 0) > 1 else "bad"),
            why(scope, post, groups),
        )
        for post in posts
    )
    return Table(caption, head, rows, frozenset({3, 4}))


def post_title(post: PostResult) -> str:
    """The post's title, or its uid where nobody named it."""
    return post.about.title or post.uid


def why(scope: Scope, post: PostResult, groups: Mapping[tuple[str, str], GroupLift]) -> str:
    """What else is known to pull in the direction of this post's result."""
    words = [f"{group_name(scope, one)} {scope.wording.times(one.factor)}" for one in reasons(post, groups)]
    return ", ".join(words) or _("no known pattern; chance is likely")


def group_name(scope: Scope, one: GroupLift) -> str:
    """How a group of posts is called."""
    if one.kind == "campaign":
        campaign = scope.workspace.campaigns.get(one.group)
        return campaign.title if campaign else one.group
    return group_title(one.kind, one.group)


def times_section(scope: Scope, found: Comparison) -> Section:
    """Weekday by part of the day over a year, with n in every cell, and what can be said about it."""
    cells = {name: one for (kind, name), one in found.groups.items() if kind == TIME}
    if not any(cell.effect for cell in cells.values()):
        n = sum(cell.n for cell in cells.values())
        return Section(
            "times", _("Posting times"), (Paragraph(_("n = {n}: not enough posts to compare times.").format(n=n)),)
        )
    good = [cell for cell in cells.values() if cell.reliable and cell.factor > 1]
    good.sort(key=lambda cell: -cell.factor)
    alt = _(
        "Heat map: factor over the usual interactions by weekday and part of the day, with the number of posts. {verdict}"
    )
    caption = _("Factor over the usual interactions, with the number of posts")
    verdict = _verdict(scope, found, good)
    note = _("Twelve months to {month}. Cells with fewer than {n} posts show only their number.")
    return Section(
        "times",
        _("Posting times"),
        (
            Paragraph(verdict),
            heat(cells, caption, alt.format(verdict=verdict), brand=scope.brand, wording=scope.wording),
            Paragraph(note.format(month=scope.title, n=ENOUGH), "note"),
            _formats_table(scope, found),
        ),
    )


def _verdict(scope: Scope, found: Comparison, good: Sequence[GroupLift]) -> str:
    single = [
        one for one in found.groups.values() if one.kind in {"weekday", "part"} and one.reliable and one.factor > 1
    ]
    if single:
        single.sort(key=lambda one: -one.factor)
        names = [f"{group_name(scope, one)} ({scope.wording.times(one.factor)}, n = {one.n})" for one in single[:3]]
        return _("Reliably better than usual: {names}.").format(names=scope.wording.join(names))
    if good:
        day, _space, part = good[0].group.partition(" ")
        name = f"{weekday_title(int(day))}, {part_title(part)}"
        return _("Reliably better than usual: {names}.").format(names=name)
    return _("No weekday or part of the day is reliably better; keep variety.")


def _formats_table(scope: Scope, found: Comparison) -> Table:
    """Campaigns, formats and pillars, each with its n."""
    kinds = {"pillar": _("pillar"), "campaign": _("campaign"), "format": _("format")}
    groups = sorted(
        (one for one in found.groups.values() if one.kind in kinds),
        key=lambda one: (one.kind, -one.factor),
    )
    rows = tuple(
        (
            group_name(scope, one),
            kinds[one.kind],
            scope.wording.number(one.n),
            scope.wording.times(one.factor) if one.effect else _("not enough"),
            _("reliable") if one.reliable else _("within chance"),
        )
        for one in groups
    )
    head = (_("Group"), _("Kind"), "n", _("Factor"), _("Difference"))
    return Table(_("What campaigns, formats and pillars bring"), head, rows, frozenset({2, 3}))
