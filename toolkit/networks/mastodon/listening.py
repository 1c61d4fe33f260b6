"""Hearing: answers below our statuses, and mentions.

Answers come from each status's context, mentions from the notifications, page by page back to `since`. What stands in
both is a comment. API: https://docs.joinmastodon.org/methods/statuses/#context and
https://docs.joinmastodon.org/methods/notifications/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from toolkit.model import Message, MessageKind
from toolkit.networks.jsonvalues import fields, items, moment, text
from toolkit.networks.mastodon.api import Api, RefusedError
from toolkit.networks.matching import plain

PAGE: Final = 40
MAX_PAGES: Final = 25
GONE: Final = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Ear:
    """What one account hears; `me` is its own id, whose statuses are no messages."""

    api: Api
    channel: str
    me: str

    def hear(self, since: datetime | None, remote_ids: Iterable[str]) -> Iterator[Message]:
        """Every message since then once, the oldest first; raises what `Api.read` raises."""
        found: dict[str, Message] = {}
        for message in (*self._comments(remote_ids), *self._mentions(since)):
            if since is None or message.at >= since:
                found.setdefault(message.remote_id, message)
        yield from sorted(found.values(), key=lambda message: (message.at, message.remote_id))

    def _comments(self, remote_ids: Iterable[str]) -> Iterator[Message]:
        for remote_id in dict.fromkeys(remote_ids):
            for status in self._descendants(remote_id):
                yield from self._message(status, MessageKind.COMMENT, remote_id)

    def _descendants(self, remote_id: str) -> list[object]:
        """All answers below a status and to each other; none where it is gone."""
        try:
            return items(fields(self.api.read(f"/api/v1/statuses/{remote_id}/context")).get("descendants"))
        except RefusedError as error:
            if error.reply.status in GONE:
                return []
            raise

    def _mentions(self, since: datetime | None) -> Iterator[Message]:
        seen: set[str] = set()
        last = ""
        for _number in range(MAX_PAGES):
            params = {"limit": str(PAGE)} | ({"max_id": last} if last else {})
            page = [fields(one) for one in items(self.api.read("/api/v1/notifications", params))]
            fresh = [one for one in page if text(one, "id") not in seen]
            for one in fresh:
                if text(one, "type") == "mention":
                    yield from self._message(one.get("status"), MessageKind.MENTION, "")
            seen.update(text(one, "id") for one in fresh)
            if not fresh or _older(page[-1], since):
                return
            last = text(page[-1], "id")

    def _message(self, status: object, kind: MessageKind, below: str) -> Iterator[Message]:
        """The message in a status; none for our own, for what has no id, and for what nobody dated."""
        raw = fields(status)
        at, author = moment(text(raw, "created_at")), fields(raw.get("account"))
        if not text(raw, "id") or at is None or text(author, "id") == self.me:
            return
        yield Message(
            remote_id=text(raw, "id"),
            channel=self.channel,
            kind=MessageKind.DIRECT if text(raw, "visibility") == "direct" else kind,
            author="@" + (text(author, "acct") or text(author, "username")),
            text=_said(raw),
            at=at,
            url=text(raw, "url") or text(raw, "uri"),
            answers=text(raw, "in_reply_to_id"),
            below=below,
            language=text(raw, "language"),
        )


def _said(raw: Mapping[str, object]) -> str:
    """The text without HTML; a content warning stands above it."""
    warning, content = text(raw, "spoiler_text").strip(), plain(text(raw, "content")).strip()
    return f"{warning}\n\n{content}" if warning else content


def _older(notification: Mapping[str, object], since: datetime | None) -> bool:
    at = moment(text(notification, "created_at"))
    return since is not None and at is not None and at < since
