from __future__ import annotations

import itertools
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from tests.desk.conftest import NOW, open_house, write_settings
from tests.servers.postgres import Postgres
from toolkit.desk.audit import Deed, forget_deeds, read_deeds, write_deed
from toolkit.desk.house import House
from toolkit.desk.links import LinkState, look_at_link, make_link, use_link, void_links
from toolkit.desk.live import versions
from toolkit.desk.running import find_running, note_running, strike_running
from toolkit.desk.schema import DESK
from toolkit.desk.sessions import end_sessions, find_session, start_session
from toolkit.errors import StateError
from toolkit.model import SetClock
from toolkit.settings import DeskPolicy

COUNT = itertools.count()
POLICY = DeskPolicy()


@pytest.fixture(params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest, tmp_path: Path, clock: SetClock) -> House:
    """A house whose state is files, or in a database that machines share."""
    write_settings(tmp_path)
    if request.param == "sqlite":
        return open_house(tmp_path, clock)
    postgres: Postgres = request.getfixturevalue("postgres")
    environ = {"LEITSTAND_STATE_DIR": str(tmp_path / "state"), "LEITSTAND_LEDGER": postgres.new_database()}
    return House(tmp_path, clock, environ)


def test_of_many_who_come_with_one_link_one_gets_in(house: House) -> None:
    """Twelve at once, each over a line of their own: one name, eleven times nobody."""
    with house.book() as store:
        token = make_link(store, "carla", POLICY, NOW)

    def come(_number: int) -> str:
        with house.book() as store:
            return use_link(store, token, NOW)

    with ThreadPoolExecutor(12) as pool:
        assert sorted(pool.map(come, range(12))) == [""] * 11 + ["carla"]
    with house.book(read_only=True) as store:
        assert look_at_link(store, token, NOW) == (LinkState.USED, "carla")


def test_links_and_sessions_are_swept_out(house: House) -> None:
    """What is long over is gone from the tables with the next that is made."""
    with house.book() as store:
        old = make_link(store, "carla", POLICY, NOW)
        start_session(store, "carla", POLICY, NOW)
        later = NOW + timedelta(days=3)
        make_link(store, "mara", POLICY, later)
        session = start_session(store, "mara", POLICY, later)
        assert look_at_link(store, old, later) == (LinkState.UNKNOWN, "")
        assert [row["person"] for row in store.read("SELECT person FROM sessions")] == ["mara"]
        assert find_session(store, session.token, POLICY, later) == session
        assert session.token not in repr(session)


def test_everything_of_a_person_is_voided(house: House) -> None:
    """Sessions and links of one person end; those of others go on."""
    with house.book() as store:
        token, session = make_link(store, "carla", POLICY, NOW), start_session(store, "carla", POLICY, NOW)
        other = start_session(store, "mara", POLICY, NOW)
        void_links(store, "carla")
        assert end_sessions(store, "carla") == 1
        assert use_link(store, token, NOW) == ""
        assert find_session(store, session.token, POLICY, NOW) is None
        assert find_session(store, other.token, POLICY, NOW) == other


def test_the_audit_is_read_the_newest_first_and_forgotten_in_time(house: House) -> None:
    """Lines come back as they were written, of all or of one person, until their time is over."""
    first = Deed(NOW, "carla", "hold post", "01ABC", "loopback", "done")
    second = Deed(NOW + timedelta(days=2), "mara", "pause", "", "proxy 10.0.0.5", "failed-UsageError")
    with house.book() as store:
        write_deed(store, first)
        write_deed(store, second)
        assert read_deeds(store) == [second, first]
        assert read_deeds(store, person="carla") == [first]
        assert read_deeds(store, limit=1) == [second]
        forget_deeds(store, NOW + timedelta(days=1))
        assert read_deeds(store) == [second]


def test_another_change_is_another_version(house: House) -> None:
    """Also where the state is in a database, each page can see cheaply that something was written."""
    with house.inbox(), house.ledger():
        pass
    before = versions(house)["inbox"]
    for attempt in range(200):
        with house.inbox() as inbox, inbox.store.transaction() as transaction:
            transaction.run("INSERT INTO meta (name, value) VALUES (:name, '1')", {"name": f"probe{attempt}"})
        if versions(house)["inbox"] != before:
            return
    pytest.fail("two hundred changes, and the version is the same")


def test_a_desk_that_is_gone_is_not_running(house: House) -> None:
    """A note of a desk that was killed leads nowhere: nobody answers there."""
    with house.book() as store:
        assert find_running(store) == ""
        note_running(store, "http://127.0.0.1:9")
        assert find_running(store) == ""
        strike_running(store, "http://127.0.0.1:8")
        assert len(store.read("SELECT * FROM meta WHERE name LIKE 'desk of%'")) == 1
        strike_running(store, "http://127.0.0.1:9")
        assert store.read("SELECT * FROM meta WHERE name LIKE 'desk of%'") == []


@pytest.fixture
def path(tmp_path: Path, clock: SetClock) -> Path:
    write_settings(tmp_path)
    with open_house(tmp_path, clock).book():
        pass
    return tmp_path / "state" / "desk.sqlite"


def test_a_newer_book_is_refused(path: Path, clock: SetClock) -> None:
    """A database of a later version is left alone, with what to do."""
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {DESK.version + 1}")
    connection.close()
    with pytest.raises(StateError, match="update Leitstand"), open_house(path.parent.parent, clock).book():
        pass
