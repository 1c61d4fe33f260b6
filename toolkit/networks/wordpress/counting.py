"""Counting: comments of posts, answers to comments, and views where a plugin shows them in the REST API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from toolkit.networks.jsonvalues import fields, items
from toolkit.networks.wordpress.api import PAGE, POSTS, Api, RefusedError, read_entry
from toolkit.networks.wordpress.lookup import COMMENT, COMMENTS

# Where plugins put a post's views when they show them at all: as a field of the post or of its meta.
VIEWS: Final = ("views", "post_views", "post_views_count")


def count_posts(api: Api, ids: list[str]) -> dict[str, Mapping[str, float]]:
    """Post id → its counts; a post that is gone or in the trash is left out."""
    found: dict[str, Mapping[str, float]] = {}
    for start in range(0, len(ids), PAGE):
        asked = ",".join(ids[start : start + PAGE])
        params = {"include": asked, "status": "any", "per_page": str(PAGE)}
        for post in items(api.read(POSTS, params)):
            identity = read_entry(post).id
            found[identity] = {"comments": _total(api, {"post": identity}), **dict(_views(post))}
    return found


def count_comments(api: Api, ids: list[str]) -> dict[str, Mapping[str, float]]:
    """Comment id → its counts; a comment that is gone is left out."""
    return {
        one: {"comments": _total(api, {"parent": one.removeprefix(COMMENT)})}
        for one in ids
        if api.ask(f"{COMMENTS}/{one.removeprefix(COMMENT)}").status == 200
    }


def _total(api: Api, params: Mapping[str, str]) -> float:
    """How many approved comments there are, as the list's header says."""
    reply = api.ask(COMMENTS, {**params, "per_page": "1", "_fields": "id"})
    total = reply.headers.get("x-wp-total", "")
    if reply.status != 200 or not total.isdecimal():
        raise RefusedError(reply)
    return float(total)


def _views(post: object) -> Iterator[tuple[str, float]]:
    for place in (fields(post), fields(fields(post).get("meta"))):
        for name in VIEWS:
            said = place.get(name)
            if isinstance(said, int | str) and str(said).isdecimal():
                yield "views", float(said)
                return
