"""`leitstand kpi`: one KPI, as a whole or by group, with its denominator, n and interval."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, open_context, print_json_lines
from toolkit.errors import EXIT_CLEAN, LeitstandError, UsageError
from toolkit.kpis import AGE_HOURS, GROUPS, KPIS, Kpi, Period, Result, Unit, known_subjects, measure, midnight
from toolkit.messages import _, decimal
from toolkit.metrics import open_store
from toolkit.settings import unknown_name


def run(
    name: Annotated[str, typer.Argument(help="Name of the KPI; without it, all are listed.")] = "",
    *,
    workspace: Folder = HERE,
    first: Annotated[str, typer.Option("--from", help="First day, or a month; default: this month's first.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last day, or a month, inclusive; default: today.")] = "",
    by: Annotated[str, typer.Option("--by", help="channel, month, weekday, pillar, format or campaign.")] = "",
    age: Annotated[float, typer.Option("--age", help="Hours after publication at which posts count.")] = AGE_HOURS,
    as_json: AsJson = False,
    now: Now = "",
) -> int:
    """Compute one KPI per channel or other group."""
    if not name:
        # The list needs no workspace, but speaks its language.
        with suppress(LeitstandError):
            open_context(workspace, now)
        return _list(as_json=as_json)
    if name not in KPIS:
        raise UsageError(unknown_name(_("KPI"), name, KPIS))
    if by and by not in GROUPS:
        raise UsageError(unknown_name(_("group"), by, dict.fromkeys(GROUPS)))
    context = open_context(workspace, now)
    store = open_store(context.state)
    zone = context.zone
    subjects = known_subjects(store.subjects(), context.load().posts) if by else {}
    period = _period(context, zone, first, last, age)
    results = measure(KPIS[name], store, period, by=by, zone=zone, subjects=subjects)
    if as_json:
        print_json_lines(_row(result) for result in results)
    else:
        _show(KPIS[name], results, by)
    return EXIT_CLEAN


def _period(context: Context, zone: ZoneInfo, first: str, last: str, age: float) -> Period:
    now = context.clock.now()
    today = now.astimezone(zone).date()
    start = _first_day(first) if first else today.replace(day=1)
    end = _last_day(last) if last else today
    if end < start:
        raise UsageError(_("--to {last} is before --from {first}").format(first=start, last=end))
    if age <= 0:
        raise UsageError(_("--age must be more than 0 hours"))
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


def _row(result: Result) -> dict[str, object]:
    interval = result.interval
    return {
        "group": result.group,
        "value": result.value,
        "denominator": result.denominator,
        "n": result.n,
        "median": result.median,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "enough": result.enough,
    }


def _show(kpi: Kpi, results: tuple[Result, ...], by: str) -> None:
    typer.echo(f"{_(kpi.title)} ({kpi.name}): {_(kpi.definition)}")
    typer.echo(_("{formula}, unit: {unit}").format(formula=kpi.formula, unit=_unit(kpi.unit)))
    if not results:
        typer.echo(_("no data"))
    width = max((len(result.group) for result in results), default=0)
    for result in results:
        typer.echo(f"  {(result.group or (_('unknown') if by else _('all'))):<{max(width, 7)}}  {_line(result)}")


def _unit(unit: Unit) -> str:
    words = {
        Unit.COUNT: _("number"),
        Unit.SHARE: _("share, 1 is 100 %"),
        Unit.EURO: _("euros"),
        Unit.SECONDS: _("seconds"),
    }
    return words[unit]


def _line(result: Result) -> str:
    if result.value is None:
        return _("no data")
    words = [_number(result.value), f"n = {result.n}"]
    if result.denominator is not None:
        words.append(_("denominator {number}").format(number=_number(result.denominator)))
    if result.interval is not None:
        low, high = _number(result.interval.low), _number(result.interval.high)
        words.append(_("interval (90 %) {low} to {high}").format(low=low, high=high))
    if not result.enough:
        words.append(_("not enough"))
    return ", ".join(words)


def _number(value: float) -> str:
    """Four figures are more than any of these numbers is sure of, but a count is shown whole."""
    whole = value == int(value) or abs(value) >= 1000
    return decimal(value, ".0f" if whole else ".4g")


def _list(*, as_json: bool) -> int:
    if as_json:
        print_json_lines(
            {
                "name": kpi.name,
                "title": _(kpi.title),
                "definition": _(kpi.definition),
                "unit": kpi.unit.value,
                "formula": kpi.formula,
                "denominator": kpi.denominator,
                "better": kpi.better.value,
            }
            for kpi in KPIS.values()
        )
    else:
        for kpi in KPIS.values():
            typer.echo(f"{kpi.name:<26} {_(kpi.title)}: {_(kpi.definition)}")
    return EXIT_CLEAN
