from __future__ import annotations

from datetime import timedelta

from tests.ledger.ledgers import ACCOUNT, DUE, START, begin, only, planned, sending
from toolkit.ledger import Ledger, State, verify

UNTIL = DUE + timedelta(minutes=15)


def test_a_rest_that_is_over_lets_everything_of_the_account_go_at_once(ledger: Ledger) -> None:
    """The row that was put off with the account may be sent in the same minute, and so may its neighbours."""
    row = sending(ledger)
    ledger.plan([planned("B")], START)
    ledger.put_off(row, DUE, "revoked", UNTIL, account_too=True)
    assert begin(ledger, only(ledger, "B")) is None
    assert ledger.due(DUE) == [only(ledger, "B")]
    assert ledger.end_rest(ACCOUNT, UNTIL)
    assert ledger.next_token(ACCOUNT, (), DUE) == DUE
    assert {one.uid for one in ledger.due(DUE)} == {"A", "B"}
    assert begin(ledger, only(ledger, "A")) is not None
    assert begin(ledger, only(ledger, "B")) is not None
    assert verify(ledger) is None


def test_a_rest_for_another_reason_goes_on(ledger: Ledger) -> None:
    """What a network asked for until another moment is not ended with it, and neither is a row's own wait."""
    row = sending(ledger)
    ledger.put_off(row, DUE, "429", UNTIL + timedelta(minutes=1), account_too=True)
    other = sending(ledger, "B", now=UNTIL + timedelta(minutes=1))
    own = UNTIL + timedelta(minutes=5)
    ledger.put_off(other, UNTIL, "busy", own)
    assert not ledger.end_rest(ACCOUNT, UNTIL)
    assert ledger.next_token(ACCOUNT, (), DUE) == UNTIL + timedelta(minutes=1)
    assert only(ledger, "B").not_before == own


def test_the_accounts_wait_is_not_the_rows(ledger: Ledger) -> None:
    """Only what is said of the row itself counts among its waits, after which a network's patience is over."""
    row = sending(ledger)
    ledger.put_off(row, DUE, "revoked", UNTIL, account_too=True)
    assert (only(ledger).waits, only(ledger).attempts, only(ledger).state) == (0, 0, State.PLANNED)
    again = begin(ledger, only(ledger), UNTIL)
    assert again is not None
    ledger.put_off(again, UNTIL, "busy", UNTIL)
    assert only(ledger).waits == 1
