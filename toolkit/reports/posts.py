"""Tops and flops, each with why: what its groups are known to bring, and what is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import prod

from toolkit.experiments.counted import Numbers, lifts_of
from toolkit.kpis.groups import GroupLift, group_lifts, reasons
from toolkit.kpis.leaving import near
from toolkit.kpis.lifts import KINDS, PostResult, post_results
from toolkit.kpis.period import ripe_year
from toolkit.kpis.rated import rate_results
from toolkit.kpis.titles import group_title
from toolkit.messages import _, ngettext
from toolkit.reports.ages import counted_ages
from toolkit.reports.blocks import Block, Cell, Folded, Paragraph, Section, Table
from toolkit.reports.compared import DASH
from toolkit.reports.naming import post_link
from toolkit.reports.scope import Scope
from toolkit.reports.wording import rounded
from toolkit.values import dataclass

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Comparison:
    """The posts of a year with their lifts, those of the month among them, and what groups of them bring.

    Posts that were not counted on their seventh day, because they are younger or their counts stopped, are in `young`
    and nowhere else.
    """

    year: Sequence[PostResult]
    month: Sequence[PostResult]
    groups: Mapping[tuple[str, str], GroupLift]
    young: Sequence[PostResult] = ()

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
    ages, rows, enough = counted_ages(scope), scope.rows("interactions", scope.year), near(scope.age_hours)
    ripe = [row for row in rows if ages.get((row.unit, row.channel), 0.0) >= enough]
    early = [row for row in rows if ages.get((row.unit, row.channel), 0.0) < enough]
    year = post_results(ripe, followers, scope.subjects, scope.zone)
    young = post_results(early, followers, scope.subjects, scope.zone)
    start = scope.period().start
    month = [post for post in year if post.local >= start]
    return Comparison(year, month, compare_groups(scope), [post for post in young if post.local >= start])


def known_numbers(scope: Scope) -> Numbers:
    """What `leitstand learn` would look at when the month's posts have their age, or now."""
    seen = min(scope.now, scope.period().end + scope.mature)
    return Numbers(scope.engine, scope.subjects, scope.zone, seen, scope.channels, scope.age_hours)


def compare_groups(scope: Scope) -> dict[tuple[str, str], GroupLift]:
    """What groups of posts bring, from the same posts and with the same model as `leitstand learn` at that moment."""
    numbers = known_numbers(scope)
    results = lifts_of(numbers, "interactions", ripe_year(numbers.seen, numbers.age_hours))
    return group_lifts(rate_results(results), {post.uid for post in scope.workspace.posts if post.uid})


def tops_section(scope: Scope, found: Comparison) -> Section:
    """The best posts of the month above what is usual, and the weakest below it."""
    ranked = found.ranked()
    if len(ranked) < 2:
        message = _("n = {n}: not enough posts with a baseline to name tops and flops.").format(n=len(ranked))
        return Section("tops", _("Tops and flops"), (Paragraph(message), *_young(scope, found)))
    tops = [post for post in ranked if is_above(post)][:SHOWN]
    flops = [post for post in reversed(ranked) if is_below(post)][:SHOWN]
    note = _(
        "A factor compares the post, {age} after publication, with the median of its channel and format over twelve months, for an audience of the same size; both count one more, so that zero divides nothing. “Why” names only groups whose own difference is reliable; the rest is the post itself or chance."
    )
    blocks: list[Block] = [
        _posts_table(scope, _("Tops"), tops, found.groups)
        if tops
        else Paragraph(_("No post was above what is usual.")),
        _posts_table(scope, _("Flops"), flops, found.groups)
        if flops
        else Paragraph(_("No post was below what is usual.")),
        Paragraph(note.format(age=scope.age), "note"),
        Folded(_("What each factor is made of"), parts_table(scope, [*tops, *flops], found.groups)),
        *_young(scope, found),
    ]
    return Section("tops", _("Tops and flops"), tuple(blocks))


def is_above(post: PostResult) -> bool:
    """Whether its factor is shown as more than one: what reads as usual is neither good nor bad."""
    return rounded(post.lift or 0, 1) > 1


def is_below(post: PostResult) -> bool:
    """Whether its factor is shown as less than one."""
    return rounded(post.lift or 0, 1) < 1


