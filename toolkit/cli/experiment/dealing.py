"""`leitstand experiment assign`: posts of the pool are dealt out to the arms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, open_context, print_json_lines
from toolkit.cli.experiment.opening import Opened, open_experiments
from toolkit.cli.experiment.registering import Name
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.experiments.assignment import Candidate, Dealt, deal
from toolkit.experiments.experiment import Experiment
from toolkit.experiments.labelling import label_edit
from toolkit.messages import _
from toolkit.model import Post
from toolkit.source import write_edits


def assign(
    name: Name,
    *,
    write: Annotated[
        bool, typer.Option("--write", help="Write the labels into the posts; else only show them.")
    ] = False,
    workspace: Folder = HERE,
    as_json: AsJson = False,
    now: Now = "",
) -> int:
    """Show which post belongs to which arm; a post that is out or has its arm keeps what it has."""
    context = open_context(workspace, now)
    opened = open_experiments(context)
    experiment = opened.find(name)
    if not experiment.pool:
        text = _("{path} names no pool: the label of the posts that are dealt out")
        raise UsageError(text.format(path=experiment.path))
    posts = {post.uid: post for post in opened.workspace.posts}
    dealt = deal(experiment, _candidates(opened, experiment))
    if write:
        for one in dealt:
            if one.new:
                _write(opened, posts[one.candidate.uid], experiment.arms[one.arm].label)
    if as_json:
        print_json_lines(_row(experiment, posts[one.candidate.uid], one) for one in dealt)
        return EXIT_CLEAN
    for one in dealt:
        typer.echo(_line(experiment, posts[one.candidate.uid], one))
    typer.echo(_sum(experiment, dealt, written=write))
    return EXIT_CLEAN


def _candidates(opened: Opened, experiment: Experiment) -> Iterator[Candidate]:
    """The posts of the pool that are still ahead, and all that have an arm."""
    now = opened.context.clock.now()
    for post in opened.workspace.posts:
        if post.publish is None or not post.uid:
            continue
        at = post.publish.instant()
        arms = [index for index, label in enumerate(experiment.labels) if label in post.labels]
        if arms or (experiment.pool in post.labels and at > now):
            yield Candidate(post.uid, at.astimezone(opened.context.zone), arms[0] if arms else None)


def _write(opened: Opened, post: Post, label: str) -> None:
    edit = label_edit(post, label)
    if edit is not None:
        write_edits(opened.context.root / post.path, post.source.text, [edit])


def _line(experiment: Experiment, post: Post, one: Dealt) -> str:
    word = _("new") if one.new else ""
    arm = experiment.arms[one.arm].name
    return f"{one.candidate.local:%Y-%m-%d %H:%M}  {arm:<20} {post.path}  {word}".rstrip()


def _sum(experiment: Experiment, dealt: Sequence[Dealt], *, written: bool) -> str:
    counts = [sum(one.arm == arm for one in dealt) for arm in (0, 1)]
    names = [arm.name for arm in experiment.arms]
    text = _("{first}: {n}, {second}: {m}; planned: {planned} each")
    said = text.format(first=names[0], n=counts[0], second=names[1], m=counts[1], planned=experiment.planned)
    fresh = any(one.new for one in dealt)
    return (
        said
        if written or not fresh
        else _("{said}. Nothing was written; with --write the labels are.").format(said=said)
    )


def _row(experiment: Experiment, post: Post, one: Dealt) -> dict[str, object]:
    arm = experiment.arms[one.arm]
    return {
        "uid": post.uid,
        "path": post.path,
        "at": one.candidate.local.isoformat(),
        "arm": arm.name,
        "label": arm.label,
        "new": one.new,
    }
