from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.dispatch.fakes import ACCOUNT_ID, DUE, START, Office, Tree, make_office
from toolkit.dispatch import tick
from toolkit.ledger import Event, Ledger, Planned, Row, State
from toolkit.model import Promise

pytestmark = pytest.mark.usefixtures("either_ledger")

LATER = DUE + timedelta(hours=3)


def run(office: Office) -> list[Event]:
    with office.open() as ledger:
        return list(tick(office.desk(ledger)).events)


def row(office: Office) -> Row:
    with office.open() as ledger:
        (found,) = ledger.rows()
    return found


def test_a_plan_that_did_not_change_is_no_news(office: Office) -> None:
    """The second tick over the same tree writes no event."""
    assert [event.state for event in run(office)] == [State.PLANNED]
    assert run(office) == []


def test_a_new_time_moves_the_row(office: Office) -> None:
    """Rescheduled before it was sent: the same row, the new moment, and the log says from when to when."""
    run(office)
    office.trees = [Tree(due=LATER)]
    (event,) = run(office)
    assert "2026-12-01T07:00:00.000000Z → 2026-12-01T10:00:00.000000Z" in event.detail
    assert (row(office).due, row(office).wall, row(office).reason) == (LATER, "2026-12-01 10:00", "")


def test_new_time_zone_rules_move_exactly_what_they_change(tmp_path: Path) -> None:
    """With a new tzdata version one instant moves; the other row only notes the version, without an event."""
    office = make_office(tmp_path, Promise.READ_BACK, Tree("A"), Tree("B"))
    run(office)
    orders = {tree.uid: tree.order() for tree in office.trees}
    moved = replace(orders["A"].planned, due=DUE + timedelta(hours=1), tzdata="2027a")
    noted = replace(orders["B"].planned, tzdata="2027a")
    with office.open() as ledger:
        desk = office.desk(ledger)
        new = {
            order.key: replace(order, planned=planned)
            for order, planned in zip(orders.values(), (moved, noted), strict=True)
        }
        result = tick(replace(desk, orders=replace(desk.orders, orders=new)))
        assert [event.uid for event in result.events] == ["A"]
        assert {found.tzdata for found in ledger.rows()} == {"2027a"}


def test_a_vanished_post_is_cancelled_and_comes_back(office: Office) -> None:
    """Deleted and restored before its time: the same row, planned again; it goes out once."""
    run(office)
    trees, office.trees = office.trees, []
    run(office)
    assert row(office).state is State.CANCELLED
    office.trees = trees
    run(office)
    assert row(office).state is State.PLANNED
    office.wait(hours=1)
    run(office)
    assert office.network.requests == 1


@pytest.mark.parametrize(
    "unreadable",
    [{"content/posts/A.md": ""}, {"content/posts/renamed.md": "A"}, {"content/posts/renamed.md": ""}],
)
def test_an_unreadable_file_holds_its_post_and_cancels_nothing(office: Office, unreadable: dict[str, str]) -> None:
    """Broken by path, renamed and broken, or so broken that its uid is lost: planned, waiting, not sent, not missed."""
    run(office)
    office.trees, office.unreadable = [], unreadable
    office.wait(hours=5)
    run(office)
    assert (row(office).state, office.network.requests) == (State.PLANNED, 0)
    assert "cannot be read" in row(office).reason


def test_a_broken_file_elsewhere_cancels_as_usual(office: Office) -> None:
    """A file whose uid is known to be another's says nothing about this post."""
    run(office)
    office.trees, office.unreadable = [], {"content/posts/B.md": "B"}
    run(office)
    assert row(office).state is State.CANCELLED


def test_a_renamed_file_keeps_its_row(office: Office) -> None:
    """Identity is the uid: a new path is noted without an event, and nothing is sent twice."""
    run(office)
    order = office.trees[0].order()
    renamed = replace(order, planned=replace(order.planned, path="content/posts/new.md"))
    with office.open() as ledger:
        desk = office.desk(ledger)
        result = tick(replace(desk, orders=replace(desk.orders, orders={order.key: renamed})))
        assert result.events == ()
    assert row(office).path == "content/posts/new.md"