def _young(scope: Scope, found: Comparison) -> list[Block]:
    """Posts that nothing can be said about yet."""
    if not found.young:
        return []
    named = [f"{post_title(post)} ({scope.channel_title(post.channel)})" for post in found.young]
    count = ngettext("{count} post", "{count} posts", len(named)).format(count=len(named))
    words = _("{posts} not counted at {age} and compared with nothing: {names}.")
    return [Paragraph(words.format(posts=count, age=scope.age, names=scope.wording.join(named)), "note")]


def _posts_table(
    scope: Scope, caption: str, posts: Iterable[PostResult], groups: Mapping[tuple[str, str], GroupLift]
) -> Table:
    head = (_("Post"), _("Channel"), _("Day"), _("Interactions"), _("Factor"), _("Why"))
    rows = tuple(
        (
            post_name(scope, post),
            scope.channel_title(post.channel),
            scope.wording.moment(post.local),
            Cell(
                scope.wording.number(post.interactions),
                note=_("usual {usual}").format(usual=scope.wording.number(post.usual or 0, 1)),
                exact=post.interactions,
            ),
            Cell(scope.wording.times(post.lift or 0), "good" if is_above(post) else "bad", exact=post.lift),
            why(scope, post, groups),
        )
        for post in posts
    )
    return Table(caption, head, rows, frozenset({3, 4}))


def post_name(scope: Scope, post: PostResult) -> Cell:
    """The post's title as a row's head, with a link to it."""
    return Cell(post_title(post), href=post_link(scope, post.uid))


def post_title(post: PostResult) -> str:
    """The post's title, or its uid where nobody named it."""
    return post.about.title or post.uid


def why(scope: Scope, post: PostResult, groups: Mapping[tuple[str, str], GroupLift]) -> str:
    """What else is known to pull in the direction of this post's result."""
    words = [f"{group_name(scope, one)} {scope.wording.times(one.factor)}" for one in reasons(post, groups)]
    return ", ".join(words) or _("no known pattern; chance is likely")


def parts_table(scope: Scope, posts: Sequence[PostResult], groups: Mapping[tuple[str, str], GroupLift]) -> Table:
    """Each post's factor taken apart: what its groups bring on average, and what is left.

    Not its format: the factor is over the usual of channel and format already.
    """
    kinds = [kind for kind in KINDS if kind != "format" and any(KINDS[kind](post) for post in posts)]
    head = (_("Post"), _("Factor"), *map(kind_title, kinds), _("rest"))
    rows = tuple(_parts_row(scope, post, kinds, groups) for post in posts)
    return Table(_("What each factor is made of"), head, rows, frozenset({1, len(head) - 1}))


def _parts_row(
    scope: Scope, post: PostResult, kinds: Sequence[str], groups: Mapping[tuple[str, str], GroupLift]
) -> tuple[str | Cell, ...]:
    own = [groups.get((kind, KINDS[kind](post))) for kind in kinds]
    known = prod(one.factor for one in own if one is not None and one.reliable)
    return (
        post_name(scope, post),
        Cell(scope.wording.times(post.lift or 0), exact=post.lift),
        *(_part_cell(scope, one) for one in own),
        scope.wording.times((post.lift or 0) / known),
    )


def _part_cell(scope: Scope, one: GroupLift | None) -> Cell:
    if one is None:
        return Cell(DASH)
    if one.contrast is None:
        return Cell(group_name(scope, one), note=_("n = {n}, not enough").format(n=one.n))
    verdict = scope.wording.times(one.factor) if one.reliable else _("within chance")
    return Cell(group_name(scope, one), note=verdict)


def kind_title(kind: str) -> str:
    """How a kind of groups is called."""
    titles = {
        "campaign": _("campaign"),
        "pillar": _("pillar"),
        "format": _("format"),
        "weekday": _("weekday"),
        "part": _("part of the day"),
        "paid": _("bought reach"),
    }
    return titles[kind]


def group_name(scope: Scope, one: GroupLift) -> str:
    """How a group of posts is called."""
    if one.kind == "campaign":
        campaign = scope.workspace.campaigns.get(one.group)
        return campaign.title if campaign else one.group
    return group_title(one.kind, one.group)
