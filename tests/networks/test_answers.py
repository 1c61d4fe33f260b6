from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.networks.lockouts import LOCKED, verdict
from toolkit.model import Answer, Outcome
from toolkit.networks.answers import declined, locked_out, not_begun
from toolkit.web import Reply

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


def test_a_lockout_makes_the_whole_account_wait_a_quarter_of_an_hour() -> None:
    """No post is refused for it; the network is asked again in fifteen minutes, and its words are kept."""
    answer = locked_out("401: The access token was revoked", NOW)
    assert (answer.outcome, answer.whole_account, answer.locked_out) == (Outcome.LATER, True, True)
    assert answer.retry_at == NOW + timedelta(minutes=15)
    assert answer.reason == "401: The access token was revoked"


@pytest.mark.parametrize("mean", [declined, not_begun])
@pytest.mark.parametrize(
    ("status", "meant"), [(401, LOCKED), (400, Outcome.REFUSED), (403, Outcome.REFUSED), (422, Outcome.REFUSED)]
)
def test_only_401_says_it_of_every_network(
    mean: Callable[[Reply, datetime, str], Answer], status: int, meant: str
) -> None:
    """A 403 may be about the one post, so that it stays a refusal where the network does not say otherwise."""
    assert verdict(mean(Reply(status, {}, b""), NOW, "no")) == meant


@pytest.mark.parametrize("mean", [declined, not_begun])
def test_too_many_requests_lock_nobody_out(mean: Callable[[Reply, datetime, str], Answer]) -> None:
    """The account waits then, too, but nobody has to sign in for that."""
    answer = mean(Reply(429, {}, b""), NOW, "slow down")
    assert (answer.whole_account, answer.locked_out) == (True, False)
