"""What follows a post: comments, corrections, retractions. Each once, after the post, whatever happens between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.dispatch.fakes import DUE, Crash, FakeNetwork, Office, Tree, make_office
from toolkit.community import Pause
from toolkit.dispatch import Order, tick
from toolkit.ledger import PauseRow, Row, State
from toolkit.model import Answer, Late, Outcome, Promise
from toolkit.networks.base import Intent

pytestmark = pytest.mark.usefixtures("either_ledger")

AFTER = timedelta(minutes=10)


@dataclass
class EditableNetwork(FakeNetwork):
    """A network whose posts can be changed and taken back; `moods` hold for these requests, too."""

    done: list[tuple[str, str]] = field(default_factory=list)  # what, remote id

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        return self._do(f"edit to {intent.content.text}", remote_id)

    def delete(self, remote_id: str) -> Answer:
        return self._do("delete", remote_id)

    def _do(self, what: str, remote_id: str) -> Answer:
        mood = self.moods.pop(0) if self.moods else "accept"
        if mood == "later":
            return Answer(Outcome.LATER, retry_at=self.clock.now() + self.retry_after)
        if mood == "refuse":
            return Answer(Outcome.REFUSED, reason="too old to be changed")
        self.done.append((what, remote_id))
        self.crash("C3")
        return Answer(Outcome.UNKNOWN, reason="HTTP 500") if mood == "500" else Answer(Outcome.ACCEPTED, remote_id)


@dataclass
class ThreadedTree(Tree):
    """A post and what follows it: action → the texts of what is sent."""

    following: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def orders(self) -> list[Order]:
        order = self.order()
        return [order, *(self._follower(order, action, texts) for action, texts in self.following.items())]

    def _follower(self, order: Order, action: str, texts: tuple[str, ...]) -> Order:
        after = f"withdraw:{action[-1]}" if action.startswith("repost") else "post"
        planned = replace(order.planned, action=action)
        return replace(
            order, planned=planned, after=after, late=Late.SEND, render=replace(self, texts=texts)._rendition
        )


@pytest.fixture
def tree() -> ThreadedTree:
    return ThreadedTree()


@pytest.fixture
def office(tmp_path: Path, tree: ThreadedTree) -> Office:
    made = make_office(tmp_path)
    return replace(made, network=EditableNetwork(made.clock, Promise.READ_BACK), trees=[tree])


def run(office: Office, moment: datetime) -> None:
    """One tick at `moment`."""
    office.clock.moment = moment
    with office.open() as ledger:
        tick(office.desk(ledger))


def network(office: Office) -> EditableNetwork:
    assert isinstance(office.network, EditableNetwork)
    return office.network


def rows(office: Office) -> dict[str, list[Row]]:
    with office.open() as ledger:
        found: dict[str, list[Row]] = {}
        for row in sorted(ledger.rows(), key=lambda row: row.part):
            found.setdefault(row.action, []).append(row)
        return found


def states(office: Office) -> dict[str, list[State]]:
    return {action: [row.state for row in threads] for action, threads in rows(office).items()}


def test_a_comment_follows_in_the_same_tick(office: Office, tree: ThreadedTree) -> None:
    """The first comment answers the last part of the thread, and waits for no further tick."""
    tree.texts, tree.following = ("one", "two"), {"comment": ("more below",)}
    run(office, DUE)
    assert [text for _key, _part, text, _at in network(office).published] == ["one", "two", "more below"]
    assert states(office) == {"post": [State.CONFIRMED] * 2, "comment": [State.CONFIRMED]}


def test_nothing_follows_what_is_not_out(office: Office, tree: ThreadedTree) -> None:
    """A refused post gets no comment; its correction and retraction have nothing to be about."""
    tree.following = {"comment": ("c",), "edit:1": ("e",), "retract": ("r",)}
    office.network.moods = ["refuse"]
    run(office, DUE)
    run(office, DUE + AFTER)
    assert states(office) == {"post": [State.FAILED]}


def test_a_correction_changes_every_part(office: Office, tree: ThreadedTree) -> None:
    """Part by part, at the place of the part that it corrects; the post's rows stay as they are."""
    tree.texts = ("one", "two")
    run(office, DUE)
    tree.following = {"edit:1": ("ONE", "TWO")}
    run(office, DUE + AFTER)
    assert network(office).done == [("edit to ONE", "1"), ("edit to TWO", "2")]
    assert states(office) == {"post": [State.CONFIRMED] * 2, "edit:1": [State.CONFIRMED] * 2}
    run(office, DUE + 2 * AFTER)
    assert len(network(office).done) == 2


def test_a_correction_keeps_the_number_of_parts(office: Office, tree: ThreadedTree) -> None:
    """A text with another number of parts changes nothing and says so."""
    run(office, DUE)
    tree.following = {"edit:1": ("ONE", "TWO")}
    run(office, DUE + AFTER)
    assert network(office).done == []
    (row,) = rows(office)["edit:1"]
    assert "has 2 parts, 1 are out" in row.reason


