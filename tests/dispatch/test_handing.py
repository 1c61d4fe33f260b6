"""Posts that people publish: planned like all others, handed over when due, never sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.dispatch.fakes import ACCOUNT_ID, START, Office, Tree, make_office
from toolkit.community import Pause
from toolkit.dispatch import Desk, TickResult, tick
from toolkit.ledger import Ledger, Row, State, open_ledger
from toolkit.model import Late, Promise, Rendition

pytestmark = pytest.mark.usefixtures("either_ledger")


class Hands(Office):
    """An office whose account is published by hand; opening a line to a network is a failure."""

    def desk(self, ledger: Ledger) -> Desk:
        desk = super().desk(ledger)
        orders = {key: replace(order, by_hand=True) for key, order in desk.orders.orders.items()}

        def open_line(account_id: str) -> object:
            raise AssertionError(f"a line to {account_id} was opened")

        return replace(desk, orders=replace(desk.orders, orders=orders), open_line=open_line)  # type: ignore[arg-type]  # it never returns


@pytest.fixture
def hands(tmp_path: Path) -> Hands:
    return make_hands(tmp_path)


def make_hands(folder: Path, *trees: Tree) -> Hands:
    office = make_office(folder, Promise.HAND_OFF, *trees)
    return Hands(office.place, office.clock, office.network, office.trees)


def run(office: Office) -> TickResult:
    with office.open() as ledger:
        return tick(office.desk(ledger))


def rows(office: Office) -> list[Row]:
    with office.open() as ledger:
        return ledger.rows()


def test_a_due_post_is_handed_over_and_nothing_is_sent(hands: Hands) -> None:
    """Before its time it is planned; at its time it is held with the place of the kit, and that is no alarm."""
    assert [event.state for event in run(hands).events] == [State.PLANNED]
    hands.wait(hours=1)
    result = run(hands)
    assert [(event.state, event.by_hand) for event in result.events] == [(State.HELD, True)]
    assert not result.needs_person
    (row,) = rows(hands)
    assert row.handed_over
    assert "leitstand kit A --channel fake" in row.reason
    assert Rendition.from_json(row.rendition).parts[0].text == "Hello"
    assert (hands.network.requests, row.attempts, row.commit) == (0, 0, "c0ffee")


def test_a_second_tick_asks_nobody_again(hands: Hands) -> None:
    """It stays with the person, however often the dispatcher looks, and however late it gets."""
    hands.wait(hours=1)
    run(hands)
    for _ in range(3):
        hands.wait(hours=5)
        assert run(hands).events == ()
    assert [row.state for row in rows(hands)] == [State.HELD]


def test_a_thread_is_one_kit(tmp_path: Path) -> None:
    """All parts are handed over together, in one row."""
    hands = make_hands(tmp_path, Tree(texts=("one", "two", "three")))
    hands.wait(hours=1)
    run(hands)
    (row,) = rows(hands)
    assert [part.text for part in Rendition.from_json(row.rendition).parts] == ["one", "two", "three"]


def test_what_was_past_at_the_first_run_is_imported(tmp_path: Path) -> None:
    """The first run hands nothing over that lies behind it."""
    hands = make_hands(tmp_path, Tree(due=START - timedelta(days=1)))
    assert [event.state for event in run(hands).events] == [State.IMPORTED]
    assert rows(hands)[0].state is State.IMPORTED


@pytest.mark.parametrize(
    ("late", "state"), [(Late.ASK, State.MISSED), (Late.SKIP, State.SKIPPED), (Late.SEND, State.HELD)]
)
def test_lateness_is_decided_as_for_all_others(tmp_path: Path, late: Late, state: State) -> None:
    """No dispatcher ran in time: the post's own policy says what becomes of it."""
    hands = make_hands(tmp_path, Tree(late=late))
    run(hands)
    hands.wait(hours=3)
    run(hands)
    assert [row.state for row in rows(hands)] == [state]


def test_a_pause_is_respected(tmp_path: Path) -> None:
    """What falls due in a pause is missed, and what is on hold alone waits for its release."""
    paused = make_hands(tmp_path / "all", Tree(pause=Pause("all", "", "storm")))
    held = make_hands(tmp_path / "one", Tree(pause=Pause("post", "A", "look again")))
    for hands in (paused, held):
        run(hands)
        hands.wait(hours=1)
        run(hands)
    assert [row.state for row in rows(paused)] == [State.MISSED]
    assert [(row.state, row.reason) for row in rows(held)] == [(State.PLANNED, "stopped: look again")]
    held.trees[0].pause = None
    run(held)
    assert rows(held)[0].handed_over


def test_what_is_not_approved_is_not_handed_over(tmp_path: Path) -> None:
    """An obstacle keeps the kit back like a sending, with its reason; so does a text that cannot be made."""

    def broken() -> Rendition:
        raise FileNotFoundError(2, "No such file", "media/a.jpg")

    lacking = make_hands(tmp_path / "a", Tree(obstacle="needs 1 approval"))
    missing = make_hands(tmp_path / "b", Tree(render=broken))
    for hands, reason in ((lacking, "needs 1 approval"), (missing, "the medium media/a.jpg is missing")):
        hands.wait(hours=1)
        result = run(hands)
        assert [(row.state, row.reason) for row in rows(hands)] == [(State.PLANNED, reason)]
        assert result.needs_person


def test_nothing_is_replayed_on_an_account_that_became_a_persons(tmp_path: Path) -> None:
    """A request of unknown outcome is looked up, but not sent once more, when people publish there by now."""
    office = make_office(tmp_path, Promise.KEY)
    office.network.moods = ["reply lost"]
    office.network.blind_spots = 100
    office.wait(hours=1)
    run(office)
    assert [row.state for row in rows(office)] == [State.UNKNOWN]

    class Turned(Hands):
        def desk(self, ledger: Ledger) -> Desk:
            return replace(super().desk(ledger), open_line=lambda _account_id: self.line())

    turned = Turned(office.place, office.clock, office.network, office.trees)
    turned.wait(minutes=5)
    run(turned)
    assert office.network.requests == 1
    with open_ledger(office.place, now=office.clock.now()) as ledger:
        assert ledger.tries(ACCOUNT_ID, office.clock.now()) == 1


def test_a_changed_uid_asks_nobody_twice(hands: Hands) -> None:
    """The same text out of the same file under another uid is held with the reason, not handed over again."""
    hands.wait(hours=1)
    run(hands)
    with hands.open() as ledger:
        (row,) = ledger.rows()
        with ledger.store.transaction() as transaction:
            transaction.run("UPDATE ledger SET uid = 'B', path = :path", {"path": row.path})
    run(hands)
    (again,) = [row for row in rows(hands) if row.uid == "A"]
    assert again.state is State.HELD
    assert not again.handed_over
    assert "went out from this file as B" in again.reason


def test_nobody_is_asked_to_publish_what_is_gone(hands: Hands) -> None:
    """A post that is deleted, or retracted, after it was handed over is taken back from the person; it may return."""
    hands.wait(hours=1)
    run(hands)
    trees, hands.trees = hands.trees, []
    run(hands)
    assert [row.state for row in rows(hands)] == [State.CANCELLED]
    hands.trees = trees
    run(hands)
    assert [row.handed_over for row in rows(hands)] == [True]


def test_an_unreadable_file_takes_nothing_back(hands: Hands) -> None:
    """A person keeps what was handed over while the file of the post cannot be read."""
    hands.wait(hours=1)
    run(hands)
    hands.trees, hands.unreadable = [], {"content/posts/A.md": "A"}
    run(hands)
    assert [row.handed_over for row in rows(hands)] == [True]
