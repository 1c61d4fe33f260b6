from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.community.inbox.inboxes import START
from tests.servers.postgres import Postgres
from toolkit.community.inbox.book import Inbox, open_inbox
from toolkit.database import Place

COUNT = itertools.count()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where an inbox's file is."""
    return tmp_path / "state" / "inbox.sqlite"


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, file: Path) -> Place:
    """An inbox's place, of either kind."""
    if request.param == "sqlite":
        return Place(file)
    postgres: Postgres = request.getfixturevalue("postgres")
    return Place(file, postgres.address, f"brand{next(COUNT)}_inbox")


@pytest.fixture
def inbox(place: Place) -> Iterator[Inbox]:
    with open_inbox(place, now=START) as opened:
        yield opened
