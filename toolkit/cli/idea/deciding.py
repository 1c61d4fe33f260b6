"""`leitstand idea shortlist`, `promote` and `drop`: what somebody decides, in the idea's own file."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, open_context, print_json
from toolkit.cli.idea.naming import named_idea, require, the_person
from toolkit.cli.places import path_from_here
from toolkit.editorial import Idea, Stage
from toolkit.editorial import deciding as editorial
from toolkit.editorial.deciding import Decision, Promotion
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.messages import _

Name = Annotated[str, typer.Argument(metavar="IDEA", help="Its file's name without .md, its path or its id.")]
By = Annotated[str, typer.Option("--by", help="Who decides; default: the only person there is.")]


def shortlist(
    idea: Name,
    *,
    by: By = "",
    reason: Annotated[str, typer.Option("--reason", help="Why it is worth planning.")] = "",
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Keep an idea for the next planning."""
    context = open_context(folder, now)
    workspace = context.load()
    found = named_idea(workspace, idea)
    _refuse(found, Stage.SHORTLISTED)
    editorial.shortlist(context.root, found, _decision(context, by, reason))
    return _say(found, Stage.SHORTLISTED, as_json=as_json)


def drop(
    idea: Name,
    *,
    by: By = "",
    reason: Annotated[str, typer.Option("--reason", help="Why; it stays, so that nobody is asked again.")] = "",
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Let an idea go, with a reason; it is never offered again."""
    context = open_context(folder, now)
    workspace = context.load()
    found = named_idea(workspace, idea)
    _refuse(found, Stage.DROPPED)
    editorial.drop(context.root, found, _decision(context, by, reason))
    return _say(found, Stage.DROPPED, as_json=as_json)


def promote(
    idea: Name,
    *,
    by: By = "",
    author: Annotated[
        str, typer.Option("--author", help="Who writes the post; default: who looks after the idea.")
    ] = "",
    publish: Annotated[str, typer.Option("--publish", help='Wall time such as "2026-12-01 07:30", or next.')] = "",
    channel: Annotated[
        list[str] | None, typer.Option("--channel", "-c", help="Name of an account; repeatable. Default: the idea's.")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why it is worth it.")] = "",
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Make the draft of a post of an idea and print its path; idea and post name each other."""
    context = open_context(folder, now)
    workspace = context.load()
    found, settings = named_idea(workspace, idea), workspace.settings
    decision = _decision(context, by, reason)
    for name in channel or ():
        require(_("account"), name, settings.accounts)
    writer = author or (found.owner if found.owner in settings.people else decision.by)
    require(_("person"), writer, settings.people)
    promotion = Promotion(writer, publish.strip(), tuple(dict.fromkeys(channel or ())))
    path = editorial.promote(workspace, found, promotion, decision, context.local_now)
    if as_json:
        print_json(
            {"idea": found.path, "status": Stage.PLANNED.value, "post": path.relative_to(context.root).as_posix()}
        )
    else:
        typer.echo(path_from_here(path))
    return EXIT_CLEAN


def _decision(context: Context, by: str, reason: str) -> Decision:
    return Decision(the_person(by, context.settings), context.local_now.date(), reason)


def _refuse(found: Idea, wanted: Stage) -> None:
    if found.stage is wanted:
        by, day = found.decided_by or _("somebody"), found.decided.isoformat() if found.decided else "…"
        message = _("{name} is {stage} already, by {by} on {day}")
        raise UsageError(message.format(name=found.name, stage=stage_word(wanted), by=by, day=day))
    if found.stage is Stage.PLANNED:
        message = _("{name} has posts already ({posts}); its way goes on there")
        raise UsageError(message.format(name=found.name, posts=", ".join(found.posts) or "…"))


def _say(found: Idea, stage: Stage, *, as_json: bool) -> int:
    if as_json:
        print_json({"idea": found.path, "status": stage.value})
    else:
        typer.echo(
            _("{path}: {old} → {new}").format(path=found.path, old=stage_word(found.stage), new=stage_word(stage))
        )
    return EXIT_CLEAN


def stage_word(stage: Stage) -> str:
    """What people call it."""
    return {
        Stage.NEW: _("new idea"),
        Stage.SHORTLISTED: _("shortlisted"),
        Stage.PLANNED: _("planned"),
        Stage.DROPPED: _("dropped idea"),
    }[stage]
