"""`leitstand new`: a post file with a fresh uid, in the folder of its month; a briefing for the community, or the social media plan."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, open_context, print_json
from toolkit.cli.newbriefing import Order, write_briefing
from toolkit.cli.newstrategy import write_strategy
from toolkit.cli.places import path_from_here
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.messages import _
from toolkit.settings import unknown_name
from toolkit.strategy import read_strategy
from toolkit.workspace import Workspace
from toolkit.workspace.naming import mint_uid
from toolkit.workspace.newposts import write_post


def run(
    title: Annotated[str, typer.Argument(help="Name of the post on pages and in feeds.", metavar="TITLE")],
    *,
    publish: Annotated[str, typer.Option("--publish", help='Wall time such as "2026-12-01 07:30", or next.')] = "",
    channel: Annotated[
        list[str] | None,
        typer.Option("--channel", "-c", help="Name of an account; repeatable. Default: the campaign's."),
    ] = None,
    campaign: Annotated[str, typer.Option("--campaign", help="Name of a file in content/campaigns without .md.")] = "",
    pillar: Annotated[
        str, typer.Option("--pillar", help="A pillar of the strategy; default: the only one there is.")
    ] = "",
    goal: Annotated[
        str, typer.Option("--goal", help="The KPI that it is to move; default: the only one of the strategy.")
    ] = "",
    author: Annotated[str, typer.Option("--author", help="A person; default: the only one there is.")] = "",
    language: Annotated[str, typer.Option("--language", help="Language of the text.")] = "",
    briefing: Annotated[
        bool, typer.Option("--briefing", help="A briefing for the community instead, in guidelines/briefings.")
    ] = False,
    strategy: Annotated[
        bool, typer.Option("--strategy", help="The social media plan instead, as guidelines/strategy.md.")
    ] = False,
    until: Annotated[str, typer.Option("--until", help="With --briefing: its last day; default: the campaign's.")] = "",
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Write a new draft and print its path; an existing file is never touched."""
    context = open_context(folder, now)
    workspace = context.load()
    if briefing:
        return _brief(context, workspace, Order(title, author, campaign, until), as_json=as_json)
    if strategy:
        return _tell(context, write_strategy(context.root, workspace, title, author, context.local_now.date()), as_json)
    if until:
        raise UsageError(_("--until belongs to --briefing"))
    values = _values(workspace, title, channel or [], campaign=campaign, author=author, language=language)
    uid = mint_uid(context.clock.now())
    values |= {"uid": uid, "publish": publish.strip()} | _purpose(workspace, campaign, pillar.strip(), goal.strip())
    _post, path = write_post(context.root, context.settings, values, context.local_now.date())
    if as_json:
        print_json({"uid": uid, "path": path.relative_to(context.root).as_posix()})
    else:
        typer.echo(path_from_here(path))
    return EXIT_CLEAN


def _brief(context: Context, workspace: Workspace, order: Order, *, as_json: bool) -> int:
    """A briefing's page."""
    return _tell(context, write_briefing(context.root, workspace, order, context.local_now.date()), as_json)


def _tell(context: Context, path: Path, as_json: bool) -> int:  # as the option came
    """Where the new page is."""
    if as_json:
        print_json({"path": path.relative_to(context.root).as_posix()})
    else:
        typer.echo(path_from_here(path))
    return EXIT_CLEAN


def _values(
    workspace: Workspace, title: str, channels: list[str], *, campaign: str, author: str, language: str
) -> dict[str, str | tuple[str, ...]]:
    """The front matter, after a word about every name that does not exist."""
    settings = workspace.settings
    if not title.strip():
        raise UsageError(_("a post needs a title"))
    for name in channels:
        _known(_("channel"), name, settings.accounts)
    _known(_("campaign"), campaign, workspace.campaigns)
    _known(_("person"), author, settings.people)
    _known(_("language"), language, dict.fromkeys(settings.languages))
    return {
        "title": title.strip(),
        "author": author or _only(settings.people),
        "status": "draft",
        "channels": tuple(dict.fromkeys(channels)) or _usual_channels(workspace, campaign),
        "language": language or settings.languages[0],
        "campaign": campaign,
    }


def _purpose(workspace: Workspace, campaign: str, pillar: str, goal: str) -> dict[str, str]:
    """What the post is for: what was said, else what the strategy leaves no choice about. A campaign has its own goals."""
    plan = read_strategy(workspace)
    pillars, goals = dict.fromkeys(one.name for one in plan.pillars), dict.fromkeys(one.metric for one in plan.goals)
    if pillars:
        _known(_("pillar"), pillar, pillars)
    if goal:
        # The dictionary takes longer to load than most new posts need it.
        from toolkit.kpis import KPIS

        _known(_("KPI"), goal, KPIS)
    return {"pillar": pillar or _only(pillars), "goal": goal or ("" if campaign else _only(goals))}


def _only(known: Collection[str]) -> str:
    return next(iter(known)) if len(known) == 1 else ""


def _known(what: str, name: str, known: Mapping[str, object]) -> None:
    if name and name not in known:
        raise UsageError(unknown_name(what, name, known))


def _usual_channels(workspace: Workspace, campaign: str) -> tuple[str, ...]:
    if campaign:
        return workspace.campaigns[campaign].channels
    accounts = tuple(workspace.settings.accounts)
    return accounts if len(accounts) == 1 else ()
