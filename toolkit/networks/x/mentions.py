"""What others write to the account: replies to its posts, which mention it by themselves, and other mentions.

API: https://docs.x.com/x-api/users/get-mentions
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from toolkit.model import Message, MessageKind
from toolkit.networks.jsonvalues import fields, items, text
from toolkit.networks.x.api import Api
from toolkit.networks.x.timeline import Person, read_post

MAX_PAGES: Final = 8  # of a hundred; X shows no more than 800 mentions
FIELDS: Final = "created_at,author_id,conversation_id,referenced_tweets,entities,note_tweet,lang"


def hear(api: Api, channel: str, me: Person, since: datetime | None, ours: frozenset[str]) -> list[Message]:
    """Mentions since then, the oldest first; raises what `Api.read` raises."""
    found = [message for raw, names in _read(api, me, since) for message in _message(raw, names, channel, me, ours)]
    return sorted(found, key=lambda message: message.at)


def _read(api: Api, me: Person, since: datetime | None) -> Iterator[tuple[object, Mapping[str, str]]]:
    """Each mention, with the names of those who wrote."""
    params = {"max_results": "100", "tweet.fields": FIELDS, "expansions": "author_id", "user.fields": "username"}
    if since is not None:
        params["start_time"] = f"{since:%Y-%m-%dT%H:%M:%SZ}"
    for _page in range(MAX_PAGES):
        body = fields(api.read(f"/2/users/{me.id}/mentions", params))
        users = items(fields(body.get("includes")).get("users"))
        names = {text(user, "id"): text(user, "username") for user in users}
        yield from ((raw, names) for raw in items(body.get("data")))
        token = text(body.get("meta"), "next_token")
        if not token:
            return
        params["pagination_token"] = token


def _message(
    raw: object, names: Mapping[str, str], channel: str, me: Person, ours: frozenset[str]
) -> Iterator[Message]:
    """The message in a JSON value; none for our own words and for what has no time."""
    post, author = read_post(raw), text(raw, "author_id")
    if post.created_at is None or not post.id or author == me.id:
        return
    below = next((one for one in (post.answers, text(raw, "conversation_id")) if one in ours), "")
    name = names.get(author, "")
    yield Message(
        remote_id=post.id,
        channel=channel,
        kind=MessageKind.COMMENT if below else MessageKind.MENTION,
        author=f"@{name}" if name else author,
        text=post.shown,
        at=post.created_at,
        url=Person(author, name).address(post.id),
        answers=post.answers,
        below=below,
        language=text(raw, "lang"),
    )
