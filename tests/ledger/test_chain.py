from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ledger.ledgers import ACCOUNT, DUE, START, planned, sending
from toolkit.errors import LedgerError
from toolkit.ledger import (
    ApprovalRow,
    Ledger,
    LedgerPlace,
    add_approval,
    export_events,
    find_break,
    open_ledger,
    read_export,
    seal,
    verify,
)
from toolkit.ledger.chain import AT_ONCE


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    """A ledger with a few events, sealed in two portions."""
    ledger.confirm(sending(ledger, "A"), DUE, "1", "https://social.example/1")
    ledger.plan([planned("B")], START)
    assert seal(ledger) == 4
    ledger.plan([planned("C"), planned("D")], START)
    assert seal(ledger) == 2
    return ledger


def test_a_chain_that_nobody_touched_is_whole(told: Ledger) -> None:
    """Sealing twice seals nothing twice; events that are not sealed yet say nothing."""
    assert seal(told) == 0
    assert verify(told) is None
    told.plan([planned("E")], START)
    assert verify(told) is None


COLUMNS = "at, row_id, uid, occurrence, account_id, account, action, part, path, old, state, detail, url, hash"
TAMPERING: dict[str, tuple[str, int]] = {
    "changed": ("UPDATE events SET detail = 'nothing happened' WHERE id = 3", 3),
    "another time": ("UPDATE events SET at = '2026-12-01T06:59:59.000000Z' WHERE id = 2", 2),
    "another hash": ("UPDATE events SET hash = 'abc' WHERE id = 6", 6),
    "first removed": ("DELETE FROM events WHERE id = 1", 1),
    "removed": ("DELETE FROM events WHERE id = 4", 4),
    "last removed": ("DELETE FROM events WHERE id = 6", 6),
    "all removed": ("DELETE FROM events", 1),
    "unsealed": ("UPDATE events SET seal = 0 WHERE id = 5", 5),
    "reordered": ("UPDATE events SET seal = 100 - seal WHERE id IN (2, 3)", 2),
    "inserted": (
        f"INSERT INTO events (id, {COLUMNS}, seal) SELECT 99, {COLUMNS}, 7 FROM events WHERE id = 6",
        7,
    ),
}


@pytest.mark.parametrize("how", TAMPERING)
def test_whatever_is_done_to_an_event_is_found(told: Ledger, how: str) -> None:
    """Change, remove, insert or reorder one event: the first place that is wrong is named."""
    statement, number = TAMPERING[how]
    with told.store.transaction() as transaction:
        transaction.run(statement)
    broken = verify(told)
    assert broken is not None
    assert broken.number == number


YES = ApprovalRow("A", "maria", START, "sha256:1", granted=True)
NO = ApprovalRow("A", "tarek", START, "sha256:1", granted=False, note="Datum falsch")
WORDS: dict[str, str] = {
    "a no becomes a yes": "UPDATE approvals SET granted = 1 WHERE id = 2",
    "another person": "UPDATE approvals SET person = 'maria' WHERE id = 2",
    "another content": "UPDATE approvals SET hash = 'sha256:2' WHERE id = 2",
    "another note": "UPDATE approvals SET note = '' WHERE id = 2",
    "another time": "UPDATE approvals SET at = '2026-12-01T06:59:59.000000Z' WHERE id = 2",
    "removed": "DELETE FROM approvals WHERE id = 2",
    "unsealed": "UPDATE approvals SET seal = 0 WHERE id = 2",
}


@pytest.mark.parametrize("how", WORDS)
def test_what_people_said_at_the_desk_is_in_the_chain(told: Ledger, how: str) -> None:
    """A yes and a no are links behind the six events; whatever is done to one is found, also at the chain's end."""
    add_approval(told, YES)
    add_approval(told, NO)
    assert (seal(told), verify(told)) == (2, None)
    with told.store.transaction() as transaction:
        transaction.run(WORDS[how])
    broken = verify(told)
    assert broken is not None
    assert broken.number == 8


def test_the_chain_goes_on_behind_a_word(told: Ledger, tmp_path: Path) -> None:
    """Events and words alternate in one chain; the export holds who said what about which content."""
    add_approval(told, NO)
    seal(told)
    told.plan([planned("E")], START)
    assert (seal(told), verify(told)) == (1, None)
    file = tmp_path / "log.jsonl"
    assert export_events(told, file) == 8
    link = json.loads(file.read_text(encoding="utf-8").splitlines()[6])
    assert [link[name] for name in ("seal", "uid", "account", "action", "state", "detail")] == [
        *(7, "A", "tarek", "approval"),
        *("refused", "sha256:1 Datum falsch"),
    ]
    assert find_break(read_export(file)) is None


