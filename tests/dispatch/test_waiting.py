"""An account's pace and its network's "too many requests", through whole ticks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.dispatch.fakes import DUE, FakeNetwork, Office, Tree, make_office
from toolkit.dispatch import Line, TickResult, tick
from toolkit.ledger import State, verify
from toolkit.model import Answer, Outcome, Promise, Rendition
from toolkit.networks.base import Intent, Pace

pytestmark = pytest.mark.usefixtures("either_ledger")


class Paced(Office):
    """An office whose network takes two requests in ten minutes."""

    def line(self) -> Line:
        return replace(super().line(), paces=(Pace(2, 600.0),))


@dataclass
class Strict(FakeNetwork):
    """Answers the first request with "too many requests" for the whole account."""

    def send(self, intent: Intent) -> Answer:
        if not self.requests:
            self.requests += 1
            return Answer(Outcome.LATER, reason="429", retry_at=DUE + timedelta(minutes=10), whole_account=True)
        return super().send(intent)


def run(office: Office) -> TickResult:
    with office.open() as ledger:
        result = tick(office.desk(ledger))
        assert verify(ledger) is None
        return result


def texts(office: Office) -> int:
    return len(office.network.published)


def test_an_account_keeps_its_pace_and_says_when_it_goes_on(tmp_path: Path) -> None:
    """Five due posts go out two in ten minutes; what waits says until when, on the post's own clock."""
    made = make_office(tmp_path, Promise.READ_BACK, *(Tree(uid, texts=(f"Hello {uid}",)) for uid in "ABCDE"))
    office = Paced(made.place, made.clock, made.network, made.trees)
    office.wait(hours=1)
    result = run(office)
    assert texts(office) == 2
    assert {row.reason for row in result.waiting} == {"the account's pace: next at 07:10"}
    office.wait(minutes=9)
    run(office)
    assert texts(office) == 2
    office.wait(minutes=1)
    run(office)
    assert texts(office) == 4
    office.wait(minutes=10)
    assert run(office).waiting == ()
    assert texts(office) == 5


def test_too_many_requests_stop_the_whole_account(tmp_path: Path) -> None:
    """After one such answer no other post of the account is tried before the moment that the network named."""
    office = make_office(tmp_path, Promise.READ_BACK, *(Tree(uid, texts=(f"Hello {uid}",)) for uid in "ABC"))
    office.network = Strict(office.clock)
    office.wait(hours=1)
    result = run(office)
    assert office.network.requests == 1
    assert {row.reason for row in result.waiting} == {"the account's pace: next at 07:10"}
    office.wait(minutes=10)
    assert [event.state for event in run(office).events].count(State.CONFIRMED) == 3


def note(names: list[str], name: str, render: Callable[[], Rendition]) -> Rendition:
    """Render, and write down that it was done."""
    names.append(name)
    return render()


def test_while_an_account_rests_nothing_of_it_is_prepared(tmp_path: Path) -> None:
    """Hundreds of posts that pile up behind a "too many requests" are not rendered at every tick; each says why."""
    made = make_office(tmp_path, Promise.READ_BACK, *(Tree(uid, texts=(f"Hello {uid}",)) for uid in "ABC"))
    office = Office(made.place, made.clock, Strict(clock=made.clock), made.trees)
    rendered: list[str] = []
    for tree in office.trees:
        tree.render = partial(note, rendered, tree.uid, tree.order().render)
    office.wait(hours=1)
    result = run(office)
    assert rendered == ["A"]
    assert {row.uid: row.reason for row in result.waiting} == dict.fromkeys("BC", "the account's pace: next at 07:10")
    office.wait(minutes=10)
    run(office)
    assert (sorted(rendered), texts(office)) == (["A", "A", "B", "C"], 3)
