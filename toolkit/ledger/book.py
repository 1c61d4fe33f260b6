"""The open ledger: reading for everybody, and one method for each arrow of the state machine.

Every change is one short transaction; whoever holds an outdated row or token changes nothing and gets None back.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Final

from toolkit.database import NOTHING, SET_META, Store, Transaction, Value, Values, to_text
from toolkit.ledger import statements as sql
from toolkit.ledger.pace import Rate, longest_rest, pace_values, spend
from toolkit.ledger.place import LedgerPlace
from toolkit.ledger.reading import read_event, read_pause, read_row
from toolkit.ledger.row import Event, PauseRow, Planned, Row, State
from toolkit.ledger.view import View
from toolkit.messages import _
from toolkit.model import Rendition
from toolkit.values import dataclass

# Longer than any network remembers a key.
LONG_AGO: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Limits:
    """The ledger's last line against a dispatcher gone wrong."""

    attempts: int = 3  # tries of one row before a person has to look
    hourly: int = 60  # tries of one account within an hour
    lease: timedelta = timedelta(minutes=5)  # longer than the longest request


@dataclass(frozen=True, slots=True)
class ByHand:
    """What a person says who has published a post."""

    url: str
    who: str  # a sentence for the log, "" when nobody said
    rendition: Rendition  # what was published, for a row that was never handed over
    latest: datetime  # rows that are due later are not confirmed
    anyway: bool = False  # also while the post is on hold


@dataclass(slots=True)
class Receipt:
    """A network's yes that is still to be written down; the next intent's commit takes it along."""

    row: Row
    at: datetime
    remote_id: str
    url: str
    event: Event | None = None  # once it is written