@pytest.mark.parametrize("action", ["edit:1", "retract"])
def test_an_unknown_change_is_made_once_more(office: Office, tree: ThreadedTree, action: str) -> None:
    """To edit or take back twice is to do it once, so that nobody has to look."""
    run(office, DUE)
    tree.following = {action: ("NEW",)}
    office.network.moods = ["500"]
    run(office, DUE + AFTER)
    assert states(office)[action] == [State.UNKNOWN]
    run(office, DUE + 2 * AFTER)
    assert states(office)[action] == [State.CONFIRMED]
    assert len(network(office).done) == 2
    assert {remote_id for _what, remote_id in network(office).done} == {"1"}


def test_a_change_that_is_no_longer_wanted_is_not_repeated(office: Office, tree: ThreadedTree) -> None:
    """A newer correction must not be overwritten by an older one whose answer was lost."""
    run(office, DUE)
    tree.following = {"edit:1": ("OLD",)}
    office.network.moods = ["500"]
    run(office, DUE + AFTER)
    tree.following = {"edit:2": ("NEW",)}
    run(office, DUE + 2 * AFTER)
    assert states(office)["edit:1"] == [State.HELD]
    run(office, DUE + 3 * AFTER)
    assert network(office).done == [("edit to OLD", "1"), ("edit to NEW", "1")]


def test_a_network_that_refuses_a_change_is_heard(office: Office, tree: ThreadedTree) -> None:
    """A refusal is a failed row with the network's words; the post stays published."""
    run(office, DUE)
    tree.following = {"edit:1": ("NEW",)}
    office.network.moods = ["refuse"]
    run(office, DUE + AFTER)
    (row,) = rows(office)["edit:1"]
    assert (row.state, row.reason) == (State.FAILED, "too old to be changed")
    assert states(office)["post"] == [State.CONFIRMED]


def test_what_cannot_be_edited_is_taken_back_and_sent_anew(office: Office, tree: ThreadedTree) -> None:
    """In this order; a correction after that is about the new post."""
    run(office, DUE)
    tree.texts, tree.following = ("better",), {"withdraw:1": (), "repost:1": ("better",)}
    run(office, DUE + AFTER)
    assert network(office).done == [("delete", "1")]
    assert [text for _key, _part, text, _at in network(office).published] == ["Hello", "better"]
    tree.following = {"withdraw:1": (), "repost:1": ("better",), "edit:2": ("best",)}
    run(office, DUE + 2 * AFTER)
    assert network(office).done[-1] == ("edit to best", "2")


def test_a_half_sent_thread_is_taken_back(office: Office, tree: ThreadedTree) -> None:
    """What is out of a thread that was refused half-way goes; what is not out needs nothing."""
    tree.texts = ("one", "two", "three")
    office.network.moods = ["accept", "refuse"]
    run(office, DUE)
    tree.following = {"retract": ()}
    office.trees = [RetractedTree(**vars(tree))]
    run(office, DUE + AFTER)
    assert network(office).done == [("delete", "1")]
    assert states(office)["retract"] == [State.CONFIRMED]
    assert states(office)["post"] == [State.CONFIRMED, State.FAILED, State.CANCELLED]


@pytest.mark.parametrize("moods", [[], ["500"], ["later"]])
def test_a_part_that_turns_out_to_be_out_is_taken_back_too(
    office: Office, tree: ThreadedTree, moods: list[str]
) -> None:
    """Held when the post was retracted, and later seen by a person: it goes as well, and nothing is done after that."""
    tree.texts = ("one", "two", "three")
    office.network.promise = Promise.BLIND
    office.network.moods = ["accept", "reply lost"]
    run(office, DUE)
    assert states(office)["post"] == [State.CONFIRMED, State.HELD, State.PLANNED]
    tree.following = {"retract": ()}
    office.trees = [RetractedTree(**vars(tree))]
    run(office, DUE + AFTER)
    assert network(office).done == [("delete", "1")]
    with office.open() as ledger:
        (held,) = ledger.rows(states=(State.HELD,))
        assert ledger.resolve_out(held, DUE + 2 * AFTER, "https://fake.example/2", "2")
    office.network.moods = list(moods)
    for times in range(3, 8):
        run(office, DUE + times * AFTER)
    assert {remote_id for _what, remote_id in network(office).done} == {"1", "2"}
    assert states(office)["retract:2"] == [State.CONFIRMED] * 2
    done = len(network(office).done)
    run(office, DUE + 9 * AFTER)
    assert len(network(office).done) == done


class RetractedTree(ThreadedTree):
    """A post that is to be taken back: it is not to go out any more."""

    def orders(self) -> list[Order]:
        return super().orders()[1:]


def test_a_hold_stops_a_correction_and_no_retraction(office: Office, tree: ThreadedTree) -> None:
    """Whoever stops a post wants it gone, not changed."""
    run(office, DUE)
    with office.open() as ledger:
        ledger.add_pause(PauseRow(0, "post", "A", "wrong", "", DUE, None))
    tree.following = {"edit:1": ("NEW",), "retract": ()}
    office.trees = [RetractedTree(**vars(tree))]
    run(office, DUE + AFTER)
    assert network(office).done == [("delete", "1")]
    assert states(office)["edit:1"] == [State.PLANNED]


