from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from tests.ledger.ledgers import ACCOUNT, DUE, START, begin, only, planned, sending
from tests.servers.postgres import Postgres, run_postgres
from toolkit.database.postgres import PostgresStore, translate
from toolkit.errors import LedgerError
from toolkit.ledger import Ledger, LedgerPlace, PauseRow, State, note_progress, open_ledger
from toolkit.ledger.schema import MIGRATIONS, VERSION


@pytest.fixture
def place(shared: LedgerPlace) -> LedgerPlace:
    return shared


@pytest.fixture
def other(place: LedgerPlace) -> Iterator[Ledger]:
    """The ledger once more, as another machine has it open."""
    with open_ledger(place, now=START) as opened:
        yield opened


def connection_of(ledger: Ledger) -> psycopg.Connection[dict[str, object]]:
    assert isinstance(ledger.store, PostgresStore)
    return ledger.store.connection


def value(ledger: Ledger, statement: str) -> object:
    (row,) = ledger.store.read(f"SELECT ({statement}) AS found")
    return row["found"]


def test_a_commit_is_on_disk_and_bytes_are_compared(ledger: Ledger) -> None:
    """synchronous_commit is on whatever the server's default; moments sort as text of bytes; numbers are of 64 bits."""
    assert value(ledger, "SELECT current_setting('synchronous_commit')") == "on"
    columns = ledger.store.read(
        "SELECT data_type, collation_name FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND table_name IN ('ledger', 'events', 'pace')"
    )
    assert {(row["data_type"], row["collation_name"]) for row in columns} == {("text", "C"), ("bigint", None)}


def test_nothing_is_made_by_reading(place: LedgerPlace) -> None:
    """A database without a ledger reads as an empty one, and stays as it is."""
    with open_ledger(place, now=START, read_only=True) as ledger:
        assert ledger.rows() == []
    with psycopg.connect(place.address) as connection:
        found = connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [place.schema]).fetchall()
    assert found == []


def test_who_opens_it_to_read_cannot_write(ledger: Ledger, place: LedgerPlace) -> None:
    """Pages and plan change nothing, even by a defect."""
    with open_ledger(place, now=START, read_only=True) as reader, pytest.raises(LedgerError, match="read-only"):
        reader.plan([planned("A")], START)


def test_an_older_schema_is_brought_up_to_date(place: LedgerPlace) -> None:
    """The tables of version 1 with what they hold become the present ones; reading waits for that with the remedy."""
    with psycopg.connect(place.address, autocommit=True) as connection:
        connection.execute(f'CREATE SCHEMA "{place.schema}"')
        connection.execute(f'SET search_path = "{place.schema}"')
        for statement in MIGRATIONS[1]:
            connection.execute(translate(statement))
        connection.execute("INSERT INTO meta VALUES ('version', '1'), ('ledger_id', '01OLD'), ('created_at', '')")
        connection.execute("INSERT INTO accounts VALUES (%s, 'mastodon', 'mastodon', '')", [ACCOUNT])
    with pytest.raises(LedgerError, match="older version"):
        open_ledger(place, now=START, read_only=True)
    with open_ledger(place, now=START) as ledger:
        assert ledger.meta()["version"] == str(VERSION)
        assert ledger.meta()["ledger_id"] == "01OLD"
        ledger.confirm(sending(ledger), DUE, "1", "u")


def test_a_newer_schema_is_refused(ledger: Ledger, place: LedgerPlace) -> None:
    """Also to read."""
    ledger.set_meta(version=str(VERSION + 1))
    for read_only in (False, True):
        with pytest.raises(LedgerError, match="update Leitstand"):
            open_ledger(place, now=START, read_only=read_only)


