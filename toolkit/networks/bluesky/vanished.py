"""Which posts of others are not there any more. API: app.bsky.feed.getPosts and com.atproto.repo.getRecord.

The network does not show what is deleted, and neither what is blocked or not yet indexed. So a post that is missing
is asked for by itself, and only "there is no such record" counts. A direct message cannot be taken back from others.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from toolkit.networks.bluesky.client import Client
from toolkit.networks.bluesky.details import read_posts
from toolkit.networks.bluesky.record import Place, read_place
from toolkit.networks.bluesky.xrpc import RefusedError

GET: Final = "com.atproto.repo.getRecord"
LIMITED: Final = 429


def find_gone(client: Client, remote_ids: Iterable[str]) -> frozenset[str]:
    """Those that the network says are gone; raises `WebError` when it cannot be reached or asks for patience."""
    places = {remote_id: place for remote_id in remote_ids if (place := read_place(remote_id)) is not None}
    there = read_posts(client, places)
    return frozenset(one for one, place in places.items() if one not in there and _is_gone(client, place))


def _is_gone(client: Client, place: Place) -> bool:
    try:
        client.read(GET, place.params)
    except RefusedError as error:
        if error.reply.status == LIMITED:
            raise
        return error.name == "RecordNotFound"
    return False
