"""What people say to us: replies, mentions, quotes and direct messages, and what we answered them ourselves.

Notifications miss a reply that is written right after its post, so the threads of our posts are read as well; our own
answers also from the account's own records. What stands in two of them is one message. Whom the account blocked or
muted is not heard. API: app.bsky.notification.listNotifications; see `threads` and `chat` for the rest
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import datetime
from typing import Final

from toolkit.model import Message, MessageKind
from toolkit.networks.bluesky.chat import Chat
from toolkit.networks.bluesky.client import Client
from toolkit.networks.bluesky.details import with_media, with_reach
from toolkit.networks.bluesky.lookup import Reading, Stored
from toolkit.networks.bluesky.messages import Found, View, apart, author_of, read_message, spoken_at, uri_of
from toolkit.networks.bluesky.threads import Threads
from toolkit.networks.jsonvalues import fields, items, text
from toolkit.values import dataclass
from toolkit.web import WebError

NOTIFICATIONS: Final = "app.bsky.notification.listNotifications"
REASONS: Final = ("reply", "mention", "quote")
PAGE: Final = 100
MAX_PAGES: Final = 50


@dataclass(slots=True)
class Listener:
    """Hears for one account. Raises `WebError`."""

    client: Client
    channel: str
    unheard: str = field(default="", init=False)  # why direct messages were not heard

    def listen(self, since: datetime | None, remote_ids: Iterable[str]) -> Iterator[Message]:
        """Every message since then once, the oldest first. Trouble with direct messages is raised after the others."""
        public = self._public(since, remote_ids)
        chat = Chat(self.client, self.channel)
        private, trouble = _heard(chat, since)
        self.unheard = chat.closed
        messages = with_reach(self.client, [*public, *private])
        yield from sorted(messages, key=lambda message: (message.at, message.remote_id))
        if trouble is not None:
            raise trouble

    def _public(self, since: datetime | None, remote_ids: Iterable[str]) -> list[Message]:
        threads = Threads(self.client, self.client.session().did)
        below = {uri_of(view): view for view in threads.read(remote_ids)}
        told = {uri_of(view): view for view in self._notified(since)}
        threads.note(told.values())
        begun = since or min(
            (at for view in (*below.values(), *told.values()) if (at := spoken_at(view))), default=None
        )
        own = {uri_of(view): view for view in self._own(begun)}
        threads.note(own.values())
        views = own | told | below
        recent = [view for view in views.values() if not _older(view, since) and not apart(view)]
        found = (self._found(view, told.get(uri_of(view), {}), threads) for view in with_media(self.client, recent))
        messages = (read_message(one, self.channel) for one in found if one is not None)
        return [message for message in messages if message is not None]

    def _found(self, view: View, told: View, threads: Threads) -> Found | None:
        """Where a post belongs; None for our own that answers nobody."""
        own = author_of(view) == threads.me
        if own and not threads.answers_others(view):
            return None
        below, subject = threads.post_above(view), _quoted(told, threads)
        kind = MessageKind.COMMENT if below else MessageKind.MENTION
        return Found(view, kind, below or subject, subject, own)

    def _notified(self, since: datetime | None) -> Iterator[View]:
        cursor = ""
        for _number in range(MAX_PAGES):
            params: dict[str, str | list[str]] = {"limit": str(PAGE), "reasons": list(REASONS)}
            answer = self.client.read(NOTIFICATIONS, params | ({"cursor": cursor} if cursor else {}))
            page = list(map(fields, items(fields(answer).get("notifications"))))
            yield from (one for one in page if text(one, "reason") in REASONS)
            cursor = text(answer, "cursor")
            if not cursor or any(_older(one, since) for one in page):
                return

    def _own(self, since: datetime | None) -> Iterator[View]:
        """What the account wrote itself; nothing where nobody said anything."""
        if since is None:
            return
        session = self.client.session()
        author = {"did": session.did, "handle": session.handle}
        for stored in Reading(self.client, session.did, since).recent():
            yield _as_view(stored, author)


def _as_view(stored: Stored, author: Mapping[str, str]) -> View:
    return {
        "uri": str(stored.place),
        "author": author,
        "record": stored.value,
        "indexedAt": text(stored.value, "createdAt"),
    }


def _quoted(told: View, threads: Threads) -> str:
    """Our post that a notification says was quoted."""
    subject = text(told, "reasonSubject")
    return subject if text(told, "reason") == "quote" and threads.ours(subject) else ""


def _older(view: View, since: datetime | None) -> bool:
    at = spoken_at(view)
    return since is not None and at is not None and at < since


def _heard(chat: Chat, since: datetime | None) -> tuple[list[Message], WebError | None]:
    """The direct messages, or what kept us from them."""
    try:
        return list(chat.hear(since)), None
    except WebError as error:
        return [], error
