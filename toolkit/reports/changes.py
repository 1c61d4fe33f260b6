"""What a report says now that it did not say when it was made before: number by number, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from toolkit.kpis import KPIS, Kpi, Of, Result, result_of
from toolkit.messages import _
from toolkit.metrics import Store
from toolkit.reports.blocks import Block, Cell, Paragraph, Section, Table
from toolkit.reports.compared import Compared, compare_all
from toolkit.reports.late import late_posts
from toolkit.reports.progress import ANY_AGE
from toolkit.reports.scope import RememberingEngine, Scope
from toolkit.reports.stage import find_stage
from toolkit.reports.window import WindowStore

if TYPE_CHECKING:
    import pyarrow as pa


class EarlierEngine(RememberingEngine):
    """Knows only what had been imported and observed by a moment."""

    def __init__(self, store: Store, moment: datetime) -> None:
        super().__init__(store)
        self.moment = moment.astimezone(UTC).replace(tzinfo=None)

    @cached_property
    def observations(self) -> pa.Table:
        sql = "SELECT * FROM observations WHERE imported_at <= $moment AND observed_at <= $moment"
        return self.store.query(sql, {}, {"moment": self.moment})

    def query(self, sql: str, tables: Mapping[str, pa.Table]) -> pa.Table:
        if tables or sql not in self.answers:
            # The window's other tables know what came later; with these observations alone they are made anew.
            whole = self.store.whole if isinstance(self.store, WindowStore) else self.store
            answer = whole.query(sql, {"observations": self.observations, **tables})
            if tables:
                return answer
            self.answers[sql] = answer
        return self.answers[sql]


def scope_then(scope: Scope, moment: datetime) -> Scope:
    """The same report as it could be made at an earlier moment."""
    return replace(scope, engine=EarlierEngine(scope.store, moment), now=moment, memory={})


def changes_section(scope: Scope, compared: Sequence[Compared], before: str) -> Section | None:
    """Every key figure that differs from what was known at `before`; None without an earlier report."""
    if not before:
        return None
    moment = datetime.fromisoformat(before).astimezone(UTC)
    then = scope_then(scope, moment)
    day = scope.wording.moment(moment.astimezone(scope.zone))
    arrived = _arrivals(scope, moment)
    rows = (*_rows(scope, compared, compare_all(then), arrived), *_any_age(scope, then, arrived))
    earlier = _("final") if find_stage(then).final else _("provisional")
    text = _("The report was made before as of {moment} ({stage}).").format(moment=day, stage=earlier)
    blocks: list[Block] = [Paragraph(text)]
    if rows:
        head = (_("KPI"), _("then"), _("now"), _("because of"))
        blocks.append(Table(_("What has changed since"), head, rows, frozenset({1, 2})))
    else:
        blocks.append(Paragraph(_("None of its key figures has changed since.")))
    return Section("changes", _("What has changed"), tuple(blocks))


def _rows(
    scope: Scope, now: Iterable[Compared], then: Iterable[Compared], arrived: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str | Cell, ...]]:
    for new, old in zip(now, then, strict=True):
        results = (old.month, new.month)
        values = [scope.wording.value(one.value, new.kpi.unit) for one in results]
        if values[0] != values[1] or old.month.n != new.month.n:
            cells = (
                Cell(text, note=_n(scope, one), exact=scope.wording.exact(one.value, new.kpi.unit))
                for text, one in zip(values, results, strict=True)
            )
            yield (_(new.kpi.title), *cells, _reason(scope, new.kpi, arrived))


def _any_age(scope: Scope, then: Scope, arrived: Mapping[str, frozenset[str]]) -> Iterator[tuple[str | Cell, ...]]:
    """What was counted of the month's posts at any age: later counts change it where equal age has nothing to tell."""
    if not late_posts(scope, scope.period()):
        return
    titles = {"posts": _("Posts, counted at any age"), "interactions": _("Interactions, counted at any age")}
    for name, title in titles.items():
        results = [_at_any_age(one, KPIS[name]) for one in (then, scope)]
        values = [scope.wording.value(one.value, KPIS[name].unit) for one in results]
        if values[0] != values[1]:
            cells = (
                Cell(text, note=_n(scope, one), exact=one.value) for text, one in zip(values, results, strict=True)
            )
            yield (title, *cells, _reason(scope, KPIS[name], arrived))


def _at_any_age(scope: Scope, kpi: Kpi) -> Result:
    return result_of(kpi, scope.rows(kpi.name, replace(scope.period(), age_hours=ANY_AGE)))


def _n(scope: Scope, result: Result) -> str:
    return f"n = {scope.wording.number(result.n)}"


def _arrivals(scope: Scope, moment: datetime) -> Mapping[str, frozenset[str]]:
    """Name of each import that came later → the metrics it brought for the month, and the kinds of its subjects."""
    period = scope.period()
    sql = """
        SELECT import_id, metric, split_part(subject, ':', 1) AS kind FROM observations
        WHERE imported_at > $moment AND observed_at >= $start GROUP BY ALL
    """
    times = {"moment": moment, "start": period.start}
    plain = {name: one.astimezone(UTC).replace(tzinfo=None) for name, one in times.items()}
    names = {one.id: one.name or one.id for one in scope.store.imports()}
    found: dict[str, set[str]] = {}
    for row in scope.store.query(sql, {}, plain).to_pylist():
        found.setdefault(names.get(row["import_id"], row["import_id"]), set()).update((row["metric"], row["kind"]))
    return {name: frozenset(said) for name, said in found.items()}


def _reason(scope: Scope, kpi: Kpi, arrived: Mapping[str, frozenset[str]]) -> str:
    needs = frozenset().union(*kpi.needs)
    if kpi.name == "share_of_voice":
        needs |= {"interactions"}
    every = not needs and kpi.of is Of.POSTS
    names = [name for name, said in sorted(arrived.items()) if every or needs & said]
    if not names:
        return _("time: posts have become old enough")
    shown = names[:3] + ([_("{count} more").format(count=len(names) - 3)] if len(names) > 3 else [])
    return _("import {names}").format(names=scope.wording.join(shown))
