"""Tops and flops of the last complete month are those of its report, and are counted once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.pages.conftest import NOW, Studio
from toolkit.metrics import Store, open_store
from toolkit.model import Observation
from toolkit.pages.home import ranked
from toolkit.pages.home.ranked import NAME, Ranked, read_ranked
from toolkit.workspace import Workspace, load_workspace

OCTOBER = datetime(2026, 10, 1, 8, tzinfo=UTC)


def append(state: Path, likes: list[float]) -> None:
    """A post a day of October, counted when it was seven days old."""
    seen = [
        Observation(
            f"p{at}", "mastodon", "likes", value, observed_at=OCTOBER + timedelta(days=at + 7), published_at=OCTOBER + timedelta(days=at),
            source="csv", import_id=f"likes-{len(likes)}",
        )
        for at, value in enumerate(likes)
    ]  # fmt: skip
    open_store(state).append(seen, imported_at=NOW, name="mastodon.csv")


@pytest.fixture
def workspace(studio: Studio) -> Workspace:
    studio.post()
    return load_workspace(studio.root)


def test_without_numbers_nothing_is_ranked(studio: Studio, workspace: Workspace) -> None:
    """And nothing is written anywhere."""
    assert read_ranked(workspace, studio.state, NOW) == Ranked()
    assert not (studio.state / "cache").exists()


def test_the_best_and_the_weakest_are_named_with_what_is_usual(studio: Studio, workspace: Workspace) -> None:
    """The best first; beside each the median of its channel, and of how many posts it is."""
    append(studio.state, [10.0] * 20 + [90.0, 1.0])
    found = read_ranked(workspace, studio.state, NOW)
    assert found.month == "2026-10"
    assert [(one.uid, one.interactions, one.usual, one.n) for one in found.tops] == [("p20", 90.0, 10.0, 22)]
    assert [one.uid for one in found.flops] == ["p21"]
    assert found.compared == 22
    assert found.enough


def test_it_is_counted_once_until_an_import_comes(
    studio: Studio, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second look reads the answer; another import, or a damaged answer, makes it anew."""
    append(studio.state, [10.0] * 20 + [90.0, 1.0])
    first = read_ranked(workspace, studio.state, NOW)
    counted: list[Workspace] = []
    count = ranked._count

    def look(given: Workspace, state: Path, store: Store, now: datetime) -> Ranked:
        counted.append(given)
        return count(given, state, store, now)

    monkeypatch.setattr(ranked, "_count", look)
    assert read_ranked(workspace, studio.state, NOW) == first
    assert counted == []
    (studio.state / "cache" / NAME).write_text('{"key": "x", "answer": [[[[')
    assert read_ranked(workspace, studio.state, NOW) == first
    append(studio.state, [10.0] * 20 + [90.0, 1.0, 80.0])
    assert read_ranked(workspace, studio.state, NOW) != first
    assert len(counted) == 2
