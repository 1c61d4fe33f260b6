"""`leitstand kpi`: one KPI, as a whole or by group, with its denominator, n, interval, and where its numbers come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, open_context, print_json, print_json_lines
from toolkit.cli.figures import (
    beside_lines,
    beside_row,
    comparison_lines,
    comparison_row,
    kpi_lines,
    kpi_row,
    left_lines,
    origin_lines,
    origin_row,
    result_lines,
    result_rows,
)
from toolkit.errors import EXIT_CLEAN, LeitstandError, UsageError
from toolkit.kpis import (
    AGE_HOURS,
    GROUPS,
    KPIS,
    Engine,
    Kpi,
    Period,
    Result,
    find_kpi,
    known_subjects,
    measure,
    midnight,
)
from toolkit.kpis.against import AGAINST, GOAL, Beside, beside_earlier, beside_goal, earlier_period
from toolkit.kpis.comparing import Compared, compare_groups
from toolkit.kpis.engines import open_engine
from toolkit.kpis.leaving import Left, left_out
from toolkit.kpis.rows import first_known
from toolkit.kpis.tracing import Origin, question_of, trace
from toolkit.messages import _
from toolkit.metrics import open_store
from toolkit.model import Subject
from toolkit.settings import unknown_name
from toolkit.values import dataclass

OLDEST = 100 * 366 * 24  # hours; what is older is a slip of the finger


def run(
    name: Annotated[str, typer.Argument(help="Name of the KPI; without it, all are listed.")] = "",
    *,
    workspace: Folder = HERE,
    first: Annotated[str, typer.Option("--from", help="First day, or a month; default: all that is known.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last day, or a month, inclusive; default: today.")] = "",
    by: Annotated[str, typer.Option("--by", help="channel, month, weekday, pillar, format or campaign.")] = "",
    age: Annotated[float, typer.Option("--age", help="Hours after publication at which posts count.")] = AGE_HOURS,
    against: Annotated[str, typer.Option("--against", help="Compare with previous, year or goal.")] = "",
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the SQL and the imports behind the numbers.")
    ] = False,
    as_json: AsJson = False,
    now: Now = "",
) -> int:
    """Compute one KPI per channel or other group."""
    if not name:
        # The list needs no workspace, but speaks its language.
        with suppress(LeitstandError):
            open_context(workspace, now)
        return _list(as_json=as_json)
    context = open_context(workspace, now)
    _check(by, GROUPS, _("group"))
    _check(against, AGAINST, _("comparison"))
    if against and not first:
        raise UsageError(_("--against needs a period: give its first day or month with --from"))
    if against and by == "month":
        raise UsageError(_("--by month shows the months beside each other already; leave out --by or --against"))
    kpi = find_kpi(name)
    if kpi is None:
        raise UsageError(unknown_name(_("KPI"), name, KPIS))
    store = open_store(context.state)
    with open_engine(store, context.settings, context.environ) as engine:
        period = _period(context, engine, first, last, age)
        needed = by in {"pillar", "format", "campaign"}
        subjects = known_subjects(store.subjects(), context.load().posts) if needed else {}
        question = Question(kpi, engine, period, by, context.zone, subjects)
        answer = question.answer(against, _targets(context, kpi, by) if against == GOAL else {}, explain=explain)
    if as_json:
        _print(answer)
    else:
        for line in answer.lines():
            typer.echo(line)
    return EXIT_CLEAN


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown: results, what they are compared with, and where they come from."""

    kpi: Kpi
    by: str
    against: str
    results: tuple[Result, ...]
    beside: tuple[Beside, ...] = ()
    compared: Compared | None = None
    left: tuple[Left, ...] | None = None
    age_hours: float = AGE_HOURS
    sql: str = ""
    origins: tuple[Origin, ...] | None = None

    def lines(self) -> Iterator[str]:
        yield from kpi_lines(self.kpi)
        yield from result_lines(self.kpi, self.results, self.by)
        yield from left_lines(self.left or (), self.by, self.age_hours)
        if self.against:
            yield _against_title(self.against)
            yield from beside_lines(self.kpi, self.beside, self.by, goal=self.against == GOAL)
        if self.origins is not None:
            if self.compared is not None:
                yield _("Do the groups differ?")
                yield from comparison_lines(self.compared, self.by)
            yield _("Where the numbers come from")
            yield from origin_lines(self.origins)
            yield "SQL"
            yield self.sql


