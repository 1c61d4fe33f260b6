"""What a person decides about rows that no program may decide about: it is out, send it again, or drop it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from toolkit.errors import LeitstandError, UsageError
from toolkit.ledger import Event, Ledger, Row, State
from toolkit.ledger.naming import row_name, row_word
from toolkit.messages import _
from toolkit.model import Clock
from toolkit.values import dataclass

# What waits for a person, in the words of `--state`.
OPEN: Final = (State.HELD, State.UNKNOWN, State.MISSED, State.FAILED)
CLOSED: Final = (State.SKIPPED, State.CANCELLED, State.IMPORTED)


@dataclass(frozen=True, slots=True)
class Decision:
    """Exactly one of `out` (an address), `again` and `drop`; and which row, where several are open."""

    out: str
    remote_id: str
    again: bool
    drop: bool
    by: str
    day: str = ""
    action: str = ""


def decide(ledger: Ledger, uid: str, channel: str, decision: Decision, clock: Clock) -> list[Event]:
    """Carry the decision out; raises `LeitstandError` when there is nothing to decide or somebody was faster."""
    rows = ledger.rows(uid=uid, account=channel)
    row = _open_row([one for one in rows if _is_meant(one, decision)], channel)
    events = decide_row(ledger, row, decision, clock)
    if not events:
        raise LeitstandError(_("it changed this very moment; look again: leitstand status"))
    return events


def decide_seen(ledger: Ledger, row: Row, decision: Decision, clock: Clock) -> list[Event]:
    """Decide about the row only if it is still exactly as the person saw it.

    A decision of somebody else leaves the token as it is, so the whole row is compared.
    """
    return decide_row(ledger, row, decision, clock) if ledger.row(row.id) == row else []


def decide_row(ledger: Ledger, row: Row, decision: Decision, clock: Clock) -> list[Event]:
    """Decide about the row as it was read, and about what hangs on it; nothing when it changed meanwhile."""
    first = _apply(ledger, row, decision, clock)
    if first is None:
        return []
    rest = [
        other
        for other in ledger.rows(uid=row.uid, account=row.account)
        if other.thread == row.thread and other.part > row.part
    ]
    events: list[Event | None] = [first]
    if decision.drop:
        # Without this part the rest of the thread makes no sense.
        events += [ledger.resolve_drop(other, clock.now(), decision.by) for other in rest]
    if decision.again:
        # What was dropped with this part comes back with it.
        dropped = [other for other in rest if other.state is State.SKIPPED]
        events += [ledger.resolve_again(other, clock.now(), decision.by) for other in dropped]
    return [event for event in events if event is not None]


def open_rows(ledger: Ledger, account: str, states: Sequence[State]) -> list[Row]:
    """What waits for a person, of each thread its first part alone: the others follow from it."""
    first: dict[tuple[str, str, str, str], Row] = {}
    for row in ledger.rows(states=states, account=account):
        if row.thread not in first or row.part < first[row.thread].part:
            first[row.thread] = row
    return list(first.values())


def _is_meant(row: Row, decision: Decision) -> bool:
    return decision.day in ("", row.occurrence) and decision.action in ("", row.action)


def _open_row(rows: list[Row], channel: str) -> Row:
    for states in (OPEN, CLOSED):
        found = [row for row in rows if row.state in states]
        threads = {row.thread for row in found}
        if len(threads) > 1:
            # To decide about another one than the person means could send it twice.
            names = "; ".join(f"{row_name(row)}: {row_word(row)}" for row in found)
            message = _("several are open, say which by --day or --action: {names}")
            raise UsageError(message.format(names=names))
        if found:
            return min(found, key=lambda row: row.part)
    if not rows:
        raise LeitstandError(_("the ledger has no such post on {channel}").format(channel=channel))
    said = ", ".join(dict.fromkeys(row_word(row) for row in rows))
    message = _("there is nothing to decide on {channel}: {state}. To stop a planned post: leitstand hold POST")
    raise LeitstandError(message.format(channel=channel, state=said))


def _apply(ledger: Ledger, row: Row, decision: Decision, clock: Clock) -> Event | None:
    now = clock.now()
    if decision.out:
        return ledger.resolve_out(row, now, decision.out, decision.remote_id, decision.by)
    if decision.again:
        return ledger.resolve_again(row, now, decision.by)
    return ledger.resolve_drop(row, now, decision.by)
