"""Comments below the blog's posts: writing one, hearing the others'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from html import escape
from typing import Final

from toolkit.messages import _
from toolkit.model import Answer, Message, MessageKind, Outcome
from toolkit.networks.answers import declined
from toolkit.networks.base import Intent
from toolkit.networks.jsonvalues import fields, items, moment, number, text
from toolkit.networks.matching import plain
from toolkit.networks.wordpress.api import PAGE, Api, RefusedError, error_code, read_entry, said
from toolkit.networks.wordpress.lookup import COMMENT, COMMENTS, comment_place
from toolkit.web import BadReply, Reply

# How many posts are asked about in one request; their ids stand in its address.
ASKED: Final = 50
MAX_PAGES: Final = 50
# The blog filters by its own wall time, which may be this far from ours.
ZONES: Final = timedelta(hours=26)
UNHEARD: Final = frozenset({"spam", "trash"})


def comment_body(api: Api, intent: Intent) -> dict[str, object]:
    """The comment of `intent` below the post, or below the comment, `previous`; raises what `Api.read` raises."""
    post, parent = comment_place(api, intent.previous)
    return {"post": post, "content": comment_text(intent)} | ({"parent": parent} if parent else {})


def comment_text(intent: Intent) -> str:
    """The comment as WordPress wants it: HTML, in which line breaks and addresses are seen to."""
    return escape(intent.content.text, quote=False)


def commented(reply: Reply, now: datetime) -> Answer:
    """The answer to a request that writes a comment."""
    if error_code(reply) == "comment_duplicate":
        return Answer(Outcome.DUPLICATE, reason=said(reply))
    if error_code(reply) == "comment_flood":  # turned away for the moment, with a status that says for good
        return Answer(Outcome.LATER, reason=said(reply), retry_at=now + timedelta(minutes=1))
    if reply.status not in (200, 201):
        return declined(reply, now, said(reply))
    try:
        entry = read_entry(reply.json())
    except BadReply as error:
        return Answer(Outcome.UNKNOWN, reason=str(error))
    if not entry.id:
        return Answer(Outcome.UNKNOWN, reason=_("{status}: no comment in the answer").format(status=reply.status))
    held = _("the blog holds the comment for moderation") if entry.status == "hold" else ""
    return Answer(Outcome.ACCEPTED, COMMENT + entry.id, entry.url, held)


def hear(api: Api, channel: str, me: int, since: datetime | None, remote_ids: Iterable[str]) -> Iterator[Message]:
    """What others wrote below the posts, held for moderation too, the oldest first; raises what `Api.read` raises."""
    posts = sorted({one for one in remote_ids if not one.startswith(COMMENT)}, key=int)
    found = [
        message
        for start in range(0, len(posts), ASKED)
        for message in _hear(api, channel, me, since, posts[start : start + ASKED])
    ]
    yield from sorted(found, key=lambda message: message.at)


def _hear(api: Api, channel: str, me: int, since: datetime | None, posts: list[str]) -> Iterator[Message]:
    params = {"post": ",".join(posts), "status": "any", "orderby": "date_gmt", "order": "asc", "per_page": str(PAGE)}
    if since is not None:
        params["after"] = (since - ZONES).strftime("%Y-%m-%dT%H:%M:%S")
    for page in range(1, MAX_PAGES + 1):
        reply = api.ask(COMMENTS, params | {"page": str(page)})
        if reply.status != 200:
            raise RefusedError(reply)
        comments = items(reply.json())
        for comment in comments:
            message = _message(comment, channel, me)
            if message is not None and (since is None or message.at >= since):
                yield message
        if len(comments) < PAGE:
            return


def _message(comment: object, channel: str, me: int) -> Message | None:
    """A comment as a message; None for our own, for spam, and for what is no comment."""
    raw, entry = fields(comment), read_entry(comment)
    at = moment(text(raw, "date_gmt"))
    if not entry.id or at is None or entry.author == me or entry.status in UNHEARD:
        return None
    post = number(raw, "post")
    return Message(
        remote_id=COMMENT + entry.id,
        channel=channel,
        kind=MessageKind.COMMENT,
        author=plain(text(raw, "author_name")),
        text=plain(text(raw.get("content"), "rendered")).strip(),
        at=at,
        url=entry.url,
        answers=f"{COMMENT}{entry.parent}" if entry.parent else "",
        below=str(int(post)) if post else "",
    )
