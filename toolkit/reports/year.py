"""The report on twelve months, beside the twelve before; with December it is the calendar year."""

from __future__ import annotations

from functools import cached_property

from toolkit.kpis import AGE_HOURS, KPIS, Kpi, Of, Period, Result, UnitRow, result_of
from toolkit.messages import _
from toolkit.reports.actions import commentary_section, find_words
from toolkit.reports.blocks import Block, Cell, Chart, Paragraph, Points, Section, Table
from toolkit.reports.compared import change, mood, of_title, reading_note, value_cell
from toolkit.reports.hours import groups_note, groups_table, times_section, verdict_of
from toolkit.reports.late import late_banner, late_section
from toolkit.reports.periods import month_period, shift
from toolkit.reports.posts import Comparison, compare_posts, post_title, tops_section
from toolkit.reports.quality import method_section, quality_section
from toolkit.reports.rivals import brand_name, finding
from toolkit.reports.scope import Scope, open_scope
from toolkit.reports.series import followers_chart, months_chart
from toolkit.reports.stage import banner, find_stage
from toolkit.reports.strengths import KINDS
from toolkit.research import share_of_voice
from toolkit.values import dataclass

CHARTS = ("interactions", "reach", "visits", "revenue")


@dataclass(frozen=True, slots=True)
class Yearly:
    """One KPI of the twelve months and of those before."""

    kpi: Kpi
    now: Result
    then: Result
    moved: float | None  # over the accounts that both know


