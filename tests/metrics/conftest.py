"""Fixtures of the store of observations."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.metrics import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store in a folder whose name would be a pattern to a careless reader."""
    return open_store(tmp_path / "state [1]*?")
