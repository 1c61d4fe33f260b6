"""What people say to us: replies, mentions and quotes, as messages.

Notifications miss a reply that is written right after its post, so the threads of our posts are read as well; what
stands in both is one message. A message's time is the network's: when it saw it, or what the author claims if earlier.
API: app.bsky.notification.listNotifications and app.bsky.feed.getPostThread
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from toolkit.model import Message, MessageKind
from toolkit.networks.bluesky.client import Client
from toolkit.networks.bluesky.record import read_place, web_url
from toolkit.networks.bluesky.xrpc import RefusedError
from toolkit.networks.jsonvalues import fields, items, moment, text

NOTIFICATIONS: Final = "app.bsky.notification.listNotifications"
THREAD: Final = "app.bsky.feed.getPostThread"
KINDS: Final[Mapping[str, MessageKind]] = {
    "reply": MessageKind.COMMENT,
    "mention": MessageKind.MENTION,
    "quote": MessageKind.MENTION,
}
PAGE: Final = 100
MAX_PAGES: Final = 50
DEPTH: Final = 100  # of answers below answers
GONE: Final = frozenset({"NotFound", "RecordNotFound"})


@dataclass(frozen=True, slots=True)
class Listener:
    """Hears for one account. Raises `WebError`."""

    client: Client
    channel: str

    def listen(self, since: datetime | None, remote_ids: Iterable[str]) -> Iterator[Message]:
        """Replies, mentions and quotes since then, the oldest first; of one post only once."""
        heard: dict[str, Message] = {}
        for remote_id in remote_ids:
            heard |= {message.remote_id: message for message in self._below(remote_id)}
        for message in self._notified(since):
            heard.setdefault(message.remote_id, message)
        recent = (message for message in heard.values() if since is None or message.at >= since)
        yield from sorted(recent, key=lambda message: (message.at, message.remote_id))

    def _notified(self, since: datetime | None) -> Iterator[Message]:
        cursor = ""
        for _number in range(MAX_PAGES):
            answer = self.client.read(NOTIFICATIONS, {"limit": str(PAGE)} | ({"cursor": cursor} if cursor else {}))
            page = items(fields(answer).get("notifications"))
            yield from (message for message in map(self._notification, page) if message is not None)
            cursor = text(answer, "cursor")
            oldest = min((at for at in map(_at, page) if at is not None), default=None)
            if not cursor or (since is not None and oldest is not None and oldest < since):
                return

    def _notification(self, value: object) -> Message | None:
        kind = KINDS.get(text(value, "reason"))
        return self._message(value, kind, text(value, "reasonSubject")) if kind else None

    def _below(self, remote_id: str) -> Iterator[Message]:
        try:
            answer = self.client.read(THREAD, {"uri": remote_id, "depth": str(DEPTH), "parentHeight": "0"})
        except RefusedError as error:
            if error.name in GONE:
                return
            raise
        left = items(fields(fields(answer).get("thread")).get("replies"))
        while left:
            branch = fields(left.pop())
            left += items(branch.get("replies"))
            message = self._message(branch.get("post"), MessageKind.COMMENT, remote_id)
            if message is not None:
                yield message

    def _message(self, value: object, kind: MessageKind, subject: str) -> Message | None:
        """The message in a notification or a post; None for our own words and for what cannot be read."""
        post = fields(value)
        author, record, at = fields(post.get("author")), fields(post.get("record")), _at(value)
        place = read_place(text(post, "uri"))
        did = self.client.session().did
        if place is None or at is None or text(author, "did") == did:
            return None
        reply = fields(record.get("reply"))
        languages = [language for language in items(record.get("langs")) if isinstance(language, str)]
        return Message(
            remote_id=str(place),
            channel=self.channel,
            kind=kind,
            author=text(author, "handle") or place.repo,
            text=text(record, "text"),
            at=at,
            url=web_url(text(author, "handle"), place),
            answers=text(reply.get("parent"), "uri") or subject,
            below=_ours(did, subject, text(reply.get("root"), "uri"), text(reply.get("parent"), "uri")),
            language=languages[0] if languages else "",
        )


def _ours(did: str, *uris: str) -> str:
    """The first of `uris` that is a post of ours."""
    return next((uri for uri in uris if uri.startswith(f"at://{did}/")), "")


def _at(value: object) -> datetime | None:
    return moment(text(value, "indexedAt"))
