"""Reading back: is a status whose outcome is unknown on the server?

The account's own statuses are read from now back to two minutes before the first try, on the server's clock. One
match is FOUND, two are UNCLEAR. ABSENT needs proof: every page was read, or the pages went back far enough. Some
servers leave statuses that are not public out of the account's list; for these the home timeline is read as well.
Answers to others are looked for in `retracing`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from toolkit.messages import _
from toolkit.model import Presence, Sighting
from toolkit.networks.base import Intent
from toolkit.networks.jsonvalues import items, text
from toolkit.networks.mastodon.api import Api, RefusedError, Status, read_status
from toolkit.networks.matching import MARGIN, fingerprint, plain, skew, squeeze
from toolkit.values import dataclass
from toolkit.web import Reply

HOME: Final = "/api/v1/timelines/home"
PAGE: Final = 40
MAX_PAGES: Final = 25
# No server's default page is smaller; a shorter list that ignores paging is the whole list.
SMALLEST_PAGE: Final = 20
# What every server lists under the account.
LISTED: Final = frozenset({"", "public", "unlisted"})


def find_status(api: Api, account_id: str, intent: Intent, now: datetime) -> Sighting:
    """Look for the status of `intent`; raises what `Api.read` raises."""
    if intent.first_tried_at is None:
        return Sighting(Presence.UNCLEAR, reason=_("it is not known when it was first tried"))
    visibility = intent.content.fields.get("visibility", "")
    paths = [f"/api/v1/accounts/{account_id}/statuses"] + ([HOME] if visibility not in LISTED else [])
    readings = [Reading(api, path, account_id, intent.first_tried_at - MARGIN, now) for path in paths]
    recent = {status.id: status for reading in readings for status in reading.recent()}
    matches = [status for status in recent.values() if matches_part(api, status, intent)]
    if matches:
        return one_of(matches)
    if visibility == "direct":
        return Sighting(Presence.UNCLEAR, reason=_("not every server lists direct messages"))
    if not all(reading.complete for reading in readings):
        return Sighting(Presence.UNCLEAR, reason=_("the server did not show all statuses since the first try"))
    return Sighting(Presence.ABSENT)


def one_of(matches: list[Status]) -> Sighting:
    """One match is the status; of more, a person has to say which."""
    if len(matches) == 1:
        return Sighting(Presence.FOUND, matches[0].id, matches[0].url)
    urls = ", ".join(status.url for status in matches)
    return Sighting(Presence.UNCLEAR, reason=_("more than one status fits: {urls}").format(urls=urls))


@dataclass(slots=True)
class Reading:
    """A list of statuses, page by page, newest first; `complete` once all since `since` are proven to be read."""

    api: Api
    path: str
    account_id: str
    since: datetime
    now: datetime
    complete: bool = False

    def recent(self) -> Iterator[Status]:
        """The account's own statuses created since `since`."""
        seen: set[str] = set()
        last = ""
        for _number in range(MAX_PAGES):
            reply, page = self._page(last)
            since = self.since + skew(reply, self.now)
            fresh = [status for status in page if status.id not in seen]
            yield from (status for status in fresh if self.is_own(status) and not _older(status, since))
            seen.update(status.id for status in fresh)
            self.complete = _is_end(page, fresh, since)
            if self.complete or not fresh:
                return
            last = page[-1].id

    def _page(self, last: str) -> tuple[Reply, list[Status]]:
        params = {"limit": str(PAGE)} | ({"max_id": last} if last else {})
        reply = self.api.ask(self.path, params)
        if reply.status != 200:
            raise RefusedError(reply)
        found = reply.json()
        if not isinstance(found, list):
            raise RefusedError(reply)
        return reply, [status for status in map(read_status, items(found)) if status is not None]

    def is_own(self, status: Status) -> bool:
        return not status.is_boost and status.account_id == self.account_id


def _older(status: Status, since: datetime) -> bool:
    return status.created_at is not None and status.created_at < since


def _is_end(page: list[Status], fresh: list[Status], since: datetime) -> bool:
    """Whether nothing that matters can stand behind this page."""
    if not page or _older(page[-1], since):
        return True
    return not fresh and len(page) < SMALLEST_PAGE


def matches_part(api: Api, status: Status, intent: Intent) -> bool:
    """Whether `status` is the part of `intent`: its text, its media, its warning, its place in the thread."""
    part = intent.content
    if len(status.media_ids) != len(part.attachments) or status.is_reply != bool(intent.previous):
        return False
    if status.id == intent.previous:
        return False  # the part before may say the same
    if squeeze(status.warning) != squeeze(part.fields.get("content_warning", "")):
        return False
    sent = source_of(api, status)
    if sent is not None:
        return squeeze(sent) == squeeze(part.text)
    return fingerprint(plain(status.content)) == fingerprint(part.text)


def source_of(api: Api, status: Status) -> str | None:
    """The text of a status as it was written; None on servers that do not tell."""
    return status.text if status.text is not None else _source(api, status.id)


def _source(api: Api, status_id: str) -> str | None:
    try:
        return text(api.read(f"/api/v1/statuses/{status_id}/source"), "text")
    except RefusedError:
        return None