class Ledger(View):
    """An open ledger. Close it, or use it in a `with`. One process, one thread, one `Ledger`."""

    def __init__(self, store: Store, place: LedgerPlace, limits: Limits | None = None) -> None:
        super().__init__(store, place)
        self.limits = limits or Limits()

    # The plan

    def bind(self, accounts: Iterable[tuple[str, str, str]], now: datetime) -> None:
        """Meet accounts (account_id, name, network). What is past for a new one is never sent."""
        bound = {raw["account_id"] for raw in self.store.read(sql.ACCOUNTS)}
        new = [
            {"account_id": key, "account": name, "network": network, "now": to_text(now)}
            for key, name, network in accounts
            if key not in bound
        ]
        if new:
            with self.store.transaction() as transaction:
                transaction.run_many(sql.BIND, new)

    def plan(self, new: Sequence[Planned], now: datetime) -> list[Event]:
        """Insert rows; those that exist stay as they are. Past ones of a new account become `imported`."""
        if not new:
            return []
        rows = [_planned(planned, now) for planned in new]
        with self.store.transaction(sql.PLAN) as transaction:
            return [event for row in rows for event in _insert(transaction, sql.INSERT, row)]

    def move(self, row: Row, planned: Planned, now: datetime) -> Event | None:
        """Give a planned row its new time."""
        times: dict[str, Value] = {
            "due": to_text(planned.due),
            "wall": planned.wall,
            "zone": planned.zone,
            "tzdata": planned.tzdata,
        }
        detail = f"{to_text(row.due)} → {times['due']}"
        return self._change(sql.MOVE, row, now, detail, (times | {"path": planned.path}))

    def relabel(self, row: Row, planned: Planned) -> None:
        """Note the new path, account name and tzdata version of a planned row; its time stays."""
        params: dict[str, Value] = {"id": row.id, "token": row.token, "path": planned.path}
        with self.store.transaction() as transaction:
            transaction.run(sql.RELABEL, params | {"account": planned.account, "tzdata": planned.tzdata})

    def cancel(self, row: Row, now: datetime, reason: str) -> Event | None:
        return self._change(sql.CANCEL, row, now, reason)

    def restore(self, row: Row, now: datetime) -> Event | None:
        return self._change(sql.RESTORE, row, now)

    def miss(self, row: Row, now: datetime, reason: str) -> Event | None:
        return self._change(sql.MISS, row, now, reason)

    def skip(self, row: Row, now: datetime, reason: str) -> Event | None:
        return self._change(sql.SKIP, row, now, reason)

    def note(self, row: Row, now: datetime, reason: str) -> Event | None:
        """Say why a planned row does not go out; nothing happens when it says so already."""
        return None if row.reason == reason else self._change(sql.NOTE, row, now, reason)

    # Sending

    def begin(
        self,
        row: Row,
        now: datetime,
        paces: Sequence[Rate] = (),
        *,
        rendition: str,
        hashes: Sequence[str],
        commit: str,
        receipt: Receipt | None = None,
    ) -> Row | None:
        """Take a due row under a fresh token and commit the intent to send it: from here on it may be out.

        None: do not send; another has it, or it may not go out now, and no request of the pace was spent. `paces` are
        those of the row's account. `hashes` holds the request hash of every part; rows of the further parts are written
        with the first intent. The `receipt` of the row before is written in the same commit, whatever becomes of this
        one.
        """
        values = self._guard(row, now) | pace_values(paces, now)
        values |= {"request_hash": hashes[row.part], "parts": len(hashes), "rendition": rendition, "commit_id": commit}
        with self.store.transaction(sql.HOLDS, shared=True) as transaction:
            if paces:
                transaction.lock(sql.pace_lock(row.account_id))
            said = transaction.change(sql.CONFIRM, _confirmation(receipt)) if receipt else ()
            begun = bool(spend(transaction, values, paces))
            if begun and row.part == 0:
                _write_parts(transaction, values)
        if receipt and said:
            receipt.event = read_event(said[0])
        return self._mine(row.id, str(values["new_token"])) if begun else None

    def replay(self, row: Row, now: datetime, request_hash: str) -> Row | None:
        """Commit the intent to send the same request with the same key once more; another hash is refused."""
        limits: dict[str, Value] = {"request_hash": request_hash, "cap": self.limits.attempts}
        values = limits | {"id": row.id, "token": row.token, "now": to_text(now), "reason": ""}
        with self.store.transaction(sql.HOLDS, shared=True) as transaction:
            sent = transaction.change(sql.REPLAY, values)
            if sent:
                transaction.run(sql.SPEND_TOO, {"account_id": row.account_id, "now": to_text(now)})
        return self._mine(row.id, row.token) if sent else None

    def confirm(self, row: Row, now: datetime, remote_id: str, url: str) -> Event | None:
        return self._change(sql.CONFIRM, row, now, "", {"remote_id": remote_id, "url": url})

    def refuse(self, row: Row, now: datetime, reason: str) -> Event | None:
        return self._change(sql.REFUSE, row, now, reason)

    def put_off(
        self, row: Row, now: datetime, reason: str, not_before: datetime, *, account_too: bool = False
    ) -> Event | None:
        """The network took nothing, or nothing left this machine: ask again after `not_before`.

        With `account_too` the network spoke of the account: nothing of it is sent until then, and the wait is not the
        row's own.
        """
        until: dict[str, Value] = {"not_before": to_text(not_before)}
        values = until | {"id": row.id, "token": row.token, "now": to_text(now), "reason": reason}
        values["own"] = int(not account_too)
        with self.store.transaction() as transaction:
            raw = transaction.change(sql.PUT_OFF, values)
            if raw and account_too:
                transaction.run(sql.REST, until | {"account_id": row.account_id})
        return read_event(raw[0]) if raw else None

    def end_rest(self, account_id: str, until: datetime) -> bool:
        """What made the account wait until then is over: it may send at once. False when it waits for something else."""
        values: dict[str, Value] = {"account_id": account_id, "until": to_text(until)}
        with self.store.transaction() as transaction:
            transaction.run(sql.END_WAITS, values)
            return bool(transaction.run(sql.END_REST, values))

    def doubt(self, row: Row, now: datetime, reason: str) -> Event | None:
        """Nobody knows whether it is out."""
        return self._change(sql.DOUBT, row, now, reason)

    # Looking up

    def lapse(self, now: datetime) -> list[Event]:
        """Free the rows of dispatchers whose lease is over: nobody knows whether they are out."""
        # Looked at without a lock first: usually there is nothing to free.
        if not any(self._lease_out(row, now) for row in self.rows(states=(State.SENDING,))):
            return []
        params = self._lease(now) | {"reason": _("the dispatcher stopped in the middle")}
        with self.store.transaction() as transaction:
            return [read_event(raw) for raw in transaction.change(sql.LAPSE, params)]

    def settle_anew(self, now: datetime, *, set_back: bool) -> None:
        """Count every unsettled row's wait from `now`; after a clock was set back its keys count as old."""
        params: dict[str, Value] = {
            "now": to_text(now),
            "set_back": int(set_back),
            "long_ago": to_text(now - LONG_AGO),
        }
        with self.store.transaction() as transaction:
            for state in (State.SENDING, State.UNKNOWN):
                transaction.run(sql.SETTLE_ANEW.format(state=state), params)

    def take(self, row: Row, now: datetime) -> Row | None:
        """Become the one who looks an unknown row up; None when another is at it."""
        token = secrets.token_hex(8)
        long_ago = to_text(now - LONG_AGO)
        params = self._lease(now) | {"id": row.id, "token": row.token, "new_token": token, "long_ago": long_ago}
        with self.store.transaction() as transaction:
            raw = transaction.run(sql.TAKE, params)
        return read_row(raw[0]) if raw else None

    def leave(self, row: Row) -> None:
        """Nothing is proven yet; let the next tick look again."""
        with self.store.transaction() as transaction:
            transaction.run(sql.LEAVE, {"id": row.id, "token": row.token})

    def absent(self, row: Row, now: datetime, reason: str, not_before: datetime | None = None) -> Event | None:
        """An unknown row is proven not to be out: it may be sent again."""
        return self._change(sql.ABSENT, row, now, reason, {"not_before": to_text(not_before)})

    def hold(self, row: Row, now: datetime, reason: str) -> Event | None:
        """Hand the row to a person."""
        return self._change(sql.HOLD, row, now, reason)

    # By hand

    def hand_over(self, row: Row, now: datetime, reason: str, *, rendition: Rendition, commit: str) -> Event | None:
        """Ask a person to publish a due row; None when it is on hold or not due. Nothing is begun or sent."""
        event = self._change(sql.HAND_OVER, row, now, reason, _text_of(rendition) | {"commit_id": commit})
        return None if event is None else replace(event, by_hand=True)

    def confirm_by_hand(self, row: Row, by_hand: ByHand, now: datetime) -> Event | None:
        """A person has published it; None when it is due after `by_hand.latest`, on hold, or no longer open."""
        params: dict[str, Value] = _text_of(by_hand.rendition) | {
            "url": by_hand.url,
            "latest": to_text(by_hand.latest),
            "anyway": int(by_hand.anyway),
        }
        event = self._change(sql.BY_HAND, row, now, by_hand.who, params)
        return None if event is None else replace(event, by_hand=True)

    # A person decides

    def resolve_out(self, row: Row, now: datetime, url: str, remote_id: str = "", who: str = "") -> Event | None:
        """A person has seen that it is out."""
        return self._change(sql.OUT, row, now, who, {"url": url, "remote_id": remote_id, "seen": row.state})

    def resolve_again(self, row: Row, now: datetime, who: str = "") -> Event | None:
        """A person wants it sent (again)."""
        return self._change(sql.AGAIN, row, now, who, {"seen": row.state})

    def resolve_drop(self, row: Row, now: datetime, who: str = "") -> Event | None:
        """A person does not want it any more."""
        return self._change(sql.DROP, row, now, who, {"seen": row.state})

    def add_pause(self, pause: PauseRow) -> PauseRow:
        """Start a pause at ``pause.since``; its id is given by the ledger."""
        params = asdict(pause) | {"now": to_text(pause.since), "until": to_text(pause.until)}
        params["allow"] = json.dumps(list(pause.allow))
        del params["since"], params["id"]
        # Alone with a hold: an intent is committed before it, and can be seen, or has seen it.
        with self.store.transaction(sql.HOLDS if pause.scope == "post" else "") as transaction:
            return read_pause(transaction.run(sql.ADD_PAUSE, params)[0])

    def end_pause(self, pause_id: int, now: datetime) -> bool:
        """End a pause; False when it had ended."""
        with self.store.transaction() as transaction:
            return bool(transaction.run(sql.END_PAUSE, {"id": pause_id, "now": to_text(now)}))

    def set_meta(self, **values: str) -> None:
        """Write what the ledger says about itself."""
        with self.store.transaction() as transaction:
            transaction.run_many(SET_META, [{"name": name, "value": value} for name, value in values.items()])

    # Within

    def _change(
        self, change: sql.Change, row: Row, now: datetime, reason: str = "", params: Values = NOTHING
    ) -> Event | None:
        values = {"id": row.id, "token": row.token, "now": to_text(now), "reason": reason, **params}
        raw = self.store.take(change, values)
        return read_event(raw[0]) if raw else None

    def _mine(self, row_id: int, token: str) -> Row | None:
        row = self.row(row_id)
        return row if row is not None and row.token == token else None

    def _guard(self, row: Row, now: datetime) -> dict[str, Value]:
        """What every intent has to pass, and what it leaves behind."""
        mine: dict[str, Value] = {"id": row.id, "token": row.token, "account_id": row.account_id, "reason": ""}
        mine |= {"new_token": secrets.token_hex(8), "parts_before": row.parts}
        breaker: dict[str, Value] = {"hourly": self.limits.hourly, "hour_ago": to_text(now - timedelta(hours=1))}
        return mine | breaker | self._lease(now) | {"cap": self.limits.attempts, "longest_rest": longest_rest(now)}

    def _lease(self, now: datetime) -> dict[str, Value]:
        until = to_text(now + self.limits.lease)
        return {"now": to_text(now), "lease_until": until, "horizon": to_text(now + 2 * self.limits.lease)}

    def _lease_out(self, row: Row, now: datetime) -> bool:
        return row.lease_until is None or row.lease_until <= now or row.lease_until > now + 2 * self.limits.lease


