"""What is asked about messages once they are heard, many at a time: their pictures, and who follows their authors.

API: app.bsky.feed.getPosts and app.bsky.actor.getProfiles
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from toolkit.model import Message
from toolkit.networks.bluesky.client import Client
from toolkit.networks.bluesky.counted import AT_MOST, POSTS
from toolkit.networks.bluesky.messages import View, uri_of
from toolkit.networks.bluesky.syntax import is_did
from toolkit.networks.bluesky.xrpc import RefusedError
from toolkit.networks.jsonvalues import fields, items, number, text

PROFILES: Final = "app.bsky.actor.getProfiles"


def read_posts(client: Client, uris: Iterable[str]) -> dict[str, View]:
    """Where a post lies → the post as the network shows it; one that it does not show is left out."""
    found = [post for group in _groups(uris) for post in _listed(client, POSTS, "uris", group)]
    return {uri_of(view): view for view in map(fields, found)}


def with_media(client: Client, views: Iterable[View]) -> list[View]:
    """The views, those from notifications with the addresses of what is embedded."""
    told = list(views)
    bare = [uri_of(view) for view in told if "embed" not in view and fields(fields(view.get("record")).get("embed"))]
    shown = read_posts(client, bare)
    return [{**view, "embed": shown.get(uri_of(view), {}).get("embed", view.get("embed"))} for view in told]


def with_reach(client: Client, messages: Iterable[Message]) -> list[Message]:
    """The messages of others with the number of people who follow them, where the network tells it."""
    told = list(messages)
    authors = (message.author_id for message in told if not message.own and is_did(message.author_id))
    profiles = (one for group in _groups(authors) for one in _listed(client, PROFILES, "actors", group))
    reach = {text(one, "did"): number(one, "followersCount") for one in profiles}
    return [replace(message, reach=_whole(reach.get(message.author_id))) for message in told]


def _groups(names: Iterable[str]) -> list[list[str]]:
    every = list(dict.fromkeys(names))
    return [every[start : start + AT_MOST] for start in range(0, len(every), AT_MOST)]


def _listed(client: Client, nsid: str, name: str, group: list[str]) -> list[object]:
    """The posts or profiles; none where the server does not tell, since a message is heard without them."""
    try:
        answer = fields(client.read(nsid, {name: group}))
    except RefusedError:
        return []
    return items(answer.get("posts")) or items(answer.get("profiles"))


def _whole(told: float | None) -> int | None:
    return None if told is None or not told.is_integer() else int(told)
