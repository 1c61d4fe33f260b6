"""Comments: the first one of ours below a post, and answers to others'. Comments are plain text.

LinkedIn has two levels: an answer to an answer stands below the comment on top.
API: https://learn.microsoft.com/linkedin/marketing/community-management/shares/comments-api
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from toolkit.messages import _
from toolkit.model import Part, Presence, Sighting
from toolkit.networks.base import Action, Intent
from toolkit.networks.jsonvalues import fields, items, number, text
from toolkit.networks.limits import limit
from toolkit.networks.linkedin.api import Api, RefusedError, coded
from toolkit.networks.linkedin.posts import address, instant, split_comment
from toolkit.networks.linkedin.render import units
from toolkit.networks.matching import same_text
from toolkit.values import dataclass
from toolkit.web import BadReply, Reply

COMMENT: Final = "urn:li:comment:"
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
    edited_at: datetime | None = None  # None where it is as it was written
    media: tuple[str, ...] = ()
    replies: float | None = None  # how many answers it has; None where LinkedIn does not say


def refuse_comment(part: Part) -> str:
    """Why LinkedIn would refuse `part` as a comment, "" if it would not."""
    most = limit("linkedin", "comment")
    if units(part.text) > most:
        message = _("the comment has {length} characters, LinkedIn takes {limit}")
        return message.format(length=units(part.text), limit=most)
    return _("a comment on LinkedIn goes out without media") if part.attachments else ""


def comments_path(post: str) -> str:
    """Where the comments below a post are made and read."""
    return f"/rest/socialActions/{coded(post)}/comments"


def one_path(urn: str, actor: str) -> str:
    """Where one comment of `actor` is changed and deleted."""
    return f"{comment_path(urn)}?actor={coded(actor)}"


def place_of(intent: Intent) -> str:
    """What a comment stands below: the post, or the comment on top of the thread that it belongs to."""
    message = intent.answers
    nested = intent.action is Action.ANSWER and message is not None and message.answers.startswith(COMMENT)
    return message.answers if nested and message is not None else intent.above


def comment_path(urn: str) -> str:
    """Where one comment is read."""
    below, last = split_comment(urn)
    return f"{comments_path(below)}/{coded(last)}"


def comment_body(author: str, place: str, written: str) -> dict[str, object]:
    """The body of the request that comments below `place`."""
    body: dict[str, object] = {"actor": author, "object": object_of(place), "message": {"text": written}}
    return body | ({"parentComment": place} if place.startswith(COMMENT) else {})


def object_of(place: str) -> str:
    """The post that a comment at `place` belongs to."""
    return split_comment(place)[0] if place.startswith(COMMENT) else place


def made_comment(reply: Reply, post: str) -> str:
    """The URN of the comment that was just made below `post`; "" when LinkedIn does not say."""
    try:
        urn = text(reply.json(), "commentUrn")
    except BadReply:
        urn = ""
    last = reply.headers.get("x-restli-id", "")
    return urn or (f"{COMMENT}({post},{last})" if last else "")


def find_comment(api: Api, author: str, place: str, part: Part, since: datetime) -> Sighting:
    """Look for our comment below a post or a comment; raises what `Api.read` raises."""
    reading = Reading(api, place)
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


@dataclass(slots=True)
class Reading:
    """All comments below a post, or all answers below a comment; `complete` once the last page was read."""

    api: Api
    post: str
    complete: bool = False

    def all(self) -> Iterator[Comment]:
        for page in range(MAX_PAGES):
            path = f"{comments_path(self.post)}?count={COUNT}&start={page * COUNT}"
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
    at, changed = instant(raw.get("created"), "time"), instant(raw.get("lastModified"), "time")
    return Comment(
        urn=urn,
        actor=text(raw, "actor"),
        shown=text(raw.get("message"), "text"),
        at=at,
        answers=text(raw, "parentComment"),
        edited_at=changed if at is not None and changed is not None and changed > at else None,
        media=tuple(filter(None, (text(one, "url") for one in items(raw.get("content"))))),
        replies=number(raw.get("commentsSummary"), "aggregatedTotalComments"),
    )


def _since(comment: Comment, since: datetime) -> bool:
    return comment.at is None or comment.at >= since
