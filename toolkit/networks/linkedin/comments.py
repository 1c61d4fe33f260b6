"""Comments: the first one of ours below a post, and those of others. Comments are plain text.

API: https://learn.microsoft.com/linkedin/marketing/community-management/shares/comments-api
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from toolkit.messages import _
from toolkit.model import Message, MessageKind, Part, Presence, Sighting
from toolkit.networks.jsonvalues import fields, items, text
from toolkit.networks.limits import limit
from toolkit.networks.linkedin.api import Api, RefusedError, coded
from toolkit.networks.linkedin.posts import address, instant, split_comment
from toolkit.networks.linkedin.render import units
from toolkit.networks.matching import same_text
from toolkit.web import BadReply, Reply

COUNT: Final = 100
MAX_PAGES: Final = 20


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment as LinkedIn shows it."""

    urn: str
    actor: str
    shown: str
    at: datetime | None
    answers: str  # URN of the comment it answers, "" for one below the post itself


def refuse_comment(part: Part) -> str:
    """Why LinkedIn would refuse `part` as a comment, "" if it would not."""
    most = limit("linkedin", "comment")
    if units(part.text) > most:
        message = _("the first comment has {length} characters, LinkedIn takes {limit}")
        return message.format(length=units(part.text), limit=most)
    return _("a first comment on LinkedIn goes out without media") if part.attachments else ""


def comments_path(post: str) -> str:
    """Where the comments below a post are made and read."""
    return f"/rest/socialActions/{coded(post)}/comments"


def one_path(urn: str, actor: str) -> str:
    """Where one comment of `actor` is changed and deleted."""
    below, number = split_comment(urn)
    return f"{comments_path(below)}/{coded(number)}?actor={coded(actor)}"


def comment_body(author: str, post: str, written: str) -> dict[str, object]:
    """The body of the request that comments below `post`."""
    return {"actor": author, "object": post, "message": {"text": written}}


def made_comment(reply: Reply, post: str) -> str:
    """The URN of the comment that was just made; "" when LinkedIn does not say."""
    try:
        urn = text(reply.json(), "commentUrn")
    except BadReply:
        urn = ""
    number = reply.headers.get("x-restli-id", "")
    return urn or (f"urn:li:comment:({post},{number})" if number else "")


def find_comment(api: Api, author: str, post: str, part: Part, since: datetime) -> Sighting:
    """Look for our comment below `post`; raises what `Api.read` raises."""
    reading = _Reading(api, post)
    matches = [
        comment
        for comment in reading.all()
        if comment.actor == author and _since(comment, since) and same_text(comment.shown, part.text)
    ]
    if len(matches) == 1:
        return Sighting(Presence.FOUND, matches[0].urn, address(matches[0].urn))
    if matches:
        urls = ", ".join(address(comment.urn) for comment in matches)
        return Sighting(Presence.UNCLEAR, reason=_("more than one comment fits: {urls}").format(urls=urls))
    if not reading.complete:
        return Sighting(Presence.UNCLEAR, reason=_("LinkedIn did not show all comments"))
    return Sighting(Presence.ABSENT)


def hear(api: Api, channel: str, author: str, post: str, since: datetime | None) -> list[Message]:
    """What others wrote below `post` since then; raises what `Api.read` raises."""
    return [
        Message(
            remote_id=comment.urn,
            channel=channel,
            kind=MessageKind.COMMENT,
            author=comment.actor,
            text=comment.shown,
            at=comment.at,
            url=address(comment.urn),
            answers=comment.answers or post,
            below=post,
        )
        for comment in _Reading(api, post).all()
        if comment.actor != author and comment.at is not None and (since is None or comment.at >= since)
    ]


@dataclass(slots=True)
class _Reading:
    """All comments below a post; `complete` once the last page was read."""

    api: Api
    post: str
    complete: bool = False

    def all(self) -> Iterator[Comment]:
        for number in range(MAX_PAGES):
            path = f"{comments_path(self.post)}?count={COUNT}&start={number * COUNT}"
            reply = self.api.ask(path)
            found = fields(reply.json()).get("elements") if reply.status == 200 else None
            if not isinstance(found, list):
                raise RefusedError(reply, self.api.said(reply))
            yield from (comment for comment in map(read_comment, items(found)) if comment is not None)
            # A page may hold fewer than asked for: only an empty one is surely the end.
            self.complete = not found
            if self.complete:
                return


def read_comment(value: object) -> Comment | None:
    """The comment in a JSON value; None when there is none."""
    raw = fields(value)
    urn = text(raw, "commentUrn") or text(raw, "$URN")
    if not urn:
        return None
    message, created = fields(raw.get("message")), raw.get("created")
    return Comment(urn, text(raw, "actor"), text(message, "text"), instant(created, "time"), text(raw, "parentComment"))


def _since(comment: Comment, since: datetime) -> bool:
    return comment.at is None or comment.at >= since
