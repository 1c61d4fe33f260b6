from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger.ledgers import ACCOUNT, START
from toolkit.ledger import Ledger, ledger_path, open_ledger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return ledger_path(tmp_path / "state")


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with open_ledger(path, now=START) as opened:
        opened.bind([(ACCOUNT, "mastodon", "mastodon")], START)
        yield opened