def test_machines_that_start_at_once_make_one_ledger(place: LedgerPlace) -> None:
    """Whoever is first, all have the same one."""
    found: list[str] = []
    start = threading.Barrier(5)

    def work(number: int) -> None:
        mine = replace(place, file=place.file.with_name(f"{number}.sqlite"))
        start.wait(30)
        with open_ledger(mine, now=START) as ledger:
            found.append(ledger.meta()["ledger_id"])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(found) == 5
    assert len(set(found)) == 1


def test_a_database_that_is_older_than_what_was_sent_is_refused(ledger: Ledger, place: LedgerPlace) -> None:
    """A dump that somebody put back knows less than the note on this machine."""
    ledger.plan([planned("A"), planned("B")], START)
    note_progress(ledger)
    with ledger.store.transaction() as transaction:
        transaction.run("DELETE FROM events WHERE id > 1")
    with pytest.raises(LedgerError, match="older than what was sent"):
        open_ledger(place, now=START)


def test_a_claim_does_not_wait_for_a_row_in_other_hands(ledger: Ledger, other: Ledger) -> None:
    """A dispatcher that fell asleep within a transaction keeps one row from the others, and nothing else."""
    ledger.plan([planned("A"), planned("B")], START)
    row, free = only(ledger, "A"), only(ledger, "B")
    with ledger.store.transaction() as transaction:
        transaction.run("SELECT 1 AS one FROM ledger WHERE id = :id FOR UPDATE", {"id": row.id})
        assert begin(other, row) is None
        assert begin(other, free) is not None
    assert begin(other, row) is not None


def test_a_row_that_changed_while_it_was_waited_for_is_looked_at_again(ledger: Ledger, other: Ledger) -> None:
    """Two record what became of one row: the second waits, and then finds that nothing is left to record."""
    row = sending(ledger)
    outcome: list[object] = []
    second = threading.Thread(target=lambda: outcome.append(other.confirm(row, DUE, "2", "second")))
    with ledger.store.transaction() as transaction:
        from toolkit.ledger import statements as sql

        values: dict[str, str | int] = {"id": row.id, "token": row.token, "now": "2026-12-01T07", "reason": ""}
        assert transaction.change(sql.CONFIRM, values | {"remote_id": "1", "url": "first"})
        second.start()
        second.join(0.3)
        assert second.is_alive()
    second.join(30)
    assert outcome == [None]
    assert only(ledger).url == "first"
    assert [event.state for event in ledger.events()].count(State.CONFIRMED) == 1


def test_a_hold_in_time_is_seen_by_every_intent(ledger: Ledger, other: Ledger) -> None:
    """A hold waits for the intents that are under way, and whoever comes after it sees it: "stopped" is never wrong."""
    ledger.plan([planned("A"), planned("B")], START)
    first, second = only(ledger, "A"), only(ledger, "B")
    held = threading.Event()

    def hold() -> None:
        other.add_pause(PauseRow(0, "post", "A", "stop", "anna", DUE, None))
        held.set()

    with ledger.store.transaction("holds", shared=True):
        # An intent that has read that there is no hold, and is not committed yet.
        holding = threading.Thread(target=hold)
        holding.start()
        assert not held.wait(0.3)
    holding.join(30)
    assert held.is_set()
    assert begin(ledger, first) is None
    assert begin(ledger, second) is not None


@pytest.mark.parametrize("round_", range(3))
def test_of_a_hold_and_an_intent_at_once_one_is_first(ledger: Ledger, other: Ledger, round_: int) -> None:
    """Many times over: when the hold says "in time", there is no intent, and when there is one, the hold can see it."""
    for number in range(30):
        uid = f"{round_}-{number}"
        ledger.plan([planned(uid)], START)
        row = only(ledger, uid)
        start = threading.Barrier(2)
        seen: list[State] = []

        def hold(uid: str = uid, start: threading.Barrier = start, seen: list[State] = seen) -> None:
            start.wait(30)
            other.add_pause(PauseRow(0, "post", uid, "stop", "anna", DUE, None))
            seen.append(only(other, uid).state)

        holding = threading.Thread(target=hold)
        holding.start()
        start.wait(30)
        intended = begin(ledger, row)
        holding.join(30)
        assert seen == [State.PLANNED if intended is None else State.SENDING]


