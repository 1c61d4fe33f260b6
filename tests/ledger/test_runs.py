"""Which reports were made by themselves, on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.ledgers import START
from toolkit.ledger import Ledger, LedgerPlace, Run, Runs, RunState, open_ledger
from toolkit.ledger.runs import FIRST_WAIT, LEASE, SINCE, TRIES, read_run

OCTOBER = Run("monthly", "2026-10", "provisional")
MOMENTS = st.none() | st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis wants it without a zone


class Machine:
    """A process with the ledger open and a clock of its own."""

    def __init__(self, ledger: Ledger) -> None:
        self.moment = START
        self.runs = Runs(ledger, lambda: self.moment)

    def october(self) -> Run:
        return self.runs.find("monthly", "2026-10", "provisional")

    def take(self) -> Run:
        taken = self.runs.take(self.october())
        assert taken is not None
        return taken


@pytest.fixture
def one(ledger: Ledger) -> Machine:
    return Machine(ledger)


@pytest.fixture
def other(ledger: Ledger, place: LedgerPlace) -> Iterator[Machine]:
    with open_ledger(place, now=START) as opened:
        yield Machine(opened)


def test_of_two_who_read_the_same_one_takes_it(one: Machine, other: Machine) -> None:
    """Both saw that nobody had it; the second changes nothing, and sees next time that it is taken."""
    mine, theirs = one.october(), other.october()
    assert one.runs.take(mine) is not None
    assert other.runs.take(theirs) is None
    assert other.runs.take(other.october()) is None
    assert other.october().state is RunState.MAKING


def test_what_was_made_is_made(one: Machine, other: Machine) -> None:
    """It names what was made and when, and is open for nobody."""
    assert one.runs.made(one.take(), "sha256:1") is not None
    found = other.october()
    assert (found.state, found.key, found.made_at, found.open) == (RunState.MADE, "sha256:1", START, False)
    assert [run.name for run in other.runs.all()] == ["monthly 2026-10 provisional"]


def test_who_dies_is_waited_for_as_long_as_the_lease(one: Machine, other: Machine) -> None:
    """Then another takes it; whoever comes back from a long sleep can neither confirm it nor fail it."""
    mine = one.take()
    other.moment = START + LEASE - timedelta(seconds=1)
    assert other.runs.take(other.october()) is None
    other.moment = START + LEASE
    theirs = other.take()
    assert one.runs.made(mine, "sha256:late") is None
    assert one.runs.fail(mine, "late") is None
    assert other.runs.made(theirs, "sha256:1") is not None
    assert one.october().key == "sha256:1"


def test_a_clock_that_was_set_back_keeps_nobody_waiting(one: Machine, other: Machine) -> None:
    """A lease that ends later than any can was written by a clock that was wrong."""
    one.take()
    other.moment = START - 2 * LEASE
    assert other.runs.take(other.october()) is not None


def test_failures_come_further_and_further_apart_and_end(one: Machine) -> None:
    """Ten minutes, forty, … : five tries within a day, then it is left to a person, who can have it tried anew."""
    waits = []
    for _number in range(TRIES):
        failed = one.runs.fail(one.take(), "no numbers")
        assert failed is not None
        if failed.again_at is not None:
            waits.append(failed.again_at - one.moment)
            one.moment = failed.again_at - timedelta(seconds=1)
            assert one.runs.take(one.october()) is None
            one.moment = failed.again_at
    assert waits == [FIRST_WAIT * 4**number for number in range(TRIES - 1)]
    found = one.october()
    assert (found.state, found.reason, found.open) == (RunState.FAILED, "no numbers", False)
    assert one.moment - START < timedelta(days=1)
    assert one.runs.wait(found, "") is not None
    assert one.take().tries == 1


def test_who_is_killed_each_time_does_not_try_for_ever(one: Machine) -> None:
    """A report that takes its process down with it counts as failed, like one that says why."""
    for _number in range(TRIES):
        one.take()
        one.moment += LEASE
    assert one.runs.take(one.october()) is None
    assert one.october().state is RunState.FAILED


def test_who_is_ended_in_order_loses_no_try(one: Machine) -> None:
    """The next process takes it at once."""
    one.runs.leave(one.take())
    assert one.october().state is RunState.WAITING
    assert one.take().tries == 1


def test_mail_is_one_persons_business_at_a_time(one: Machine, other: Machine) -> None:
    """Who made it sends it; another one goes on where a dead one stopped, and afterwards nothing is left to do."""
    made = one.runs.made(one.take(), "sha256:1")
    assert made is not None
    assert other.runs.take(other.october()) is None
    part = one.runs.change(made, replace(made, mail={"ines": "sent", "jule": ""}))
    assert part is not None
    other.moment = START + LEASE
    theirs = other.take()
    assert (theirs.mail, theirs.state, theirs.tries) == ({"ines": "sent", "jule": ""}, RunState.MADE, 1)
    assert one.runs.mailed(part) is None
    assert other.runs.mailed(theirs) is not None
    assert one.october().mailed
    assert not one.october().token


def test_the_first_one_says_since_when(one: Machine, other: Machine) -> None:
    """Whoever comes later learns it, and it is no run."""
    assert one.runs.since() is None
    assert one.runs.begin() == START
    other.moment = START + timedelta(days=40)
    assert other.runs.begin() == START
    assert one.runs.all() == []


def test_a_wait_is_written_once(one: Machine) -> None:
    """Saying the same again changes nothing; a new reason takes its place."""
    first = one.runs.wait(one.october(), "no counts of X")
    one.moment += timedelta(hours=1)
    assert one.runs.wait(one.october(), "no counts of X") == first
    assert one.runs.wait(one.october(), "no counts of Y") is not None
    assert one.october().reason == "no counts of Y"


def test_rows_of_other_versions_can_be_changed(one: Machine) -> None:
    """One that lacks a key, and one with a key that nobody here knows."""
    said = json.loads(OCTOBER.to_text())
    del said["mailed"]
    one.runs.notes.write(OCTOBER.name, json.dumps(said | {"colour": "red"}))
    assert one.runs.wait(one.october(), "a reason") is not None
    assert one.october().reason == "a reason"


@given(
    state=st.sampled_from(RunState),
    moments=st.tuples(MOMENTS, MOMENTS, MOMENTS, MOMENTS),
    reason=st.text(st.characters(exclude_categories=["Cs"])),
    tries=st.integers(0, 9),
    mail=st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), st.text(max_size=5)),
)
def test_a_run_is_read_as_it_was_written(
    state: RunState,
    moments: tuple[datetime | None, datetime | None, datetime | None, datetime | None],
    reason: str,
    tries: int,
    mail: dict[str, str],
) -> None:
    """Whatever is in it."""
    lease, again, changed, made = moments
    run = replace(OCTOBER, state=state, reason=reason, tries=tries, mail=mail)
    run = replace(run, lease_until=lease, again_at=again, changed_at=changed, made_at=made, mailed=tries > 5)
    assert read_run(run.to_text()) == run
    assert OCTOBER.name != SINCE
