from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import timedelta

import pytest

from tests.ledger.ledgers import ACCOUNT, DUE, START, begin, only, planned, sending
from toolkit.errors import LedgerError
from toolkit.ledger import Ledger, LedgerPlace, PauseRow, Receipt, Row, State, book, open_ledger


@dataclass(frozen=True, slots=True)
class Pace:
    """As a network says it."""

    requests: int
    seconds: float


def waiting(ledger: Ledger, uid: str = "A") -> Row:
    """A post that is due."""
    ledger.plan([planned(uid)], START)
    return only(ledger, uid)


def test_an_intent_is_one_commit(ledger: Ledger) -> None:
    """The row is being sent under a token and a lease, and the log says so."""
    begun = begin(ledger, waiting(ledger))
    assert begun is not None
    assert (begun.state, begun.attempts, begun.request_hash, begun.commit) == (State.SENDING, 1, "sha256:0", "abc")
    assert begun.token
    assert begun.lease_until == DUE + ledger.limits.lease
    assert [event.state for event in ledger.events()] == [State.PLANNED, State.SENDING]
    assert ledger.confirm(begun, DUE, "1", "") is not None


def test_who_comes_second_begins_nothing(ledger: Ledger) -> None:
    """Two dispatchers have read the same row; one of them may send."""
    row = waiting(ledger)
    assert begin(ledger, row) is not None
    assert begin(ledger, row) is None
    assert only(ledger).attempts == 1


def test_a_hold_stops_it(ledger: Ledger) -> None:
    """Nothing is written: no event, no token, no request of the pace; when it is let go, it begins."""
    row = waiting(ledger)
    hold = ledger.add_pause(PauseRow(0, "post", "A", "wait", "", START, None))
    paces = (Pace(1, 60.0),)
    before = ledger.events()
    assert begin(ledger, row, DUE, paces) is None
    assert (only(ledger), ledger.events()) == (row, before)
    assert ledger.end_pause(hold.id, DUE)
    assert begin(ledger, row, DUE, paces) is not None


def test_the_pace_is_kept_and_spent(ledger: Ledger) -> None:
    """The second one of an account that takes one a minute waits, and the moment is known."""
    rows = [waiting(ledger, "A"), waiting(ledger, "B")]
    paces = (Pace(1, 60.0),)
    assert [begin(ledger, row, DUE, paces) is not None for row in rows] == [True, False]
    assert ledger.next_token(ACCOUNT, paces, DUE) == DUE + timedelta(minutes=1)


def test_further_parts_come_with_it(ledger: Ledger) -> None:
    """A thread's other parts are planned in the same commit, and none may begin before the first is out."""
    begun = begin(ledger, waiting(ledger), parts=3)
    assert begun is not None
    assert [row.state for row in ledger.rows()] == [State.SENDING, State.PLANNED, State.PLANNED]
    second = only(ledger, part=1)
    assert begin(ledger, second, parts=3) is None
    ledger.confirm(begun, DUE, "1", "")
    assert begin(ledger, second, parts=3) is not None


@pytest.mark.parametrize("table", ["events", "ledger"])
def test_what_breaks_in_the_middle_leaves_the_row_planned(
    ledger: Ledger, place: LedgerPlace, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A statement that fails after the intent takes it along; the row can be begun as if nothing had been."""
    row = waiting(ledger)

    def fail(*_given: object) -> None:
        ledger.store.read(f"INSERT INTO {table} (no_such_column) VALUES (1)")

    with monkeypatch.context() as patched:
        patched.setattr(book, "_write_parts", fail)
        with pytest.raises(LedgerError):
            begin(ledger, row)
    with open_ledger(place, now=DUE, read_only=True) as other:
        assert only(other) == row
    assert begin(ledger, row) is not None


def test_of_many_who_begin_at_once_one_may_send(ledger: Ledger, place: LedgerPlace) -> None:
    """Eight dispatchers with connections of their own want the same twelve posts: each post has one sender."""
    rows = [waiting(ledger, f"P{number}") for number in range(12)]
    begun: list[str] = []
    ready = threading.Barrier(8)

    def dispatch() -> None:
        with open_ledger(place, now=DUE) as own:
            ready.wait(30)
            begun.extend(row.uid for row in rows if begin(own, row, DUE, (Pace(100, 60.0),)))

    threads = [threading.Thread(target=dispatch) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(begun) == sorted(row.uid for row in rows)


def test_a_receipt_is_written_whatever_becomes_of_the_next(ledger: Ledger) -> None:
    """What the network took is known in the commit of the next post, begun or not."""
    for uid, goes in (("A", True), ("B", False)):
        sent = sending(ledger, uid)
        receipt = Receipt(sent, DUE, "17", "https://social.example/17")
        row = waiting(ledger, f"next to {uid}")
        if not goes:
            ledger.add_pause(PauseRow(0, "post", row.uid, "wait", "", START, None))
        begun = ledger.begin(row, DUE, rendition="{}", hashes=["h"], commit="", receipt=receipt)
        assert (begun is not None) == goes
        assert receipt.event is not None
        assert (only(ledger, uid).state, only(ledger, uid).remote_id) == (State.CONFIRMED, "17")


def test_a_row_that_another_try_made_longer_is_read_again(ledger: Ledger) -> None:
    """Who read it before would leave the tail of a thread planned that the text no longer has."""
    old = waiting(ledger)
    ledger.put_off(sending(ledger, parts=3), DUE, "busy", DUE)
    assert begin(ledger, old) is None
    assert begin(ledger, only(ledger)) is not None
    assert [row.state for row in ledger.rows()] == [State.SENDING, State.CANCELLED, State.CANCELLED]
