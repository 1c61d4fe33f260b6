"""Every crash point by every class by every kind of end by every mood of the network, one after the other (P10, P15)."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path

import pytest

from tests.simulation.town import CLASSES, START, Post, Town
from toolkit.dispatch import Desk, Lease, Shelf, tick
from toolkit.errors import LedgerError
from toolkit.ledger import Ledger, Row, State
from toolkit.model import Promise
from toolkit.simulation import Fault, Script, Weather
from toolkit.simulation.machine import Dies

POINTS = ("C1", "C2", "C3", "C4", "C5", "C6")
ENDS = ("kill", "exception", "disk full", "timeout")
MOODS: tuple[Fault | None, ...] = (None, Fault.LOST, Fault.RESET, Fault.WAIT_SECONDS)
DONE = {State.CONFIRMED, State.HELD}


class Trouble:
    """Makes one end at the `arrival`-th arrival at a point, and notes that it did."""

    def __init__(self, town: Town, point: str, end: str, arrival: int) -> None:
        self.town = town
        self.point = point
        self.end = end
        self.left = arrival
        self.met = False

    def __call__(self, here: str) -> None:
        if here != self.point or self.met:
            return
        self.left -= 1
        if self.left:
            return
        self.met = True
        match self.end:
            case "kill":
                raise Dies(here)
            case "exception":
                raise ZeroDivisionError(here)
            case "disk full":
                raise LedgerError("database or disk is full")
            case _:
                # The machine sleeps through its lease, wherever it is.
                self.town.clock.wait(timedelta(minutes=10))


def run(town: Town, ledger: Ledger, crash: Trouble) -> None:
    """One tick, whatever becomes of it; the next one is another process."""
    lease = Lease(town.clock.elapsed)
    desk = Desk(
        ledger,
        town.orders(),
        lambda account: town.line(account, lease),
        Shelf(lambda _file: b""),
        town.clock,
        lease,
        crash=crash,
        machine="town",
    )
    try:
        tick(desk)
    except (Dies, ZeroDivisionError, LedgerError):
        return


def settled(rows: list[Row]) -> bool:
    """Whether all is over; the rest of a thread waits for its held part."""
    stuck = {row.thread for row in rows if row.state is State.HELD}
    return bool(rows) and all(row.state in DONE or (row.state is State.PLANNED and row.thread in stuck) for row in rows)


def through(folder: Path, promise: Promise, point: str, end: str, moods: tuple[Fault | None, ...]) -> Town:
    """A thread of three, brought to its end through one trouble."""
    post = Post("A", promise, START + timedelta(hours=1), parts=3, grace=timedelta(days=2))
    town = Town(folder, Weather(1), [post], sky=Script(moods))
    trouble = Trouble(town, point, end, arrival=1)
    town.crash = trouble
    with town.open() as ledger:
        run(town, ledger, trouble)
        town.clock.wait(timedelta(hours=1))
        for _half_minute in range(150):
            run(town, ledger, trouble)
            town.clock.wait(timedelta(seconds=30))
            if settled(ledger.rows()):
                break
        rows = ledger.rows()
    assert settled(rows), [(row.key, row.state, row.reason) for row in rows]
    judge_rows(town, promise, rows)
    return town


def judge_rows(town: Town, promise: Promise, rows: list[Row]) -> None:
    """Once each, in order; on a blind network at most once, and whoever is not out is held or waits for what is."""
    record = town.network(promise).record
    texts = [post.text for post in record.posts]
    assert texts == [f"A {number}" for number in range(len(texts))]
    states = [row.state for row in sorted(rows, key=lambda row: row.part)]
    if promise is Promise.BLIND and State.HELD in states:
        return
    assert states == [State.CONFIRMED] * 3
    assert len(texts) == 3


@pytest.mark.parametrize("promise", CLASSES)
@pytest.mark.parametrize("end", ENDS)
def test_every_point_ends_well(tmp_path: Path, promise: Promise, end: str) -> None:
    """Out exactly once and in order, or held where nobody can ask; every point that can be reached was reached."""
    met = set()
    for number, (point, mood) in enumerate(itertools.product(POINTS, MOODS)):
        folder = tmp_path / str(number)
        folder.mkdir()
        town = through(folder, promise, point, end, (mood,))
        assert isinstance(town.crash, Trouble)
        if town.crash.met:
            met.add(point)
    # A blind network is never looked at.
    assert met == set(POINTS) - ({"C6"} if promise is Promise.BLIND else set())


@pytest.mark.parametrize("promise", CLASSES)
def test_the_second_part_of_five_is_refused(tmp_path: Path, promise: Promise) -> None:
    """One is out, four wait; sent again by a person it goes on at the second: five, none twice, in order."""
    post = Post("A", promise, START + timedelta(hours=1), parts=5, grace=timedelta(days=2))
    town = Town(tmp_path, Weather(1), [post], sky=Script((None, Fault.REFUSED)))
    calm = Trouble(town, "", "", 1)
    town.crash = calm
    with town.open() as ledger:
        run(town, ledger, calm)
        town.clock.wait(timedelta(hours=1))
        for _minute in range(10):
            run(town, ledger, calm)
            town.clock.wait(timedelta(minutes=1))
        states = [row.state for row in sorted(ledger.rows(), key=lambda row: row.part)]
        assert states == [State.CONFIRMED, State.FAILED, *[State.PLANNED] * 3]
        ledger.resolve_again(ledger.rows(states=(State.FAILED,))[0], town.clock.now())
        for _minute in range(15):
            run(town, ledger, calm)
            town.clock.wait(timedelta(minutes=1))
        assert {row.state for row in ledger.rows()} == {State.CONFIRMED}
    assert [post.text for post in town.network(promise).record.posts] == [f"A {number}" for number in range(5)]