def _confirmation(receipt: Receipt) -> dict[str, Value]:
    row, said = receipt.row, {"remote_id": receipt.remote_id, "url": receipt.url, "reason": ""}
    return {"id": row.id, "token": row.token, "now": to_text(receipt.at), **said}


def _insert(transaction: Transaction, statement: str, values: Values) -> list[Event]:
    """Write a row and its first event; nothing where the row is there already."""
    rows = transaction.run(statement, values)
    raw = transaction.run(sql.NEW_EVENT, {"new_id": rows[0]["id"], "now": values["now"]}) if rows else ()
    return [read_event(event) for event in raw]


def _write_parts(transaction: Transaction, values: Values) -> None:
    """The rows of a thread's further parts; those that an earlier, longer try has planned are cancelled."""
    parts = int(values["parts"])
    mine = {**values, "token": values["new_token"]}
    for further in range(1, parts):
        _insert(transaction, sql.INSERT_PART, mine | {"part": further})
    if int(values["parts_before"]) > parts:
        transaction.change(sql.DROP_PARTS, mine)


def _text_of(rendition: Rendition) -> dict[str, Value]:
    """What is kept of a text that a person publishes: all parts at once, known again by its hash."""
    return {"rendition": rendition.to_json(), "request_hash": rendition.request_hash(0)}


def _planned(planned: Planned, now: datetime) -> dict[str, Value]:
    values: dict[str, Value] = {name: value for name, value in asdict(planned).items() if name not in ("due", "commit")}
    moments = {"due": to_text(planned.due), "now": to_text(now)}
    return values | moments | {"commit_id": planned.commit, "restored": may_be_out_since_restore()}


def may_be_out_since_restore() -> str:
    """What is asked about a post that fell due before the ledger was restored from a backup."""
    return _("the ledger was restored from a backup; this may be out since then - look there")
