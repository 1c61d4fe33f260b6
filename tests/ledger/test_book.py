from __future__ import annotations

from datetime import timedelta

import pytest

from tests.ledger.ledgers import ACCOUNT, DUE, START, begin, only, planned, sending
from toolkit.ledger import Ledger, LedgerPlace, Limits, PauseRow, State, open_ledger

LATER = DUE + timedelta(minutes=6)


def test_planning_twice_changes_nothing(ledger: Ledger) -> None:
    """A second insert of the same post, account and part is no row and no event, whatever it says."""
    assert len(ledger.plan([planned("A")], START)) == 1
    assert ledger.plan([planned("A", DUE + timedelta(days=1))], START) == []
    assert only(ledger).due == DUE


def test_what_is_past_when_an_account_is_bound_is_imported(ledger: Ledger) -> None:
    """A post of last year is recorded as imported, is never due, and binding the account again changes nothing."""
    ledger.bind([(ACCOUNT, "mastodon", "mastodon")], START + timedelta(days=9))
    (event,) = ledger.plan([planned("A", START - timedelta(days=365))], START)
    assert event.state is State.IMPORTED
    assert ledger.due(DUE) == []


def test_a_post_is_begun_once(ledger: Ledger) -> None:
    """Of two dispatchers that read the same due row, the second gets nothing."""
    ledger.plan([planned("A")], START)
    row = only(ledger)
    assert begin(ledger, row) is not None
    assert begin(ledger, row) is None


def test_nothing_is_begun_before_its_time(ledger: Ledger) -> None:
    """The intent looks at the clock itself; a row read too early cannot slip through."""
    ledger.plan([planned("A")], START)
    assert begin(ledger, only(ledger), DUE - timedelta(microseconds=1)) is None


def test_a_dispatcher_that_lost_its_row_records_nothing(ledger: Ledger) -> None:
    """Who slept until another had looked the row up and sent it again cannot say what became of it (fencing)."""
    old = sending(ledger)
    ledger.lapse(LATER)
    taken = ledger.take(only(ledger), LATER)
    assert taken is not None
    ledger.absent(taken, LATER, "not there")
    assert begin(ledger, only(ledger), LATER) is not None
    assert ledger.confirm(old, LATER, "1", "u") is None
    assert ledger.put_off(old, LATER, "busy", LATER) is None
    assert only(ledger).state is State.SENDING


def test_the_way_to_confirmed_is_logged(ledger: Ledger) -> None:
    """Each change has an event from the same transaction; the intent keeps rendition, hash and commit."""
    row = sending(ledger)
    assert (row.rendition, row.request_hash, row.commit, row.attempts) == ("{}", "sha256:0", "abc", 1)
    ledger.confirm(row, DUE, "1", "https://social.example/1")
    assert [(event.old, event.state) for event in ledger.events()] == [
        ("", State.PLANNED),
        ("planned", State.SENDING),
        ("sending", State.CONFIRMED),
    ]
    assert only(ledger).confirmed_at == DUE


def test_confirmed_is_final(ledger: Ledger) -> None:
    """No arrow leads out of confirmed, not even a person's."""
    row = sending(ledger)
    ledger.confirm(row, DUE, "1", "u")
    row = only(ledger)
    outcomes = [
        ledger.resolve_again(row, DUE),
        ledger.resolve_drop(row, DUE),
        ledger.resolve_out(row, DUE, "other"),
        ledger.hold(row, DUE, ""),
        ledger.cancel(row, DUE, ""),
        ledger.doubt(row, DUE, ""),
        begin(ledger, row),
        ledger.take(row, DUE),
    ]
    assert outcomes == [None] * len(outcomes)
    assert only(ledger) == row


def test_a_dead_dispatcher_leaves_its_row_unknown(ledger: Ledger) -> None:
    """After the lease nobody knows whether it is out, and it is not due."""
    sending(ledger)
    assert ledger.lapse(DUE + timedelta(minutes=4)) == []
    (event,) = ledger.lapse(LATER)
    assert (event.old, event.state) == ("sending", State.UNKNOWN)
    assert ledger.due(LATER) == []


def test_a_clock_set_back_does_not_lock_rows_for_hours(ledger: Ledger) -> None:
    """A lease that ends further away than any lease can is over."""
    sending(ledger)
    ledger.lapse(DUE - timedelta(hours=2))
    assert only(ledger).state is State.UNKNOWN


def test_a_clock_that_is_a_little_behind_frees_no_fresh_lease(ledger: Ledger) -> None:
    """Another machine's clock, or a moment read before a wait: what others send and look up stays theirs."""
    sending(ledger, "B")
    ledger.doubt(sending(ledger, "C"), DUE, "timeout")
    assert ledger.take(only(ledger, "C"), DUE) is not None
    behind = DUE - timedelta(minutes=4)
    assert ledger.lapse(behind) == []
    assert ledger.take(only(ledger, "C"), behind) is None


