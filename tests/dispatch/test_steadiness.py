"""A clock that was set settles nothing: waits begin anew, keys count as old, and machines keep to the database's clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.dispatch.fakes import DUE, Office, make_office
from tests.servers.postgres import Postgres
from toolkit.dispatch import Desk, tick
from toolkit.dispatch.steadiness import DISAGREEMENT, mind_the_clock
from toolkit.errors import LedgerError
from toolkit.ledger import Ledger, LedgerPlace, Row, State, open_ledger

MINUTE = timedelta(minutes=1)


@dataclass
class Machine:
    """One machine with an office; its wall clock can be set while its steady one goes on."""

    office: Office
    ledger: Ledger

    def desk(self) -> Desk:
        return replace(self.office.desk(self.ledger), machine="probe")

    def row(self) -> Row:
        (row,) = self.ledger.rows()
        return row

    def set_clock(self, delta: timedelta) -> None:
        self.office.clock.moment += delta


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """A machine whose one post went out and whose answer was lost."""
    office = make_office(tmp_path)
    office.network.moods = ["reply lost"]
    with office.open() as ledger:
        made = Machine(office, ledger)
        office.wait(hours=1)
        tick(made.desk())
        assert made.row().state is State.UNKNOWN
        yield made


def test_a_steady_clock_leaves_the_waits_alone(machine: Machine) -> None:
    """Time that really passed counts."""
    machine.office.wait(minutes=1)
    mind_the_clock(machine.desk())
    assert machine.row().tried_at == DUE


@pytest.mark.parametrize("delta", [10 * MINUTE, -10 * MINUTE])
def test_a_clock_that_was_set_begins_waits_anew(machine: Machine, delta: timedelta) -> None:
    """From the moment at which it is noticed, by the clock as it is then."""
    machine.set_clock(delta)
    mind_the_clock(machine.desk())
    assert machine.row().tried_at == DUE + delta


def test_keys_are_old_after_a_clock_was_set_back(machine: Machine) -> None:
    """A key that looks young may have been forgotten by its network long ago; forward it only looks older."""
    machine.set_clock(10 * MINUTE)
    mind_the_clock(machine.desk())
    assert machine.row().first_tried_at == DUE
    machine.set_clock(-20 * MINUTE)
    mind_the_clock(machine.desk())
    first = machine.row().first_tried_at
    assert first is not None
    assert DUE - first > timedelta(days=20)


def test_a_forward_step_does_not_prove_absence(machine: Machine) -> None:
    """Right after the step the network still lags: the post is found later, and sent once."""
    machine.set_clock(30 * MINUTE)
    for _tick in range(6):
        tick(machine.desk())
        machine.office.wait(minutes=1)
    assert machine.row().state is State.CONFIRMED
    assert len(machine.office.network.published) == 1


def test_machines_keep_to_the_clock_of_the_database(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that is off by more than the margin sends nothing and says by how much."""
    now = machine.office.clock.moment
    monkeypatch.setattr(Ledger, "clock", lambda _ledger: now.astimezone(UTC) + DISAGREEMENT)
    mind_the_clock(machine.desk())
    monkeypatch.setattr(Ledger, "clock", lambda _ledger: now.astimezone(UTC) + 2 * DISAGREEMENT)
    with pytest.raises(LedgerError, match="-20 s off the database's"):
        tick(machine.desk())


def test_a_clock_that_somebody_set_on_purpose_is_not_minded(machine: Machine) -> None:
    """`--now` and rehearsals are no broken machines."""
    machine.set_clock(timedelta(days=3))
    mind_the_clock(replace(machine.desk(), machine=""))
    assert machine.row().tried_at == DUE


def test_postgresql_tells_its_time(postgres: Postgres, tmp_path: Path) -> None:
    """A real server's clock is an aware moment near ours."""
    place = LedgerPlace(tmp_path / "ledger.sqlite", postgres.address, "clock")
    now = datetime.now(UTC)
    with open_ledger(place, now=now) as ledger:
        theirs = ledger.clock()
    assert theirs is not None
    assert abs(theirs - now) < MINUTE
