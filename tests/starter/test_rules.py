from __future__ import annotations

from datetime import UTC, datetime

import pytest

from toolkit.lint.handbook import house
from toolkit.lint.house import House
from toolkit.settings import StylePolicy
from toolkit.source import FolderTree
from toolkit.starter import LANGUAGES, Starter, starter_files, write_files


@pytest.fixture(params=LANGUAGES)
def started(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> House:
    """The rules of a new workspace."""
    folder = tmp_path_factory.mktemp("new")
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    write_files(folder, starter_files(Starter("Kiosk", request.param, "Europe/Berlin", now)))
    return house(FolderTree(folder), StylePolicy())


def test_a_new_workspace_has_a_few_rules_that_work(started: House) -> None:
    """Six rules, all usable, and each does on its examples what it says."""
    assert started.broken == ()
    assert len(started.rules) == 6
    assert started.examples == ()
