"""An answer to a post of somebody else: what it refers to, as it stands now, and whether it may be given at all.

A server of ours takes any answer; whether others see it is decided where it is shown. So what the author of the thread
allows, and who blocked whom, is asked before. Lexicons: app.bsky.feed.post#replyRef, app.bsky.feed.defs#viewerState
"""

from __future__ import annotations

from typing import Final

from toolkit.messages import _
from toolkit.networks.answers import refused
from toolkit.networks.base import Action, Intent
from toolkit.networks.bluesky.client import Client
from toolkit.networks.bluesky.details import read_posts
from toolkit.networks.bluesky.messages import View
from toolkit.networks.bluesky.record import Record, read_place, reply_refs
from toolkit.networks.bluesky.xrpc import RefusedError
from toolkit.networks.jsonvalues import fields, text

GET: Final = "com.atproto.repo.getRecord"
PROFILE: Final = "app.bsky.actor.getProfile"


def above(intent: Intent) -> str:
    """Where the post lies that `intent` stands below: the part before, else what it answers; "" for none."""
    if intent.action is not Action.ANSWER:
        return intent.previous
    return intent.previous or intent.target or (intent.answers.remote_id if intent.answers else "")


def make_reply(client: Client, intent: Intent) -> Record:
    """The references of a record below another; raises `NotBegunError` where nothing can stand there, and `WebError`."""
    parent = _read(client, above(intent), intent)
    refs = reply_refs(parent)
    if intent.action is not Action.ANSWER or intent.previous:
        return refs
    root = text(refs["root"], "uri")
    shown = read_posts(
        client, dict.fromkeys([text(parent, "uri"), root] if read_place(root) else [text(parent, "uri")])
    )
    _must_be_allowed(client, text(parent, "uri"), shown.get(text(parent, "uri"), {}))
    if root in shown and text(shown[root], "cid"):
        refs["root"] = {"uri": root, "cid": text(shown[root], "cid")}
    return refs


def _read(client: Client, uri: str, intent: Intent) -> object:
    place = read_place(uri)
    if place is None:
        raise refused(_("{id} is no post of Bluesky, so nothing can follow it").format(id=uri))
    try:
        return client.read(GET, place.params)
    except RefusedError as error:
        if error.name != "RecordNotFound":
            raise
        if intent.action is Action.ANSWER and not intent.previous:
            raise refused(_("the message is not there any more, so it cannot be answered")) from error
        raise refused(_("the post that this one answers is not there any more")) from error


def _must_be_allowed(client: Client, uri: str, shown: View) -> None:
    """Refuse what nobody would see. A post that is not shown may be very new, or of somebody who was blocked."""
    if fields(shown.get("viewer")).get("replyDisabled") is True:
        raise refused(_("the author of the thread does not let this account answer in it"))
    place = read_place(uri)
    author = fields(shown.get("author")) or fields(client.read(PROFILE, {"actor": place.repo if place else uri}))
    viewer = fields(author.get("viewer"))
    if viewer.get("blockedBy") is True:
        raise refused(_("the author of the message has blocked this account"))
    if viewer.get("blocking") or viewer.get("blockingByList"):
        raise refused(_("this account has blocked the author of the message"))
