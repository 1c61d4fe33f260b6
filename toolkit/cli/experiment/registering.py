"""`leitstand experiment register`: the design is kept as it is, with name, time and fingerprint."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.context import HERE, Folder, Now, open_context
from toolkit.cli.experiment.opening import open_experiments
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.experiments import Experiment, Signed, fingerprint, register
from toolkit.messages import _
from toolkit.settings import unknown_name
from toolkit.source import write_edits

Name = Annotated[str, typer.Argument(help="Name of a file in content/experiments without .md.", metavar="NAME")]


def register_design(
    name: Name,
    *,
    by: Annotated[str, typer.Option("--by", help="A person; default: the experiment's owner.")] = "",
    why: Annotated[str, typer.Option("--why", help="Why it is changed after its first post.")] = "",
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
    edit = register(experiment, opened.workspace.posts, Signed(person, context.local_now), why)
    if edit is None:
        typer.echo(_("{name} is registered as it is").format(name=name))
        return EXIT_CLEAN
    write_edits(context.root / experiment.path, experiment.places.source.text, [edit])
    typer.echo(_("{name} registered: {hash}").format(name=name, hash=fingerprint(experiment)))
    return EXIT_CLEAN


def _missing(experiment: Experiment) -> list[str]:
    keys = {"owner": experiment.owner, "hypothesis": experiment.hypothesis, "decision": experiment.decision}
    return [key for key, value in keys.items() if not value.strip()]
