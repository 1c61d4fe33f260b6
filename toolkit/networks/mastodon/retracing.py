"""Reading back an answer whose outcome is unknown: it stands below what it answers, and among the account's own statuses.

What stands below a status shows answers that the account's list leaves out, because they are not public. An answer
is recognised by what it answers and by its text; names that were put in front do not count, and neither does the
content warning, which is the other's. ABSENT needs both: nothing below, and a list that was read far enough back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from toolkit.messages import _
from toolkit.model import Presence, Sighting
from toolkit.networks.base import Intent
from toolkit.networks.jsonvalues import fields, items
from toolkit.networks.mastodon.answering import answered, names_in, without_names
from toolkit.networks.mastodon.api import Api, RefusedError, Status, read_status
from toolkit.networks.mastodon.lookup import Reading, one_of, source_of
from toolkit.networks.mastodon.threads import GONE, LARGEST
from toolkit.networks.matching import MARGIN, fingerprint, plain, skew, squeeze
from toolkit.values import dataclass


def find_answer(api: Api, account_id: str, intent: Intent, now: datetime) -> Sighting:
    """Look for the answer of `intent`; raises what `Api.read` raises."""
    if intent.first_tried_at is None:
        return Sighting(Presence.UNCLEAR, reason=_("it is not known when it was first tried"))
    since = intent.first_tried_at - MARGIN
    below = _Below(api, account_id, answered(intent), since, now)
    reading = Reading(api, f"/api/v1/accounts/{account_id}/statuses", account_id, since, now)
    recent = {status.id: status for status in (*below.recent(), *reading.recent())}
    matches = [status for status in recent.values() if _matches(api, status, intent, gone=below.gone)]
    if matches:
        return one_of(matches)
    if below.gone and intent.answers is not None and intent.answers.private:
        return Sighting(Presence.UNCLEAR, reason=_("not every server lists direct messages"))
    if not reading.complete:
        return Sighting(Presence.UNCLEAR, reason=_("the server did not show all statuses since the first try"))
    return Sighting(Presence.ABSENT)


@dataclass(slots=True)
class _Below:
    """What the account wrote below a status; `gone` once the server says that there is none."""

    api: Api
    account_id: str
    status_id: str
    since: datetime
    now: datetime
    gone: bool = False

    def recent(self) -> Iterator[Status]:
        reply = self.api.ask(f"/api/v1/statuses/{self.status_id}/context", most=LARGEST)
        self.gone = reply.status in GONE
        if self.gone:
            return
        if reply.status != 200:
            raise RefusedError(reply)
        since = self.since + skew(reply, self.now)
        for status in map(read_status, items(fields(reply.json()).get("descendants"))):
            if status is not None and status.account_id == self.account_id and not _older(status, since):
                yield status


def _older(status: Status, since: datetime) -> bool:
    return status.created_at is not None and status.created_at < since


def _matches(api: Api, status: Status, intent: Intent, *, gone: bool) -> bool:
    """Whether `status` is the answer; once the other's status is gone, servers forget what it answered."""
    if len(status.media_ids) != len(intent.content.attachments):
        return False
    if status.answers != answered(intent) and not (gone and not status.answers and _names_author(status, intent)):
        return False
    wanted, sent = without_names(intent.content.text), source_of(api, status)
    if sent is not None:
        return squeeze(without_names(sent)) == squeeze(wanted)
    return fingerprint(without_names(plain(status.content))) == fingerprint(wanted)


def _names_author(status: Status, intent: Intent) -> bool:
    author = intent.answers.author if intent.answers is not None else ""
    named = {name.partition("@")[0] for name in names_in(status.text or plain(status.content), "")}
    return author.lstrip("@").partition("@")[0].casefold() in named
