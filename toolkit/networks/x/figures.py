"""What X counts of our posts, and who follows. Reposts and quotes are both shares.

Impressions and clicks of one's own posts are told for thirty days; after that X leaves such a post out, so it is asked
for once more without them.
API: https://docs.x.com/x-api/posts/lookup/introduction and https://docs.x.com/x-api/fundamentals/metrics
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from toolkit.networks.jsonvalues import fields, items, number, text
from toolkit.networks.x.api import Api

BATCH: Final = 100
PUBLIC: Final[Mapping[str, str]] = {
    "like_count": "likes",
    "reply_count": "comments",
    "bookmark_count": "saves",
    "impression_count": "impressions",
}
PRIVATE: Final[Mapping[str, str]] = {"url_link_clicks": "clicks"}
Counts = dict[str, Mapping[str, float]]


def post_counts(api: Api, ids: Sequence[str]) -> Counts:
    """The counts of each post; one that is gone is left out. Raises what `Api.read` raises."""
    found: Counts = {}
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        found |= _read(api, batch, "public_metrics,non_public_metrics")
        missing = [one for one in batch if one not in found]
        if missing:
            found |= _read(api, missing, "public_metrics")
    return found


def _read(api: Api, ids: Sequence[str], wanted: str) -> Counts:
    body = fields(api.read("/2/tweets", {"ids": ",".join(ids), "tweet.fields": wanted}))
    return {text(post, "id"): _counted(fields(post)) for post in items(body.get("data"))}


def _counted(post: Mapping[str, object]) -> dict[str, float]:
    public, private = post.get("public_metrics"), post.get("non_public_metrics")
    counted = {metric: number(public, name) for name, metric in PUBLIC.items()}
    counted |= {metric: number(private, name) for name, metric in PRIVATE.items()}
    shares = [count for count in (number(public, "retweet_count"), number(public, "quote_count")) if count is not None]
    if shares:
        counted["shares"] = sum(shares)
    return {metric: value for metric, value in counted.items() if value is not None}


def followers(me: object) -> Mapping[str, float]:
    """Followers, of a user with ``public_metrics``."""
    count = number(fields(me).get("public_metrics"), "followers_count")
    return {} if count is None else {"followers": count}
