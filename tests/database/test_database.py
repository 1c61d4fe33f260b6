"""One way to keep state: what holds for every schema, on a toy of one."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.servers.postgres import Postgres
from toolkit.community.inbox.schema import INBOX
from toolkit.database import SET_META, Place, Schema, Store, Values, Words
from toolkit.database.opening import open_to_read, open_to_write
from toolkit.database.sqlite import SqliteStore
from toolkit.errors import InboxError, StateError
from toolkit.ledger.schema import LEDGER

NOW = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
SECRET = "unmistakable-words-of-somebody"


class ToyError(StateError):
    """The toy refuses."""


def words() -> Words:
    said = (
        "said",
        "lost",
        "cannot_open",
        "no_permission",
        "another",
        "no_database",
        "older",
        "newer",
        "stuck",
        "unfit",
    )
    return Words(**{name: f"{name} {{path}}" for name in said})


def birth(now: datetime) -> Sequence[Values]:
    return [{"name": "born", "value": now.isoformat()}]


FIRST = ("CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)", "CREATE TABLE toys (name TEXT NOT NULL)")
SECOND = ("ALTER TABLE toys ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'",)
TOY = Schema({1: FIRST}, ("meta", "toys"), birth, words, ToyError)
TOY_2 = Schema({1: FIRST, 2: SECOND}, ("meta", "toys"), birth, words, ToyError)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    file = tmp_path / "state" / "toy.sqlite"
    if request.param == "sqlite":
        return Place(file)
    postgres: Postgres = request.getfixturevalue("postgres")
    return Place(file, postgres.new_database(), "toys")


def add(store: Store, name: str) -> None:
    with store.transaction() as transaction:
        transaction.run("INSERT INTO toys (name) VALUES (:name)", {"name": name})


def test_it_is_made_born_and_brought_up_to_date(place: Place) -> None:
    """A later version keeps what an earlier one wrote; until then a reader is told so, in the schema's own words."""
    store = open_to_write(place, TOY, NOW)
    add(store, "bear")
    store.close()
    with pytest.raises(ToyError, match="older"):
        open_to_read(place, TOY_2, NOW)
    store = open_to_write(place, TOY_2, NOW)
    (row,) = store.read("SELECT name, colour FROM toys")
    assert (row["name"], row["colour"]) == ("bear", "red")
    (born,) = store.read("SELECT value FROM meta WHERE name = 'born'")
    assert born["value"] == NOW.isoformat()
    store.close()
    with pytest.raises(ToyError, match="newer"):
        open_to_read(place, TOY, NOW)


def test_reading_makes_nothing(place: Place) -> None:
    """A missing database reads as an empty one."""
    store = open_to_read(place, TOY, NOW)
    assert list(store.read("SELECT * FROM toys")) == []
    store.close()
    assert not place.file.exists()
    assert not place.file.parent.exists()


def test_a_transaction_is_all_or_nothing(place: Place) -> None:
    """What was written before an exception is not there, and the next transaction works."""
    store = open_to_write(place, TOY, NOW)

    def fail() -> None:
        with store.transaction() as transaction:
            transaction.run("INSERT INTO toys (name) VALUES (:name)", {"name": "half"})
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with pytest.raises(ToyError, match="said"):
        store.read("SELECT nothing FROM nowhere")
    add(store, "whole")
    assert [row["name"] for row in store.read("SELECT name FROM toys")] == ["whole"]
    store.close()


def test_one_kind_is_not_opened_as_another(tmp_path: Path) -> None:
    """A ledger is no inbox, and an inbox no ledger, whatever the file is called."""
    file = tmp_path / "state.sqlite"
    open_to_write(Place(file), LEDGER, NOW).close()
    for opening in (open_to_read, open_to_write):
        with pytest.raises(InboxError, match="is not an inbox"):
            opening(Place(file), INBOX, NOW)


@pytest.mark.parametrize(("private", "others"), [(True, 0), (False, stat.S_IRGRP | stat.S_IROTH)])
def test_a_private_file_is_for_nobody_else(tmp_path: Path, *, private: bool, others: int) -> None:
    """Also its log, from the first moment; the folder is closed either way."""
    schema = Schema({1: FIRST}, ("meta", "toys"), birth, words, ToyError, private=private)
    store = open_to_write(Place(tmp_path / "state" / "toy.sqlite"), schema, NOW)
    add(store, "bear")
    files = list((tmp_path / "state").glob("toy.sqlite*"))
    assert len(files) == 3
    assert {file.stat().st_mode & 0o044 for file in files} == {others}
    assert (tmp_path / "state").stat().st_mode & 0o077 == 0
    store.close()


