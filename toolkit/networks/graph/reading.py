"""Lists of a Graph API page by page, and one's own posts matched with what an intent wanted to publish.

Pages are followed by their cursor, never by the address in ``paging.next``: that one carries the token. A list is
complete when there is no further page, or when everything on a page is older than what is looked for (one old post
alone proves nothing: pinned posts stand first).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import datetime
from typing import Final

from toolkit.messages import _
from toolkit.model import Presence, Sighting
from toolkit.networks.base import Intent
from toolkit.networks.graph.api import Api
from toolkit.networks.jsonvalues import fields, items, text
from toolkit.networks.matching import MARGIN, fingerprint, skew, squeeze
from toolkit.values import dataclass
from toolkit.web import Reply

PAGE: Final = 50
MAX_PAGES: Final = 25


@dataclass(frozen=True, slots=True)
class Own:
    """One of the account's own posts or comments, as it was read back."""

    id: str
    url: str
    text: str
    at: datetime | None
    media: int = 0
    answers: str = ""  # remote id of what it answers


@dataclass(frozen=True, slots=True)
class Edge:
    """A list of the API: its path, its fields, and how an entry is read; `read` gives None for what is not ours.

    `params`: what else the list is asked. One that does not begin with the newest is proven read at its end only.
    """

    path: str
    fields: str
    read: Callable[[object], Own | None]
    params: Mapping[str, str] = field(default_factory=dict)
    newest_first: bool = True


@dataclass(slots=True)
class Reading:
    """The entries of an edge since a moment; `complete` once all of them are proven to be read."""

    api: Api
    edge: Edge
    since: datetime
    now: datetime
    complete: bool = False

    def recent(self) -> Iterator[Own]:
        """Our own entries that are not older; raises what `Api.read` raises."""
        after = ""
        for _number in range(MAX_PAGES):
            reply, page = self._page(after)
            since = self.since + skew(reply, self.now)
            found = [own for own in map(self.edge.read, items(page.get("data"))) if own is not None]
            yield from (own for own in found if own.at is None or own.at >= since)
            after = next_page(page)
            older = self.edge.newest_first and bool(found) and all(own.at and own.at < since for own in found)
            self.complete = not after or older
            if self.complete:
                return

    def _page(self, after: str) -> tuple[Reply, dict[str, object]]:
        params = {"fields": self.edge.fields, "limit": str(PAGE), **self.edge.params}
        reply = self.api.sound(self.api.ask(self.edge.path, params | ({"after": after} if after else {})))
        return reply, dict(fields(reply.json()))


def next_page(page: object) -> str:
    """The cursor of the page behind this one, "" when it is the last."""
    paging = fields(fields(page).get("paging"))
    return text(paging.get("cursors"), "after") if paging.get("next") else ""


def entries(api: Api, path: str, wanted: str, **params: str) -> Iterator[object]:
    """Every entry of a list, as far as `MAX_PAGES` reach; raises what `Api.read` raises."""
    for page in pages(api, path, {"fields": wanted, **params}):
        yield from page


def pages(api: Api, path: str, asked: Mapping[str, str], most: int = MAX_PAGES) -> Iterator[list[object]]:
    """The same page by page, `most` of them; `asked` are the fields and what else the list is asked."""
    after = ""
    for _number in range(most):
        cursor = {"after": after} if after else {}
        page = api.read(path, limit=str(PAGE), **asked, **cursor)
        yield items(fields(page).get("data"))
        after = next_page(page)
        if not after:
            return


def find_own(api: Api, edge: Edge, intent: Intent, now: datetime) -> Sighting:
    """Look for what `intent` wanted to publish; raises what `Api.read` raises."""
    if intent.first_tried_at is None:
        return Sighting(Presence.UNCLEAR, reason=_("it is not known when it was first tried"))
    reading = Reading(api, edge, intent.first_tried_at - MARGIN, now)
    fitting = list({own.id: own for own in reading.recent() if matches(own, intent)}.values())
    same = [own for own in fitting if squeeze(own.text) == squeeze(intent.content.text)]
    if len(same) == 1 or len(fitting) == 1:
        own = (same or fitting)[0]
        return Sighting(Presence.FOUND, own.id, own.url)
    if fitting:
        found = ", ".join(own.url or own.id for own in fitting)
        return Sighting(Presence.UNCLEAR, reason=_("more than one post fits: {found}").format(found=found))
    if not reading.complete:
        return Sighting(Presence.UNCLEAR, reason=_("the network did not show all posts since the first try"))
    return Sighting(Presence.ABSENT)


def matches(own: Own, intent: Intent) -> bool:
    """Whether it says what the part says, with as many media, in the same place of a thread."""
    part = intent.content
    if own.id == intent.above or own.media != len(part.attachments) or own.answers != intent.above:
        return False
    return fingerprint(own.text) == fingerprint(part.text)
