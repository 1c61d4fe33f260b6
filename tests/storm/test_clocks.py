"""Wrong clocks: set, jumping, asleep, wrong while sending (C10, P5, P13)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.simulation.town import CLASSES, START, Post, Town, endings, some_posts
from tests.storm.test_exhaustive import Trouble, run
from toolkit.model import Promise
from toolkit.simulation import Fault, Script, Weather


@pytest.mark.parametrize("seed", range(3))
def test_a_clock_that_jumps_for_minutes_doubles_and_loses_nothing(tmp_path: Path, seed: int) -> None:
    """One machine, two hours wrong either way for minutes, all month long, while replies are lost."""
    weather = Weather(seed, {Fault.JUMP: 0.3, Fault.LOST: 0.2, Fault.CRASH: 0.05})
    history, verdict = Town(tmp_path, weather, some_posts(40)).live()
    assert (verdict.doubled, verdict.lost) == (0, 0), (f"seed {seed}", endings(verdict))
    assert history.ticks > 100


@pytest.mark.parametrize("promise", CLASSES)
def test_a_machine_that_sleeps_for_days_sends_nothing_twice(tmp_path: Path, promise: Promise) -> None:
    """The lid is closed after the intent, for three days: the clock is read again before the request."""
    post = Post("A", promise, START + timedelta(hours=1), grace=timedelta(days=9))
    town = Town(tmp_path, Weather(1), [post], sky=Script(()))

    class Lid(Trouble):
        def __call__(self, here: str) -> None:
            if here == "C2" and not self.met:
                self.met = True
                town.clock.wait(timedelta(days=3))

    lid = Lid(town, "C2", "timeout", 1)
    town.crash = lid
    with town.open() as ledger:
        run(town, ledger, lid)
        town.clock.wait(timedelta(hours=1))
        for _minute in range(8):
            run(town, ledger, lid)
            town.clock.wait(timedelta(minutes=1))
    assert lid.met
    assert town.network(promise).record.copies() == {next(iter(town.network(promise).record.copies())): 1}


@pytest.mark.parametrize("error", [-5, 5])
def test_a_clock_that_was_wrong_while_sending_doubles_nothing(tmp_path: Path, error: int) -> None:
    """A lost reply of a wrong clock looks settled once the clock is right, while the network still lags."""
    post = Post("A", Promise.READ_BACK, START + timedelta(hours=1))
    town = Town(tmp_path, Weather(1, {Fault.LAG: 1.0}), [post], sky=Script((Fault.LOST,)))
    calm = Trouble(town, "", "", 1)
    town.crash = calm
    with town.open() as ledger:
        run(town, ledger, calm)
        town.clock.wait(timedelta(hours=1, minutes=6))
        town.clock.error = timedelta(minutes=error)
        run(town, ledger, calm)  # it sends, and hears nothing
        town.clock.error = timedelta()
        for _look in range(12):
            run(town, ledger, calm)  # it looks
            town.clock.wait(timedelta(minutes=1))
    assert sum(town.network(Promise.READ_BACK).record.copies().values()) == 1
