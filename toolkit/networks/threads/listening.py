"""Replies on Threads as messages: everything below a post of ours, at any depth, hidden replies too.

The conversation is that of a whole thread. Where Meta does not give it for a part or a first comment of ours, the
direct replies are asked for. Mentions elsewhere are not asked for: they take a right of their own, `threads_manage_mentions`.
API: https://developers.facebook.com/docs/threads/retrieve-and-manage-replies/replies-and-conversations
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from toolkit.model import Message, MessageKind
from toolkit.networks.graph.hearing import Below
from toolkit.networks.graph.line import Me
from toolkit.networks.jsonvalues import fields, moment, text

CONVERSATION: Final = Below(
    "conversation",
    "id,text,username,timestamp,permalink,replied_to{id},is_reply_owned_by_me,media_url",
    {"reverse": "true"},
    newest_first=True,
    instead="replies",
)


def make_reader(channel: str, me: Me) -> Callable[[object, str], Iterable[Message]]:
    """What reads a reply."""

    def read(entry: object, below: str) -> Iterator[Message]:
        at, name, picture = moment(text(entry, "timestamp")), text(entry, "username"), text(entry, "media_url")
        if at is None:
            return
        ours = fields(entry).get("is_reply_owned_by_me") is True
        yield Message(
            remote_id=text(entry, "id"),
            channel=channel,
            kind=MessageKind.COMMENT,
            author=name,
            text=text(entry, "text"),
            at=at,
            url=text(entry, "permalink"),
            answers=text(fields(entry).get("replied_to"), "id") or below,
            below=below,
            media=(picture,) if picture else (),
            own=ours or (bool(name) and name.casefold() == me.name.casefold()),
        )

    return read
