"""Direct messages: the conversations of the account, and what was said in them.

They are kept by a service of their own, which the account's server asks in our stead; an app password needs the right
to it, and a server may not know the service. Then they are not heard, `closed` says why, and all else goes on.
Lexicons: chat.bsky.convo.listConvos, getMessages; https://docs.bsky.app/docs/api/chat-bsky-convo-list-convos
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import datetime
from typing import Final

from toolkit.messages import _
from toolkit.model import Message, MessageKind
from toolkit.networks.answers import REFUSALS
from toolkit.networks.bluesky.client import Client
from toolkit.networks.bluesky.messages import apart, handle_of
from toolkit.networks.bluesky.record import read_place, web_url
from toolkit.networks.bluesky.session import scope
from toolkit.networks.bluesky.xrpc import NO_RIGHT, RefusedError
from toolkit.networks.jsonvalues import fields, items, moment, text
from toolkit.values import dataclass

SERVICE: Final = "did:web:api.bsky.chat#bsky_chat"
CONVERSATIONS: Final = "chat.bsky.convo.listConvos"
MESSAGES: Final = "chat.bsky.convo.getMessages"
PAGE: Final = 100
MAX_PAGES: Final = 50
UNKNOWN_METHOD: Final = 501
# The scope of a session that an app password without this right made; others have another name.
PLAIN: Final = "com.atproto.appPass"
Entry = Mapping[str, object]


@dataclass(slots=True)
class Chat:
    """One account's conversations. Raises `WebError` for trouble that may be over next time."""

    client: Client
    channel: str
    closed: str = field(default="", init=False)

    def hear(self, since: datetime | None) -> Iterator[Message]:
        """What was said since then, by others and by us, in every conversation that is not muted."""
        if lacks_right(self.client):
            self.closed = no_right()
            return
        try:
            conversations = list(self._active(since))
        except RefusedError as error:
            self.closed = why_closed(error)
            if not self.closed:
                raise
            return
        for conversation in conversations:
            yield from self._said(conversation, since)

    def newest_first(self, conversation: str, page: int = PAGE) -> Iterator[Entry]:
        """The messages of a conversation, deleted ones among them."""
        yield from self._pages(MESSAGES, "messages", {"convoId": conversation, "limit": str(page)})

    def _active(self, since: datetime | None) -> Iterator[Entry]:
        for conversation in self._pages(CONVERSATIONS, "convos", {"limit": str(PAGE)}):
            last = sent_at(fields(conversation.get("lastMessage")))
            reacted = fields(fields(conversation.get("lastReaction")).get("reaction"))
            moved = max(filter(None, (last, moment(text(reacted, "createdAt")))), default=None)
            if since is not None and moved is not None and moved < since:
                return  # the one that moved last comes first
            if last is not None and (since is None or last >= since) and conversation.get("muted") is not True:
                yield conversation

    def _said(self, conversation: Entry, since: datetime | None) -> Iterator[Message]:
        me = self.client.session().did
        members = {text(one, "did"): fields(one) for one in items(conversation.get("members"))}
        for entry in self.newest_first(text(conversation, "id")):
            at = sent_at(entry)
            if since is not None and at is not None and at < since:
                return
            author = members.get(sender(entry), {"did": sender(entry)})
            if at is not None and text(entry, "id") and _words(entry) and not apart({"author": author}):
                yield self._message(text(conversation, "id"), entry, author, at, own=sender(entry) == me)

    def _message(self, conversation: str, entry: Entry, author: Entry, at: datetime, *, own: bool) -> Message:
        return Message(
            remote_id=remote_id(conversation, entry),
            channel=self.channel,
            kind=MessageKind.DIRECT,
            author=handle_of(author) or sender(entry),
            text=_words(entry),
            at=at,
            url=chat_url(conversation),
            author_id=sender(entry),
            name=text(author, "displayName"),
            thread=conversation,
            own=own,
        )

    def _pages(self, nsid: str, name: str, params: Mapping[str, str]) -> Iterator[Entry]:
        cursor = ""
        for _number in range(MAX_PAGES):
            answer = fields(self.client.read(nsid, {**params} | ({"cursor": cursor} if cursor else {}), SERVICE))
            yield from map(fields, items(answer.get(name)))
            cursor = text(answer, "cursor")
            if not cursor:
                return


def remote_id(conversation: str, entry: Entry) -> str:
    """The name of a message: its own is known in its conversation only."""
    return f"{conversation}/{text(entry, 'id')}"


def chat_url(conversation: str) -> str:
    """Where people see a conversation."""
    return f"https://bsky.app/messages/{conversation}"


def sender(entry: Entry) -> str:
    """The DID of whoever wrote a message."""
    return text(entry.get("sender"), "did")


def sent_at(entry: Entry) -> datetime | None:
    """When the service took it."""
    return moment(text(entry, "sentAt"))


def lacks_right(client: Client) -> bool:
    """Whether the session says itself that its app password gives no right to direct messages."""
    return scope(client.session().access) == PLAIN


def no_right() -> str:
    """What a person can do about it."""
    return _("the app password gives no right to direct messages; make one that does, and sign in with it")


def why_closed(error: RefusedError) -> str:
    """Why there are no direct messages for us, "" where asking again may help."""
    if NO_RIGHT in error.reply.text:
        return no_right()
    if error.reply.status in REFUSALS or error.reply.status == UNKNOWN_METHOD:
        return _("the server shows no direct messages: {said}").format(said=error)
    return ""


def _words(entry: Entry) -> str:
    """What was said; where it is only a shared post, that one's address."""
    shared = fields(fields(entry.get("embed")).get("record"))
    place = read_place(text(shared, "uri"))
    return text(entry, "text") or (web_url(handle_of(shared.get("author")), place) if place else "")
