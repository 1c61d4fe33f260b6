"""Few files a month, and each import can still be taken back alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from toolkit.metrics import Store
from toolkit.model import Observation

PUBLISHED = datetime(2026, 10, 5, 8, tzinfo=UTC)


def measured(store: Store, count: int) -> None:
    """Hourly measurements of one post, each an import of its own."""
    for hour in range(count):
        moment = PUBLISHED + timedelta(hours=hour)
        row = Observation("01POST", "mastodon", "likes", hour, moment, PUBLISHED, "mastodon", f"measure-{hour:04}")
        store.append([row], imported_at=moment, name="measure")


def raw(store: Store) -> list[dict[str, Any]]:
    answer = store.query("SELECT * FROM observations ORDER BY observed_at, import_id", {})
    return list(answer.to_pylist())


def test_small_imports_are_merged_on_the_way(store: Store) -> None:
    """After forty hourly measurements there are a few files, every row and every import."""
    measured(store, 40)
    assert len(store.files()) < 8
    assert [row["value"] for row in raw(store)] == list(range(40))
    assert len(store.imports()) == 40


def test_compact_leaves_one_file_a_month_and_every_answer(store: Store) -> None:
    """Merging changes no answer, and a second time there is nothing to do."""
    measured(store, 11)
    before = raw(store), store.latest(), store.at_age(5)
    assert store.compact() > 1
    assert len(store.files()) == 1
    assert (raw(store), store.latest(), store.at_age(5)) == before
    assert store.compact() == 0


def test_an_import_is_taken_back_out_of_a_merged_file(store: Store) -> None:
    """Undo of one of many imports in a file leaves the others as they were, and its bytes nowhere."""
    measured(store, 9)
    store.compact()
    store.undo("measure-0008")
    store.undo("measure-0003")
    assert [row["value"] for row in raw(store)] == [0, 1, 2, 4, 5, 6, 7]
    assert [value.value for value in store.latest()] == [7]
    assert len(store.files()) == 1
    assert b"measure-0003" not in store.files()[0].read_bytes()


def test_files_without_a_name_are_swept(store: Store) -> None:
    """What a killed writer left is deleted by the next one; replaced files are gone, too."""
    measured(store, 3)
    orphan = store.files()[0].with_name("orphan.parquet")
    orphan.write_bytes(b"half")
    store.compact()
    assert not orphan.exists()
    assert set((store.folder / "observations").rglob("*.parquet")) == set(store.files())


def test_a_reader_keeps_its_state_while_files_are_replaced(store: Store) -> None:
    """A report that reads for minutes sees one state; what it needs is deleted after it has ended."""
    measured(store, 3)
    old = store.files()
    with store.reading() as reader:
        assert store.compact() == 3
        store.undo("measure-0001")
        assert all(path.exists() for path in old)
        answer = reader.query("SELECT count(*) AS n FROM observations", {}).to_pylist()
        assert answer == [{"n": 3}]
    assert [row["value"] for row in raw(store)] == [0, 2]
    measured_later = PUBLISHED + timedelta(days=1)
    row = Observation("01POST", "mastodon", "likes", 9, measured_later, PUBLISHED, "mastodon", "later")
    store.append([row], imported_at=measured_later)
    assert not any(path.exists() for path in old)
