from __future__ import annotations

from pathlib import Path

import pytest

from tests.dispatch import fakes
from tests.dispatch.fakes import Office, make_office


@pytest.fixture(params=["sqlite", "postgres"])
def either_ledger(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test runs on a ledger in a file, and once more on one in PostgreSQL."""
    if request.param == "postgres":
        monkeypatch.setattr(fakes, "SERVER", request.getfixturevalue("postgres").address)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)
