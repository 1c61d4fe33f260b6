"""Comments on Instagram: heard with the answers below them, and answered.

The list below a post holds the first level only, each comment with its answers; so it is read whole, for an old comment
may have a new answer. An answer to an answer comes to stand below the comment on top, behind its author's name, as
Instagram's own app does it. Hidden comments are heard, and cannot be answered.
API: https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-comment/replies
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from toolkit.model import Message, MessageKind, Showing
from toolkit.networks.base import Action, Intent
from toolkit.networks.graph.api import Api
from toolkit.networks.graph.hearing import Below
from toolkit.networks.graph.line import Me
from toolkit.networks.graph.reading import Edge, Own, entries, next_page
from toolkit.networks.instagram.naming import is_nested
from toolkit.networks.jsonvalues import fields, items, moment, text

ENTRY: Final = "id,text,timestamp,username,hidden,from{id,username}"
COMMENTS: Final = Below("comments", f"{ENTRY},replies.limit(50){{{ENTRY}}}")


def top_of(intent: Intent) -> str:
    """The comment on top of the thread that an answer goes to; for a first comment, the post."""
    message = intent.answers
    nested = intent.action is Action.ANSWER and message is not None and is_nested(message)
    return message.answers if nested and message is not None else intent.above


def own_comments(me: Me, intent: Intent) -> Edge:
    """Where the intent's comment or answer is listed once it is out, of which ours count."""

    def read(entry: object) -> Own | None:
        if text(entry, "username").casefold() != me.name.casefold():
            return None
        at = moment(text(entry, "timestamp"))
        return Own(text(entry, "id"), "", text(entry, "text"), at, answers=intent.above)

    # Comments begin with the newest; of the answers below one, no order is documented.
    answers = intent.action is Action.ANSWER
    path = f"{top_of(intent)}/{'replies' if answers else 'comments'}"
    return Edge(path, "id,text,timestamp,username", read, newest_first=not answers)


def make_reader(api: Api, channel: str, me: Me) -> Callable[[object, str], Iterable[Message]]:
    """What reads a comment and the answers below it; raises what `Api.read` raises."""

    def read(entry: object, below: str) -> Iterator[Message]:
        yield from _read(entry, below, below)
        comment, told = text(entry, "id"), fields(entry).get("replies")
        # The first fifty come with the comment; where there are more, all are asked for.
        more = bool(next_page(told)) and bool(comment)
        answers = entries(api, f"{comment}/replies", ENTRY) if more else items(fields(told).get("data"))
        for answer in answers:
            yield from _read(answer, comment, below)

    def _read(entry: object, answers: str, below: str) -> Iterator[Message]:
        at, name = moment(text(entry, "timestamp")), text(entry, "username")
        if at is None:
            return
        yield Message(
            remote_id=text(entry, "id"),
            channel=channel,
            kind=MessageKind.COMMENT,
            author=name,
            text=text(entry, "text"),
            at=at,
            answers=answers,
            below=below,
            author_id=text(fields(entry).get("from"), "id"),
            own=bool(name) and name.casefold() == me.name.casefold(),
            showing=Showing.HIDDEN if fields(entry).get("hidden") is True else Showing.SHOWN,
        )

    return read
