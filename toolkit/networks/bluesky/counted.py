"""What happened to our posts, in numbers. API: app.bsky.feed.getPosts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from toolkit.networks.bluesky.client import Client
from toolkit.networks.bluesky.record import read_place
from toolkit.networks.jsonvalues import fields, items, number, text

POSTS: Final = "app.bsky.feed.getPosts"
AT_MOST: Final = 25  # posts in one request
# A quote shares a post as much as a repost does.
METRICS: Final[Mapping[str, tuple[str, ...]]] = {
    "likes": ("likeCount",),
    "shares": ("repostCount", "quoteCount"),
    "comments": ("replyCount",),
    "saves": ("bookmarkCount",),
}


def read_counts(client: Client, remote_ids: Iterable[str]) -> dict[str, Mapping[str, float]]:
    """Remote id → metric → value; posts that are gone and metrics that are not told are left out.

    A thread's next part, when it is among `remote_ids`, is no comment on the part before.
    """
    wanted = [remote_id for remote_id in remote_ids if read_place(remote_id) is not None]
    posts = [
        post for start in range(0, len(wanted), AT_MOST) for post in _posts(client, wanted[start : start + AT_MOST])
    ]
    found = {text(post, "uri"): dict(_metrics(post)) for post in posts}
    for parent in map(_parent, posts):
        if found.get(parent, {}).get("comments"):
            found[parent]["comments"] -= 1
    return dict(found)


def _parent(post: object) -> str:
    reply = fields(fields(fields(post).get("record")).get("reply"))
    return text(reply.get("parent"), "uri")


def _posts(client: Client, uris: list[str]) -> list[object]:
    return items(fields(client.read(POSTS, {"uris": uris})).get("posts"))


def _metrics(post: object) -> Iterable[tuple[str, float]]:
    for metric, names in METRICS.items():
        values = [number(post, name) for name in names]
        told = [value for value in values if value is not None]
        if told and values[0] is not None:
            yield metric, sum(told)
