"""How far each account was heard, and when it may be asked again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import datetime, timedelta
from typing import Final

from toolkit.community.inbox import statements as sql
from toolkit.community.inbox.rhythm import Group
from toolkit.database import Record, Store, Transaction, to_moment, to_text
from toolkit.values import dataclass

FIRST_WAIT: Final = timedelta(minutes=1)  # after a failure; doubled each time up to an hour
LONGEST_WAIT: Final = timedelta(hours=1)
# Longer than any wait that a network is believed to ask for; one further away was written before the clock was set back.
BELIEVED: Final = timedelta(hours=25)


@dataclass(frozen=True, slots=True)
class Cursor:
    """One account. `reason` says why it could not be asked, `unheard` what it is never told; "" for nothing."""

    account_id: str
    channel: str
    heard: Mapping[Group, datetime | None] = field(default_factory=dict)
    failures: int = 0  # in a row
    again_at: datetime | None = None
    reason: str = ""
    unheard: str = ""
    heard_at: datetime | None = None  # when it was heard to the end last
    checked_at: datetime | None = None  # when it was asked last what is taken back
    begun_at: datetime | None = None  # when it was heard for the first time; None where nobody noted it

    def may_ask(self, now: datetime) -> bool:
        """Whether it may be asked now."""
        return self.again_at is None or self.again_at <= now or self.again_at > now + BELIEVED

    def heard_up_to(self, moment: datetime, groups: Iterable[Group]) -> Cursor:
        """Everything about these groups is stored up to that moment; it never goes back."""
        known = {group: max(filter(None, (self.heard.get(group), moment))) for group in groups}
        return replace(self, heard={**self.heard, **known})

    def done(self, began: datetime, groups: Iterable[Group], unheard: str) -> Cursor:
        """It was heard to the end; what was said since `began` comes next time."""
        known = {**self.heard, **dict.fromkeys(groups, began)}
        cursor = replace(self, heard=known, failures=0, again_at=None, reason="", unheard=unheard, heard_at=began)
        return cursor if self.heard_at else replace(cursor, begun_at=began)

    def failed(self, reason: str, now: datetime, again_at: datetime | None) -> Cursor:
        """It could not be asked; `again_at` is what its network said of that."""
        wait = min(FIRST_WAIT * float(2 ** min(self.failures, 16)), LONGEST_WAIT)
        return replace(self, failures=self.failures + 1, reason=reason, again_at=again_at or now + wait)


def read_cursor(store: Store, account_id: str, channel: str) -> Cursor:
    """The account's cursor; one at the beginning where it was never asked."""
    found = (_read(raw) for raw in store.read(sql.CURSOR, {"account_id": account_id}))
    return replace(next(found, Cursor(account_id, channel)), channel=channel)


def all_cursors(store: Store) -> list[Cursor]:
    """Every account that was ever asked."""
    return [_read(raw) for raw in store.read(sql.CURSORS)]


def write_cursor(transaction: Transaction, cursor: Cursor) -> None:
    """Note how far the account was heard, with what was heard in the same transaction."""
    values = {group.value: to_text(cursor.heard.get(group)) for group in Group}
    moments = {name: to_text(getattr(cursor, name)) for name in ("again_at", "heard_at", "checked_at", "begun_at")}
    texts = {name: getattr(cursor, name) for name in ("account_id", "channel", "reason", "unheard")}
    transaction.run(sql.SET_CURSOR, values | moments | texts | {"failures": cursor.failures})


def _read(raw: Record) -> Cursor:
    return Cursor(
        account_id=raw["account_id"],
        channel=raw["channel"],
        heard={group: to_moment(raw[group.value]) for group in Group},
        failures=raw["failures"],
        again_at=to_moment(raw["again_at"]),
        reason=raw["reason"],
        unheard=raw["unheard"],
        heard_at=to_moment(raw["heard_at"]),
        checked_at=to_moment(raw["checked_at"]),
        begun_at=to_moment(raw["begun_at"]),
    )
