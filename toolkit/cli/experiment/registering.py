"""`leitstand experiment register`: the design is kept as it is, with name, time and fingerprint."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.context import HERE, Folder, Now, open_context
from toolkit.cli.experiment.opening import Opened, open_experiments
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.experiments.experiment import Experiment
from toolkit.experiments.fingerprint import fingerprint
from toolkit.experiments.power import Prospect, look_ahead
from toolkit.experiments.registering import Signed, register
from toolkit.experiments.results import first_post
from toolkit.messages import _, decimal
from toolkit.settings import unknown_name
from toolkit.source import write_edits

Name = Annotated[str, typer.Argument(help="Name of a file in content/experiments without .md.", metavar="NAME")]


def register_design(
    name: Name,
    *,
    by: Annotated[str, typer.Option("--by", help="A person; default: the experiment's owner.")] = "",
    why: Annotated[str, typer.Option("--why", help="Why it is changed after its first post.")] = "",
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Although the planned posts find the difference too seldom.")
    ] = False,
    workspace: Folder = HERE,
    now: Now = "",
) -> int:
    """Write the registration, or the change with its reason, into the file."""
    context = open_context(workspace, now)
    opened = open_experiments(context)
    experiment = opened.find(name)
    person = by or experiment.owner
    if person not in context.settings.people:
        raise UsageError(unknown_name(_("person"), person, context.settings.people))
    missing = _missing(experiment)
    if missing:
        text = _("{path} says nothing about {keys}; without them nothing is registered")
        raise UsageError(text.format(path=experiment.path, keys=", ".join(missing)))
    first, signed = first_post(experiment, opened.marks), Signed(person, context.local_now)
    edit = register(experiment, first, signed, why)
    if edit is not None and (first is None or first > signed.at):
        edit = register(experiment, first, signed, prospect=_prospect(opened, experiment, anyway=anyway))
    if edit is None:
        typer.echo(_("{name} is registered as it is").format(name=name))
        return EXIT_CLEAN
    write_edits(context.root / experiment.path, experiment.places.source.text, [edit])
    typer.echo(_("{name} registered: {hash}").format(name=name, hash=fingerprint(experiment)))
    return EXIT_CLEAN


def _prospect(opened: Opened, experiment: Experiment, *, anyway: bool) -> Prospect | None:
    """How often the planned posts find the difference; raises `UsageError` when that is too seldom and nobody wants it."""
    try:
        found = look_ahead(opened.history(experiment.metric), experiment)
    except UsageError:  # a history that says nothing, or a factor that nobody could see
        if anyway:
            return None
        raise
    if not anyway and found.chance < experiment.power and experiment.planned < found.needed:
        text = _(
            "{planned} posts of each arm find a factor of {factor} in {chance} of 100 experiments, and {power} are asked for; that takes {needed} posts: change planned, factor or power, or say --anyway"
        )
        raise UsageError(
            text.format(
                planned=experiment.planned,
                factor=decimal(experiment.factor, ".2f"),
                chance=round(found.chance * 100),
                power=round(experiment.power * 100),
                needed=found.needed,
            )
        )
    return found


def _missing(experiment: Experiment) -> list[str]:
    keys = {"owner": experiment.owner, "hypothesis": experiment.hypothesis, "decision": experiment.decision}
    return [key for key, value in keys.items() if not value.strip()]
