"""The times at which posts do well: weekday by part of the day, with intervals; "no difference" is an answer too."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.kpis import ENOUGH
from toolkit.kpis.dayparts import DAY_PARTS
from toolkit.kpis.lifts import TIME, GroupLift
from toolkit.kpis.titles import part_title, weekday_title
from toolkit.messages import _
from toolkit.reports.blocks import Cell, Paragraph, Section, Table
from toolkit.reports.charts import heat
from toolkit.reports.compared import DASH
from toolkit.reports.posts import Comparison, group_name, kind_title
from toolkit.reports.scope import Scope


def times_section(scope: Scope, found: Comparison) -> Section:
    """What can be said about times in a year of posts, with n and interval in every cell."""
    cells = {name: one for (kind, name), one in found.groups.items() if kind == TIME}
    if not any(cell.effect for cell in cells.values()):
        n = sum(cell.n for cell in cells.values())
        message = _("n = {n}: not enough posts to compare times.").format(n=n)
        return Section("times", _("Posting times"), (Paragraph(message),))
    caption = _("Factor over the usual interactions, with the number of posts")
    verdict = verdict_of(scope, found)
    note = _(
        "Twelve months to {month}. Cells with fewer than {n} posts show only their number. Pillar, format, campaign and season are taken out, and small groups are drawn towards the usual."
    )
    return Section(
        "times",
        _("Posting times"),
        (
            Paragraph(verdict, "lead"),
            heat(cells, caption, verdict, brand=scope.brand, wording=scope.wording),
            _single_table(scope, found),
            Paragraph(note.format(month=scope.title, n=ENOUGH), "note"),
        ),
    )


def verdict_of(scope: Scope, found: Comparison) -> str:
    """One sentence about times: which are reliably better, or that none is."""
    single = [one for one in found.groups.values() if one.kind in {"weekday", "part"} and _better(one)]
    if single:
        single.sort(key=lambda one: -one.factor)
        names = [f"{group_name(scope, one)} ({scope.wording.times(one.factor)}, n = {one.n})" for one in single[:3]]
        return _("Reliably better than usual: {names}.").format(names=scope.wording.join(names))
    cells = sorted((one for one in found.groups.values() if one.kind == TIME and _better(one)), key=_loss)
    if cells:
        day, _space, part = cells[0].group.partition(" ")
        name = f"{weekday_title(int(day))}, {part_title(part)}"
        return _("Reliably better than usual: {names}.").format(names=name)
    n = len({post.uid for post in found.year})
    words = _("No reliable difference between weekdays or parts of the day (n = {n} posts); keep variety.")
    return words.format(n=scope.wording.number(n))


def _better(one: GroupLift) -> bool:
    return one.reliable and one.factor > 1


def _loss(one: GroupLift) -> float:
    return -one.factor


def _single_table(scope: Scope, found: Comparison) -> Table:
    """Weekdays and parts of the day by themselves."""
    order = [*(("weekday", str(day)) for day in range(1, 8)), *(("part", part) for part in DAY_PARTS)]
    known = [one for key in order if (one := found.groups.get(key)) is not None]
    caption = _("Weekdays and parts of the day, each by itself")
    return groups_table(scope, caption, known)


def groups_table(scope: Scope, caption: str, groups: Iterable[GroupLift]) -> Table:
    """Groups of posts with their factor, interval, n and verdict."""
    head = (_("Group"), _("Kind"), "n", _("Factor"), _("Interval (90%)"), _("Difference"))
    return Table(caption, head, tuple(_group_row(scope, one) for one in groups), frozenset({2, 3, 4}))


def _group_row(scope: Scope, one: GroupLift) -> tuple[str | Cell, ...]:
    name, kind, n = group_name(scope, one), kind_title(one.kind), scope.wording.number(one.n)
    if one.effect is None:
        return name, kind, n, DASH, DASH, _("not enough posts")
    # An end of 0.97 that is shown as 1.0 would contradict the verdict.
    low, high = scope.wording.times(one.effect.low, 2), scope.wording.times(one.effect.high, 2)
    interval = _("{low} to {high}").format(low=low, high=high)
    verdict = Cell(_("within chance"))
    if one.reliable:
        verdict = Cell(_("reliably more"), "good") if one.factor > 1 else Cell(_("reliably less"), "bad")
    return name, kind, n, Cell(scope.wording.times(one.factor, 2), exact=one.factor), interval, verdict
