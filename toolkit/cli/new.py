"""`leitstand new`: a post file with a fresh uid, in the folder of its month; or a briefing for the community."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, open_context, print_json
from toolkit.cli.newbriefing import Order, write_briefing
from toolkit.cli.places import path_from_here
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.messages import _
from toolkit.model import Existence, Post, Severity
from toolkit.settings import Settings, unknown_name
from toolkit.source import read_post
from toolkit.source.entries import scalar
from toolkit.workspace import Workspace, post_folder
from toolkit.workspace.naming import mint_uid, slug


def run(
    title: Annotated[str, typer.Argument(help="Name of the post on pages and in feeds.", metavar="TITLE")],
    *,
    publish: Annotated[str, typer.Option("--publish", help='Wall time such as "2026-12-01 07:30", or next.')] = "",
    channel: Annotated[
        list[str] | None,
        typer.Option("--channel", "-c", help="Name of an account; repeatable. Default: the campaign's."),
    ] = None,
    campaign: Annotated[str, typer.Option("--campaign", help="Name of a file in content/campaigns without .md.")] = "",
    author: Annotated[str, typer.Option("--author", help="A person; default: the only one there is.")] = "",
    language: Annotated[str, typer.Option("--language", help="Language of the text.")] = "",
    briefing: Annotated[
        bool, typer.Option("--briefing", help="A briefing for the community instead, in guidelines/briefings.")
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
    if until:
        raise UsageError(_("--until belongs to --briefing"))
    values = _values(workspace, title, channel or [], campaign=campaign, author=author, language=language)
    uid = mint_uid(context.clock.now())
    text = _text({"uid": uid, **values, "publish": publish.strip()})
    post = _read_back(text, context.settings)
    path = _write(context, post, text)
    if as_json:
        print_json({"uid": uid, "path": path.relative_to(context.root).as_posix()})
    else:
        typer.echo(path_from_here(path))
    return EXIT_CLEAN


def _brief(context: Context, workspace: Workspace, order: Order, *, as_json: bool) -> int:
    """A briefing's page."""
    path = write_briefing(context.root, workspace, order, context.local_now.date())
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
    only = next(iter(settings.people)) if len(settings.people) == 1 else ""
    return {
        "title": title.strip(),
        "author": author or only,
        "status": "draft",
        "channels": tuple(dict.fromkeys(channels)) or _usual_channels(workspace, campaign),
        "language": language or settings.languages[0],
        "campaign": campaign,
    }


def _known(what: str, name: str, known: Mapping[str, object]) -> None:
    if name and name not in known:
        raise UsageError(unknown_name(what, name, known))


def _usual_channels(workspace: Workspace, campaign: str) -> tuple[str, ...]:
    if campaign:
        return workspace.campaigns[campaign].channels
    accounts = tuple(workspace.settings.accounts)
    return accounts if len(accounts) == 1 else ()


def _text(values: dict[str, str | tuple[str, ...]]) -> str:
    lines = ["---"]
    for key in ("uid", "title", "author", "status", "publish", "channels", "language", "campaign"):
        value = values[key]
        if isinstance(value, tuple):
            lines.append(f"{key}: [{', '.join(scalar(word, flow=True) for word in value)}]")
        elif value:
            lines.append(f"{key}: {scalar(value)}")
    return "\n".join([*lines, "---", "", ""])


def _read_back(text: str, settings: Settings) -> Post:
    """The post as every other verb will read it; what it could not read is refused now."""
    post, problems = read_post("", text.encode(), settings)
    errors = [problem.message for problem in problems if problem.severity is Severity.ERROR]
    if post is None or errors:
        raise UsageError("; ".join(errors))
    if post.publish is not None and post.publish.existence() is not Existence.ONCE:
        message = (
            _("{moment} does not exist: clocks go forward; take another time or add an offset such as +02:00")
            if post.publish.existence() is Existence.GAP
            else _("{moment} exists twice: clocks go back; add an offset such as +01:00")
        )
        raise UsageError(message.format(moment=post.publish))
    return post


def _write(context: Context, post: Post, text: str) -> Path:
    day = post.publish.wall if post.publish is not None else context.local_now
    parent = context.root / post_folder(f"{day:%Y-%m}")
    parent.mkdir(parents=True, exist_ok=True)
    name, number = slug(post.title), 1
    while True:
        path = parent / (f"{name}.md" if number == 1 else f"{name}-{number}.md")
        try:
            with path.open("x", encoding="utf-8", newline="\n") as new:
                new.write(text)
        except FileExistsError:
            number += 1
        else:
            return path
