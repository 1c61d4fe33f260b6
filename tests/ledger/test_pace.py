from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.ledgers import ACCOUNT, DUE, START, begin, only, planned
from toolkit.database.sqlite import open_in_memory
from toolkit.ledger import Ledger, LedgerPlace, Limits, open_ledger
from toolkit.ledger.schema import LEDGER


@dataclass(frozen=True, slots=True)
class Pace:
    """As a network says it."""

    requests: int
    seconds: float


SLOW = (Pace(2, 60.0),)


def begins(ledger: Ledger, now: datetime, paces: tuple[Pace, ...] = SLOW, count: int = 5) -> int:
    """How many of so many new posts can begin at once."""
    uids = [f"{now.timestamp()}-{number}" for number in range(count)]
    ledger.plan([planned(uid) for uid in uids], START)
    return sum(begin(ledger, only(ledger, uid), now, paces) is not None for uid in uids)


def test_a_request_beyond_the_pace_is_refused(ledger: Ledger) -> None:
    """Two in a minute, then none until the first is a minute old; the next moment is known."""
    assert begins(ledger, DUE) == 2
    assert ledger.next_token(ACCOUNT, SLOW, DUE) == DUE + timedelta(minutes=1)
    assert begins(ledger, DUE + timedelta(seconds=59)) == 0
    later = DUE + timedelta(seconds=60)
    assert ledger.next_token(ACCOUNT, SLOW, later) == later
    assert begins(ledger, later) == 2


def test_the_strictest_pace_counts(ledger: Ledger) -> None:
    """Three a minute and four an hour: after four the hour is waited for."""
    paces = (Pace(3, 60.0), Pace(4, 3600.0))
    assert begins(ledger, DUE, paces) == 3
    assert begins(ledger, DUE + timedelta(minutes=2), paces) == 1
    assert ledger.next_token(ACCOUNT, paces, DUE + timedelta(minutes=5)) == DUE + timedelta(hours=1)


def test_an_account_has_a_pace_of_its_own(ledger: Ledger) -> None:
    """What one account spends, another does not."""
    assert begins(ledger, DUE) == 2
    ledger.plan([planned("other", account_id="bluesky:did:plc:x")], START)
    assert begin(ledger, only(ledger, "other"), DUE, SLOW) is not None


def test_the_pace_survives_a_restart(ledger: Ledger, place: LedgerPlace) -> None:
    """It is in the ledger, not in the process."""
    assert begins(ledger, DUE) == 2
    ledger.close()
    with open_ledger(place, now=DUE) as again:
        assert begins(again, DUE + timedelta(seconds=1)) == 0


def test_a_clock_set_back_stops_nobody_for_longer_than_the_window(ledger: Ledger) -> None:
    """What was spent in what is now the future counts as spent now."""
    assert begins(ledger, DUE + timedelta(hours=5)) == 2
    assert ledger.next_token(ACCOUNT, SLOW, DUE) == DUE + timedelta(minutes=1)
    assert begins(ledger, DUE) == 0
    assert begins(ledger, DUE + timedelta(seconds=61)) == 2


def test_a_rest_of_the_account_stops_all_its_rows(ledger: Ledger) -> None:
    """After "too many requests" nothing of the account goes out until the moment that the network named."""
    ledger.plan([planned("A"), planned("B")], START)
    until = DUE + timedelta(minutes=30)
    row = ledger.begin(only(ledger, "A"), DUE, rendition="{}", hashes=["h"], commit="")
    assert row is not None
    ledger.put_off(row, DUE, "429", until, account_too=True)
    assert begin(ledger, only(ledger, "B")) is None
    assert ledger.next_token(ACCOUNT, (), DUE) == until
    assert begin(ledger, only(ledger, "B"), until) is not None
    assert begin(ledger, only(ledger, "A"), until) is not None


def test_a_rest_far_in_the_future_is_a_clock_that_was_set_back(ledger: Ledger) -> None:
    """No network asks for weeks; the account is not locked for that long."""
    ledger.plan([planned("A"), planned("B", DUE - timedelta(days=30))], START - timedelta(days=60))
    with ledger.store.transaction() as transaction:
        transaction.run("UPDATE ledger SET state = 'planned'")
        transaction.run("UPDATE accounts SET not_before = '2027-01-01T00:00:00.000000Z'")
    assert begin(ledger, only(ledger, "B"), DUE - timedelta(days=29)) is not None


@pytest.mark.parametrize("dispatchers", [4])
def test_several_dispatchers_keep_one_pace(ledger: Ledger, place: LedgerPlace, dispatchers: int) -> None:
    """Requests at the same moment by four connections are never more than the pace allows."""
    ledger.plan([planned(f"P{number}") for number in range(40)], START)
    rows = ledger.rows()
    pace = (Pace(7, 60.0),)
    got: list[int] = []
    start = threading.Barrier(dispatchers)

    def work(share: int) -> None:
        with open_ledger(place, now=START) as mine:
            start.wait(30)
            got.extend(row.id for row in rows[share::dispatchers] if begin(mine, row, DUE, pace) is not None)

    threads = [threading.Thread(target=work, args=(share,)) for share in range(dispatchers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(got) == len(set(got)) == 7


@settings(max_examples=60)
@given(
    steps=st.lists(st.floats(0.0, 40.0), min_size=1, max_size=40),
    requests=st.integers(1, 4),
    seconds=st.sampled_from([5.0, 30.0, 100.0]),
)
def test_no_window_ever_holds_more_than_the_pace(steps: list[float], requests: int, seconds: float) -> None:
    """Whenever it is tried: in any window of that length there are never more than so many."""
    paces = (Pace(requests, seconds),)
    with Ledger(open_in_memory(LEDGER, START), LedgerPlace(None), Limits(hourly=1000)) as ledger:  # type: ignore[arg-type]  # no file
        ledger.bind([(ACCOUNT, "mastodon", "mastodon")], START)
        ledger.plan([planned(f"P{number}") for number in range(len(steps))], START)
        rows, now, granted = ledger.rows(), DUE, []
        for row, step in zip(rows, steps, strict=True):
            now += timedelta(seconds=step)
            free = ledger.next_token(ACCOUNT, paces, now) <= now
            begun = begin(ledger, row, now, paces) is not None
            assert begun == free
            granted += [now] if begun else []
    for first in granted:
        assert sum(first <= one < first + timedelta(seconds=seconds) for one in granted) <= requests
