"""What is owed in public, by when, and whether it was kept; and when it may end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.community.crisis.recall import recall
from toolkit.community.crisis.deadlines import Duty, find_deadlines, next_deadline
from toolkit.community.crisis.ending import objections
from toolkit.community.crisis.incident import Deed, Entry, Incident
from toolkit.workspace.playbook import AllClear

AT = datetime(2026, 11, 22, 11, tzinfo=UTC)
BEGUN = replace(recall(AT), update_every=timedelta(hours=2))
CLEAR = AllClear(timedelta(hours=24), "chefin")


def after(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


def with_entries(*entries: tuple[int, Deed]) -> Incident:
    return replace(BEGUN, entries=tuple(Entry(after(minutes), "mai", deed, "…") for minutes, deed in entries))


def test_the_first_response_is_owed_first() -> None:
    """Notes and decisions are not said in public; what was said late was late by so much."""
    quiet = with_entries((5, Deed.NOTE), (10, Deed.DECISION))
    owed = next_deadline(quiet)
    assert owed is not None
    assert (owed.duty, owed.due) == (Duty.FIRST, after(30))
    assert owed.late(after(45)) == timedelta(minutes=15)
    first = find_deadlines(with_entries((40, Deed.PUBLIC)))[0]
    assert not first.kept
    assert first.late(after(500)) == timedelta(minutes=10)


def test_updates_count_from_what_was_said_last() -> None:
    """Two hours after each word in public; one in time, one not, one open."""
    found = find_deadlines(with_entries((10, Deed.PUBLIC), (100, Deed.PUBLIC), (300, Deed.PUBLIC)))
    assert [(one.duty, one.due, one.kept) for one in found] == [
        (Duty.FIRST, after(30), True),
        (Duty.UPDATE, after(130), True),
        (Duty.UPDATE, after(220), False),
        (Duty.UPDATE, after(420), False),
    ]


def test_nothing_is_owed_after_the_end() -> None:
    """The update that would fall due after closing is no broken promise; one before is."""
    spoken = with_entries((10, Deed.PUBLIC))
    assert len(find_deadlines(replace(spoken, closed=after(100)))) == 1
    assert len(find_deadlines(replace(spoken, closed=after(200)))) == 2
    assert next_deadline(replace(spoken, closed=after(200))) is None


def test_a_playbook_that_wants_nothing_starts_no_clock() -> None:
    """Without deadlines none is owed."""
    assert find_deadlines(replace(BEGUN, first_due=None, update_every=None)) == ()


def test_the_all_clear_needs_quiet_and_its_person() -> None:
    """24 hours from the last news to the minute; a word of ours in public is no news, a message from outside is."""
    incident = with_entries((60, Deed.NOTE), (600, Deed.PUBLIC))
    end = after(60 + 24 * 60)
    assert list(objections(incident, CLEAR, "chefin", end)) == []
    assert len(list(objections(incident, CLEAR, "chefin", end - timedelta(seconds=1)))) == 1
    assert len(list(objections(incident, CLEAR, "mai", end))) == 1
    [said] = objections(incident, CLEAR, "chefin", end, [after(700)])
    assert "2026-11-23 22:40" in said
