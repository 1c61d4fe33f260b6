"""`leitstand learn`: what the results say about the house rules, honestly."""

from __future__ import annotations

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, open_context, print_json_lines
from toolkit.errors import EXIT_CLEAN
from toolkit.kpis import known_subjects
from toolkit.kpis.effects import Effect
from toolkit.learning import Proposal, learn
from toolkit.messages import _, decimal
from toolkit.metrics import open_store


def run(*, workspace: Folder = HERE, as_json: AsJson = False, now: Now = "") -> int:
    """Propose changes to the handbook from the last year's results."""
    context = open_context(workspace, now)
    store = open_store(context.state)
    subjects = known_subjects(store.subjects(), context.load().posts)
    proposals = learn(store, subjects, context.zone, context.clock.now())
    if as_json:
        print_json_lines(_row(proposal) for proposal in proposals)
        return EXIT_CLEAN
    for proposal in proposals:
        typer.echo(proposal.sentence)
        for effect in proposal.effects:
            typer.echo(f"  {_line(proposal, effect)}")
    return EXIT_CLEAN


def _line(proposal: Proposal, effect: Effect) -> str:
    factor, low, high = (decimal(number, ".2f") for number in (effect.factor, effect.low, effect.high))
    words = f"{proposal.title(effect):<12} {factor} ({low}-{high})  n = {effect.n}"
    return words if effect.reliable else f"{words}  {_('within chance')}"


def _row(proposal: Proposal) -> dict[str, object]:
    best = proposal.best
    return {
        "question": proposal.question.name,
        "page": proposal.question.page,
        "n": proposal.n,
        "best": best.group if best else None,
        "sentence": proposal.sentence,
        "effects": [
            {
                "group": effect.group,
                "n": effect.n,
                "factor": effect.factor,
                "low": effect.low,
                "high": effect.high,
                "reliable": effect.reliable,
            }
            for effect in proposal.effects
        ],
    }
