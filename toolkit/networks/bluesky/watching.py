"""The public counts of another account. API: app.bsky.actor.getProfile, app.bsky.feed.getAuthorFeed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from toolkit.networks.bluesky.client import Client
from toolkit.networks.jsonvalues import fields, items, moment, number, text
from toolkit.networks.watching import PublicAccount, PublicPost

PROFILE: Final = "app.bsky.actor.getProfile"
FEED: Final = "app.bsky.feed.getAuthorFeed"
PAGE: Final = "100"
MAX_PAGES: Final = 5
EMBEDS: Final = {"app.bsky.embed.images": "photo", "app.bsky.embed.video": "video", "app.bsky.embed.external": "link"}
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
        part, url = "reply" in fields(post.get("record")), _address(post)
        yield PublicPost(at, counted, is_part=part, url=url, format=_format(fields(post.get("embed"))))


def _address(post: Mapping[str, object]) -> str:
    """Where everybody can look at it; by the account's DID, so that it holds when the handle changes."""
    repo, _slash, key = text(post, "uri").removeprefix("at://").partition("/app.bsky.feed.post/")
    return f"https://bsky.app/profile/{repo}/post/{key}" if key else ""


def _format(embed: Mapping[str, object]) -> str:
    """By what is embedded; a quoted post alone is a text."""
    kind = text(embed, "$type")
    if kind.startswith("app.bsky.embed.recordWithMedia"):
        kind = text(embed.get("media"), "$type")
    return next((name for prefix, name in EMBEDS.items() if kind.startswith(prefix)), "text")
