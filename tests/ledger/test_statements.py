from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.ledger.ledgers import START, connection_of
from toolkit.ledger import Ledger, LedgerPlace, State, links, open_ledger
from toolkit.ledger import statements as sql


@pytest.fixture
def place(path: Path) -> LedgerPlace:
    """SQLite's plans; what PostgreSQL makes of the statements is asked at the end."""
    return LedgerPlace(path)


def _plan(ledger: Ledger, statement: str) -> str:
    names = set(re.findall(r":(\w+)", statement))
    raw = connection_of(ledger).execute(f"EXPLAIN QUERY PLAN {statement}", dict.fromkeys(names, "")).fetchall()
    return "\n".join(row["detail"] for row in raw)


@pytest.mark.parametrize("state", State)
def test_counting_a_state_uses_its_index(ledger: Ledger, state: State) -> None:
    """A status page over a million rows does not read the table."""
    assert f"INDEX ledger_{state}" in _plan(ledger, sql.COUNT.format(state=state))


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (sql.DUE, "ledger_planned (due<?)"),
        (sql.OLDEST_OVERDUE, "ledger_planned (due<?)"),
        (sql.LAPSE.event, "ledger_sending"),
        (sql.SENT_SINCE, "events_sending (at>?)"),
        (sql.EVENTS.replace(":uid = '' OR ", ""), "events_uid"),
        (sql.select_rows((State.HELD, State.MISSED), ""), "ledger_missed"),
        (sql.PART, "sqlite_autoindex_ledger_1"),
        (sql.NEAR, "ledger_path"),
        (sql.known_of(2), "sqlite_autoindex_ledger_1 (uid=?)"),
        (links.UNSEALED[0], "events_unsealed"),
        (links.UNSEALED[1], "approvals_unsealed"),
        (links.CHAIN_END, "events_sealed"),
        (links.CHAIN_END, "approvals_sealed"),
        (links.SEALED, "events_sealed (seal>?)"),
        (links.SEALED, "approvals_sealed (seal>?)"),
        (sql.SPENT, "pace_account (account_id=?)"),
        (sql.send(1).event, "pace_account (account_id=? AND at>?)"),
        (sql.NOTE_OF, "sqlite_autoindex_notes_1"),
        (sql.SESSION, "sqlite_autoindex_sessions_1"),
    ],
)
def test_the_daily_questions_use_an_index(ledger: Ledger, statement: str, index: str) -> None:
    """EXPLAIN QUERY PLAN names the index; SQLite would silently scan otherwise."""
    plan = _plan(ledger, statement)
    assert index in plan
    assert "SCAN ledger\n" not in plan + "\n"


def test_every_change_logs_the_rows_it_changes() -> None:
    """The condition is looked at once, by the event's statement, and both databases look at the same one."""
    changes = [value for value in vars(sql).values() if isinstance(value, sql.Change)]
    assert len(changes) > 15
    for change in changes:
        assert change.event.endswith(f" WHERE {change.where} RETURNING *")
        assert change.update.endswith(" WHERE id = :row_id")
        assert f"FROM ledger WHERE {change.where} FOR UPDATE" in change.at_once


def test_only_intents_and_lapses_leave_locked_rows_alone() -> None:
    """Whoever records what became of a row waits for it; who begins takes another row instead."""
    changes = {name: value for name, value in vars(sql).items() if isinstance(value, sql.Change)}
    assert [name for name, change in changes.items() if change.skip_locked] == ["SEND", "LAPSE"]


def test_nothing_leads_out_of_confirmed() -> None:
    """No statement updates a confirmed row."""
    for name, value in vars(sql).items():
        if isinstance(value, sql.Change) and name != "DROP_PARTS":
            states = re.search(r"state IN \(([^)]*)\)|state = '(\w+)'", value.where)
            assert states, name
            assert "confirmed" not in states[0], name


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (sql.DUE, "ledger_planned"),
        (sql.COUNT.format(state="held"), "ledger_held"),
        (sql.SENT_SINCE, "events_sending"),
        (sql.NEAR.partition("UNION ALL")[2], "ledger_path"),
        (links.UNSEALED[0], "events_unsealed"),
        (links.UNSEALED[1], "approvals_unsealed"),
        (links.SEALED, "events_sealed"),
        (links.SEALED, "approvals_sealed"),
        (sql.SPENT, "pace_account"),
        (sql.PART, "ledger_uid_occurrence_account_id_action_part_key"),
    ],
)
def test_postgresql_can_use_an_index(shared: LedgerPlace, statement: str, index: str) -> None:
    """With its dislike of indexes on small tables overcome, the plan names the index."""
    with open_ledger(shared, now=START) as ledger:
        ledger.store.read("SET enable_seqscan = off")
        ledger.store.read("SET enable_sort = off")
        names = set(re.findall(r":(\w+)", statement))
        values = {name: 1 if name in ("part", "limit", "newer", "after") else "x" for name in names}
        plan = ledger.store.read(f"EXPLAIN {statement}", values)
        assert index in "\n".join(str(line["QUERY PLAN"]) for line in plan)
