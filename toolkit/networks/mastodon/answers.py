"""What an answer of the server means for a part. What is not listed is unknown, never a guess.

============================  =========  ====================================================================
answer                        outcome    why
============================  =========  ====================================================================
200, 201 with a status        accepted
400 401 403 404 405 410 413   refused    the server did nothing; its own words are the reason
415 422
429                           later      turned away before it was looked at; `Retry-After` in both forms
503 and every other           unknown    Mastodon also answers 503 when two requests with one key race, and
                                         500 when a key is replayed (mastodon/mastodon#40399): it may be out
no byte sent                  later
timeout, reset, garbage       unknown
============================  =========  ====================================================================
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from toolkit.messages import _
from toolkit.model import Answer, Outcome
from toolkit.networks.mastodon.api import REFUSALS, moment, read_status, said
from toolkit.web import BadReply, Reply

SOON: Final = timedelta(minutes=1)  # the server could not be reached
BUSY: Final = timedelta(minutes=5)  # the server asks for patience and does not say how much; Mastodon's own window
LONGEST: Final = timedelta(hours=24)


class NotBegunError(Exception):
    """Something before the publishing request failed, so nothing is out; `answer` says what becomes of the part."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        super().__init__(answer.reason)


def published(reply: Reply, now: datetime, visibility: str = "") -> Answer:
    """The answer to a request that publishes or edits a status; `visibility` is the one that was asked for."""
    if reply.status not in (200, 201):
        return declined(reply, now)
    try:
        status = read_status(reply.json())
    except BadReply as error:
        return Answer(Outcome.UNKNOWN, reason=str(error))
    if status is None:
        return Answer(Outcome.UNKNOWN, reason=f"{reply.status}: no status in the answer")
    reason = ""
    if visibility and status.visibility != visibility:
        message = _("the server made it {actual}, not {wanted}")
        reason = message.format(actual=status.visibility, wanted=visibility)
    return Answer(Outcome.ACCEPTED, status.id, status.url, reason)


def declined(reply: Reply, now: datetime) -> Answer:
    """The answer to a request that may have changed something and did not succeed."""
    if reply.status == 429:
        return Answer(Outcome.LATER, reason=said(reply), retry_at=retry_at(reply, now))
    return Answer(Outcome.REFUSED if reply.status in REFUSALS else Outcome.UNKNOWN, reason=said(reply))


def not_begun(reply: Reply, now: datetime) -> Answer:
    """The answer when a request *before* the publishing one failed: whatever it was, nothing is out."""
    if reply.status in REFUSALS:
        return Answer(Outcome.REFUSED, reason=said(reply))
    return Answer(Outcome.LATER, reason=said(reply), retry_at=retry_at(reply, now))


def unreachable(error: Exception, now: datetime) -> Answer:
    """The answer when nothing was sent."""
    return Answer(Outcome.LATER, reason=str(error), retry_at=now + SOON)


def retry_at(reply: Reply, now: datetime) -> datetime:
    """When to ask again: seconds or a date in `Retry-After`, else Mastodon's own header, else in five minutes."""
    header = reply.headers.get("retry-after", "").strip()
    named = now + timedelta(seconds=min(int(header), 10**6)) if header.isascii() and header.isdigit() else _date(header)
    named = named or moment(reply.headers.get("x-ratelimit-reset", "")) or now + BUSY
    return min(max(named, now + timedelta(seconds=1)), now + LONGEST)


def _date(written: str) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(written)
    except ValueError:
        return None
    return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
