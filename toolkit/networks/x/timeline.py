"""The account's own timeline: is a post whose outcome is unknown on X?

The account's posts are read from now back to two minutes before the first try, on X's clock. One match is FOUND, two
are UNCLEAR. ABSENT needs proof: X gave every page of that time. Plans that may not read are UNCLEAR.
API: https://docs.x.com/x-api/posts/timelines/introduction
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from toolkit.messages import _
from toolkit.model import Presence, Sighting
from toolkit.networks.base import Intent
from toolkit.networks.jsonvalues import fields, items, moment, number, text
from toolkit.networks.matching import resembles, same_text, skew
from toolkit.networks.x.api import Api, RefusedError
from toolkit.values import dataclass

FIELDS: Final = "created_at,referenced_tweets,entities,attachments,note_tweet"
MAX_PAGES: Final = 32  # of a hundred; X shows no more than 3,200 posts
# X is asked for this much more, in case its clock is behind ours.
SPARE: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Post:
    """What a post says about itself; `shown` has full addresses instead of X's short ones."""

    id: str
    shown: str
    created_at: datetime | None
    answers: str  # id of the post it replies to, "" for none
    media: int


@dataclass(frozen=True, slots=True)
class Person:
    """Whose timeline it is."""

    id: str
    username: str

    def address(self, post: str) -> str:
        """Where people see a post of theirs."""
        return f"https://x.com/{self.username or 'i'}/status/{post}"


def find_post(api: Api, person: Person, intent: Intent, since: datetime, now: datetime) -> Sighting:
    """Look for the part of `intent` among the posts since then; raises what `Api.read` raises."""
    posts = [post for post in _read(api, person, since, now) if post.id != intent.above]
    matches = [post for post in posts if _matches(post, intent)]
    if len(matches) == 1:
        return Sighting(Presence.FOUND, matches[0].id, person.address(matches[0].id))
    doubtful = matches or [post for post in posts if _is_like(post, intent)]
    if doubtful:
        urls = ", ".join(person.address(post.id) for post in doubtful)
        message = _("more than one post fits: {urls}") if matches else _("a post is like it, but not the same: {urls}")
        return Sighting(Presence.UNCLEAR, reason=message.format(urls=urls))
    return Sighting(Presence.ABSENT)


def _read(api: Api, person: Person, since: datetime, now: datetime) -> Iterator[Post]:
    """All posts since then; raises `RefusedError` when X does not show every page of them."""
    token = ""
    for _page in range(MAX_PAGES):
        params = {
            "max_results": "100",
            "start_time": f"{since - SPARE:%Y-%m-%dT%H:%M:%SZ}",
            "exclude": "retweets",
            "tweet.fields": FIELDS,
        }
        reply = api.ask(f"/2/users/{person.id}/tweets", params | ({"pagination_token": token} if token else {}))
        if reply.status != 200:
            raise RefusedError(reply, api.said(reply))
        body = fields(reply.json())
        ahead = skew(reply, now)
        if number(body.get("meta"), "result_count") is None or ahead < -SPARE:
            raise RefusedError(reply, _("X did not show all posts since the first try"))
        found = [read_post(value) for value in items(body.get("data"))]
        yield from (post for post in found if post.created_at is None or post.created_at >= since + ahead)
        token = text(body.get("meta"), "next_token")
        if not token:
            return
    raise RefusedError(reply, _("X did not show all posts since the first try"))


def read_post(value: object) -> Post:
    """The post in a JSON value."""
    raw = fields(value)
    replied = [text(one, "id") for one in items(raw.get("referenced_tweets")) if text(one, "type") == "replied_to"]
    return Post(
        id=text(raw, "id"),
        shown=shown(raw),
        created_at=moment(text(raw, "created_at")),
        answers=replied[0] if replied else "",
        media=len(items(fields(raw.get("attachments")).get("media_keys"))),
    )


def shown(raw: object) -> str:
    """The text with its addresses as they were written, and without the ones that X adds for media."""
    long = fields(fields(raw).get("note_tweet"))
    written = text(long, "text") or text(raw, "text")
    entities = fields(long.get("entities") if long else fields(raw).get("entities"))
    for entity in items(entities.get("urls")):
        short = text(entity, "url")
        if short:
            full = "" if text(entity, "media_key") else text(entity, "expanded_url") or short
            written = written.replace(short, full)
    return html.unescape(written).strip()


def _matches(post: Post, intent: Intent) -> bool:
    part = intent.content
    in_place = post.answers == intent.above and post.media == len(part.attachments)
    return in_place and same_text(post.shown, part.text)


def _is_like(post: Post, intent: Intent) -> bool:
    return post.answers == intent.above and resembles(post.shown, intent.content.text)
