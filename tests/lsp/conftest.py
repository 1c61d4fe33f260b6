from __future__ import annotations

from pathlib import Path

import pytest

from tests.lsp.bench import make_workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small workspace; see `tests.lsp.bench`."""
    return make_workspace(tmp_path)
