from __future__ import annotations

import re

import pytest

from tests.ledger.ledgers import connection_of
from toolkit.ledger import Ledger, State
from toolkit.ledger import statements as sql


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
        (sql.LAPSES[0].update, "ledger_claimed"),
        (sql.LAPSES[1].update, "ledger_sending"),
        (sql.SENT_SINCE, "events_sending (at>?)"),
        (sql.EVENTS.replace(":uid = '' OR ", ""), "events_uid"),
        (sql.select_rows((State.HELD, State.MISSED), ""), "ledger_missed"),
        (sql.PART, "sqlite_autoindex_ledger_1"),
    ],
)
def test_the_daily_questions_use_an_index(ledger: Ledger, statement: str, index: str) -> None:
    """EXPLAIN QUERY PLAN names the index; SQLite would silently scan otherwise."""
    plan = _plan(ledger, statement)
    assert index in plan
    assert "SCAN ledger\n" not in plan + "\n"


def test_every_change_logs_the_rows_it_changes() -> None:
    """Event and update of an arrow stand on the same condition, word for word."""
    changes = [value for value in vars(sql).values() if isinstance(value, sql.Change)]
    assert len(changes) > 15
    for change in [*changes, *sql.LAPSES]:
        condition = change.update.partition(" WHERE ")[2]
        assert change.event.endswith(f" WHERE {condition} RETURNING *")


def test_nothing_leads_out_of_confirmed() -> None:
    """No statement updates a confirmed row."""
    for name, value in vars(sql).items():
        if isinstance(value, sql.Change) and name != "DROP_PARTS":
            states = re.search(r"state IN \(([^)]*)\)|state = '(\w+)'", value.update.partition("WHERE")[2])
            assert states, name
            assert "confirmed" not in states[0], name