@pytest.mark.parametrize("point", ["C1", "C2", "C3", "C4", "C5"])
@pytest.mark.parametrize("action", ["edit:1", "retract", "comment"])
def test_a_crash_at_any_point_ends_well(office: Office, tree: ThreadedTree, action: str, point: str) -> None:
    """A comment is there once; a change is made; whatever the dispatcher died of."""
    run(office, DUE)
    tree.following = {action: ("NEW",)}
    office.crash = office.network.crash = dying(point)
    with pytest.raises(Crash):
        run(office, DUE + AFTER)
    office.crash = office.network.crash = dying("")
    for times in range(2, 8):
        run(office, DUE + times * AFTER)
    assert states(office)[action] == [State.CONFIRMED]
    assert [text for _key, _part, text, _at in network(office).published].count("NEW") == (action == "comment")


def test_a_pause_stops_a_change_that_is_made_once_more(office: Office, tree: ThreadedTree) -> None:
    """An unknown edit waits for the end of the pause like every other request; then it is made."""
    run(office, DUE)
    tree.following = {"edit:1": ("NEW",)}
    office.network.moods = ["500"]
    run(office, DUE + AFTER)
    tree.pause = Pause("all", "", "crisis", "", since=None, until=None)
    run(office, DUE + 2 * AFTER)
    assert (len(network(office).done), states(office)["edit:1"]) == (1, [State.UNKNOWN])
    tree.pause = None
    run(office, DUE + 3 * AFTER)
    assert (len(network(office).done), states(office)["edit:1"]) == (2, [State.CONFIRMED])


@pytest.mark.parametrize("ready", [True, False])
def test_a_new_time_in_the_file_puts_no_retraction_off(office: Office, tree: ThreadedTree, ready: bool) -> None:
    """Whoever moves a published post to next year and retracts it wants it gone now; a draft says what it waits for."""
    run(office, DUE)
    tree.due, tree.ready, tree.following = DUE + timedelta(days=365), ready, {"retract": ()}
    office.trees = [RetractedTree(**vars(tree))]
    run(office, DUE + AFTER)
    (row,) = rows(office)["retract"]
    assert (row.due, row.state) == (DUE, State.CONFIRMED if ready else State.PLANNED)
    assert ready or "not ready" in row.reason


def test_what_a_person_published_instead_is_taken_back(office: Office, tree: ThreadedTree) -> None:
    """A missed post that a person put there needs no stored text to be retracted."""
    run(office, DUE - AFTER)
    run(office, DUE + timedelta(hours=2))
    with office.open() as ledger:
        (row,) = ledger.rows()
        assert row.state is State.MISSED
        assert ledger.resolve_out(row, DUE + timedelta(hours=3), "https://fake.example/7", "7")
    tree.following = {"retract": ()}
    office.trees = [RetractedTree(**vars(tree))]
    run(office, DUE + timedelta(hours=4))
    assert network(office).done == [("delete", "7")]


def test_nothing_follows_what_was_taken_back(office: Office, tree: ThreadedTree) -> None:
    """A retraction that is withdrawn afterwards brings no comment back: there is nothing left to comment."""
    office.network.moods = ["accept", "later"]
    tree.following = {"comment": ("c",)}
    run(office, DUE)
    whole = ThreadedTree(**vars(tree))
    tree.following = {"retract": ()}
    office.trees = [RetractedTree(**vars(tree))]
    run(office, DUE + AFTER)
    assert states(office) == {"post": [State.CONFIRMED], "comment": [State.CANCELLED], "retract": [State.CONFIRMED]}
    office.trees = [whole]
    run(office, DUE + 2 * AFTER)
    assert states(office)["comment"] == [State.CANCELLED]
    assert len(network(office).published) == 1


def test_a_post_between_two_texts_is_not_lost_in_silence(office: Office, tree: ThreadedTree) -> None:
    """The old text is gone, the correction is removed before the new one is out: a person is asked, and may decide."""
    run(office, DUE)
    tree.following = {"withdraw:1": (), "repost:1": ("better",)}
    office.network.moods = ["accept", "later"]
    run(office, DUE + AFTER)
    tree.following = {}
    run(office, DUE + 2 * AFTER)
    (row,) = rows(office)["repost:1"]
    assert row.state is State.HELD
    assert "its correction is gone" in row.reason


def test_a_retraction_leaves_nothing_to_be_sent_anew(office: Office, tree: ThreadedTree) -> None:
    """The same, but the post is retracted: then the new text is not wanted, and nobody is asked."""
    run(office, DUE)
    tree.following = {"withdraw:1": (), "repost:1": ("better",)}
    office.network.moods = ["accept", "later"]
    run(office, DUE + AFTER)
    tree.following = {"retract": ()}
    office.trees = [RetractedTree(**vars(tree))]
    run(office, DUE + 2 * AFTER)
    assert states(office)["repost:1"] == [State.CANCELLED]


def dying(at: str) -> Callable[[str], None]:
    def crash(point: str) -> None:
        if point == at:
            raise Crash

    return crash
