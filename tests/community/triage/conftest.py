"""A handbook to write rules into."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.community.triage.desks import Brand


@pytest.fixture
def brand(tmp_path: Path) -> Brand:
    """A brand without any rule."""
    return Brand(tmp_path / "brand")