def test_scrubbing_leaves_no_byte_of_what_was_deleted(tmp_path: Path) -> None:
    """Not in free pages and not in the log, also without secure_delete and with another connection open."""
    file = tmp_path / "toy.sqlite"
    store = open_to_write(Place(file), TOY, NOW)
    for number in range(300):
        add(store, f"{SECRET} {number} {'x' * number}")
    other = sqlite3.connect(file)
    other.execute("SELECT count(*) FROM toys").fetchone()
    with store.transaction() as transaction:
        transaction.run("DELETE FROM toys WHERE name LIKE :name", {"name": f"{SECRET}%"})

    def left() -> bool:
        return any(SECRET.encode() in one.read_bytes() for one in tmp_path.glob("toy.sqlite*"))

    assert left()
    assert store.scrub()
    assert not left()
    other.close()
    store.close()


def test_scrubbing_rewrites_the_tables_of_its_schema_alone(postgres: Postgres, tmp_path: Path) -> None:
    """On a server the tables are written anew; another schema in the same database is left alone."""
    place = Place(tmp_path / "a", postgres.new_database(), "toys")
    store, beside = open_to_write(place, TOY, NOW), open_to_write(Place(place.file, place.address, "other"), TOY, NOW)
    for one in (store, beside):
        for number in range(300):
            add(one, f"{SECRET} {number} {'x' * 200}")

    def size(one: Store) -> int:
        return int(one.read("SELECT pg_relation_size('toys') AS size")[0]["size"])

    before = size(beside)
    with store.transaction() as transaction:
        transaction.run("DELETE FROM toys")
    assert size(store) == before
    assert store.scrub()
    assert (size(store), size(beside)) == (0, before)
    store.close()
    beside.close()


def test_meta_is_written_over(place: Place) -> None:
    """By name; the schema's own statement says so on both databases."""
    store = open_to_write(place, TOY, NOW)
    for value in ("one", "two"):
        with store.transaction() as transaction:
            transaction.run(SET_META, {"name": "mood", "value": value})
    assert [row["value"] for row in store.read("SELECT value FROM meta WHERE name = 'mood'")] == ["two"]
    assert isinstance(store, SqliteStore) is not place.shared
    store.close()


@pytest.mark.parametrize(("free", "said"), [(4096, "the disk is full"), (10**12, "database or disk is full")])
def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, said: str) -> None:
    """What SQLite says of it is a riddle to people; with room on the disk nobody is told to make some."""
    usage = type("Usage", (), {"free": free})
    monkeypatch.setattr("toolkit.database.sqlite.shutil.disk_usage", lambda _path: usage)
    with closing(open_to_write(Place(tmp_path / "inbox.sqlite"), INBOX, NOW)) as store:
        assert isinstance(store, SqliteStore)
        (pages,) = store.connection.execute("PRAGMA page_count").fetchone()
        store.connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(InboxError) as refused, store.transaction() as transaction:
            transaction.run(SET_META, {"name": "large", "value": "x" * 100_000})
        assert said in str(refused.value)
        assert ("make room" in str(refused.value)) == (free == 4096)
        assert store.read("SELECT count(*) AS n FROM meta WHERE name = 'large'")[0]["n"] == 0


def test_no_room_to_scrub_is_no_failure(tmp_path: Path) -> None:
    """What was forgotten is forgotten; that its bytes could not be overwritten is said, and it is tried again."""
    with closing(open_to_write(Place(tmp_path / "inbox.sqlite"), INBOX, NOW)) as store:
        assert isinstance(store, SqliteStore)
        assert store.scrub()
        full = sqlite3.OperationalError("database or disk is full")
        full.sqlite_errorcode = sqlite3.SQLITE_FULL
        store.connection = Refusing(full)  # type: ignore[assignment]  # whatever it is asked, the disk is full
        assert not store.scrub()


class Refusing:
    """A connection on a full disk."""

    def __init__(self, error: sqlite3.Error) -> None:
        self.error = error

    def execute(self, _statement: str) -> None:
        raise self.error

    def close(self) -> None:
        """Nothing to close."""