class YearReport:
    """Each method returns a `Section`, which a notebook cell shows as its last value."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    @property
    def before(self) -> Period:
        """The twelve months before."""
        scope = self.scope
        return month_period(shift(scope.first, -12), scope.zone, scope.now, months=12, age_hours=scope.age_hours)

    @cached_property
    def compared(self) -> list[Yearly]:
        """Every KPI that any of the two years has."""
        found = [_yearly(self.scope, kpi, self.before) for kpi in KPIS.values()]
        return [one for one in found if one.now.value is not None or one.then.value is not None]

    @cached_property
    def posts(self) -> Comparison:
        """All posts of the year, fairly compared."""
        found = compare_posts(self.scope)
        return Comparison(found.year, found.year, found.groups)

    @property
    def title(self) -> str:
        first = self.scope.wording.month(shift(self.scope.first, -11))
        return _("{first} to {last}").format(first=first, last=self.scope.title)

    def summary(self) -> Section:
        by_name = {one.kpi.name: one for one in self.compared}
        names = ("interactions", "followers", "orders", "revenue")
        sentences = [_sentence(self.scope, by_name[name]) for name in names if name in by_name]
        ranked = self.posts.ranked()
        if ranked:
            words = _("Post of the year: “{title}” with {lift} the usual of its channel and format.")
            sentences.append(
                words.format(title=post_title(ranked[0]), lift=self.scope.wording.times(ranked[0].lift or 0))
            )
            sentences.append(verdict_of(self.scope, self.posts))
        if not sentences:
            text = _("There is no data for {period}.").format(period=self.title)
            return Section("summary", _("Summary"), (Paragraph(text, "lead"),))
        head: list[Block] = [Paragraph(self.title, "lead"), banner(find_stage(self.scope))]
        head += late_banner(self.scope, self.scope.year)
        return Section("summary", _("Summary"), (*head, Points(tuple(sentences))))

    def commentary(self) -> Section | None:
        return commentary_section(self.scope, find_words(self.scope, "year"))

    def figures(self) -> Section | None:
        blocks: list[Block] = []
        for of in Of:
            own = [one for one in self.compared if one.kpi.of is of]
            blocks += [_table(self.scope, of_title(of), own)] if own else []
        return Section("kpis", _("Key figures"), (*blocks, reading_note(self.scope))) if blocks else None

    def over_time(self) -> Section | None:
        charts = [months_chart(self.scope, KPIS[name]) for name in CHARTS]
        kept = tuple(chart for chart in (*charts, followers_chart(self.scope)) if isinstance(chart, Chart))
        return Section("series", _("Over time"), kept) if kept else None

    def tops_and_flops(self) -> Section:
        return tops_section(self.scope, self.posts)

    def strengths(self) -> Section | None:
        groups = [one for one in self.posts.groups.values() if one.kind in KINDS]
        if not groups:
            return None
        groups.sort(key=lambda one: (KINDS.index(one.kind), -one.factor))
        caption = _("What pillars, formats and campaigns brought in twelve months")
        return Section(
            "groups",
            _("What worked"),
            (groups_table(self.scope, caption, groups), groups_note(self.posts.groups.values())),
        )

    def posting_times(self) -> Section:
        return times_section(self.scope, self.posts)

    def competitors(self) -> Section | None:
        voices = share_of_voice(self.scope.engine, self.scope.year, self.scope.channels)
        if not voices:
            return None
        words = self.scope.wording
        rows = tuple(
            (brand_name(self.scope, one), words.percent(one.share), words.number(one.interactions)) for one in voices
        )
        table = Table(
            _("Share of voice over twelve months"), (_("Brand"), _("Share"), _("Interactions")), rows, frozenset({1, 2})
        )
        return Section("competitors", _("Competitors"), (Paragraph(finding(self.scope, voices, self.title)), table))

    def late(self) -> Section | None:
        """Posts that were counted too late for the figures; None where there are none."""
        return late_section(self.scope, self.scope.year)

    def quality(self) -> Section:
        return quality_section(self.scope)

    def method(self) -> Section:
        return method_section(self.scope)


def _yearly(scope: Scope, kpi: Kpi, before: Period) -> Yearly:
    now, then = scope.rows(kpi.name, scope.year), scope.rows(kpi.name, before)
    both = (now, then)
    if kpi.of is Of.ACCOUNTS:
        known = {row.channel for row in now} & {row.channel for row in then}
        both = (_of(now, known), _of(then, known))
    moved = change(result_of(kpi, both[0]), result_of(kpi, both[1]))
    return Yearly(kpi, result_of(kpi, now), result_of(kpi, then), moved if _covered(scope, kpi, then, before) else None)


def _of(rows: list[UnitRow], channels: set[str]) -> list[UnitRow]:
    return [row for row in rows if row.channel in channels]


def _covered(scope: Scope, kpi: Kpi, rows: list[UnitRow], before: Period) -> bool:
    """Whether the year before was counted in each of its months: else growth would only be the beginning of counting."""
    if kpi.of is Of.ACCOUNTS:
        return bool(rows)
    months = {(at.year, at.month) for at in (row.at.astimezone(scope.zone) for row in rows)}
    return len(months) == 12 and before.start < before.end


def _sentence(scope: Scope, one: Yearly) -> str:
    value = scope.wording.value(one.now.value, one.kpi.unit)
    if one.moved is None:
        words = _("{kpi}: {value}; the year before is not known well enough to compare.")
        return words.format(kpi=_(one.kpi.title), value=value)
    words = _("{kpi}: {value}, {change} on the year before.")
    return words.format(kpi=_(one.kpi.title), value=value, change=scope.wording.change(one.moved))


def _table(scope: Scope, title: str, rows: list[Yearly]) -> Table:
    head = (_("KPI"), _("twelve months"), _("the twelve before"), "n")
    shown = tuple(_row(scope, one) for one in rows)
    return Table(_("{title}, twelve months").format(title=title), head, shown, frozenset({1, 2, 3}))


def _row(scope: Scope, one: Yearly) -> tuple[str | Cell, ...]:
    note = scope.wording.change(one.moved) if one.moved is not None else ""
    if one.moved is None and one.then.value is not None:
        note = _("not every month was counted")
    text = scope.wording.value(one.then.value, one.kpi.unit)
    then = Cell(text, mood(one.moved, one.kpi), note, scope.wording.exact(one.then.value, one.kpi.unit))
    return _(one.kpi.title), value_cell(scope, one.kpi, one.now), then, scope.wording.number(one.now.n)


def open_report(
    workspace: str,
    state: str,
    month: str,
    *,
    now: str,
    language: str = "",
    channels: list[str] | None = None,
    age: float = AGE_HOURS,
) -> YearReport:
    """The twelve months that end with `month`; the arguments are the notebook's parameters."""
    scope = open_scope(workspace, state, month, now=now, language=language, channels=tuple(channels or ()), age=age)
    return YearReport(scope)
