"""What people said at the desk, in the ledger."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.ledger.ledgers import START
from toolkit.ledger import (
    ApprovalRow,
    Ledger,
    LedgerPlace,
    add_approval,
    backup_ledger,
    last_words,
    open_ledger,
    read_approvals,
    restore_ledger,
    seal,
    verify,
)

YES = ApprovalRow("A", "chefin", START, "sha256:1", granted=True, content='{"title": "Tür 1"}')
NO = replace(YES, at=START + timedelta(minutes=1), granted=False, note="Datum falsch")


def test_every_word_is_kept_and_the_last_counts(ledger: Ledger) -> None:
    """A no after a yes leaves both in the table, in order; the last is what the person says."""
    assert add_approval(ledger, YES)
    assert add_approval(ledger, NO)
    assert read_approvals(ledger) == [YES, NO]
    assert last_words(read_approvals(ledger)) == {("A", "chefin", "sha256:1"): NO}


def test_the_same_word_twice_is_one(ledger: Ledger) -> None:
    """Pressing twice writes one row; the second press is told that nothing was written."""
    assert add_approval(ledger, YES)
    assert not add_approval(ledger, replace(YES, at=START + timedelta(seconds=1)))
    assert read_approvals(ledger) == [YES]


def test_words_are_of_one_post(ledger: Ledger) -> None:
    """What was said about another post is not among a post's."""
    add_approval(ledger, YES)
    add_approval(ledger, replace(YES, uid="B"))
    assert [row.uid for row in read_approvals(ledger, "B")] == ["B"]


def test_of_two_at_once_one_writes(place: LedgerPlace) -> None:
    """The same press in two processes at the same moment leaves one row, on either database."""
    open_ledger(place, now=START).close()
    barrier, written = threading.Barrier(4), []

    def press() -> None:
        with open_ledger(place, now=START) as opened:
            barrier.wait(timeout=60)
            written.append(add_approval(opened, YES))

    presses = [threading.Thread(target=press) for _number in range(4)]
    for one in presses:
        one.start()
    for one in presses:
        one.join(timeout=60)
    assert sorted(written) == [False, False, False, True]
    with open_ledger(place, now=START, read_only=True) as opened:
        assert read_approvals(opened) == [YES]


def test_a_backup_brings_them_back(place: LedgerPlace, tmp_path: Path) -> None:
    """Approvals survive backup and restore, of a file and of a shared ledger."""
    with open_ledger(place, now=START) as opened:
        add_approval(opened, NO)
        seal(opened)
    backup_ledger(place, tmp_path / "backup.sqlite", now=START)
    restore_ledger(place, tmp_path / "backup.sqlite", now=START + timedelta(days=1))
    with open_ledger(place, now=START, read_only=True) as opened:
        assert read_approvals(opened) == [NO]
        assert verify(opened) is None


def test_an_older_ledger_gets_the_table(path: Path) -> None:
    """A ledger of version 3 takes approvals after its next opening, and loses nothing."""
    open_ledger(path, now=START).close()
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE approvals")
        connection.execute("PRAGMA user_version = 3")
    connection.close()
    with open_ledger(path, now=START) as opened:
        assert add_approval(opened, YES)
        assert opened.meta()["ledger_id"]


def test_what_was_said_before_the_chain_knew_it_is_sealed(path: Path) -> None:
    """A ledger of version 4 keeps its approvals, and the next tick seals them."""
    with open_ledger(path, now=START) as opened:
        add_approval(opened, YES)
    with sqlite3.connect(path) as connection:
        for name in ("approvals_sealed", "approvals_unsealed"):
            connection.execute(f"DROP INDEX {name}")
        for name in ("seal", "chain"):
            connection.execute(f"ALTER TABLE approvals DROP COLUMN {name}")
        connection.execute("PRAGMA user_version = 4")
    connection.close()
    with open_ledger(path, now=START) as opened:
        assert (seal(opened), verify(opened)) == (1, None)
        assert read_approvals(opened) == [YES]
