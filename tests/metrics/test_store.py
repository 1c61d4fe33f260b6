"""The store of observations keeps what it is given, once, and answers at equal age."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.metrics import DuplicateImportError, Limits, NotAQuestionError, Store, UnknownImportError, open_store
from toolkit.model import Observation, Subject

PUBLISHED = datetime(2026, 10, 30, 8, tzinfo=UTC)
IMPORTED = datetime(2026, 11, 10, 8, tzinfo=UTC)


def likes(value: float, hours: float, uid: str = "01POST", import_id: str = "first") -> Observation:
    """The likes of a post some hours after its publication."""
    observed = PUBLISHED + timedelta(hours=hours)
    return Observation(uid, "mastodon", "likes", value, observed, PUBLISHED, "csv", import_id)


def test_an_empty_store_answers_with_nothing(store: Store) -> None:
    """Before the first import there is no folder, and every question has an empty answer."""
    assert store.latest() == ()
    assert store.at_age(24) == ()
    assert store.imports() == ()
    assert not store.folder.exists()


def test_observations_lie_in_one_file_per_month(store: Store) -> None:
    """An import over a month's end makes one zstd Parquet file in each month's folder, for its owner alone."""
    assert store.append([likes(1, 1), likes(5, 72)], imported_at=IMPORTED) == 2
    assert [path.parent.relative_to(store.folder).as_posix() for path in store.files()] == [
        "observations/2026-10",
        "observations/2026-11",
    ]
    assert pq.ParquetFile(store.files()[0]).metadata.row_group(0).column(3).compression == "ZSTD"
    assert {path.stat().st_mode & 0o777 for path in store.files()} == {0o600}


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
    """An import that was taken back is in no file and can be made again; an unknown id is an error with the remedy."""
    store.append([likes(3, 24, "01GEHEIM")], imported_at=IMPORTED)
    store.undo("first")
    assert store.files() == ()
    assert not any(b"GEHEIM" in path.read_bytes() for path in store.folder.rglob("*") if path.is_file())
    with pytest.raises(UnknownImportError, match="--list"):
        store.undo("first")
    assert store.append([likes(3, 24)], imported_at=IMPORTED) == 1


def test_nothing_is_made_for_an_undo_of_nothing(store: Store) -> None:
    """A wrong id in a workspace without imports leaves no folder behind."""
    with pytest.raises(UnknownImportError):
        store.undo("first")
    assert not store.folder.exists()


def test_the_same_export_with_other_bytes_doubles_nothing(store: Store) -> None:
    """An export that is downloaded again brings the same moments under another id: every answer stays as it was."""
    rows = [likes(hours, hours) for hours in (1, 24, 48)]
    store.append(rows, imported_at=IMPORTED)
    before = store.latest(), store.at_age(30), store.at_age(24)
    again = [replace(row, import_id="again") for row in rows]
    assert store.append(again, imported_at=IMPORTED) == 3
    assert (store.latest(), store.at_age(30), store.at_age(24)) == before


def test_of_two_imports_at_one_moment_one_is_newer(store: Store) -> None:
    """Two imports under the same clock get different moments, so that which one counts never depends on luck."""
    for number in range(5):
        store.append([likes(number, 1, import_id=f"import-{number}")], imported_at=IMPORTED)
    assert [value.value for value in store.latest()] == [4]
    assert len({record.imported_at for record in store.imports()}) == 5


def test_a_moment_has_one_value_per_import(store: Store) -> None:
    """Of two rows of the same moment in one import, the later one counts and only that is stored."""
    assert store.append([likes(3, 24), likes(4, 24)], imported_at=IMPORTED) == 1
    assert [value.value for value in store.latest()] == [4]


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


@pytest.mark.parametrize(
    "sql",
    [
        "COPY (SELECT 1) TO '{file}'",
        "SELECT 1; COPY (SELECT 1) TO '{file}'",
        "SET memory_limit = '90GB'",
        "ATTACH '{file}.db'",
        "DROP VIEW observations",
        "INSTALL httpfs",
    ],
)
def test_only_questions_are_asked(store: Store, sql: str) -> None:
    """A statement that is not one SELECT is refused, so no file of the store can be written over."""
    store.append([likes(3, 24)], imported_at=IMPORTED)
    file = store.files()[0]
    before = file.read_bytes()
    with pytest.raises(NotAQuestionError):
        store.query(sql.format(file=file), {})
    assert file.read_bytes() == before


def test_the_engine_takes_what_it_is_given(tmp_path: Path) -> None:
    """Memory and threads are parameters, and no question changes them."""
    store = open_store(tmp_path, Limits(memory=64, threads=1))
    sql = "SELECT current_setting('threads') AS threads, current_setting('memory_limit') AS memory"
    assert store.query(sql, {}).to_pylist() == [{"threads": 1, "memory": "64.0 MiB"}]


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


@settings(max_examples=40)
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
