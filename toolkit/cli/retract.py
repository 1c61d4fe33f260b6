"""`leitstand retract`: what is published is to be taken back, and what is not goes out no more."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.approval import write_retraction
from toolkit.cli.context import HERE, AsJson, Folder, Now, open_context
from toolkit.cli.posts import named_post
from toolkit.cli.revisions import Effect, find_url, needs_approval, published_rows, tell
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.messages import _
from toolkit.model import Otherwise, Post, Retraction
from toolkit.planning import retraction_means
from toolkit.settings import Account, Settings, unknown_name


def run(
    post: Annotated[str, typer.Argument(help="Uid, path or end of the path of the post.", metavar="POST")],
    channels: Annotated[
        list[str] | None, typer.Argument(help="Names of accounts; default: all of the post.", metavar="CHANNEL")
    ] = None,
    *,
    reason: Annotated[str, typer.Option("--reason", help="Why; stays in the file and in the log.")],
    otherwise: Annotated[
        Otherwise, typer.Option("--otherwise", help="Where a network cannot delete: reply, leave or hand-off.")
    ] = Otherwise.HAND_OFF,
    reply: Annotated[str, typer.Option("--reply", help="Text of the reply, with --otherwise reply.")] = "",
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Write the wish into the post's file; it is approved like the post itself, and no pause stops it."""
    context = open_context(workspace, now)
    found = context.load()
    wanted = named_post(found, post)
    if otherwise is Otherwise.REPOST or (otherwise is Otherwise.REPLY and not reply):
        raise UsageError(_("choose --otherwise reply with --reply TEXT, leave, or hand-off"))
    accounts = _accounts(wanted, channels or list(wanted.channels), found.settings)
    out = published_rows(context, wanted)
    before = wanted.retraction.channels if wanted.retraction else ()
    names = tuple(dict.fromkeys((*before, *(account.name for account in accounts))))
    retraction = Retraction(names, reason, otherwise, reply)
    urls = {account.name: find_url(out, account) for account in accounts}
    effects = {
        account.name: Effect(retraction_means(retraction, account), urls[account.name] or "")
        for account in accounts
        if urls[account.name] is not None
    }
    write_retraction(context.root, wanted, retraction, context.settings)
    approvals = needs_approval(found.settings, effects)
    tell(wanted, effects, 1, approvals=approvals, as_json=as_json)
    return EXIT_CLEAN


def _accounts(post: Post, names: list[str], settings: Settings) -> list[Account]:
    for name in names:
        if name not in post.channels:
            raise UsageError(unknown_name(_("channel of this post"), name, dict.fromkeys(post.channels)))
    return [settings.accounts[name] for name in names if name in settings.accounts]
