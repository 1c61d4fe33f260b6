"""Is a record whose outcome is unknown there? Its key is looked up on the account's own server, which cannot be behind.

Where the key was not noted (other machine, lost notes), the account's own posts are read since the first try: a key
of ours is recognised by its signature. Only a list that was read far enough back proves that a record is absent.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from toolkit.messages import _
from toolkit.model import Presence, Sighting
from toolkit.networks.base import Intent
from toolkit.networks.bluesky.client import Client
from toolkit.networks.bluesky.preparing import GET, post_place
from toolkit.networks.bluesky.record import POST, Place, read_place, web_url
from toolkit.networks.bluesky.tids import is_ours, is_tid, moment_of
from toolkit.networks.bluesky.xrpc import RefusedError
from toolkit.networks.jsonvalues import fields, items, text
from toolkit.networks.matching import MARGIN, squeeze
from toolkit.values import dataclass

LIST: Final = "com.atproto.repo.listRecords"
PAGE: Final = 100
MAX_PAGES: Final = 50


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as its server holds it."""

    place: Place
    cid: str
    value: dict[str, object]


def read_stored(client: Client, place: Place) -> Stored | None:
    """The record at `place`; None when it is proven not to be there. Raises `WebError`."""
    try:
        found = client.read(GET, place.params)
    except RefusedError as error:
        if error.name == "RecordNotFound":
            return None
        raise
    return Stored(place, text(found, "cid"), dict(fields(fields(found).get("value"))))


def find_post(client: Client, intent: Intent, rkey: str) -> Sighting:
    """Look for the record of `intent`, noted under `rkey` or not; raises `WebError`."""
    session = client.session()
    if rkey and read_stored(client, post_place(session.did, rkey)) is not None:
        return _found(session.handle, post_place(session.did, rkey))
    if intent.first_tried_at is None:
        return Sighting(Presence.UNCLEAR, reason=_("it is not known when it was first tried"))
    reading = Reading(client, session.did, intent.first_tried_at - MARGIN)
    ours = [stored for stored in reading.recent() if is_ours(stored.place.rkey, intent.key)]
    if len(ours) == 1 and squeeze(text(ours[0].value, "text")) == squeeze(intent.content.text):
        return _found(session.handle, ours[0].place)
    if ours:
        urls = ", ".join(web_url(session.handle, stored.place) for stored in ours)
        return Sighting(
            Presence.UNCLEAR, reason=_("more than one post fits, or another text: {urls}").format(urls=urls)
        )
    if not reading.complete:
        return Sighting(Presence.UNCLEAR, reason=_("the server did not show all posts since the first try"))
    return Sighting(Presence.ABSENT)


def _found(handle: str, place: Place) -> Sighting:
    return Sighting(Presence.FOUND, str(place), web_url(handle, place))


@dataclass(slots=True)
class Reading:
    """The account's own posts by key, the newest first; `complete` once all since `since` were read."""

    client: Client
    did: str
    since: datetime
    complete: bool = False

    def recent(self) -> Iterator[Stored]:
        """Page by page, to the one that reaches back to `since`."""
        cursor = ""
        for _number in range(MAX_PAGES):
            params = {"repo": self.did, "collection": POST, "limit": str(PAGE)} | ({"cursor": cursor} if cursor else {})
            answer = self.client.read(LIST, params)
            page = [stored for stored in map(_read_listed, items(fields(answer).get("records"))) if stored]
            yield from page
            cursor = text(answer, "cursor")
            self.complete = not cursor or any(self._before(stored.place.rkey) for stored in page)
            if self.complete:
                return

    def _before(self, rkey: str) -> bool:
        return is_tid(rkey) and moment_of(rkey) < self.since


def _read_listed(value: object) -> Stored | None:
    place = read_place(text(value, "uri"))
    return Stored(place, text(value, "cid"), dict(fields(fields(value).get("value")))) if place else None
