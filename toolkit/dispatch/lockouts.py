"""Accounts that their networks do not let in: they wait as a whole until somebody signs in, and that is told once.

No post is refused for it. Whether one that waited is still sent, its own lateness decides (`syncing.apply_lateness`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from toolkit.dispatch.desk import Desk
from toolkit.dispatch.line import Line
from toolkit.ledger import Event, Ledger, State, View, account_key, notes_of
from toolkit.messages import _
from toolkit.model import Answer
from toolkit.settings import Account
from toolkit.signin import LOCKED_OUT, Lockout, read_lockout


def lock_out(desk: Desk, line: Line, answer: Answer, until: datetime) -> str:
    """Remember that the network does not take the account until then; returns why, with the remedy, for the row."""
    remember_lockout(desk.ledger, account_key(line.account), Lockout(desk.now, until, answer.reason), desk.now)
    return _reason(line, answer.reason)


def remember_lockout(ledger: Ledger, account_id: str, met: Lockout, now: datetime) -> None:
    """Note what a network said, so that the team is told; one that is met again is the same, and as old as it was."""
    notes = notes_of(ledger, account_id, lambda: now)
    before = read_lockout(notes.read(LOCKED_OUT))
    notes.write(LOCKED_OUT, replace(met, since=before.since if before else met.since).to_text())


def say_locked(ledger: View, line: Line, account_id: str, now: datetime) -> str:
    """Why another row of the account waits; "" when it waits for something else."""
    lockout = find_lockout(ledger, account_id)
    return _reason(line, lockout.why) if lockout is not None and lockout.until > now else ""


def find_lockout(ledger: View, account_id: str) -> Lockout | None:
    """What is remembered of the account; None when its network lets it in, as far as is known."""
    return read_lockout(notes_of(ledger, account_id, _nowhere).read(LOCKED_OUT))


def lockouts_in(ledger: View) -> Callable[[Account], Lockout | None]:
    """The same for accounts of the settings."""
    return lambda account: find_lockout(ledger, account_key(account))


def let_in(ledger: Ledger, account_id: str, now: datetime) -> bool:
    """Somebody has signed in, or the network takes the token again: the account's wait is over at once.

    A wait that the network asked for otherwise stays. False when there was nothing to forget.
    """
    lockout = find_lockout(ledger, account_id)
    if lockout is None:
        return False
    notes_of(ledger, account_id, lambda: now).write(LOCKED_OUT, "")
    ledger.end_rest(account_id, lockout.until)
    return True


def forget_lockouts(desk: Desk, events: Iterable[Event]) -> None:
    """What a network has taken in this tick shows that it lets the account in again."""
    taken = {event.account_id for event in events if event.state is State.CONFIRMED and not event.by_hand}
    for account_id in () if desk.rehearsal else sorted(taken):
        let_in(desk.ledger, account_id, desk.now)


def lockouts_met(desk: Desk, events: Iterable[Event]) -> tuple[str, ...]:
    """The accounts of what was put off in this tick that their networks do not let in."""
    put_off = {event.account_id for event in events if (event.old, event.state) == (State.SENDING, State.PLANNED)}
    return tuple(account_id for account_id in sorted(put_off) if find_lockout(desk.ledger, account_id))


def _reason(line: Line, why: str) -> str:
    message = _("{why} - nothing of {account} goes out until this is put right: {remedy}")
    return message.format(why=why, account=line.account.name, remedy=line.remedy).rstrip(": ")


def _nowhere() -> datetime:
    raise AssertionError("reading writes no time")
