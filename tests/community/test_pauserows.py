"""Pauses as rows of a real ledger."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from toolkit.community import Pause, pauses_of_rows
from toolkit.community.pauserows import add_rows, end_rows, is_wanted
from toolkit.ledger import LedgerPlace, ledger_path, open_ledger

NOW = datetime(2026, 11, 21, 11, tzinfo=UTC)
ALL = Pause("all", "", "Rückruf", "tarek", allow=("crisis",))
NEWS = Pause("channel", "news", "Umzug", "tarek", until=NOW + timedelta(hours=2))


@pytest.fixture
def place(tmp_path: Path) -> LedgerPlace:
    return LedgerPlace(ledger_path(tmp_path / "state"))


def test_pauses_come_back_as_they_were(place: LedgerPlace) -> None:
    """Reason, owner, end and what may go out stand in the row; one that has an end is over then."""
    with open_ledger(place, now=NOW) as ledger:
        add_rows(ledger, [ALL, NEWS], NOW)
        found = pauses_of_rows(ledger.pauses(NOW))
        assert [(one.name, one.reason, one.owner, one.until, one.allow) for one in found] == [
            ("all", "Rückruf", "tarek", None, ("crisis",)),
            ("channel:news", "Umzug", "tarek", NEWS.until, ()),
        ]
        assert [row.scope for row in ledger.pauses(NOW + timedelta(hours=2))] == ["all"]


def test_only_the_scope_that_is_named_ends(place: LedgerPlace) -> None:
    """Every row of it; the others stay in force, and ending it again ends nothing."""
    with open_ledger(place, now=NOW) as ledger:
        add_rows(ledger, [ALL, NEWS, NEWS], NOW)
    assert [end_rows(place, "channel:news", NOW) for _again in range(2)] == [2, 0]
    with open_ledger(place, now=NOW, read_only=True) as ledger:
        assert [row.scope for row in ledger.pauses(NOW)] == ["all"]


def test_a_folder_without_a_ledger_gets_none(place: LedgerPlace) -> None:
    """Ending makes no ledger; a pause wants one where it is there, or where a commit is published."""
    assert end_rows(place, "all", NOW) == 0
    assert not place.exists()
    assert (is_wanted(place, ""), is_wanted(place, "origin/main")) == (False, True)
    open_ledger(place, now=NOW).close()
    assert is_wanted(place, "")