def test_two_that_plan_at_once_write_each_row_and_event_once(ledger: Ledger, other: Ledger) -> None:
    """The same hundred posts from two machines."""
    posts = [planned(f"P{number:03}") for number in range(100)]
    events: list[int] = []
    start = threading.Barrier(2)

    def plan(one: Ledger, order: int) -> None:
        start.wait(30)
        events.append(len(one.plan(posts[::order], START)))

    threads = [threading.Thread(target=plan, args=(one, order)) for one, order in ((ledger, 1), (other, -1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(events) == 100
    assert len(ledger.rows()) == len(ledger.events()) == 100


def test_two_that_free_the_same_rows_free_each_once(ledger: Ledger, other: Ledger) -> None:
    """After the lease, by two reconcilers at the same moment."""
    for number in range(40):
        sending(ledger, f"P{number}")
    late = DUE + timedelta(minutes=6)
    freed: list[int] = []
    start = threading.Barrier(2)

    def lapse(one: Ledger) -> None:
        start.wait(30)
        freed.extend(event.row_id for event in one.lapse(late))

    threads = [threading.Thread(target=lapse, args=(one,)) for one in (ledger, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    freed.extend(event.row_id for event in ledger.lapse(late))
    assert len(freed) == len(set(freed)) == 40


def test_what_a_network_says_can_always_be_written_down(ledger: Ledger) -> None:
    """PostgreSQL refuses NUL in a text; the outcome of a request is recorded all the same."""
    event = ledger.refuse(sending(ledger), DUE, "bad\0 answer 100 % :now")
    assert event is not None
    assert event.detail == "bad\N{REPLACEMENT CHARACTER} answer 100 % :now"


def test_a_lost_connection_is_said_and_the_next_look_connects_again(ledger: Ledger, place: LedgerPlace) -> None:
    """The sentence is the ledger's, without a traceback of the driver; what was committed is there."""
    row = sending(ledger)
    with psycopg.connect(place.address, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(%s)", [connection_of(ledger).info.backend_pid])
    with pytest.raises(LedgerError, match="was lost"):
        ledger.confirm(row, DUE, "1", "u")
    with open_ledger(place, now=START) as again:
        assert only(again).state is State.SENDING
        assert again.confirm(row, DUE, "1", "u") is not None


def test_a_committed_intent_survives_a_crash_of_the_server(tmp_path: Path) -> None:
    """The server is killed and started again: the intent is there. While it is down, that is said, without a password."""
    with run_postgres() as server:
        place = LedgerPlace(tmp_path / "state" / "ledger.sqlite", server.address, "brand")
        with open_ledger(place, now=START) as ledger:
            ledger.bind([(ACCOUNT, "mastodon", "mastodon")], START)
            sending(ledger)
            server.stop("immediate")
            with pytest.raises(LedgerError, match="was lost"):
                ledger.rows()
        secret = replace(place, address=place.address.replace("leitstand@", "leitstand:canary@"))
        with pytest.raises(LedgerError, match="cannot open the ledger") as refused:
            open_ledger(secret, now=START)
        assert "canary" not in str(refused.value)
        server.start()
        with closing(open_ledger(place, now=START)) as ledger:
            assert only(ledger).state is State.SENDING


def test_an_address_that_is_none_is_refused_in_a_sentence(place: LedgerPlace, postgres: Postgres) -> None:
    """A database that does not exist, options that PostgreSQL does not know."""
    for address in (
        postgres.address.replace("/postgres", "/nowhere"),
        f"{postgres.address}?nonsense=1&password=canary",
    ):
        with pytest.raises(LedgerError, match="cannot open the ledger") as refused:
            open_ledger(replace(place, address=address), now=START)
        assert "canary" not in str(refused.value)
