"""What an adapter's answer comes to, for tests that go through many of them."""

from __future__ import annotations

from typing import Final

from toolkit.model import Answer, Outcome

LOCKED: Final = "locked out"


def verdict(answer: Answer) -> str:
    """The outcome; LOCKED when the whole account waits for a person. The marks of that come together or not at all."""
    if not answer.locked_out:
        return answer.outcome
    assert (answer.outcome, answer.whole_account) == (Outcome.LATER, True)
    assert answer.retry_at is not None
    assert answer.reason
    return LOCKED
