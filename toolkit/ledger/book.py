"""The open ledger: reading for everybody, and one method for each arrow of the state machine.

Every change is one short transaction; whoever holds an outdated row or token changes nothing and gets None back.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from toolkit.errors import LedgerError
from toolkit.ledger import statements as sql
from toolkit.ledger.moments import to_moment, to_text
from toolkit.ledger.reading import read_event, read_pause, read_row
from toolkit.ledger.row import Event, PauseRow, Planned, Row, State, Summary
from toolkit.messages import _
from toolkit.model import Rendition

Value = str | int
NOTHING: Mapping[str, Value] = {}
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


class Ledger:
    """An open ledger. Close it, or use it in a `with`. One process, one thread, one `Ledger`."""

    def __init__(self, connection: sqlite3.Connection, path: Path, limits: Limits | None = None) -> None:
        connection.row_factory = sqlite3.Row
        self.connection = connection
        self.path = path
        self.limits = limits or Limits()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self.connection.close()

    # Reading

    def rows(self, *, uid: str = "", states: Collection[State] = (), account: str = "") -> list[Row]:
        """Rows in order of their due time; of one post, in these states, of one account when asked."""
        where = " AND ".join(f"{name} = :{name}" for name, value in (("uid", uid), ("account", account)) if value)
        params: dict[str, Value] = {"uid": uid, "account": account}
        return [read_row(raw) for raw in self._read(sql.select_rows(states, where), params)]

    def row(self, row_id: int) -> Row | None:
        """The row as it is now."""
        return next((read_row(raw) for raw in self._read(sql.ROW, {"id": row_id})), None)

    def due(self, now: datetime) -> list[Row]:
        """Planned rows that may go out now but for what the tree says, the oldest first."""
        return [read_row(raw) for raw in self._read(sql.DUE, {"now": to_text(now)})]

    def overdue(self, now: datetime) -> list[Row]:
        """Like `due`, with those that a network has put off."""
        return [read_row(raw) for raw in self._read(sql.OVERDUE, {"now": to_text(now)})]

    def known(self) -> set[tuple[str, str, str]]:
        """(uid, occurrence, account_id) of every post in the ledger."""
        return {(raw[0], raw[1], raw[2]) for raw in self._read(sql.KNOWN)}

    def part(self, row: Row, part: int) -> Row | None:
        """Another part of the row's thread."""
        uid, occurrence, account_id, action = row.thread
        key: dict[str, Value] = {"uid": uid, "occurrence": occurrence, "account_id": account_id, "action": action}
        return next((read_row(raw) for raw in self._read(sql.PART, key | {"part": part})), None)

    def twin(self, row: Row, request_hash: str) -> Row | None:
        """A row of another uid that sent, or may have sent, this request for this account from the row's file."""
        key: dict[str, Value] = {"uid": row.uid, "account_id": row.account_id, "path": row.path}
        return next((read_row(raw) for raw in self._read(sql.TWIN, key | {"request_hash": request_hash})), None)

    def events(self, *, uid: str = "", limit: int = 1000) -> list[Event]:
        """The last `limit` events, of one post when asked, the oldest first."""
        return [read_event(raw) for raw in self._read(sql.EVENTS, {"uid": uid, "limit": limit})][::-1]

    def summary(self, now: datetime) -> Summary:
        """Counts per state, ages, and the last tick."""
        meta = self.meta()
        counts = {state: int(self._read(sql.COUNT.format(state=state))[0][0]) for state in State}
        oldest = self._read(sql.OLDEST_OVERDUE, {"now": to_text(now)})[0][0]
        return Summary(
            counts=counts,
            oldest_overdue=to_moment(oldest or ""),
            last_tick=to_moment(meta.get("last_tick", "")),
            last_commit=meta.get("last_commit", ""),
            ledger_id=meta.get("ledger_id", ""),
            created_at=to_moment(meta.get("created_at", "")),
        )

    def tries(self, account_id: str, now: datetime) -> int:
        """How often the account was tried within the last hour."""
        params = {"account_id": account_id, "hour_ago": to_text(now - timedelta(hours=1))}
        return int(self._read(sql.SENT_SINCE, params)[0][0])

    def meta(self) -> Mapping[str, str]:
        """What the ledger says about itself: ledger_id, created_at, last_tick, last_commit, restored_at."""
        return {raw["name"]: raw["value"] for raw in self._read(sql.META)}

    def pauses(self, now: datetime) -> list[PauseRow]:
        """Pauses and holds that are in force or will be."""
        return [read_pause(raw) for raw in self._read(sql.PAUSES, {"now": to_text(now)})]

    # The plan

    def bind(self, accounts: Iterable[tuple[str, str, str]], now: datetime) -> None:
        """Meet accounts (account_id, name, network). What is past for a new one is never sent."""
        bound = {raw[0] for raw in self._read("SELECT account_id FROM accounts")}
        new = [
            {"account_id": key, "account": name, "network": network, "now": to_text(now)}
            for key, name, network in accounts
            if key not in bound
        ]
        if new:
            with self._transaction() as cursor:
                cursor.executemany(sql.BIND, new)

    def plan(self, new: Sequence[Planned], now: datetime) -> list[Event]:
        """Insert rows; those that exist stay as they are. Past ones of a new account become `imported`."""
        if not new:
            return []
        rows = [_planned(planned, now) for planned in new]
        with self._transaction() as cursor:
            before = cursor.execute(sql.LAST_ROW).fetchone()[0]
            cursor.executemany(sql.INSERT, rows)
            raw = cursor.execute(sql.NEW_EVENTS, {"before": before, "now": to_text(now)}).fetchall()
        return [read_event(event) for event in raw]

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
        params = {"id": row.id, "token": row.token, "path": planned.path}
        with self._transaction() as cursor:
            cursor.execute(sql.RELABEL, params | {"account": planned.account, "tzdata": planned.tzdata})

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

    def claim(self, row: Row, now: datetime) -> Row | None:
        """Take a due row under a fresh token; None when another has it or it may not go out now."""
        token = secrets.token_hex(8)
        until = to_text(now + self.limits.lease)
        params = self._guard(now) | {"new_token": token, "lease_until": until}
        event = self._change(sql.CLAIM, row, now, "", params)
        return None if event is None else self._mine(row.id, token)

    def release(self, row: Row, now: datetime, reason: str, not_before: datetime | None = None) -> Event | None:
        """Put a claimed row back; nothing was sent."""
        return self._change(sql.RELEASE, row, now, reason, {"not_before": to_text(not_before)})

    def intend(self, row: Row, now: datetime, *, rendition: str, hashes: Sequence[str], commit: str) -> Row | None:
        """Commit the intent to send: from here on it may be out. None: do not send.

        `hashes` holds the request hash of every part; rows of the further parts are written with the first intent.
        """
        request = {"request_hash": hashes[row.part], "rendition": rendition, "parts": len(hashes), "commit_id": commit}
        base: dict[str, Value] = {"id": row.id, "token": row.token, "now": to_text(now), "reason": ""}
        with self._transaction() as cursor:
            sent = cursor.execute(sql.INTEND.event, base | request).fetchall()
            cursor.execute(sql.INTEND.update, base | request)
            if row.part == 0 and sent:
                before = cursor.execute(sql.LAST_ROW).fetchone()[0]
                cursor.executemany(sql.INSERT_PART, [base | {"part": part} for part in range(1, len(hashes))])
                cursor.execute(sql.NEW_EVENTS, base | {"before": before})
                cursor.execute(sql.DROP_PARTS.event, base | request)
                cursor.execute(sql.DROP_PARTS.update, base | request)
        return self._mine(row.id, row.token) if sent else None

    def replay(self, row: Row, now: datetime, request_hash: str) -> Row | None:
        """Commit the intent to send the same request with the same key once more; another hash is refused."""
        event = self._change(sql.REPLAY, row, now, "", {"request_hash": request_hash, "cap": self.limits.attempts})
        return None if event is None else self._mine(row.id, row.token)

    def confirm(self, row: Row, now: datetime, remote_id: str, url: str) -> Event | None:
        return self._change(sql.CONFIRM, row, now, "", {"remote_id": remote_id, "url": url})

    def refuse(self, row: Row, now: datetime, reason: str) -> Event | None:
        return self._change(sql.REFUSE, row, now, reason)

    def put_off(self, row: Row, now: datetime, reason: str, not_before: datetime) -> Event | None:
        """The network took nothing, or nothing left this machine: ask again after `not_before`."""
        return self._change(sql.PUT_OFF, row, now, reason, {"not_before": to_text(not_before)})

    def doubt(self, row: Row, now: datetime, reason: str) -> Event | None:
        """Nobody knows whether it is out."""
        return self._change(sql.DOUBT, row, now, reason)

    # Looking up

    def lapse(self, now: datetime) -> list[Event]:
        """Free the rows of dispatchers whose lease is over: claimed → planned, sending → unknown."""
        params = self._lease(now) | {"reason": _("the dispatcher stopped in the middle")}
        events = []
        for state, change in zip((State.CLAIMED, State.SENDING), sql.LAPSES, strict=True):
            # Looked at without a lock first: usually there is nothing to free.
            if any(self._lease_out(row, now) for row in self.rows(states=(state,))):
                with self._transaction() as cursor:
                    events += cursor.execute(change.event, params).fetchall()
                    cursor.execute(change.update, params)
        return [read_event(raw) for raw in events]

    def take(self, row: Row, now: datetime) -> Row | None:
        """Become the one who looks an unknown row up; None when another is at it."""
        token = secrets.token_hex(8)
        long_ago = to_text(now - LONG_AGO)
        params = self._lease(now) | {"id": row.id, "token": row.token, "new_token": token, "long_ago": long_ago}
        with self._transaction() as cursor:
            raw = cursor.execute(sql.TAKE, params).fetchall()
        return read_row(raw[0]) if raw else None

    def leave(self, row: Row) -> None:
        """Nothing is proven yet; let the next tick look again."""
        with self._transaction() as cursor:
            cursor.execute(sql.LEAVE, {"id": row.id, "token": row.token})

    def absent(self, row: Row, now: datetime, reason: str, not_before: datetime | None = None) -> Event | None:
        """An unknown row is proven not to be out: it may be sent again."""
        return self._change(sql.ABSENT, row, now, reason, {"not_before": to_text(not_before)})

    def hold(self, row: Row, now: datetime, reason: str) -> Event | None:
        """Hand the row to a person."""
        return self._change(sql.HOLD, row, now, reason)

    # By hand

    def hand_over(self, row: Row, now: datetime, reason: str, *, rendition: Rendition, commit: str) -> Event | None:
        """Ask a person to publish a due row; None when it is on hold or not due. Nothing is claimed or sent."""
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
        return self._change(sql.OUT, row, now, who, {"url": url, "remote_id": remote_id})

    def resolve_again(self, row: Row, now: datetime, who: str = "") -> Event | None:
        """A person wants it sent (again)."""
        return self._change(sql.AGAIN, row, now, who)

    def resolve_drop(self, row: Row, now: datetime, who: str = "") -> Event | None:
        """A person does not want it any more."""
        return self._change(sql.DROP, row, now, who)

    def add_pause(self, pause: PauseRow) -> PauseRow:
        """Start a pause at ``pause.since``; its id is given by the ledger."""
        params = asdict(pause) | {"now": to_text(pause.since), "until": to_text(pause.until)}
        params["allow"] = json.dumps(list(pause.allow))
        del params["since"], params["id"]
        with self._transaction() as cursor:
            return read_pause(cursor.execute(sql.ADD_PAUSE, params).fetchall()[0])

    def end_pause(self, pause_id: int, now: datetime) -> bool:
        """End a pause; False when it had ended."""
        with self._transaction() as cursor:
            return cursor.execute(sql.END_PAUSE, {"id": pause_id, "now": to_text(now)}).rowcount == 1

    def set_meta(self, **values: str) -> None:
        """Write what the ledger says about itself."""
        with self._transaction() as cursor:
            cursor.executemany(sql.SET_META, [{"name": name, "value": value} for name, value in values.items()])

    # Within

    def _change(
        self, change: sql.Change, row: Row, now: datetime, reason: str = "", params: Mapping[str, Value] = NOTHING
    ) -> Event | None:
        values = {"id": row.id, "token": row.token, "now": to_text(now), "reason": reason, **params}
        with self._transaction() as cursor:
            raw = cursor.execute(change.event, values).fetchall()
            cursor.execute(change.update, values)
        return read_event(raw[0]) if raw else None

    def _mine(self, row_id: int, token: str) -> Row | None:
        row = self.row(row_id)
        return row if row is not None and row.token == token else None

    def _guard(self, now: datetime) -> dict[str, Value]:
        hour_ago = to_text(now - timedelta(hours=1))
        return {"cap": self.limits.attempts, "hourly": self.limits.hourly, "hour_ago": hour_ago}

    def _lease(self, now: datetime) -> dict[str, Value]:
        until = to_text(now + self.limits.lease)
        return {"now": to_text(now), "lease_until": until, "horizon": until}

    def _lease_out(self, row: Row, now: datetime) -> bool:
        return row.lease_until is None or row.lease_until <= now or row.lease_until > now + self.limits.lease

    def _read(self, statement: str, params: Mapping[str, Value] | None = None) -> list[sqlite3.Row]:
        try:
            return self.connection.execute(statement, params or {}).fetchall()
        except sqlite3.Error as error:
            raise self._error(error) from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Cursor]:
        cursor = self.connection.cursor()
        try:
            cursor.execute("BEGIN IMMEDIATE")
            yield cursor
            cursor.execute("COMMIT")
        except BaseException as error:
            if self.connection.in_transaction:
                cursor.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise self._error(error) from error
            raise

    def _error(self, error: sqlite3.Error) -> LedgerError:
        return LedgerError(_("the ledger {path}: {error}").format(path=self.path, error=error))


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