@dataclass(frozen=True, slots=True)
class Question:
    """One KPI of one period, by groups."""

    kpi: Kpi
    engine: Engine
    period: Period
    by: str
    zone: ZoneInfo
    subjects: Mapping[str, Subject]

    def answer(self, against: str, targets: Mapping[str, float], *, explain: bool) -> Answer:
        results = self._results(self.period)
        beside: tuple[Beside, ...] = ()
        if against == GOAL:
            beside = beside_goal(self.kpi, results, targets)
        elif against:
            then = self._results(earlier_period(self.period, against, self.zone))
            beside = beside_earlier(self.kpi, results, then)
        left = left_out(self.kpi, self.engine, self.period, by=self.by, zone=self.zone, subjects=self.subjects)
        plain = Answer(self.kpi, self.by, against, results, beside, None, left, self.period.age_hours)
        if not explain:
            return plain
        compared = compare_groups(
            self.kpi, self.engine, self.period, by=self.by, zone=self.zone, subjects=self.subjects
        )
        sql = question_of(self.kpi, self.engine, self.period, self.by)
        return replace(plain, compared=compared, sql=sql, origins=trace(self.kpi, self.engine, self.period))

    def _results(self, period: Period) -> tuple[Result, ...]:
        return measure(self.kpi, self.engine, period, by=self.by, zone=self.zone, subjects=self.subjects)


def _print(answer: Answer) -> None:
    """A line a group; with more than results, one object with everything."""
    rows = list(result_rows(answer.results, answer.left))
    if not answer.against and answer.origins is None:
        print_json_lines(rows)
        return
    whole: dict[str, object] = {**kpi_row(answer.kpi), "by": answer.by, "results": rows}
    if answer.against:
        whole["against"] = answer.against
        whole["comparison"] = [beside_row(one) for one in answer.beside]
    if answer.origins is not None:
        whole["groups"] = comparison_row(answer.compared) if answer.compared else None
        whole["sql"] = answer.sql
        whole["sources"] = [origin_row(origin) for origin in answer.origins]
    print_json(whole)


def _against_title(against: str) -> str:
    titles = {"previous": _("Against the period before"), "year": _("Against a year ago"), GOAL: _("Against the goal")}
    return titles[against]


def _check(given: str, known: tuple[str, ...], what: str) -> None:
    if given and given not in known:
        raise UsageError(unknown_name(what, given, dict.fromkeys(known)))


def _targets(context: Context, kpi: Kpi, by: str) -> dict[str, float]:
    """Group → target: the strategy's monthly goals, of all channels together or of each."""
    goals = [goal for goal in context.load().goals if goal.metric == kpi.name]
    if by not in {"", "channel"}:
        raise UsageError(_("goals are set for all channels or for one: leave --by out, or give --by channel"))
    return {goal.channel: goal.target for goal in goals if bool(goal.channel) == bool(by)}


def _period(context: Context, engine: Engine, first: str, last: str, age: float) -> Period:
    now, zone = context.clock.now(), context.zone
    today = now.astimezone(zone).date()
    end = _last_day(last) if last else today
    if first:
        start = _first_day(first)
    else:
        known = first_known(engine)
        start = min(known.astimezone(zone).date(), end) if known else end.replace(day=1)
    if end < start:
        raise UsageError(_("--to {last} is before --from {first}").format(first=start, last=end))
    if not age > 0:  # not a number is not more than 0 either
        raise UsageError(_("--age must be more than 0 hours"))
    if age > OLDEST:
        raise UsageError(_("--age must be at most {hours} hours, a hundred years").format(hours=OLDEST))
    return Period(midnight(start, zone), midnight(end + timedelta(days=1), zone), now, age)


def _first_day(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01" if len(text) == len("2026-10") else text)
    except ValueError:
        message = _("a period begins and ends with a day such as 2026-10-01 or a month such as 2026-10, not {text!r}")
        raise UsageError(message.format(text=text)) from None


def _last_day(text: str) -> date:
    day = _first_day(text)
    if len(text) != len("2026-10"):
        return day
    return (day + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _list(*, as_json: bool) -> int:
    if as_json:
        print_json_lines(kpi_row(kpi) for kpi in KPIS.values())
    else:
        for kpi in KPIS.values():
            for line in kpi_lines(kpi):
                typer.echo(line)
    return EXIT_CLEAN
