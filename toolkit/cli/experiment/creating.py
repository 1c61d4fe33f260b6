"""`leitstand experiment new`: a file in content/experiments, with the posts that it takes, registered at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, Final

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, open_context, print_json
from toolkit.cli.experiment.opening import Opened, open_experiments
from toolkit.cli.experiment.planning import Least, Look, Metric, Power, weeks_needed
from toolkit.cli.places import path_from_here
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.experiments.experiment import EXPERIMENTS, FACTOR, POWER, Analysis, Experiment
from toolkit.experiments.power import Plan, Prospect, Wish, plan_posts
from toolkit.experiments.reading import read_experiment
from toolkit.experiments.registering import Signed, register
from toolkit.experiments.results import first_post
from toolkit.messages import _
from toolkit.model import Severity
from toolkit.settings import unknown_name
from toolkit.source import apply_edits
from toolkit.source.entries import flow_entry, scalar
from toolkit.values import dataclass
from toolkit.workspace.naming import slug

ARMS: Final = 2
USUAL: Final = 12  # weeks, where no pace is known


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody asked for."""

    title: str
    hypothesis: str
    arms: tuple[str, ...]
    metric: str
    wish: Wish
    owner: str
    start: str
    stop: str
    decision: str
    pool: str


def create(
    title: Annotated[str, typer.Argument(help="Name of the experiment.", metavar="TITLE")],
    *,
    arm: Annotated[list[str], typer.Option("--arm", help="One of the two things that are compared; say it twice.")],
    hypothesis: Annotated[str, typer.Option("--hypothesis", help="What is expected, in one sentence.")] = "",
    metric: Metric = "interactions",
    factor: Annotated[float, typer.Option("--factor", help="The smallest difference worth knowing.")] = FACTOR,
    power: Power = POWER,
    analysis: Look = Analysis.FIXED,
    least: Least = 0,
    owner: Annotated[str, typer.Option("--owner", help="A person; default: the only one there is.")] = "",
    start: Annotated[str, typer.Option("--start", help="First day; default: tomorrow.")] = "",
    stop: Annotated[
        str, typer.Option("--stop", help="Last day; default: when the posts are there, at the usual pace.")
    ] = "",
    decision: Annotated[str, typer.Option("--decision", help="What is done with the result.")] = "",
    pool: Annotated[str, typer.Option("--pool", help="Label of the posts that are dealt out to the arms.")] = "",
    workspace: Folder = HERE,
    as_json: AsJson = False,
    now: Now = "",
) -> int:
    """Write it and print its path; registered when hypothesis and decision are given."""
    if least and analysis is Analysis.FIXED:
        raise UsageError(_("--least belongs to --analysis always-valid"))
    wish = Wish(factor, power, analysis, least)
    order = Order(
        title.strip(), hypothesis.strip(), tuple(arm), metric, wish, owner, start, stop, decision.strip(), pool
    )
    opened = open_experiments(open_context(workspace, now))
    owner = _owner(opened, order)
    history = opened.history(metric)
    planned = plan_posts(history, wish)
    experiment = _read_back(
        opened, _text(replace(order, owner=owner), planned, _days(opened, order, planned, len(history))), order
    )
    path = opened.context.root / experiment.path
    whole = bool(order.hypothesis and order.decision)
    text = experiment.places.source.text
    if whole:
        signed, prospect = Signed(owner, opened.context.local_now), Prospect(planned.posts, planned.power)
        edit = register(experiment, first_post(experiment, opened.marks), signed, prospect=prospect)
        text = apply_edits(text, [edit] if edit else [])
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except FileExistsError:
        message = _("{path} is there already; choose another title")
        raise UsageError(message.format(path=experiment.path)) from None
    if as_json:
        row = {"path": experiment.path, "planned": planned.posts, "power": planned.power, "spread": planned.spread}
        print_json({**row, "stop": experiment.stop, "registered": whole})
        return EXIT_CLEAN
    typer.echo(path_from_here(path))
    if not whole:
        text = _("not registered yet: write hypothesis and decision, then leitstand experiment register {name}")
        typer.echo(text.format(name=experiment.name), err=True)
    return EXIT_CLEAN


def _owner(opened: Opened, order: Order) -> str:
    people = opened.context.settings.people
    owner = order.owner or (next(iter(people)) if len(people) == 1 else "")
    if not order.title:
        raise UsageError(_("an experiment needs a title"))
    if len(order.arms) != ARMS or slug(order.arms[0]) == slug(order.arms[-1]):
        raise UsageError(_("an experiment compares two things: --arm question --arm statement"))
    if not owner:
        raise UsageError(_("say who answers for it: --owner NAME, one of {people}").format(people=", ".join(people)))
    if owner not in people:
        raise UsageError(unknown_name(_("person"), owner, people))
    return owner


def _days(opened: Opened, order: Order, planned: Plan, history: int) -> tuple[date, date]:
    """From tomorrow until both arms have their posts at the last year's pace, unless the days are named."""
    first = _day(order.start, "--start") or opened.context.local_now.date() + timedelta(days=1)
    weeks = weeks_needed(planned, history) or USUAL
    last = _day(order.stop, "--stop") or first + timedelta(weeks=weeks) - timedelta(days=1)
    if last < first:
        raise UsageError(_("{last} is before {first}").format(last=last, first=first))
    return first, last


def _day(text: str, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        message = _("{option} needs a day such as {example}, not {text!r}")
        raise UsageError(message.format(option=option, example="2026-12-24", text=text)) from None


def _text(order: Order, planned: Plan, days: tuple[date, date]) -> str:
    name, wish = slug(order.title), order.wish
    arms = [flow_entry({"name": arm.strip(), "label": f"{name}-{slug(arm)}"}) for arm in order.arms]
    head = {
        "title": scalar(order.title),
        "owner": scalar(order.owner),
        "hypothesis": scalar(order.hypothesis) if order.hypothesis else "",
        "metric": scalar(order.metric),
        "unit": "post",
        "arms": "".join(f"\n  - {arm}" for arm in arms),
        "start": days[0].isoformat(),
        "stop": days[1].isoformat(),
        "factor": f"{wish.factor:g}",
        "power": f"{wish.power:g}",
        "planned": str(planned.posts),
        "analysis": wish.analysis,
        "least": str(wish.least) if wish.least else None,
        "decision": scalar(order.decision) if order.decision else "",
        "pool": scalar(order.pool) if order.pool else None,
    }
    lines = [f"{key}: {value}".replace(": \n", ":\n").rstrip() for key, value in head.items() if value is not None]
    return "\n".join(["---", *lines, "---", ""])


def _read_back(opened: Opened, text: str, order: Order) -> Experiment:
    """The experiment as every other verb will read it; what it could not read is refused now."""
    found, problems = read_experiment(f"{EXPERIMENTS}/{slug(order.title)}.md", text.encode())
    errors = [problem.message for problem in problems if problem.severity is Severity.ERROR]
    if found is None or errors:
        raise UsageError("; ".join(errors) or _("an experiment needs a title"))
    if found.name in opened.experiments:
        message = _("{path} is there already; choose another title")
        raise UsageError(message.format(path=found.path))
    return found