def test_an_answer_after_the_lease_still_counts(ledger: Ledger) -> None:
    """The sender may record its answer while nobody else has taken the unknown row, and not any more afterwards."""
    first, second = sending(ledger, "A"), sending(ledger, "B")
    ledger.lapse(LATER)
    assert ledger.confirm(first, LATER, "1", "u") is not None
    assert ledger.take(only(ledger, "B"), LATER) is not None
    assert ledger.confirm(second, LATER, "2", "u") is None


def test_an_unknown_row_is_taken_by_one(ledger: Ledger) -> None:
    """Two reconcilers do not look at, or replay, the same row."""
    ledger.doubt(sending(ledger), DUE, "timeout")
    row = only(ledger)
    assert ledger.take(row, DUE) is not None
    assert ledger.take(row, DUE) is None
    assert ledger.take(only(ledger), DUE + timedelta(minutes=1)) is None
    assert ledger.take(only(ledger), LATER) is not None


def test_a_replay_with_another_hash_is_refused(ledger: Ledger) -> None:
    """The same key may carry the same request only."""
    ledger.doubt(sending(ledger), DUE, "timeout")
    row = ledger.take(only(ledger), DUE)
    assert row is not None
    assert ledger.replay(row, DUE, "sha256:other") is None
    again = ledger.replay(row, DUE, "sha256:0")
    assert again is not None
    assert (again.state, again.attempts, again.first_tried_at) == (State.SENDING, 2, DUE)


def test_unknown_goes_back_only_by_proof(ledger: Ledger) -> None:
    """Cancel, miss and another intent leave an unknown row alone; `absent` is the one way to planned."""
    ledger.doubt(sending(ledger), DUE, "timeout")
    row = only(ledger)
    for outcome in (
        ledger.cancel(row, DUE, ""),
        ledger.miss(row, DUE, ""),
        ledger.move(row, planned("A", LATER), DUE),
        begin(ledger, row),
        ledger.put_off(row, DUE, "", LATER),
    ):
        assert outcome is None
    assert ledger.absent(row, DUE, "not on the timeline") is not None


def test_a_thread_goes_out_in_order(ledger: Ledger) -> None:
    """The rows of further parts appear with the first intent; part k may begin only after part k-1 is out."""
    row = sending(ledger, parts=3)
    assert [(r.part, r.parts, r.state) for r in ledger.rows()] == [
        (0, 3, State.SENDING),
        (1, 3, State.PLANNED),
        (2, 3, State.PLANNED),
    ]
    assert begin(ledger, only(ledger, part=1), parts=3) is None
    ledger.confirm(row, DUE, "1", "u")
    assert begin(ledger, only(ledger, part=2), parts=3) is None
    assert begin(ledger, only(ledger, part=1), parts=3) is not None


def test_a_shorter_second_try_cancels_the_surplus_parts(ledger: Ledger) -> None:
    """When the network took nothing and the author shortened the thread, its old tail is not sent."""
    ledger.put_off(sending(ledger, parts=3), DUE, "busy", DUE)
    assert begin(ledger, only(ledger), parts=2) is not None
    assert [r.state for r in ledger.rows()] == [State.SENDING, State.PLANNED, State.CANCELLED]


def test_retry_after_survives_a_restart(ledger: Ledger, place: LedgerPlace) -> None:
    """`not_before` is in the file: no try earlier, also by the next process."""
    ledger.put_off(sending(ledger), DUE, "429", LATER)
    ledger.close()
    with open_ledger(place, now=DUE) as reopened:
        assert begin(reopened, only(reopened), LATER - timedelta(seconds=1)) is None
        assert begin(reopened, only(reopened), LATER) is not None


def test_the_attempts_cap_stops_a_row(place: LedgerPlace) -> None:
    """After three tries there is no fourth, until a person says so; what never left the machine does not count."""
    with open_ledger(place, now=START, limits=Limits(attempts=3)) as ledger:
        ledger.put_off(sending(ledger), DUE, "no route", DUE)
        assert (only(ledger).attempts, only(ledger).waits) == (0, 1)
        for _attempt in range(3):
            row = ledger.begin(only(ledger), DUE, rendition="{}", hashes=["h"], commit="")
            assert row is not None
            ledger.doubt(row, DUE, "timeout")
            ledger.absent(only(ledger), DUE, "not there")
        assert begin(ledger, only(ledger)) is None
        ledger.hold(only(ledger), DUE, "three tries")
        ledger.resolve_again(only(ledger), DUE)
        assert begin(ledger, only(ledger)) is not None


