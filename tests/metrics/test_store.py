"""The store of observations keeps what it is given, once, and answers at equal age."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.metrics import DuplicateImportError, Store, UnknownImportError, compact, open_store
from toolkit.model import Observation, Subject

PUBLISHED = datetime(2026, 10, 30, 8, tzinfo=UTC)
IMPORTED = datetime(2026, 11, 10, 8, tzinfo=UTC)


def likes(value: float, hours: float, uid: str = "01POST", import_id: str = "first") -> Observation:
    """The likes of a post some hours after its publication."""
    observed = PUBLISHED + timedelta(hours=hours)
    return Observation(uid, "mastodon", "likes", value, observed, PUBLISHED, "csv", import_id)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store in a folder whose name would be a pattern to a careless reader."""
    return open_store(tmp_path / "state [1]*?")


def test_an_empty_store_answers_with_nothing(store: Store) -> None:
    """Before the first import there is no folder, and every question has an empty answer."""
    assert store.latest() == ()
    assert store.at_age(24) == ()
    assert store.imports() == ()
    assert not store.folder.exists()


def test_observations_lie_in_one_file_per_month(store: Store) -> None:
    """An import over a month's end makes one zstd Parquet file in each month's folder."""
    assert store.append([likes(1, 1), likes(5, 72)], imported_at=IMPORTED) == 2
    names = [path.relative_to(store.folder).as_posix() for path in store.files()]
    assert names == ["observations/2026-10/first.parquet", "observations/2026-11/first.parquet"]
    assert pq.ParquetFile(store.files()[0]).metadata.row_group(0).column(3).compression == "ZSTD"


def test_latest_is_the_newest_observation(store: Store) -> None:
    """A later value is a further observation; `latest` shows it and its age."""
    store.append([likes(5, 72), likes(1, 1), likes(3, 24)], imported_at=IMPORTED)
    (value,) = store.latest(metrics=["likes"])
    assert (value.value, value.age_hours) == (5, 72)


def test_at_equal_age_is_the_last_snapshot_before(store: Store) -> None:
    """At 48 hours counts what was seen at or before 48 hours; a post first seen later is left out."""
    store.append([likes(1, 1), likes(3, 24), likes(4, 48), likes(9, 49), likes(7, 60, "01LATE")], imported_at=IMPORTED)
    assert [(value.subject, value.value, value.age_hours) for value in store.at_age(48)] == [("01POST", 4, 48)]


def test_a_correction_of_the_same_moment_wins(store: Store) -> None:
    """Where two imports deliver the same moment, the newer import counts, whatever their order in time."""
    store.append([likes(3, 24)], imported_at=IMPORTED)
    store.append([likes(8, 24, import_id="second")], imported_at=IMPORTED + timedelta(days=1))
    assert [value.value for value in store.latest()] == [8]
    store.undo("second")
    assert [value.value for value in store.latest()] == [3]


def test_a_second_import_of_the_same_bytes_is_refused(store: Store) -> None:
    """The error says when it was imported and how to take it back; nothing is stored twice."""
    store.append([likes(3, 24)], imported_at=IMPORTED, name="oktober.csv")
    with pytest.raises(DuplicateImportError, match=r"oktober\.csv was imported on 2026-11-10 .* --undo first"):
        store.append([likes(3, 24)], imported_at=IMPORTED)
    assert len(store.imports()) == 1


def test_of_two_writers_of_the_same_import_one_wins(store: Store) -> None:
    """Two commands at the same moment leave one import, and the other learns that it came second."""

    def write(_number: int) -> bool:
        try:
            store.append([likes(hour, hour) for hour in range(200)], imported_at=IMPORTED)
        except DuplicateImportError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(write, range(8)))
    assert outcomes.count(True) == 1
    assert len(store.query("SELECT * FROM observations", {})) == 200


def test_undo_leaves_nothing_and_frees_the_import(store: Store) -> None:
    """An import that was taken back can be made again; an unknown id is an error with the remedy."""
    store.append([likes(3, 24)], imported_at=IMPORTED)
    store.undo("first")
    assert [path for path in store.folder.rglob("*") if path.is_file()] == []
    with pytest.raises(UnknownImportError, match="--list"):
        store.undo("first")
    assert store.append([likes(3, 24)], imported_at=IMPORTED) == 1


