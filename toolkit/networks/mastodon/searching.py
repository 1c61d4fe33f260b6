"""What is said in public with a hashtag: the API is at https://docs.joinmastodon.org/methods/timelines/#tag.

Words are not looked for: a server finds them only with an index that few have, and only in posts of people who agreed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from urllib.parse import quote

from toolkit.model import Message, MessageKind
from toolkit.networks.base import Searched
from toolkit.networks.jsonvalues import fields, items, text
from toolkit.networks.mastodon.api import Api
from toolkit.networks.mastodon.messages import Found, Raw, author_id, hidden, older, read_message

PAGE: Final = 40
MAX_PAGES: Final = 5  # 200 posts between two questions; a busier hashtag is counted in parts


def find_tagged(api: Api, tag: str, since: datetime, channel: str, me: str) -> Searched:
    """Others' posts with the hashtag since then, the newest first. Raises what `Api.read` raises."""
    found: dict[str, Message] = {}
    whole = False
    last = ""
    for _number in range(MAX_PAGES):
        params = {"limit": str(PAGE)} | ({"max_id": last} if last else {})
        page = [fields(one) for one in items(api.read(f"/api/v1/timelines/tag/{quote(tag, safe='')}", params))]
        found |= {message.remote_id: message for message in _messages(page, since, channel, me)}
        whole = not page or older({"created_at": page[-1].get("created_at")}, since) or text(page[-1], "id") == last
        if whole:
            break
        last = text(page[-1], "id")
    return Searched(tuple(found.values()), whole)


def _messages(page: list[Raw], since: datetime, channel: str, me: str) -> Iterator[Message]:
    for status in page:
        # When it was written counts: what is changed later was counted then.
        if author_id(status) == me or hidden(status) or older({"created_at": status.get("created_at")}, since):
            continue
        message = read_message(Found(status, MessageKind.MENTION), channel, me)
        if message is not None and not message.private:
            yield message