def test_a_draft_has_no_row(office: Office) -> None:
    """Only a ready post is planned; one that goes back to draft keeps its row and waits."""
    office.trees = [Tree(ready=False)]
    assert run(office) == []
    office.trees = [Tree()]
    run(office)
    office.trees = [Tree(ready=False)]
    office.wait(hours=1)
    run(office)
    assert (row(office).state, row(office).reason) == (State.PLANNED, "its status is not ready")


def test_the_first_run_sends_nothing_old(tmp_path: Path) -> None:
    """A year of posts from before the ledger is imported; what comes later is planned."""
    old = [Tree(f"old{number}", START - timedelta(days=number)) for number in range(300)]
    office = make_office(tmp_path, Promise.READ_BACK, *old, Tree("new"))
    run(office)
    with office.open() as ledger:
        counts = ledger.summary(START).counts
    assert (counts[State.IMPORTED], counts[State.PLANNED], office.network.requests) == (300, 1, 0)


def _confirm(ledger: Ledger) -> None:
    found = _send(ledger)
    ledger.confirm(found, DUE, "1", "u")


def _doubt(ledger: Ledger) -> None:
    ledger.doubt(_send(ledger), DUE, "timeout")


def _refuse(ledger: Ledger) -> None:
    ledger.refuse(_send(ledger), DUE, "no")


def _hold(ledger: Ledger) -> None:
    ledger.hold(ledger.rows()[0], DUE, "look")


def _miss(ledger: Ledger) -> None:
    ledger.miss(ledger.rows()[0], DUE, "late")


def _skip(ledger: Ledger) -> None:
    ledger.skip(ledger.rows()[0], DUE, "late")


def _send(ledger: Ledger) -> Row:
    intended = ledger.begin(ledger.rows()[0], DUE, rendition=Tree().order().render().to_json(), hashes=["h"], commit="")
    assert intended is not None
    return intended


STATES: list[Callable[[Ledger], object]] = [_send, _doubt, _confirm, _refuse, _hold, _miss, _skip]


@pytest.mark.parametrize("reach", STATES, ids=lambda reach: reach.__name__.strip("_"))
@pytest.mark.parametrize("edit", ["deleted", "rescheduled", "draft", "unreadable", "edited"])
def test_an_edit_touches_planned_rows_only(office: Office, reach: Callable[[Ledger], object], edit: str) -> None:
    """Deleted, rescheduled, withdrawn, broken or edited: a row that is on its way, out or decided stays as it is."""
    with office.open() as ledger:
        ledger.plan([office.trees[0].order().planned], START)
        reach(ledger)
        before = ledger.rows()[0]
    trees = {"deleted": [], "unreadable": [], "rescheduled": [Tree(due=LATER)], "draft": [Tree(ready=False)]}
    office.trees = trees.get(edit, [Tree(texts=("Other",))])
    office.unreadable = {"content/posts/A.md": ""} if edit == "unreadable" else {}
    office.wait(hours=1, seconds=1)
    office.network.blind_spots = 1
    run(office)
    after = row(office)
    # An unknown row was looked at under a token, which is all that may have changed.
    assert replace(after, token="", lease_until=None) == replace(
        before, token="", lease_until=before.lease_until and None
    )
    assert office.network.requests == 0


def test_a_switched_account_name_sends_nothing_again(office: Office) -> None:
    """The account is renamed in leitstand.toml: rows stand on the remote identity, so nothing is planned anew."""
    office.wait(hours=1)
    run(office)
    order = office.trees[0].order()
    renamed = replace(order, planned=replace(order.planned, account="new-name"))
    with office.open() as ledger:
        desk = office.desk(ledger)
        result = tick(replace(desk, orders=replace(desk.orders, orders={order.key: renamed})))
    assert result.events == ()
    assert office.network.requests == 1


def test_a_new_account_imports_the_past(office: Office) -> None:
    """A channel that is added to old posts does not send them, and does not report them as missed."""
    office.wait(days=1)
    other = "fake:@second"
    planned = Planned("A", other, "second", "fake", "content/posts/A.md", DUE, "w", "UTC", "2026f")
    order = replace(office.trees[0].order(), planned=planned)
    with office.open() as ledger:
        desk = office.desk(ledger)
        accounts = ((ACCOUNT_ID, "fake", "fake"), (other, "second", "fake"))
        result = tick(replace(desk, orders=replace(desk.orders, orders={order.key: order}, accounts=accounts)))
    assert [event.state for event in result.events] == [State.IMPORTED]
