"""P15: a thread that stops half-way goes on at the part where it stopped, and repeats nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dispatch.fakes import Office, Tree, make_office
from toolkit.dispatch import tick
from toolkit.ledger import NEEDS_PERSON, Ledger, Row, State
from toolkit.model import Answer, Promise
from toolkit.networks.base import Intent

PARTS = ("one", "two", "three", "four", "five")
WELL = (State.CONFIRMED,) * len(PARTS)


@pytest.fixture
def thread(tmp_path: Path, either_ledger: None) -> Office:  # it chooses the database
    """A thread of five parts, due in an hour."""
    return thread_office(tmp_path)


def thread_office(folder: Path, promise: Promise = Promise.READ_BACK) -> Office:
    office = make_office(folder, promise, Tree(texts=PARTS, grace=timedelta(days=2)))
    office.wait(hours=1)
    return office


def run(office: Office, ticks: int = 1, **between: float) -> None:
    """Ticks of fresh processes, with time between them."""
    for _tick in range(ticks):
        with office.open() as ledger:
            tick(office.desk(ledger))
        office.wait(**(between or {"seconds": 0}))


def rows(office: Office) -> list[Row]:
    with office.open() as ledger:
        return ledger.rows()


def states(office: Office) -> tuple[State, ...]:
    return tuple(row.state for row in rows(office))


def out(office: Office) -> list[str]:
    """The texts on the network, in the order in which they got there."""
    return [text for _key, _part, text, _at in office.network.published]


def decide(office: Office, decision: Callable[[Ledger, Row], object]) -> None:
    """A person decides about the one row that asks."""
    with office.open() as ledger:
        (row,) = ledger.rows(states=NEEDS_PERSON)
        assert decision(ledger, row) is not None


def again(office: Office) -> None:
    decide(office, lambda ledger, row: ledger.resolve_again(row, office.clock.now(), "leitung"))


@pytest.mark.parametrize("part", range(5))
def test_a_refused_part_stops_the_thread_and_resumes_there(thread: Office, part: int) -> None:
    """Refused at part k: k parts are out, the rest waits for days; sent again, k+1 to 5 follow, each once."""
    thread.network.moods = ["accept"] * part + ["refuse"]
    run(thread, 5, hours=1)
    assert states(thread) == (*WELL[:part], State.FAILED, *(State.PLANNED,) * (4 - part))
    assert out(thread) == list(PARTS[:part])
    again(thread)
    run(thread)
    assert (out(thread), states(thread)) == (list(PARTS), WELL)
    assert thread.network.requests == 6


@pytest.mark.parametrize("part", range(5))
def test_a_part_that_is_put_off_is_waited_for(thread: Office, part: int) -> None:
    """Part k is put off: nothing overtakes it, no request comes before its time, and no person is needed."""
    thread.network.moods = ["accept"] * part + ["later"]
    run(thread, 4, minutes=1)
    assert (out(thread), thread.network.requests) == (list(PARTS[:part]), part + 1)
    thread.wait(minutes=1)
    run(thread)
    assert (out(thread), states(thread)) == (list(PARTS), WELL)


@pytest.mark.parametrize("promise", [Promise.KEY, Promise.RKEY, Promise.READ_BACK])
@pytest.mark.parametrize("part", range(5))
@pytest.mark.parametrize("mood", ["reply lost", "500"])
def test_a_part_that_is_out_after_all_is_not_sent_again(tmp_path: Path, promise: Promise, part: int, mood: str) -> None:
    """The answer to part k is lost and the part is out: it is found, answered by the next part, and never doubled."""
    office = thread_office(tmp_path, promise)
    office.network.moods = ["accept"] * part + [mood]
    run(office)
    assert states(office)[part] is State.UNKNOWN
    assert out(office) == list(PARTS[: part + 1])
    run(office, 5, minutes=1)
    assert (out(office), states(office)) == (list(PARTS), WELL)
    assert [row.remote_id for row in rows(office)] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("promise", [Promise.KEY, Promise.RKEY, Promise.READ_BACK])
@pytest.mark.parametrize("part", range(5))
def test_a_part_that_never_arrived_is_sent_once_more(tmp_path: Path, promise: Promise, part: int) -> None:
    """The connection breaks before part k arrives: its absence is proven first, then it goes out, then the rest."""
    office = thread_office(tmp_path, promise)
    office.network.moods = ["accept"] * part + ["reset before"]
    run(office)
    assert states(office)[part] is State.UNKNOWN
    run(office, 6, minutes=1)
    assert (out(office), states(office)) == (list(PARTS), WELL)
    assert office.network.requests == 6


@pytest.mark.parametrize("part", range(5))
def test_a_held_part_goes_on_when_a_person_has_seen_it(thread: Office, part: int) -> None:
    """A blind network loses the answer to part k: held; "it is out", with its id, and the next part answers it."""
    thread.network.promise = Promise.BLIND
    thread.network.moods = ["accept"] * part + ["reply lost"]
    run(thread, 3, hours=1)
    assert states(thread)[part] is State.HELD
    assert out(thread) == list(PARTS[: part + 1])
    seen = str(part + 1)
    decide(thread, lambda ledger, row: ledger.resolve_out(row, thread.clock.now(), "https://fake.example/", seen))
    run(thread)
    assert (out(thread), states(thread)) == (list(PARTS), WELL)


@pytest.mark.parametrize("part", range(5))
def test_a_held_part_is_sent_again_when_a_person_says_so(thread: Office, part: int) -> None:
    """The same, and part k is not out: sent again by a person, it and the rest go out, what is out stays alone."""
    thread.network.promise = Promise.BLIND
    thread.network.moods = ["accept"] * part + ["reset before"]
    run(thread, 3, hours=1)
    assert states(thread)[part] is State.HELD
    again(thread)
    run(thread)
    assert (out(thread), states(thread)) == (list(PARTS), WELL)


def test_every_part_answers_the_one_before(thread: Office) -> None:
    """After a break, too, part k answers part k-1, and the first answers nothing."""
    previous: list[str] = []
    send = thread.network.send

    def watched(intent: Intent) -> Answer:
        previous.append(intent.previous)
        return send(intent)

    thread.network.send = watched  # type: ignore[method-assign]  # this one is watched
    thread.network.moods = ["accept", "accept", "refuse"]
    run(thread)
    again(thread)
    run(thread)
    assert previous == ["", "1", "2", "2", "3", "4"]


def test_a_dropped_part_drops_nothing_that_is_out(thread: Office) -> None:
    """A person drops part 3: parts 1 and 2 stay out, and nothing of the rest is sent while part 3 is missing."""
    thread.network.moods = ["accept", "accept", "refuse"]
    run(thread)
    decide(thread, lambda ledger, row: ledger.resolve_drop(row, thread.clock.now(), "leitung"))
    run(thread, 4, hours=1)
    assert out(thread) == ["one", "two"]
    assert states(thread)[:3] == (State.CONFIRMED, State.CONFIRMED, State.SKIPPED)


MOODS = st.sampled_from(["accept", "refuse", "later", "overloaded", "reply lost", "500", "reset before", "not sent"])


@settings(max_examples=60, deadline=None)
@given(moods=st.lists(MOODS, max_size=12), promise=st.sampled_from([Promise.KEY, Promise.RKEY, Promise.READ_BACK]))
def test_any_bad_day_ends_with_five_parts_in_order(
    tmp_path_factory: pytest.TempPathFactory, moods: list[str], promise: Promise
) -> None:
    """Whatever befalls, at every moment a beginning of the thread is out and nothing else; in the end all of it, once."""
    office = thread_office(tmp_path_factory.mktemp("thread"), promise)
    office.network.moods = list(moods)
    for _round in range(40):
        run(office, 1, minutes=7)
        assert out(office) == list(PARTS[: len(out(office))])
        with office.open() as ledger:
            for row in ledger.rows(states=(State.FAILED, State.HELD, State.MISSED)):
                ledger.resolve_again(row, office.clock.now())
        if states(office) == WELL:
            break
    assert (out(office), states(office)) == (list(PARTS), WELL)
