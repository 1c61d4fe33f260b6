"""Posts that nobody counted in time: in no figure at equal age, but not passed over. Their numbers, at the age they had.

An export of a whole month, downloaded when it is over, counts most of its posts for the first time after weeks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median
from typing import Final

from toolkit.kpis import KPIS, Period, UnitRow
from toolkit.messages import _
from toolkit.reports.ages import Counted, Ripeness, counted_posts
from toolkit.reports.blocks import Block, Cell, Folded, Paragraph, Section, Table
from toolkit.reports.compared import DASH
from toolkit.reports.naming import post_cell
from toolkit.reports.progress import ANY_AGE
from toolkit.reports.scope import Scope

SHOWN: Final = ("interactions", "views", "reach", "clicks")
FEW: Final = 12  # rows that stand open

Values = Mapping[str, Sequence[UnitRow]]  # KPI → its posts, each at its last count


def late_posts(scope: Scope, period: Period) -> list[Counted]:
    """The posts of a period that were first counted after the age of the report."""
    return [one for one in counted_posts(scope, period).values() if one.ripeness is Ripeness.LATE]


def late_section(scope: Scope, period: Period | None = None) -> Section | None:
    """All posts of the month, or of another period, at their last count; None where every post was counted in time."""
    period = period or scope.period()
    late = late_posts(scope, period)
    if not late:
        return None
    known, values = counted_posts(scope, period), _last_values(scope, period)
    note = _(
        "Not comparable at equal age: an older post has had more time to collect. Nothing here is in the key figures, rankings or comparisons above and below."
    )
    blocks: list[Block] = [
        Paragraph(late_sentence(scope, len(late), len(known)), "lead"),
        _totals(scope, list(known.values()), values),
        Paragraph(f"{note} {_remedy()}", "note"),
    ]
    table = _posts(scope, late, values)
    blocks.append(table if len(late) <= FEW else Folded(table.caption, table))
    return Section("late", _("Counted too late"), tuple(blocks))


def late_banner(scope: Scope, period: Period | None = None) -> list[Block]:
    """What a summary says about posts that are in no figure; nothing where there are none."""
    every = counted_posts(scope, period or scope.period()).values()
    late = sum(one.ripeness is Ripeness.LATE for one in every)
    if not late:
        return []
    where = _("What was counted of them, at the age they had, stands in “Counted too late”.")
    return [Paragraph(f"{late_sentence(scope, late, len(every))} {where}", "banner")]


def late_sentence(scope: Scope, late: int, every: int) -> str:
    """How many posts are in no figure, and why."""
    words = _("{late} of {every} posts: first counted more than {age} after publication, so in no figure at equal age.")
    return words.format(late=scope.wording.number(late), every=scope.wording.number(every), age=scope.age)


def _remedy() -> str:
    return _(
        "To compare at a later age: leitstand report --age HOURS. To have them in time: import an export every week, or let leitstand measure count."
    )


def _last_values(scope: Scope, period: Period) -> Values:
    whole = replace(period, age_hours=ANY_AGE)
    return {name: rows for name in SHOWN if (rows := scope.rows(name, whole))}


def _totals(scope: Scope, known: Sequence[Counted], values: Values) -> Table:
    """Each channel and all of them, as they stood at the last count."""
    channels = list(dict.fromkeys(one.channel for one in known))
    order = [*(name for name in scope.accounts if name in channels), *(x for x in channels if x not in scope.accounts)]
    rows = [_total(scope, scope.channel_title(name), [x for x in known if x.channel == name], values) for name in order]
    if len(rows) > 1:
        rows.append(_total(scope, _("all"), known, values))
    head = (_("Channel"), _("Posts"), _("of them too late"), _("age at the last count"), *_titles(values))
    caption = _("As last counted, at any age: not comparable")
    return Table(caption, head, tuple(rows), frozenset(range(1, len(head))))


def _total(scope: Scope, title: str, posts: Sequence[Counted], values: Values) -> tuple[str | Cell, ...]:
    late = sum(one.ripeness is Ripeness.LATE for one in posts)
    keys = {(one.uid, one.channel) for one in posts}
    cells = []
    for name, rows in values.items():
        own = [row.part or 0.0 for row in rows if (row.unit, row.channel) in keys]
        text = scope.wording.value(sum(own), KPIS[name].unit) if own else DASH
        note = "" if len(own) == len(keys) or not own else _("n = {n}").format(n=scope.wording.number(len(own)))
        cells.append(Cell(text, note=note, exact=sum(own) if own else None))
    return title, scope.wording.number(len(keys)), scope.wording.number(late), _ages(scope, posts), *cells


def _ages(scope: Scope, posts: Sequence[Counted]) -> Cell:
    ages = [one.last for one in posts]
    low, middle, high = (scope.wording.number(hours / 24, 1) for hours in (min(ages), median(ages), max(ages)))
    between = _("{low} to {high} days").format(low=low, high=high)
    return Cell(_("{number} days, median").format(number=middle), note=between)


def _posts(scope: Scope, late: Sequence[Counted], values: Values) -> Table:
    by_post = {name: {(row.unit, row.channel): row.part for row in rows} for name, rows in values.items()}
    head = (_("Post"), _("Channel"), _("Day"), _("age at the first count"), _("at the last"), *_titles(values))
    rows = tuple(
        (*_about(scope, one), *(_value(scope, name, own.get((one.uid, one.channel))) for name, own in by_post.items()))
        for one in late
    )
    return Table(_("Posts that were counted too late"), head, rows, frozenset(range(3, len(head))))


def _about(scope: Scope, one: Counted) -> tuple[str | Cell, ...]:
    first, last = (scope.wording.number(hours / 24, 1) for hours in (one.first, one.last))
    day = scope.wording.day(one.published.astimezone(scope.zone).date())
    words = _("{number} days")
    channel = scope.channel_title(one.channel)
    return post_cell(scope, one.uid), channel, day, words.format(number=first), words.format(number=last)


def _titles(values: Values) -> tuple[str, ...]:
    return tuple(_(KPIS[name].title) for name in values)


def _value(scope: Scope, name: str, value: float | None) -> Cell:
    return Cell(DASH) if value is None else Cell(scope.wording.value(value, KPIS[name].unit), exact=value)
