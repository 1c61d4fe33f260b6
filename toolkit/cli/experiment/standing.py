"""`leitstand experiment status`: what may be said about experiments now."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, isfinite
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, open_context, print_json_lines
from toolkit.cli.experiment.opening import Opened, open_experiments
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.experiments.fingerprint import Standing, fingerprint
from toolkit.experiments.past import changed_keys
from toolkit.experiments.results import Outcome, outcome_of
from toolkit.experiments.saying import say_interim, say_next, say_standing, say_verdict
from toolkit.experiments.verdicts import decide
from toolkit.messages import _, spoken
from toolkit.reports.wording import Wording


def status(
    name: Annotated[str, typer.Argument(help="Name of an experiment; default: all.", metavar="[NAME]")] = "",
    *,
    workspace: Folder = HERE,
    as_json: AsJson = False,
    now: Now = "",
) -> int:
    """Say where experiments stand; exit 1 when a design was changed after its first post without a word."""
    opened = open_experiments(open_context(workspace, now))
    chosen = [opened.find(name)] if name else list(opened.experiments.values())
    outcomes = [outcome_of(one, opened.numbers, opened.marks) for one in chosen]
    if as_json:
        print_json_lines(_row(opened, one) for one in outcomes)
    elif not outcomes:
        typer.echo(_("There is no experiment; leitstand experiment new begins one."))
    else:
        for one in outcomes:
            typer.echo("\n".join(_lines(opened, one)))
    changed = any(one.standing is Standing.CHANGED for one in outcomes)
    return EXIT_PROBLEMS if changed else EXIT_CLEAN


def _lines(opened: Opened, one: Outcome) -> Iterator[str]:
    experiment, words = one.experiment, Wording(spoken())
    yield f"{experiment.title} ({experiment.name}): {say_verdict(one, words)}"
    for arm, own in zip(experiment.arms, one.arms, strict=True):
        text = _("{arm}: {n} of {planned} posts are counted, {posts} are marked with {label}")
        said = text.format(
            arm=arm.name, n=len(own.counted), planned=experiment.planned, posts=own.marked, label=arm.label
        )
        yield f"  {said}"
    for said in (say_interim(one, words), *say_next(one, words)):
        if said:
            yield f"  {said}"
    found = one.standing
    yield f"  {say_standing(found)}"
    if found in (Standing.CHANGED, Standing.EXPLAINED):
        for each in changed_keys(opened.context.root, experiment):
            yield f"    {each.key}: {each.before} → {each.after}"
        yield from (f"    {change.why}" for change in experiment.changes)


def _row(opened: Opened, one: Outcome) -> dict[str, object]:
    experiment, verdict = one.experiment, decide(one)
    found = verdict.gap
    known = found is not None and isfinite(found.low)
    return {
        "name": experiment.name,
        "title": experiment.title,
        "start": experiment.start,
        "stop": experiment.stop,
        "analysis": experiment.analysis,
        "planned": experiment.planned,
        "finding": verdict.finding,
        "winner": None if verdict.winner is None else experiment.arms[verdict.winner].name,
        "sentence": say_verdict(one, Wording(spoken())),
        "arms": [
            {
                "name": arm.name,
                "label": arm.label,
                "n": len(own.counted),
                "posts": own.marked,
                "surplus": len(own.surplus),
            }
            for arm, own in zip(experiment.arms, one.arms, strict=True)
        ],
        # The first arm over the second, with the interval (95%); `always`: it holds at all looks together.
        "factor": exp(found.difference) if found is not None and known else None,
        "low": exp(found.low) if found is not None and known else None,
        "high": exp(found.high) if found is not None and known else None,
        "always": verdict.always,
        # Of the one look; what holds at all looks has its interval.
        "p": None if found is None or verdict.always else found.p,
        "last": one.last,
        "standing": one.standing.name.lower(),
        "hash": fingerprint(experiment),
        "changed": [
            {"key": each.key, "before": each.before, "after": each.after}
            for each in changed_keys(opened.context.root, experiment)
        ],
    }
