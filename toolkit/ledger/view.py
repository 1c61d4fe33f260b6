"""Everything that can be read from an open ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from types import TracebackType
from typing import Final, Self

from toolkit.database import Record, Store, Value, to_moment, to_text
from toolkit.ledger import statements as sql
from toolkit.ledger.pace import Rate, next_request
from toolkit.ledger.place import LedgerPlace
from toolkit.ledger.reading import read_event, read_pause, read_row
from toolkit.ledger.row import Event, PauseRow, Row, State, Summary

AT_ONCE: Final = 500  # posts in one look-up


class View:
    """An open ledger, to look at. Close it, or use it in a `with`."""

    def __init__(self, store: Store, place: LedgerPlace) -> None:
        self.store = store
        self.place = place

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self.store.close()

    def rows(
        self, *, uid: str = "", states: Collection[State] = (), account: str = "", since: datetime | None = None
    ) -> list[Row]:
        """Rows in order of their due time; of one post, in these states, of one account, due since when asked."""
        known = {"uid = :uid": uid, "account = :account": account, "due >= :since": to_text(since)}
        where = " AND ".join(condition for condition, value in known.items() if value)
        params: dict[str, Value] = {"uid": uid, "account": account, "since": to_text(since)}
        return [read_row(raw) for raw in self.store.read(sql.select_rows(states, where), params)]

    def row(self, row_id: int) -> Row | None:
        """The row as it is now."""
        return next((read_row(raw) for raw in self.store.read(sql.ROW, {"id": row_id})), None)

    def due(self, now: datetime) -> list[Row]:
        """Planned rows that may go out now but for what the tree says, the oldest first."""
        return [read_row(raw) for raw in self.store.read(sql.DUE, {"now": to_text(now)})]

    def overdue(self, now: datetime) -> list[Row]:
        """Like `due`, with those that a network has put off."""
        return [read_row(raw) for raw in self.store.read(sql.OVERDUE, {"now": to_text(now)})]

    def known(self, uids: Collection[str] | None = None) -> Mapping[tuple[str, str, str, str], State]:
        """(uid, occurrence, account_id, action) of every thread, or of these posts' → the state of its first part."""
        found = self.store.read(sql.KNOWN) if uids is None else self._known_of(sorted(set(uids)))
        return {(raw["uid"], raw["occurrence"], raw["account_id"], raw["action"]): State(raw["state"]) for raw in found}

    def _known_of(self, uids: Sequence[str]) -> Iterator[Record]:
        """Looked up post by post: a ledger holds years, and a workspace few posts of them."""
        for first in range(0, len(uids), AT_ONCE):
            values = {f"uid_{number}": uid for number, uid in enumerate(uids[first : first + AT_ONCE])}
            yield from self.store.read(sql.known_of(len(values)), values)

    def part(self, row: Row, part: int) -> Row | None:
        """Another part of the row's thread."""
        uid, occurrence, account_id, action = row.thread
        key: dict[str, Value] = {"uid": uid, "occurrence": occurrence, "account_id": account_id, "action": action}
        return next((read_row(raw) for raw in self.store.read(sql.PART, key | {"part": part})), None)

    def near(self, row: Row) -> list[Row]:
        """What the row's account has, or may have, of its post at other times and of its file under other uids."""
        uid, occurrence, account_id, action = row.thread
        key: dict[str, Value] = {"uid": uid, "occurrence": occurrence, "account_id": account_id, "action": action}
        return [read_row(raw) for raw in self.store.read(sql.NEAR, key | {"path": row.path})]

    def events(self, *, uid: str = "", limit: int = 1000) -> list[Event]:
        """The last `limit` events, of one post when asked, the oldest first."""
        return [read_event(raw) for raw in self.store.read(sql.EVENTS, {"uid": uid, "limit": limit})][::-1]

    def summary(self, now: datetime) -> Summary:
        """Counts per state, ages, and the last tick."""
        meta = self.meta()
        counts = {state: int(self.store.read(sql.COUNT.format(state=state))[0]["found"]) for state in State}
        oldest = self.store.read(sql.OLDEST_OVERDUE, {"now": to_text(now)})[0]["oldest"]
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
        return int(self.store.read(sql.SENT_SINCE, params)[0]["found"])

    def next_token(self, account_id: str, paces: Sequence[Rate], now: datetime) -> datetime:
        """When the account may be asked again, for its paces and for what its network said; `now` when it may now."""
        return next_request(self.store, account_id, paces, now)

    def clock(self) -> datetime | None:
        """The time of the database's machine; None where that is this one."""
        return to_moment(self.store.clock())

    def meta(self) -> Mapping[str, str]:
        """What the ledger says about itself: ledger_id, created_at, last_tick, last_commit, restored_at."""
        return {raw["name"]: raw["value"] for raw in self.store.read(sql.META)}

    def pauses(self, now: datetime) -> list[PauseRow]:
        """Pauses and holds that are in force or will be."""
        return [read_pause(raw) for raw in self.store.read(sql.PAUSES, {"now": to_text(now)})]
