"""`leitstand experiment plan`: how many posts it takes to see a difference, before anybody begins."""

from __future__ import annotations

from math import ceil
from typing import Annotated, Final

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, open_context, print_json_lines
from toolkit.cli.experiment.opening import open_experiments
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.experiments.experiment import POWER, Analysis
from toolkit.experiments.power import HISTORY, Plan, Wish, plan_posts
from toolkit.messages import _, decimal

FACTORS: Final = (1.5, 2.0, 3.0)
WEEKS: Final = 52

Metric = Annotated[str, typer.Option("--metric", help="A KPI of posts.")]
Power = Annotated[float, typer.Option("--power", help="How often such a difference is to be found.")]
Look = Annotated[
    Analysis, typer.Option("--analysis", help="fixed: one look at the end; always-valid: as often as you like.")
]
Least = Annotated[
    int, typer.Option("--least", min=0, help="With always-valid: posts of each arm from which on somebody may win.")
]


def plan(
    *,
    metric: Metric = "interactions",
    factor: Annotated[
        list[float] | None, typer.Option("--factor", help="The smallest difference worth knowing; repeatable.")
    ] = None,
    power: Power = POWER,
    analysis: Look = Analysis.FIXED,
    least: Least = 0,
    channel: Annotated[
        list[str] | None, typer.Option("--channel", "-c", help="Only these accounts; repeatable.")
    ] = None,
    workspace: Folder = HERE,
    as_json: AsJson = False,
    now: Now = "",
) -> int:
    """Print the posts of each arm, and how many weeks they take at the pace of the last year."""
    if least and analysis is Analysis.FIXED:
        raise UsageError(_("--least belongs to --analysis always-valid"))
    brought = open_experiments(open_context(workspace, now)).history(metric, tuple(channel or ()))
    wishes = [Wish(one, power, analysis, least) for one in factor or FACTORS]
    plans = [plan_posts(brought, wish) for wish in wishes]
    if as_json:
        print_json_lines(_row(wish, one, len(brought)) for wish, one in zip(wishes, plans, strict=True))
        return EXIT_CLEAN
    typer.echo(_basis(plans[0], len(brought)))
    for wish, one in zip(wishes, plans, strict=True):
        typer.echo(_line(wish, one, len(brought)))
    return EXIT_CLEAN


def weeks_needed(one: Plan, history: int) -> int | None:
    """Weeks until both arms have their posts at the last year's pace; None without any history."""
    return ceil(2 * one.posts * WEEKS / history) if history else None


def _basis(one: Plan, known: int) -> str:
    spread = decimal(one.spread, ".2f")
    if one.assumed:
        return _(
            "too few posts with results (n = {n}, and it takes {least}): a spread of {spread} on the logarithm is assumed, as a real page has"
        ).format(n=known, least=HISTORY, spread=spread)
    return _("drawn from n = {n} posts of the last year, spread {spread} on the logarithm").format(
        n=one.history, spread=spread
    )


def _line(wish: Wish, one: Plan, history: int) -> str:
    weeks = weeks_needed(one, history)
    text = _("factor {factor}: {posts} posts of each arm (found in {power} of 100 experiments)")
    said = text.format(factor=decimal(wish.factor, ".2f"), posts=one.posts, power=round(one.power * 100))
    return (
        said
        if weeks is None
        else _("{said}, {weeks} weeks at the pace of the last year").format(said=said, weeks=weeks)
    )


def _row(wish: Wish, one: Plan, history: int) -> dict[str, object]:
    return {
        "factor": wish.factor,
        "analysis": wish.analysis,
        "posts": one.posts,
        "power": one.power,
        "spread": one.spread,
        "history": one.history,
        "runs": one.runs,
        "weeks": weeks_needed(one, history),
    }
