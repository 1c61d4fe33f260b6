"""What is not a post lies in a table of its own, and a store from before it had that is still right."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from toolkit.metrics import NotAQuestionError, Store, overview
from toolkit.metrics.catalogue import FORMAT
from toolkit.model import Observation

NOON = datetime(2026, 10, 5, 10, tzinfo=UTC)
SERIES = (
    "account",
    "site",
    "shop",
    "inbox",
    "inbox:7",
    "search",
    "search:röster",
    "campaign:advent",
    "competitor:Bohne",
)


def rows(import_id: str, value: float = 1) -> Iterator[Observation]:
    for subject in SERIES:
        yield Observation(subject, "mastodon", "visits", value, NOON, None, "csv", import_id)
    for subject in ("01POST", "accounts", "inboxes:7"):
        yield Observation(subject, "mastodon", "likes", value, NOON, NOON - timedelta(hours=1), "csv", import_id)


def subjects(store: Store) -> set[str]:
    return set(store.query("SELECT subject FROM series", {})["subject"].to_pylist())


def test_series_are_what_is_not_a_post(store: Store) -> None:
    """Every subject that KPIs count without posts is in it, and no post, whatever it is called."""
    store.append(rows("first"), imported_at=NOON)
    assert subjects(store) == set(SERIES)


def test_every_import_of_a_moment_stays(store: Store) -> None:
    """Nothing is chosen: where two imports deliver the same moment both are there, as in the snapshots."""
    store.append(rows("first"), imported_at=NOON)
    store.append(rows("second", 2), imported_at=NOON + timedelta(days=1))
    sql = "SELECT value FROM series WHERE subject = 'site' ORDER BY value"
    assert store.query(sql, {})["value"].to_pylist() == [1, 2]
    store.undo("second")
    assert store.query(sql, {})["value"].to_pylist() == [1]


def test_a_store_from_before_is_read_and_brought_up_to_date(store: Store) -> None:
    """Without the table the snapshots are asked; the next import makes it and the store says that it is newer."""
    store.append(rows("first"), imported_at=NOON)
    make_older(store)
    assert subjects(store) == set(SERIES)
    assert not overview(store).tables_current
    store.append(rows("second", 2), imported_at=NOON + timedelta(days=1))
    assert overview(store).tables_current
    with closing(sqlite3.connect(store.folder / "catalogue.sqlite")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT,)
    assert len(store.query("SELECT * FROM series", {})) == 2 * len(SERIES)


def make_older(store: Store) -> None:
    """The catalogue as format 1 had it."""
    with closing(sqlite3.connect(store.folder / "catalogue.sqlite")) as connection, connection:
        connection.execute("DELETE FROM files WHERE kind LIKE 'series%'")
        connection.execute("PRAGMA user_version = 1")


def test_the_newest_observation_is_known(store: Store) -> None:
    """Store and reader say when the last observation was made; an empty store says nothing."""
    assert store.newest is None
    store.append(rows("first"), imported_at=NOON)
    with store.reading() as reader:
        assert store.newest == reader.newest == NOON


def test_an_answer_is_kept_for_a_while(store: Store) -> None:
    """A kept answer is a table of the questions inside, beside those that are lent, and gone afterwards."""
    store.append(rows("first"), imported_at=NOON)
    with store.reading() as reader:
        with reader.keeping("kept", "SELECT subject FROM series ORDER BY subject"):
            assert reader.query("SELECT count(*) AS n FROM kept", {}).to_pylist() == [{"n": len(SERIES)}]
        with pytest.raises(Exception, match="kept does not exist"):
            reader.query("SELECT * FROM kept", {})
        with pytest.raises(NotAQuestionError), reader.keeping("kept", "DROP VIEW series"):
            pass
