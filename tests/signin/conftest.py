from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.postgres import Postgres
from tests.servers.pretend import run_pretend
from tests.signin.keepers import START
from tests.signin.provider import PretendProvider
from toolkit.ledger import Ledger, LedgerPlace, open_ledger

COUNT = itertools.count()


@pytest.fixture
def provider() -> Iterator[PretendProvider]:
    with run_pretend() as server:
        made = PretendProvider(server)
        server.routes = {"POST /token": made.token, "POST /revoke": made.revoke}
        yield made


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> LedgerPlace:
    """A ledger of either kind."""
    file = tmp_path / "ledger.sqlite3"
    if request.param == "sqlite":
        return LedgerPlace(file)
    server: Postgres = request.getfixturevalue("postgres")
    return LedgerPlace(file, server.address, f"tokens-{next(COUNT)}")


@pytest.fixture
def ledger(place: LedgerPlace) -> Iterator[Ledger]:
    with open_ledger(place, now=START) as opened:
        yield opened
