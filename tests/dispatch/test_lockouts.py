"""An account whose network does not let it in, through whole ticks, on both ledgers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.dispatch.fakes import ACCOUNT_ID, DUE, FakeNetwork, Office, Tree, make_office
from toolkit.dispatch import Line, TickResult, tick
from toolkit.dispatch.lockouts import find_lockout, let_in
from toolkit.ledger import State, verify
from toolkit.model import Answer, Late, Promise
from toolkit.networks.answers import locked_out
from toolkit.networks.base import Intent

pytestmark = pytest.mark.usefixtures("either_ledger")

WORDS = "401: The access token was revoked"
REASON = f"{WORDS} - nothing of fake goes out until this is put right: leitstand login fake"


@dataclass
class Guarded(FakeNetwork):
    """Takes nothing as long as it is locked."""

    locked: bool = True

    def send(self, intent: Intent) -> Answer:
        if self.locked:
            self.requests += 1
            return locked_out(WORDS, self.clock.now())
        return super().send(intent)


class Signed(Office):
    """An office whose lines know what helps."""

    def line(self) -> Line:
        return replace(super().line(), remedy="leitstand login fake")


def make(folder: Path, *trees: Tree) -> tuple[Signed, Guarded]:
    made = make_office(folder, Promise.READ_BACK, *trees)
    network = Guarded(made.clock)
    office = Signed(made.place, made.clock, network, made.trees)
    office.wait(hours=1)
    return office, network


def run(office: Office) -> TickResult:
    with office.open() as ledger:
        result = tick(office.desk(ledger))
        assert verify(ledger) is None
        return result


def states(office: Office) -> set[State]:
    with office.open() as ledger:
        return {row.state for row in ledger.rows()}


def posts(count: int, *, late: Late = Late.ASK, grace: timedelta = timedelta(hours=1)) -> list[Tree]:
    return [Tree(f"{number}", texts=(f"Hello {number}",), late=late, grace=grace) for number in range(count)]


def test_one_request_then_everything_waits_and_says_why(tmp_path: Path) -> None:
    """Of forty posts one is tried; none is refused, and each says in the network's words what a person has to do."""
    office, network = make(tmp_path, *posts(40))
    run(office)
    office.wait(minutes=14)
    run(office)
    assert network.requests == 1
    with office.open() as ledger:
        assert {(row.state, row.reason) for row in ledger.rows()} == {(State.PLANNED, REASON)}
        lockout = find_lockout(ledger, ACCOUNT_ID)
    assert lockout is not None
    assert (lockout.since, lockout.why) == (DUE, WORDS)
    office.wait(minutes=1)
    run(office)
    assert network.requests == 2


def test_signing_in_ends_the_wait_at_once(tmp_path: Path) -> None:
    """A minute after the lockout, and not a quarter of an hour: the next tick sends all of it, once each."""
    office, network = make(tmp_path, *posts(5))
    run(office)
    office.wait(minutes=1)
    network.locked = False
    assert [event.state for event in run(office).events] == []
    with office.open() as ledger:
        assert let_in(ledger, ACCOUNT_ID, office.clock.now())
        assert not let_in(ledger, ACCOUNT_ID, office.clock.now())
    assert [event.state for event in run(office).events].count(State.CONFIRMED) == 5
    assert len({key for key, _part, _text, _at in network.published}) == len(network.published) == 5


def test_what_is_taken_again_shows_that_it_is_over(tmp_path: Path) -> None:
    """Whoever renewed a token without telling us is noticed at the next try, and the lockout is forgotten."""
    office, network = make(tmp_path, *posts(3))
    run(office)
    network.locked = False
    office.wait(minutes=15)
    run(office)
    assert states(office) == {State.CONFIRMED}
    with office.open() as ledger:
        assert find_lockout(ledger, ACCOUNT_ID) is None


def test_waiting_for_a_person_wears_no_post_out(tmp_path: Path) -> None:
    """Two days of lockout are more waits than a post has patience for; it still goes out where its lateness allows."""
    office, network = make(tmp_path, *posts(2, late=Late.SEND))
    for _quarter in range(4 * 48):
        run(office)
        office.wait(minutes=15)
    assert network.requests == 4 * 48
    network.locked = False
    run(office)
    assert states(office) == {State.CONFIRMED}


@pytest.mark.parametrize(("late", "becomes"), [(Late.ASK, State.MISSED), (Late.SKIP, State.SKIPPED)])
def test_lateness_decides_about_what_waited_too_long(tmp_path: Path, late: Late, becomes: State) -> None:
    """Signed in after the grace: nothing is sent days late; a person is asked, with the reason, or it is skipped."""
    office, network = make(tmp_path, *posts(3, late=late))
    run(office)
    network.locked = False
    office.wait(hours=1, seconds=1)
    with office.open() as ledger:
        let_in(ledger, ACCOUNT_ID, office.clock.now())
    run(office)
    with office.open() as ledger:
        assert {(row.state, row.reason) for row in ledger.rows()} == {(becomes, REASON)}
    assert network.published == []


def test_the_trouble_is_one_from_its_beginning(tmp_path: Path) -> None:
    """Each try meets the same lockout; since when it is, does not move, so that it is told once."""
    office, _network = make(tmp_path, *posts(1, grace=timedelta(days=1)))
    for _quarter in range(5):
        run(office)
        office.wait(minutes=15)
    with office.open() as ledger:
        lockout = find_lockout(ledger, ACCOUNT_ID)
    assert lockout is not None
    assert (lockout.since, lockout.until) == (DUE, DUE + timedelta(minutes=75))
