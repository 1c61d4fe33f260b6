from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger.ledgers import ACCOUNT, START
from tests.servers.postgres import Postgres
from toolkit.ledger import Ledger, LedgerPlace, ledger_path, open_ledger

COUNT = itertools.count()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a ledger's file is."""
    return ledger_path(tmp_path / "state")


@pytest.fixture
def shared(path: Path, postgres: Postgres) -> LedgerPlace:
    """A schema of its own in PostgreSQL."""
    return LedgerPlace(path, postgres.address, f"brand-{next(COUNT)}")


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, path: Path) -> LedgerPlace:
    """A ledger's place, of either kind."""
    found: LedgerPlace = LedgerPlace(path) if request.param == "sqlite" else request.getfixturevalue("shared")
    return found


@pytest.fixture
def ledger(place: LedgerPlace) -> Iterator[Ledger]:
    with open_ledger(place, now=START) as opened:
        opened.bind([(ACCOUNT, "mastodon", "mastodon")], START)
        yield opened