def test_data_without_its_record_does_not_count(store: Store) -> None:
    """What a crash left behind before the record was written is not read."""
    store.append([likes(3, 24)], imported_at=IMPORTED)
    record = next((store.folder / "imports").iterdir())
    record.unlink()
    assert store.latest() == ()


@pytest.mark.parametrize("import_id", ["../../etc/passwd", "a/b", "", ".hidden", "a\0b", "*"])
def test_an_import_id_is_never_a_path(store: Store, import_id: str) -> None:
    """Ids become file names, so anything else is refused before a byte is written."""
    with pytest.raises(ValueError, match="import id"):
        store.append([likes(1, 1, import_id=import_id)], imported_at=IMPORTED)
    assert not store.folder.exists()


def test_a_query_reads_nothing_but_the_observations(store: Store, tmp_path: Path) -> None:
    """SQL cannot open files: the engine has no way out."""
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    with pytest.raises(Exception, match=r"(?i)disabled|permission"):
        store.query(f"SELECT * FROM read_csv('{secret}')", {})


def test_values_are_parameters(store: Store) -> None:
    """A subject is compared, never run."""
    odd = "x' OR true; DROP TABLE observations; --"
    store.append([likes(1, 1), likes(2, 1, odd)], imported_at=IMPORTED)
    assert [value.value for value in store.latest(subjects=[odd])] == [2]


def test_what_imports_say_about_posts_is_kept(store: Store) -> None:
    """Titles of posts without a file come back with the import, special characters and all."""
    subject = Subject("01POST", title='Tür „1“ <b> & "zwei"', format="photo")
    store.append([likes(1, 1)], imported_at=IMPORTED, subjects=[subject])
    assert store.subjects() == {"01POST": subject}


def measured(store: Store, count: int) -> None:
    """Hourly measurements of one post."""
    for hour in range(count):
        moment = PUBLISHED + timedelta(hours=hour)
        store.append([likes(hour, hour, import_id=f"measure-{hour:04}")], imported_at=moment, name="measure")


def test_measurements_are_compacted_and_say_the_same(store: Store) -> None:
    """Hundreds of hourly imports become one; every answer stays the same, imports of files and young ones stay apart."""
    measured(store, 100)
    store.append([likes(7, 50, "01FILE", "file")], imported_at=IMPORTED, name="export.csv")
    before = store.latest(), store.at_age(30), len(store.query("SELECT * FROM observations", {}))
    assert compact(store, "measure", PUBLISHED + timedelta(hours=99)) == 75
    assert (store.latest(), store.at_age(30), len(store.query("SELECT * FROM observations", {}))) == before
    assert sorted(record.rows for record in store.imports()) == [*[1] * 26, 75]
    assert compact(store, "measure", PUBLISHED + timedelta(hours=99)) == 0, "nothing more to do"


def test_a_crash_in_compaction_loses_and_doubles_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """When it ends before the old imports are gone, answers stay right, and the next run finishes."""
    measured(store, 60)
    before = store.latest(), store.at_age(30)

    def crash(_self: Store, _record: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Store, "_remove", crash)
        with pytest.raises(KeyboardInterrupt):
            compact(store, "measure", IMPORTED)
    assert (store.latest(), store.at_age(30)) == before
    compact(store, "measure", IMPORTED)
    assert (store.latest(), store.at_age(30)) == before
    assert len(store.imports()) == 1


@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.floats(0, 1e9, allow_nan=False)), min_size=1, unique_by=lambda pair: pair[0]
    ),
    st.integers(0, 400),
)
def test_at_age_agrees_with_a_plain_search(
    tmp_path_factory: pytest.TempPathFactory, snapshots: list[tuple[int, float]], age: int
) -> None:
    """For any snapshots, `at_age` is the last one that is not older than the age."""
    store = open_store(tmp_path_factory.mktemp("state"))
    store.append([likes(value, hours) for hours, value in snapshots], imported_at=IMPORTED)
    wanted = max((pair for pair in snapshots if pair[0] <= age), default=None)
    assert [value.value for value in store.at_age(age)] == ([] if wanted is None else [wanted[1]])
