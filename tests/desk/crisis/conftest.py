from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.client import Client, open_desk
from tests.desk.crisis.incidents_of import build
from toolkit.desk.house import House


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A house with a plan for a recall."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    return build(tmp_path)


@pytest.fixture
def client(house: House) -> Client:
    """A browser at its desk; nobody is signed in."""
    return open_desk(house)
