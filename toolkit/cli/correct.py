"""`leitstand correct`: what is published is to be replaced by what the file says now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

import typer

from toolkit.approval import write_correction
from toolkit.cli.context import HERE, AsJson, Folder, Now, open_context
from toolkit.cli.posts import named_post
from toolkit.cli.revisions import Effect, find_url, needs_approval, published_rows, tell
from toolkit.dispatch.comparing import is_as_published
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.ledger import Row
from toolkit.messages import _
from toolkit.model import Correction, Otherwise, Post
from toolkit.planning import Means, correction_means
from toolkit.workspace import Draft, Workspace, drafts, media_path

# Means that bring nothing but the file's own text: with no change in it there is nothing to bring.
UNSEEN: Final = frozenset({Means.EDIT, Means.LEAVE})


def run(
    post: Annotated[str, typer.Argument(help="Uid, path or end of the path of the post.", metavar="POST")],
    *,
    reason: Annotated[str, typer.Option("--reason", help="Why; stays in the file and in the log.")],
    otherwise: Annotated[
        Otherwise, typer.Option("--otherwise", help="Where a network cannot edit: reply, repost, leave or hand-off.")
    ] = Otherwise.HAND_OFF,
    reply: Annotated[str, typer.Option("--reply", help="Text of the reply, with --otherwise reply.")] = "",
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Write the wish into the post's file; it is approved and sent like the post itself."""
    context = open_context(workspace, now)
    found = context.load()
    wanted = named_post(found, post)
    if otherwise is Otherwise.REPLY and not reply:
        raise UsageError(_("--otherwise reply needs --reply TEXT"))
    out = published_rows(context, wanted)
    done = [row.number for row in out]
    correction = Correction(max(done, default=0) + 1, reason, otherwise, reply)
    effects, seen = {}, []
    for draft in drafts(wanted, found.settings):
        url = find_url(out, draft.account)
        if url is not None:
            effects[draft.account.name] = Effect(correction_means(correction, draft.account), url)
            seen.append(draft)
    approvals = needs_approval(found.settings, effects)
    if not approvals and {effect.means for effect in effects.values()} <= UNSEEN:
        _refuse_unchanged(found, wanted, out, seen)
    write_correction(context.root, wanted, correction, context.settings)
    tell(wanted, effects, correction.number, approvals=approvals, as_json=as_json)
    return EXIT_CLEAN


def _refuse_unchanged(workspace: Workspace, post: Post, out: Sequence[Row], seen: Sequence[Draft]) -> None:
    """Without an approval to wait for, the next tick would correct what is out to what it is, and readers be told so."""

    def read_media(file: str) -> bytes:
        return workspace.tree.read(media_path(file))

    if all(is_as_published(out, draft, read_media) for draft in seen):
        message = _("{path} says what is published already; change and save it first, then correct it")
        raise UsageError(message.format(path=post.path))
