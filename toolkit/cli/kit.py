"""`leitstand kit`: what a person needs to publish a post by hand, as a folder that can be sent to a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, console, open_context, print_json
from toolkit.cli.posts import named_post
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.messages import _
from toolkit.model import Post
from toolkit.networks import by_hand
from toolkit.outlook.kit import Kit, make_kit
from toolkit.pages.gather import Sources, gather
from toolkit.pages.posts.kits import lone_page
from toolkit.pages.view import Site
from toolkit.settings import unknown_name
from toolkit.values import dataclass
from toolkit.workspace import Draft, drafts, instances
from toolkit.workspace.naming import slug

PAGE: Final = "index.html"
MEDIA: Final = "media"
# By this a folder is known as one that an earlier run wrote.
MARK: Final = b'content="leitstand kit"'


@dataclass(frozen=True, slots=True)
class Written:
    """A kit and the folder that it was written to."""

    kit: Kit
    folder: Path
    files: tuple[str, ...]


def run(
    name: Annotated[str, typer.Argument(metavar="POST", help="A post's path, uid or file name.")],
    *,
    channel: Annotated[str, typer.Option("--channel", "-c", help="Only this account.")] = "",
    day: Annotated[
        str,
        typer.Option("--day", help="Which time of a post that comes again, e.g. 2026-12-08.", show_default="the next"),
    ] = "",
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            help="The folder to write; one in it per account where there are several.",
            show_default="kit-POST",
        ),
    ] = HERE,
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Write what a person needs to publish a post by hand; exit code 1 when it must not be published now."""
    context = open_context(workspace, now)
    site = Site(gather(Sources(context.root, context.clock.now(), context.environ)))
    post = named_post(site.workspace, name)
    kits = [make_kit(site.outlook, choose_time(draft, day, site)) for draft in choose_drafts(post, channel, site)]
    base = output if output != HERE else Path(f"kit-{slug(post.title or post.uid)}")
    written = [write_kit(kit, base / kit.draft.account.name if len(kits) > 1 else base) for kit in kits]
    if as_json:
        print_json({"uid": post.uid, "path": post.path, "kits": [_record(one) for one in written]})
    else:
        _show(written)
    return EXIT_PROBLEMS if any(kit.stop for kit in kits) else EXIT_CLEAN


def choose_drafts(post: Post, channel: str, site: Site) -> list[Draft]:
    """The post's drafts for accounts that people publish on; raises `UsageError` when there is none."""
    if not post.uid:
        raise UsageError(_("{name} has no uid yet; run: leitstand fix").format(name=post.path))
    own = {draft.account.name: draft for draft in drafts(post, site.settings)}
    hands = {key: draft for key, draft in own.items() if by_hand(draft.account)}
    if channel in own and channel not in hands:
        raise UsageError(
            _("{channel} is not published by hand; hand_off = true in leitstand.toml makes it so").format(
                channel=channel
            )
        )
    if channel and channel not in hands:
        raise UsageError(unknown_name(_("channel of this post"), channel, hands))
    if not hands:
        raise UsageError(_("none of this post's channels is published by hand"))
    return [hands[channel]] if channel else list(hands.values())


def choose_time(draft: Draft, day: str, site: Site) -> Draft:
    """The time of a series that is meant: that of `day`, else what was handed over, else the next one."""
    times = {one.occurrence: one for one in instances(draft)}
    if not day:
        waiting = (row.occurrence for row in site.rows_of(draft.post, draft.account) if row.handed_over)
        return next((times[one] for one in waiting if one in times), site.outlook.coming(draft))
    if day not in times:
        raise UsageError(unknown_name(_("day of this post"), day, dict.fromkeys(filter(None, times))))
    return times[day]


def write_kit(kit: Kit, folder: Path) -> Written:
    """The kit as a page with its media beside it; raises `UsageError` for a folder that holds something else."""
    page = folder / PAGE
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())) and not _is_ours(page):
        raise UsageError(_("{folder} holds something else; name a new or empty folder").format(folder=folder))
    (folder / MEDIA).mkdir(parents=True, exist_ok=True)
    # The page first: a run that is cut short must know its folder the next time.
    page.write_bytes(lone_page(kit, MEDIA).encode())
    files = [one for one in kit.media if one.data]
    for old in (folder / MEDIA).iterdir():
        old.unlink()
    for one in files:
        (folder / MEDIA / one.name).write_bytes(one.data)
    return Written(kit, folder, (PAGE, *(f"{MEDIA}/{one.name}" for one in files)))


def _is_ours(page: Path) -> bool:
    return page.is_file() and MARK in page.read_bytes()[:2000]


def _record(written: Written) -> dict[str, object]:
    kit = written.kit
    return {
        "account": kit.draft.account.name,
        "folder": str(written.folder),
        "files": list(written.files),
        "texts": list(kit.texts),
        "first_comment": list(kit.comment),
        "due": kit.due.isoformat() if kit.due else None,
        "until": kit.until.isoformat() if kit.until else None,
        "stop": kit.stop,
        "notes": list(kit.notes),
        "confirm": kit.command,
    }


def _show(written: list[Written]) -> None:
    for one in written:
        console().print(f"{one.kit.account}: {one.folder / PAGE}", markup=False)
        if one.kit.due and one.kit.until:
            when = _("publish between {start} and {end}")
            start, end = (f"{moment:%Y-%m-%d %H:%M %Z}" for moment in (one.kit.due, one.kit.until))
            console().print(f"  {when.format(start=start, end=end)}", markup=False)
        if one.kit.stop:
            console().print(f"  ! {_('Do not publish now.')} {one.kit.stop}", style="yellow", markup=False)
        for note in [*one.kit.notes, *(medium.note for medium in one.kit.media if medium.note)]:
            console().print(f"  ! {note}", style="yellow", markup=False)
        console().print(f"  {one.kit.command}", markup=False)
