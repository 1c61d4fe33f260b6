from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.alerts.brands import Brand, bind
from toolkit.ledger import Ledger, LedgerPlace, ledger_path


@pytest.fixture(scope="session", autouse=True)
def _apprise() -> None:
    """Load Apprise's services once: on the way it imports what Python 3.13 no longer has, and warns of it."""
    import apprise

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        assert apprise.Apprise.instantiate("json://localhost") is not None


@pytest.fixture
def brand(tmp_path: Path) -> Brand:
    """The brand with its post on disk and an empty ledger that has known its accounts for a month."""
    made = Brand(tmp_path, LedgerPlace(ledger_path(tmp_path / "state")))
    made.write()
    bind(made)
    return made


@pytest.fixture
def ledger(brand: Brand) -> Iterator[Ledger]:
    with brand.open() as opened:
        yield opened
