"""Strengths and weaknesses: only what a goal, a competitor or a reliable difference says, each with its number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from toolkit.kpis import Better, result_of
from toolkit.kpis.groups import GroupLift
from toolkit.messages import _
from toolkit.reports.blocks import Block, Heading, Paragraph, Points, Section
from toolkit.reports.board import BAD, GOOD
from toolkit.reports.compared import Compared, where_compared
from toolkit.reports.hours import groups_note, groups_table
from toolkit.reports.posts import Comparison, group_name
from toolkit.reports.scope import Scope

KINDS = ("pillar", "format", "campaign", "paid")
PAID = "paid"  # in the table, but neither a strength nor a weakness: it was bought, or was not


def strengths_section(scope: Scope, compared: Sequence[Compared], posts: Comparison) -> Section:
    """What goes well, what does not, and the table of all groups of posts behind it."""
    good: list[str] = []
    bad: list[str] = []
    for praise, sentence in (*_goals(scope, compared), *_rivals(scope, compared), *_groups(scope, posts)):
        (good if praise else bad).append(sentence)
    blocks: list[Block] = []
    # By these names the board of strengths and weaknesses finds them again.
    for title, name, sentences in ((_("Strengths"), GOOD, good), (_("Weaknesses"), BAD, bad)):
        blocks += [Heading(title, name), Points(tuple(sentences), numbered=False)] if sentences else []
    if not blocks:
        blocks.append(Paragraph(_("No goal, competitor or reliable difference says anything clear about this month.")))
    groups = sorted((one for one in posts.groups.values() if one.kind in KINDS), key=_order)
    if groups:
        caption = _("What pillars, formats and campaigns bring, twelve months to {month}").format(month=scope.title)
        blocks += [groups_table(scope, caption, groups), groups_note(posts.groups.values())]
    return Section("strengths", _("Strengths and weaknesses"), tuple(blocks))


def _order(one: GroupLift) -> tuple[int, float]:
    return KINDS.index(one.kind), -one.factor


def _goals(scope: Scope, compared: Iterable[Compared]) -> Iterator[tuple[bool, str]]:
    for one in compared:
        if one.goal is None or one.month.value is None:
            continue
        reached = (one.month.value >= one.goal) == (one.kpi.better is Better.HIGHER)
        words = _("{kpi}: {value}, the goal of {goal} is reached.")
        if not reached:
            words = _("{kpi}: {value}, the goal of {goal} is missed.")
        values = [scope.wording.value(number, one.kpi.unit) for number in (one.month.value, one.goal)]
        yield reached, words.format(kpi=_(one.kpi.title), value=values[0], goal=values[1])


def _rivals(scope: Scope, compared: Iterable[Compared]) -> Iterator[tuple[bool, str]]:
    """On the channels where competitors are tracked, and only where the interval leaves their median out."""
    channels = where_compared(scope)
    for one in compared:
        if one.rivals is None:
            continue
        rows = [row for row in scope.rows(one.kpi.name, scope.period()) if row.channel in channels]
        own = result_of(one.kpi, rows)
        if own.interval is None or own.value is None or own.interval.low <= one.rivals <= own.interval.high:
            continue
        above = own.value > one.rivals
        words = _("{kpi} on {channels}: {value} is above the competitors' median of {rivals}.")
        if not above:
            words = _("{kpi} on {channels}: {value} is below the competitors' median of {rivals}.")
        names = scope.wording.join([scope.channel_title(name) for name in channels])
        values = [scope.wording.value(number, one.kpi.unit) for number in (own.value, one.rivals)]
        yield above, words.format(kpi=_(one.kpi.title), channels=names, value=values[0], rivals=values[1])


def _groups(scope: Scope, posts: Comparison) -> Iterator[tuple[bool, str]]:
    named = [one for one in posts.groups.values() if one.kind in KINDS and one.kind != PAID and one.reliable]
    for one in sorted(named, key=_order):
        words = _("“{group}” reliably brings {factor} as many interactions as the other posts (n = {n}).")
        yield (
            one.factor > 1,
            words.format(
                group=group_name(scope, one), factor=scope.wording.times(one.factor), n=scope.wording.number(one.n)
            ),
        )
