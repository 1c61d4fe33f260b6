"""Handing over and confirming by hand: the arrows that people take."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.ledger.ledgers import ACCOUNT, DUE, START, begin, only, planned, sending
from toolkit.ledger import ByHand, Ledger, PauseRow, Row, State
from toolkit.model import Count, Part, Rendition

TEXT, NEW = (Rendition("mastodon", "mastodon", "en", (Part(text, Count(3, 500, "c")),)) for text in ("Old", "New"))
URL = "https://www.instagram.com/p/1"
RECEIPT = ByHand(URL, "published by Mai", NEW, DUE + timedelta(hours=12))


@pytest.fixture
def row(ledger: Ledger) -> Row:
    """A planned post."""
    ledger.bind([(ACCOUNT, "mastodon", "mastodon")], START)
    ledger.plan([planned("A")], START)
    return only(ledger)


def test_a_due_post_is_handed_over_once(ledger: Ledger, row: Row) -> None:
    """Held with its reason and what was handed over, never tried; whoever comes second changes nothing."""
    event = ledger.hand_over(row, DUE, "by hand", rendition=TEXT, commit="c0ffee")
    assert event is not None
    assert (event.old, event.state, event.by_hand) == ("planned", State.HELD, True)
    held = only(ledger)
    assert (held.state, held.reason, held.rendition, held.commit) == (State.HELD, "by hand", TEXT.to_json(), "c0ffee")
    assert held.handed_over
    assert (held.attempts, held.first_tried_at, held.token) == (0, None, "")
    assert held.request_hash == TEXT.request_hash(0)
    assert ledger.hand_over(row, DUE, "by hand", rendition=TEXT, commit="") is None
    assert begin(ledger, held) is None


def test_nothing_is_handed_over_early_or_on_hold(ledger: Ledger, row: Row) -> None:
    """Not one microsecond before its time, and not while somebody holds the post."""
    assert ledger.hand_over(row, DUE - timedelta(microseconds=1), "", rendition=TEXT, commit="") is None
    pause = ledger.add_pause(PauseRow(0, "post", "A", "wait", "mai", START, None))
    assert ledger.hand_over(row, DUE, "", rendition=TEXT, commit="") is None
    ledger.end_pause(pause.id, DUE)
    assert ledger.hand_over(row, DUE, "", rendition=TEXT, commit="") is not None


def test_a_confirmation_is_the_receipt(ledger: Ledger, row: Row) -> None:
    """Address, person and moment stand in the row and in the log; what was handed over stays; it is final."""
    ledger.hand_over(row, DUE, "by hand", rendition=TEXT, commit="")
    at = DUE + timedelta(minutes=5)
    event = ledger.confirm_by_hand(only(ledger), RECEIPT, at)
    assert event is not None
    assert (event.url, event.detail, event.by_hand) == (URL, "published by Mai", True)
    found = only(ledger)
    assert (found.state, found.url, found.reason, found.confirmed_at) == (State.CONFIRMED, URL, "published by Mai", at)
    assert (found.rendition, found.by_hand, found.handed_over) == (TEXT.to_json(), True, False)
    assert ledger.confirm_by_hand(found, replace(RECEIPT, url="https://other.example"), at) is None
    assert only(ledger).url == URL


def test_an_early_confirmation_keeps_what_was_published(ledger: Ledger, row: Row) -> None:
    """A planned row takes the text along; one that is due after `latest` is not confirmed."""
    early = replace(RECEIPT, latest=DUE - timedelta(seconds=1))
    assert ledger.confirm_by_hand(row, early, START) is None
    assert ledger.confirm_by_hand(row, RECEIPT, START) is not None
    assert (only(ledger).state, only(ledger).rendition) == (State.CONFIRMED, RECEIPT.rendition.to_json())


def test_a_hold_stops_a_confirmation(ledger: Ledger, row: Row) -> None:
    """What is on hold must not be out; with `anyway` the truth is written down all the same."""
    ledger.add_pause(PauseRow(0, "post", "A", "wait", "mai", START, None))
    assert ledger.confirm_by_hand(row, RECEIPT, DUE) is None
    assert ledger.confirm_by_hand(row, replace(RECEIPT, anyway=True), DUE) is not None


def test_what_was_sent_is_not_confirmed_by_hand(ledger: Ledger) -> None:
    """A row of which a request may be out is looked up or resolved, never confirmed like this."""
    ledger.bind([(ACCOUNT, "mastodon", "mastodon")], START)
    tried = sending(ledger)
    ledger.doubt(tried, DUE, "no reply")
    assert ledger.confirm_by_hand(only(ledger), RECEIPT, DUE) is None
    ledger.hold(only(ledger), DUE, "look there")
    held = only(ledger)
    assert held.state is State.HELD
    assert not held.by_hand
    assert ledger.confirm_by_hand(held, RECEIPT, DUE) is None


def test_the_log_knows_who_published(ledger: Ledger, row: Row) -> None:
    """Of one post's events only the hand-over and the confirmation are a person's; a network's are none."""
    ledger.hand_over(row, DUE, "by hand", rendition=TEXT, commit="")
    ledger.confirm_by_hand(only(ledger), RECEIPT, DUE)
    sent = sending(ledger, "B")
    ledger.confirm(sent, DUE, "1", "https://social.example/1")
    assert [(event.state, event.by_hand) for event in ledger.events(uid="A")] == [
        (State.PLANNED, False),
        (State.HELD, True),
        (State.CONFIRMED, True),
    ]
    assert not any(event.by_hand for event in ledger.events(uid="B"))


def test_send_again_hands_over_anew(ledger: Ledger, row: Row) -> None:
    """After a person's "send again" the next hand-over takes the new text."""
    ledger.hand_over(row, DUE, "by hand", rendition=TEXT, commit="")
    ledger.resolve_again(only(ledger), DUE)
    assert not only(ledger).handed_over
    ledger.hand_over(only(ledger), DUE, "by hand", rendition=NEW, commit="")
    assert only(ledger).rendition == NEW.to_json()
