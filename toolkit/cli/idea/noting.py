"""`leitstand idea new`."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, open_context, print_json
from toolkit.cli.idea.naming import require, the_person
from toolkit.cli.places import path_from_here
from toolkit.editorial import Idea, Stage, read_ideas, read_occasions
from toolkit.editorial.ideas import HIGHEST, Origin
from toolkit.editorial.noting import Proposal, write_idea
from toolkit.editorial.twins import find_twin
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.messages import _
from toolkit.workspace import Workspace

Words = dict[str, str | tuple[str, ...]]


def new(
    title: Annotated[str, typer.Argument(help="The idea in a few words.", metavar="TITLE")],
    *,
    by: Annotated[str, typer.Option("--by", help="Who brings it in; default: the only person there is.")] = "",
    url: Annotated[str, typer.Option("--url", help="The address of the article that it came from.")] = "",
    message: Annotated[str, typer.Option("--inbox", help="The conversation that it came from; never its words.")] = "",
    occasion: Annotated[str, typer.Option("--occasion", help="The occasion that it is for, by its name.")] = "",
    text: Annotated[str, typer.Option("--text", help="What it is about, in a few sentences.")] = "",
    goal: Annotated[str, typer.Option("--goal", help="The KPI that it is to move.")] = "",
    audience: Annotated[str, typer.Option("--audience", help="Whom it is for.")] = "",
    pillar: Annotated[str, typer.Option("--pillar", help="Its content pillar; default: the occasion's.")] = "",
    channel: Annotated[
        list[str] | None, typer.Option("--channel", "-c", help="Name of an account that it suits; repeatable.")
    ] = None,
    campaign: Annotated[str, typer.Option("--campaign", help="Name of a file in content/campaigns without .md.")] = "",
    label: Annotated[list[str] | None, typer.Option("--label", help="A word to find it by; repeatable.")] = None,
    score: Annotated[str, typer.Option("--score", help="Reach, fit and effort from 1 to 5, such as 4,5,2.")] = "",
    again: Annotated[bool, typer.Option("--again", help="Write it down although it was there before.")] = False,
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Write an idea down and print its path; one that was there before is shown instead, with what became of it."""
    context = open_context(folder, now)
    workspace = context.load()
    source, origin = _origin(url, message, occasion)
    values = {"goal": goal, "audience": audience, "pillar": pillar, "campaign": campaign}
    lists = {"channels": tuple(dict.fromkeys(channel or ())), "labels": tuple(dict.fromkeys(label or ()))}
    person, numbers = the_person(by, workspace.settings), _score(score)
    said = _values(workspace, {**values, **lists}, occasion)
    twin = None if again else find_twin(read_ideas(workspace)[0], title, source, origin)
    if twin is not None:
        return _known(twin, as_json=as_json)
    path = write_idea(context.root, Proposal(title, source, origin, person, text, said, numbers), context.local_now)
    if as_json:
        print_json({"path": path.relative_to(context.root).as_posix(), "name": path.stem})
    else:
        typer.echo(path_from_here(path))
    return EXIT_CLEAN


def _origin(url: str, message: str, occasion: str) -> tuple[Origin, str]:
    said = {Origin.FEED: url.strip(), Origin.INBOX: message.strip(), Origin.OCCASION: occasion.strip()}
    found = [(source, origin) for source, origin in said.items() if origin]
    if len(found) > 1:
        raise UsageError(_("an idea comes from one thing: --url, --inbox or --occasion"))
    return found[0] if found else (Origin.PERSON, "")


def _values(workspace: Workspace, values: Words, occasion: str) -> Words:
    """What is said, after a word about every name that does not exist; an occasion gives what it knows."""
    if occasion:
        known = {one.name: one for one in read_occasions(workspace)[0]}
        require(_("occasion"), occasion, known)
        values = {**values, "pillar": values["pillar"] or known[occasion].pillar}
        values = {**values, "channels": values["channels"] or known[occasion].channels}
    for name in values["channels"]:
        require(_("account"), name, workspace.settings.accounts)
    require(_("campaign"), str(values["campaign"]), workspace.campaigns)
    if values["goal"]:
        from toolkit.kpis import KPIS  # takes a while to load

        require(_("KPI"), str(values["goal"]), KPIS)
    return values


def _score(said: str) -> dict[str, int]:
    if not said:
        return {}
    numbers = [one.strip() for one in said.split(",")]
    if len(numbers) != 3 or not all(one.isascii() and one.isdigit() and 1 <= int(one) <= HIGHEST for one in numbers):
        message = _("--score needs reach, fit and effort from 1 to {most}, such as 4,5,2, not {text!r}")
        raise UsageError(message.format(most=HIGHEST, text=said))
    return dict(zip(("reach", "fit", "effort"), map(int, numbers), strict=True))


def _known(twin: Idea, *, as_json: bool) -> int:
    if as_json:
        print_json({"known": twin.path, "status": twin.stage.value, "reason": twin.reason})
    elif twin.stage is Stage.DROPPED:
        day = twin.decided.isoformat() if twin.decided else "…"
        message = _(
            "not written: {path} says the same and was dropped ({day}): {reason}; if that no longer holds: --again"
        )
        typer.echo(message.format(path=twin.path, day=day, reason=twin.reason or "…"), err=True)
    else:
        message = _("not written: {path} says the same; another one all the same: --again")
        typer.echo(message.format(path=twin.path), err=True)
    return EXIT_PROBLEMS
