"""`leitstand export`: a newsletter as the files that Listmonk or Mailchimp take."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, console, open_context, print_json
from toolkit.cli.posts import named_post
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.messages import _
from toolkit.model import Post
from toolkit.networks import with_media_hashes
from toolkit.networks.newsletter import NETWORK
from toolkit.networks.newsletter.exports import EXPORTS, Wishes
from toolkit.settings import unknown_name
from toolkit.workspace import Draft, drafts, media_path


def run(
    name: Annotated[str, typer.Argument(metavar="POST", help="A post's path, uid or file name.")],
    *,
    software: Annotated[str, typer.Option("--as", help="Who sends it: listmonk or mailchimp.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The files' name; their endings are added.")],
    channel: Annotated[str, typer.Option("--channel", "-c", help="The account, where the post has several.")] = "",
    lists: Annotated[
        list[int] | None, typer.Option("--list", help="A list of Listmonk by its id; may be repeated.")
    ] = None,
    template: Annotated[int, typer.Option("--template", help="A template of Listmonk by its id.")] = 0,
    pictures: Annotated[
        str, typer.Option("--pictures", help="The https address of the folder with the pictures.")
    ] = "",
    as_json: AsJson = False,
    folder: Folder = HERE,
) -> int:
    """Write the mail of a post for other software that sends it; nothing is sent."""
    if software not in EXPORTS:
        raise UsageError(unknown_name(_("software"), software, EXPORTS))
    if pictures and not pictures.startswith("https://"):
        raise UsageError(_("--pictures needs an https:// address, not {said!r}").format(said=pictures))
    context = open_context(folder)
    post = named_post(context.load(), name)
    draft = _chosen(post, channel, context)
    wishes = Wishes(f"{post.title} ({post.uid})", tuple(lists or ()), template, post.labels, pictures)

    def read_media(file: str) -> bytes:
        return context.tree.read(media_path(file))

    rendition = with_media_hashes(NETWORK.render(draft), read_media)
    written = _write(output, EXPORTS[software](rendition, read_media, wishes))
    if as_json:
        print_json({"uid": post.uid, "account": draft.account.name, "software": software, "files": written})
    else:
        for path in written:
            console().print(path, markup=False)
    return EXIT_CLEAN


def _chosen(post: Post, channel: str, context: Context) -> Draft:
    """The post's draft for its newsletter; raises `UsageError` when there is none, or more than one."""
    own = {one.account.name: one for one in drafts(post, context.settings) if one.account.network == NETWORK.name}
    if channel and channel not in own:
        raise UsageError(unknown_name(_("newsletter of this post"), channel, own))
    if not own:
        raise UsageError(_("none of this post's channels is a newsletter"))
    if len(own) > 1 and not channel:
        raise UsageError(_("this post has several newsletters; add --channel: {names}").format(names=", ".join(own)))
    return own[channel] if channel else next(iter(own.values()))


def _write(output: Path, files: Mapping[str, bytes]) -> list[str]:
    """Write each file, whole or not at all; returns their paths."""
    written = []
    for ending, data in files.items():
        path = output.with_name(f"{output.name.removesuffix(f'.{ending}')}.{ending}")
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.new")
        fresh.write_bytes(data)
        fresh.replace(path)
        written.append(str(path))
    return written
