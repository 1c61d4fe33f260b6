"""The public counts of another account. API: app.bsky.actor.getProfile, app.bsky.feed.getAuthorFeed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from toolkit.networks.bluesky.client import Client
from toolkit.networks.jsonvalues import fields, items, moment, number, text
from toolkit.networks.watching import PublicAccount, PublicPost

PROFILE: Final = "app.bsky.actor.getProfile"
FEED: Final = "app.bsky.feed.getAuthorFeed"
PAGE: Final = "100"
MAX_PAGES: Final = 5
COUNTS: Final = ("likeCount", "replyCount", "repostCount", "quoteCount")


def watch(client: Client, name: str, since: datetime) -> PublicAccount:
    """The account with this handle or DID; its posts since then, in order of the feed. Raises `WebError`."""
    actor = name.lstrip("@")
    followers = number(client.read(PROFILE, {"actor": actor}), "followersCount")
    found: list[PublicPost] = []
    cursor, whole = "", False
    for _page in range(MAX_PAGES):
        params = {"actor": actor, "filter": "posts_and_author_threads", "limit": PAGE}
        feed = fields(client.read(FEED, params | ({"cursor": cursor} if cursor else {})))
        page = list(_own_posts(items(feed.get("feed"))))
        found += [post for post in page if post.at >= since]
        cursor = text(feed, "cursor")
        whole = not cursor or any(post.at < since for post in page)
        if whole:
            break
    return PublicAccount(followers, tuple(found), whole)


def _own_posts(entries: list[object]) -> Iterator[PublicPost]:
    for entry in entries:
        post, reason = fields(fields(entry).get("post")), fields(entry).get("reason")
        at = moment(text(post, "indexedAt"))
        if at is None or reason is not None:  # reposts and what is pinned; the pinned post comes in its place, too
            continue
        counted = sum(number(post, name) or 0.0 for name in COUNTS)
        yield PublicPost(at, counted, is_part="reply" in fields(post.get("record")))