def test_the_hourly_breaker_is_per_account(place: LedgerPlace) -> None:
    """The third try of an account within an hour waits; another account goes on; after the hour it closes again."""
    other = "bluesky:did:plc:x"
    with open_ledger(place, now=START, limits=Limits(hourly=2)) as ledger:
        sending(ledger, "A")
        sending(ledger, "B")
        ledger.plan([planned("C"), planned("D", account_id=other)], START)
        assert begin(ledger, only(ledger, "C")) is None
        assert ledger.tries(ACCOUNT, DUE) == 2
        assert begin(ledger, only(ledger, "D")) is not None
        assert begin(ledger, only(ledger, "C"), DUE + timedelta(hours=1)) is not None


def test_a_moved_post_keeps_its_row(ledger: Ledger) -> None:
    """A new time moves the planned row and says from when to when."""
    ledger.plan([planned("A")], START)
    event = ledger.move(only(ledger), planned("A", LATER), START)
    assert event is not None
    assert "→" in event.detail
    assert only(ledger).due == LATER


def test_cancelled_posts_come_back(ledger: Ledger) -> None:
    """A file that vanished and returned is planned again, in the same row."""
    ledger.plan([planned("A")], START)
    ledger.cancel(only(ledger), START, "file gone")
    ledger.restore(only(ledger), START)
    assert only(ledger).state is State.PLANNED
    assert len(ledger.rows()) == 1


@pytest.mark.parametrize("way", ["hold", "miss", "refuse"])
def test_a_person_decides(ledger: Ledger, way: str) -> None:
    """Held, missed and failed rows can be said to be out, sent again or dropped; the decision is in the log."""
    for uid in "ABC":
        ledger.plan([planned(uid)], START)
        row = sending(ledger, uid) if way == "refuse" else only(ledger, uid)
        assert getattr(ledger, way)(row, DUE, "why") is not None
    ledger.resolve_out(only(ledger, "A"), LATER, "https://x/1", who="anna")
    ledger.resolve_again(only(ledger, "B"), LATER, "anna")
    ledger.resolve_drop(only(ledger, "C"), LATER, "anna")
    assert [only(ledger, uid).state for uid in "ABC"] == [State.CONFIRMED, State.PLANNED, State.SKIPPED]
    assert only(ledger, "A").url == "https://x/1"
    assert only(ledger, "B").again_at == LATER
    assert {event.detail for event in ledger.events()[-3:]} == {"anna"}


def test_pauses_end_by_themselves_and_by_hand(ledger: Ledger) -> None:
    """A pause with an end is over then; one without, when it is ended, once."""
    until = START + timedelta(hours=1)
    ledger.add_pause(PauseRow(0, "all", "", "crisis", "anna", START, until, allow=("U1",)))
    hold = ledger.add_pause(PauseRow(0, "post", "A", "", "anna", START, None))
    assert [(pause.scope, pause.allow) for pause in ledger.pauses(START)] == [("all", ("U1",)), ("post", ())]
    assert [pause.scope for pause in ledger.pauses(until)] == ["post"]
    assert ledger.end_pause(hold.id, until)
    assert not ledger.end_pause(hold.id, until)
    assert ledger.pauses(until) == []


def test_the_summary_counts_and_finds_the_oldest(ledger: Ledger) -> None:
    """Counts per state; overdue is what is due and not blocked by a part before it."""
    ledger.plan([planned("A", DUE), planned("B", LATER)], START)
    sending(ledger, "C", parts=2)
    summary = ledger.summary(DUE + timedelta(seconds=1))
    assert (summary.counts[State.PLANNED], summary.counts[State.SENDING]) == (3, 1)
    assert summary.oldest_overdue == DUE
    assert ledger.summary(START).oldest_overdue is None


def test_rows_filter(ledger: Ledger) -> None:
    """By post, state and account."""
    ledger.plan([planned("A"), planned("B")], START)
    ledger.miss(only(ledger, "B"), LATER, "")
    assert [row.uid for row in ledger.rows(states=[State.MISSED, State.HELD])] == ["B"]
    assert [row.uid for row in ledger.rows(account="mastodon")] == ["A", "B"]
    assert ledger.rows(account="bluesky") == []


def test_what_is_known_of_some_posts_is_what_is_known_of_all(ledger: Ledger) -> None:
    """Asked for more posts than fit into one look-up, and for ones that nobody knows."""
    uids = [f"P{number}" for number in range(1203)]
    ledger.plan([planned(uid) for uid in uids], START)
    assert ledger.known([*uids, "nobody"]) == ledger.known()
    assert {key[0] for key in ledger.known(["P7", "nobody", "P7"])} == {"P7"}
    assert ledger.known([]) == {}
