"""What the answers of most servers mean for a part. What is not listed is unknown, never a guess.

============================  =========  ====================================================================
answer                        outcome    why
============================  =========  ====================================================================
400 403 404 405 410 413 415   refused    the server did nothing; its own words are the reason
422
401                           later      for the whole account, until somebody has signed in: `locked_out`
429                           later      turned away before it was looked at; `Retry-After` in both forms
503 and every other           unknown    it may be out
no byte sent                  later
timeout, reset, garbage       unknown
============================  =========  ====================================================================

Before the publishing request (`not_begun`) nothing can be out, so whatever is no refusal is asked again later.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from toolkit.errors import NetworkError
from toolkit.messages import _
from toolkit.model import Answer, Outcome, Presence, Sighting
from toolkit.networks.jsonvalues import moment, text
from toolkit.web import BadReply, NotSent, Reply, WebError

# Statuses of HTTP with which a server says that it did nothing and will do nothing.
REFUSALS: Final = frozenset({400, 401, 403, 404, 405, 410, 413, 415, 422})
UNAUTHORIZED: Final = 401  # RFC 9110, 15.5.2: it lacks valid credentials, whatever was asked for
# Between two looks whether somebody has signed in. `leitstand login` ends the wait at once.
SIGN_IN: Final = timedelta(minutes=15)
SOON: Final = timedelta(minutes=1)  # the server could not be reached
BUSY: Final = timedelta(minutes=5)  # the server asks for patience and does not say how much
LONGEST: Final = timedelta(hours=24)


class NotBegunError(Exception):
    """Something before the publishing request failed, so nothing is out; `answer` says what becomes of the part."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        super().__init__(answer.reason)


class NotToldError(NetworkError):
    """A question about counts had no answer; `answer` says whether and when to ask again."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        super().__init__(answer.reason)


def refused(reason: str) -> NotBegunError:
    """What ends a sending before anything is out, and for good."""
    return NotBegunError(Answer(Outcome.REFUSED, reason=reason))


def locked_out(words: str, now: datetime) -> Answer:
    """The answer when the network does not take the account's identity, or gives it no right to publish at all.

    No post is to blame, so the whole account waits. `words` are the network's; the remedy depends on where the token is
    kept and is added by the dispatcher.
    """
    return Answer(Outcome.LATER, reason=words, retry_at=now + SIGN_IN, whole_account=True, locked_out=True)


def no_entry(words: str, now: datetime) -> NotBegunError:
    """The same, found out before the publishing request."""
    return NotBegunError(locked_out(words, now))


def too_slow(now: datetime) -> NotBegunError:
    """What ends a sending whose uploads took so long that the ledger's lease would run out while it publishes."""
    return NotBegunError(unreachable(TimeoutError(_("uploading took too long, nothing was published")), now))


def server_words(reply: Reply, *names: str) -> str:
    """The server's own words, out of the first of these fields of its JSON that has some, with the status before them."""
    try:
        body = reply.json()
    except BadReply:
        body = None
    words = next(filter(None, (text(body, name) for name in names)), "")
    return f"{reply.status}: {words}" if words else f"HTTP {reply.status}"


def declined(reply: Reply, now: datetime, words: str) -> Answer:
    """The answer to a request that may have changed something and did not succeed; `words` are the server's own."""
    if reply.status == 429:
        return Answer(Outcome.LATER, reason=words, retry_at=retry_at(reply, now), whole_account=True)
    if reply.status == UNAUTHORIZED:
        return locked_out(words, now)
    return Answer(Outcome.REFUSED if reply.status in REFUSALS else Outcome.UNKNOWN, reason=words)


def not_begun(reply: Reply, now: datetime, words: str) -> Answer:
    """The answer when a request *before* the publishing one failed: whatever it was, nothing is out."""
    if reply.status == UNAUTHORIZED:
        return locked_out(words, now)
    if reply.status in REFUSALS:
        return Answer(Outcome.REFUSED, reason=words)
    return Answer(Outcome.LATER, reason=words, retry_at=retry_at(reply, now), whole_account=reply.status == 429)


def unreachable(error: Exception, now: datetime) -> Answer:
    """The answer when nothing was sent."""
    return Answer(Outcome.LATER, reason=str(error), retry_at=now + SOON)


def broken_off(error: WebError, now: datetime) -> Answer:
    """The answer when no reply came to the one request that changes something: only what was not sent is sent again."""
    return unreachable(error, now) if isinstance(error, NotSent) else Answer(Outcome.UNKNOWN, reason=str(error))


def earlier_answer(seen: Sighting, now: datetime) -> Answer | None:
    """What an earlier try comes to, by what was read back; None when it left nothing, so that the part may be sent."""
    if seen.presence is Presence.ABSENT:
        return None
    if seen.presence is Presence.FOUND:
        return Answer(Outcome.ACCEPTED, seen.remote_id, seen.url)
    return Answer(Outcome.LATER, reason=seen.reason, retry_at=now + SOON)


def retry_at(reply: Reply, now: datetime) -> datetime:
    """When to ask again: seconds or a date in `Retry-After`, else the header of Mastodon and its kin, else in five minutes."""
    header = reply.headers.get("retry-after", "").strip()
    named = now + timedelta(seconds=int(header[:6])) if header.isascii() and header.isdigit() else _date(header)
    named = named or moment(reply.headers.get("x-ratelimit-reset", "")) or now + BUSY
    return min(max(named, now + timedelta(seconds=1)), now + LONGEST)


def _date(written: str) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(written)
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
