"""What X's answers mean, beyond `toolkit.networks.answers`: windows that reset, duplicates, plans without credit.

X refuses a text that the account has published lately with 403 and does not say where that one is, so a duplicate is
only believed when the account's own timeline shows it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from toolkit.model import Answer, Outcome
from toolkit.networks.answers import LONGEST, declined, locked_out, not_begun
from toolkit.web import Reply

# A day's allowance of the person or of the app, then the window of the endpoint; the first that is used up counts.
WINDOWS: Final = ("x-user-limit-24hour", "x-app-limit-24hour", "x-rate-limit")
NO_CREDIT: Final = 402  # pay per use: nothing was done, and nothing will be until somebody pays


def refused_post(reply: Reply, now: datetime, words: str) -> Answer:
    """The answer when a publishing or deleting request did not succeed."""
    if reply.status == 429:
        return _patient(declined(reply, now, words), reply, now)
    if reply.status == NO_CREDIT:
        return locked_out(words, now)
    if reply.status == 403 and "duplicate" in words.casefold():
        return Answer(Outcome.DUPLICATE, reason=words)
    return declined(reply, now, words)


def before_post(reply: Reply, now: datetime, words: str) -> Answer:
    """The answer when a request before the publishing one failed."""
    if reply.status == NO_CREDIT:
        return locked_out(words, now)
    return _patient(not_begun(reply, now, words), reply, now)


def _patient(answer: Answer, reply: Reply, now: datetime) -> Answer:
    """`answer` with the time at which X's window opens again, where it says so."""
    at = _reset(reply)
    if answer.outcome is not Outcome.LATER or reply.status != 429 or at is None:
        return answer
    within = min(max(at, now + timedelta(seconds=1)), now + LONGEST)
    return Answer(Outcome.LATER, reason=answer.reason, retry_at=within)


def _reset(reply: Reply) -> datetime | None:
    resets = [
        reply.headers.get(f"{window}-reset", "")
        for window in WINDOWS
        if window == WINDOWS[-1] or reply.headers.get(f"{window}-remaining") == "0"
    ]
    seconds = next((int(reset[:12]) for reset in resets if reset.isascii() and reset.isdigit()), None)
    return None if seconds is None or seconds > 10**11 else datetime.fromtimestamp(seconds, UTC)
