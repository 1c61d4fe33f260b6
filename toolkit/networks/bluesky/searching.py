"""What is said in public with a hashtag or certain words. Lexicon: app.bsky.feed.searchPosts; it needs a session."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from toolkit.model import Message, MessageKind
from toolkit.networks.base import Searched, Seeking
from toolkit.networks.bluesky.client import Client
from toolkit.networks.bluesky.messages import Found, View, apart, author_of, read_message, spoken_at
from toolkit.networks.jsonvalues import fields, items, text

SEARCH: Final = "app.bsky.feed.searchPosts"
PAGE: Final = 100
MAX_PAGES: Final = 3


def find_said(client: Client, what: Seeking, words: str, since: datetime, channel: str) -> Searched:
    """Others' posts since then, the newest first. Raises `WebError`."""
    begin = since.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    asked = {"q": _query(what, words), "sort": "latest", "since": begin, "limit": str(PAGE)}
    me = client.session().did
    found: dict[str, Message] = {}
    cursor = ""
    for _number in range(MAX_PAGES):
        answer = client.read(SEARCH, asked | ({"cursor": cursor} if cursor else {}))
        page = list(map(fields, items(fields(answer).get("posts"))))
        found |= {message.remote_id: message for message in _messages(page, since, channel, me)}
        cursor = text(answer, "cursor")
        if not cursor or not page:
            return Searched(tuple(found.values()))
    return Searched(tuple(found.values()), whole=False)


def _query(what: Seeking, words: str) -> str:
    """As people write it into the search; words in quotation marks stand together."""
    bare = words.replace('"', " ").strip()
    return f"#{bare.lstrip('#')}" if what is Seeking.HASHTAG else f'"{bare}"'


def _messages(page: list[View], since: datetime, channel: str, me: str) -> Iterator[Message]:
    for view in page:
        at = spoken_at(view)
        if author_of(view) == me or apart(view) or at is None or at < since:
            continue
        message = read_message(Found(view, MessageKind.MENTION), channel)
        if message is not None:
            yield message