def test_two_events_that_change_places_are_found(told: Ledger) -> None:
    """Also when their numbers and hashes are exchanged with everything else."""
    with told.store.transaction() as transaction:
        for statement in (
            "UPDATE events SET seal = 1000 WHERE id = 2",
            "UPDATE events SET seal = 2 WHERE id = 3",
            "UPDATE events SET seal = 3 WHERE id = 2",
        ):
            transaction.run(statement)
    broken = verify(told)
    assert broken is not None
    assert broken.number == 2


def test_many_events_are_sealed_in_portions(ledger: Ledger) -> None:
    """More than one transaction's worth becomes one chain."""
    ledger.plan([planned(f"P{number}") for number in range(AT_ONCE + 3)], START)
    assert seal(ledger) == AT_ONCE + 3
    assert verify(ledger) is None


def test_two_dispatchers_make_one_chain(ledger: Ledger, place: LedgerPlace) -> None:
    """Whoever seals, the chain has one end."""
    with open_ledger(place, now=START) as other:
        for number in range(6):
            (ledger if number % 2 else other).plan([planned(f"P{number}")], START)
            seal(other if number % 2 else ledger)
        assert verify(ledger) is None
        assert verify(other) is None


def test_an_export_grows_and_stands_alone(told: Ledger, tmp_path: Path) -> None:
    """Only what is new is appended; the file can be verified without the ledger."""
    file = tmp_path / "log" / "2026.jsonl"
    assert export_events(told, file) == 6
    before = file.read_bytes()
    assert export_events(told, file) == 0
    told.plan([planned("E")], START)
    seal(told)
    assert export_events(told, file) == 1
    assert file.read_bytes().startswith(before)
    assert find_break(read_export(file)) is None
    assert {json.loads(line)["account_id"] for line in file.read_text().splitlines()} == {ACCOUNT}


def _swap(lines: list[str]) -> list[str]:
    return [lines[1], lines[0], *lines[2:]]


@pytest.mark.parametrize(
    ("change", "number"),
    [
        (lambda lines: [*lines[:2], lines[2].replace("sending", "planned"), *lines[3:]], 3),
        (lambda lines: lines[:3] + lines[4:], 4),
        (lambda lines: lines[1:], 1),
        (_swap, 1),
        (lambda lines: [*lines[:2], lines[1], *lines[2:]], 3),
        (lambda lines: [lines[0], '{"seal": 2, "hash": ""}\n', *lines[2:]], 2),
    ],
)
def test_an_export_that_was_changed_is_found(
    told: Ledger, tmp_path: Path, change: Callable[[list[str]], list[str]], number: int
) -> None:
    """A line changed, removed, swapped, doubled or replaced."""
    file = tmp_path / "log.jsonl"
    export_events(told, file)
    file.write_text("".join(change(file.read_text().splitlines(keepends=True))))
    broken = find_break(read_export(file))
    assert broken is not None
    assert broken.number == number


def test_an_export_of_another_ledger_is_not_continued(told: Ledger, tmp_path: Path) -> None:
    """A file whose end the ledger does not know stays as it is."""
    file = tmp_path / "log.jsonl"
    export_events(told, file)
    with told.store.transaction() as transaction:
        transaction.run("UPDATE events SET hash = 'rewritten' WHERE seal = 6")
    before = file.read_bytes()
    with pytest.raises(LedgerError, match="was changed"):
        export_events(told, file)
    assert file.read_bytes() == before


def test_half_a_line_after_a_power_cut_is_written_whole(told: Ledger, tmp_path: Path) -> None:
    """What is left of a line is no event; the next export puts the whole one in its place."""
    file = tmp_path / "log.jsonl"
    export_events(told, file)
    whole = file.read_bytes()
    file.write_bytes(whole[:-40])
    assert find_break(read_export(file)) is None
    assert export_events(told, file) == 1
    assert file.read_bytes() == whole


def test_a_line_that_is_no_event_is_named(tmp_path: Path) -> None:
    """With its place in the file."""
    file = tmp_path / "log.jsonl"
    file.write_text("[]\n")
    with pytest.raises(LedgerError, match=r"log\.jsonl:1:1"):
        find_break(read_export(file))
