"""What stands in the ledger: rows, events, pauses, and the states a row can be in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from toolkit.settings import Account
from toolkit.values import dataclass


class State(StrEnum):
    """Where a row is on its way; the arrows between them are the table in `toolkit.ledger.statements`."""

    PLANNED = "planned"  # waits for its time
    SENDING = "sending"  # a dispatcher has it, under a lease, and its intent is committed: it may be out from now on
    UNKNOWN = "unknown"  # it may be out; to be looked up, never simply sent again
    CONFIRMED = "confirmed"  # it is out; final
    FAILED = "failed"  # the network refused it
    HELD = "held"  # nobody but a person can tell
    MISSED = "missed"  # its time passed; a person decides
    SKIPPED = "skipped"  # its time passed, or a person dropped it
    CANCELLED = "cancelled"  # the file or the channel is gone
    IMPORTED = "imported"  # past when the ledger met the account; never sent

    @classmethod
    def _missing_(cls, value: object) -> State | None:
        """In the logs of older ledgers a post was claimed, in a commit of its own, before it was sent."""
        return cls.PLANNED if value == "claimed" else None


# States in which a person has to do something.
NEEDS_PERSON = (State.HELD, State.MISSED, State.UNKNOWN, State.FAILED)


@dataclass(frozen=True, slots=True)
class Row:
    """One part of one post for one account. Moments are aware and in UTC; a moment that never was is None."""

    id: int
    uid: str
    occurrence: str  # the instance of a recurrence, "" for a single post
    account_id: str  # the remote identity, see `account_key`
    account: str  # the account's name in leitstand.toml when the row was written
    network: str
    action: str  # ``post``, or what follows it, such as ``comment``, ``edit:1``, ``retract``
    part: int  # from 0
    parts: int  # 1 until the first part is about to be sent, then the length of the thread
    path: str
    state: State
    due: datetime
    wall: str
    zone: str
    tzdata: str  # version of the time zone database that `due` was derived with
    remote_id: str
    url: str
    reason: str
    attempts: int
    first_tried_at: datetime | None
    not_before: datetime | None
    rendition: str  # JSON of exactly what was or will be sent, "" before the first intent
    request_hash: str
    commit: str
    updated_at: datetime
    tried_at: datetime | None = None  # the last time it went to the network
    again_at: datetime | None = None  # when a person said "send again"; lateness counts from there
    waits: int = 0  # how often it was put off
    token: str = field(default="", repr=False)  # who holds it
    lease_until: datetime | None = None

    @property
    def key(self) -> str:
        """The idempotency key: the same for the same part of the same occurrence, always."""
        return ":".join((self.uid, self.occurrence, self.account_id, self.action, str(self.part)))

    @property
    def thread(self) -> tuple[str, str, str, str]:
        """What all parts of one thread share."""
        return self.uid, self.occurrence, self.account_id, self.action

    @property
    def number(self) -> int:
        """Which correction the row belongs to; 0 for the post itself, its comment and its retraction."""
        written = self.action.partition(":")[2]
        return int(written) if written.isdecimal() else 0

    @property
    def by_hand(self) -> bool:
        """Whether a person publishes it: a rendition is stored, and no request was ever made of it."""
        return bool(self.rendition) and self.first_tried_at is None

    @property
    def handed_over(self) -> bool:
        """Whether it waits for the person who publishes it."""
        return self.by_hand and self.state is State.HELD

    @property
    def confirmed_at(self) -> datetime | None:
        return self.updated_at if self.state is State.CONFIRMED else None


@dataclass(frozen=True, slots=True)
class Planned:
    """A row to be written: what the plan knows before anything was sent."""

    uid: str
    account_id: str
    account: str
    network: str
    path: str
    due: datetime  # aware
    wall: str
    zone: str
    tzdata: str
    commit: str = ""
    occurrence: str = ""
    action: str = "post"


@dataclass(frozen=True, slots=True)
class Event:
    """One change of one row, written in the same transaction as the change."""

    id: int
    at: datetime
    row_id: int
    uid: str
    occurrence: str
    account_id: str
    account: str
    action: str
    part: int
    path: str
    old: str  # "" when the row is new
    state: State
    detail: str
    url: str
    by_hand: bool = False  # it was handed over to a person, or a person published it


@dataclass(frozen=True, slots=True)
class PauseRow:
    """A pause, or the hold of one post, given at once and not through a file."""

    id: int
    scope: str  # all | channel | campaign | label | post
    value: str  # the account's name, the campaign, the label, or the uid; "" for all
    reason: str
    owner: str
    since: datetime
    until: datetime | None
    allow: tuple[str, ...] = ()  # uids and labels that may go out all the same

    def in_force(self, now: datetime) -> bool:
        return self.since <= now and (self.until is None or now < self.until)


@dataclass(frozen=True, slots=True)
class Summary:
    """The state of the whole ledger at one look."""

    counts: Mapping[State, int]
    oldest_overdue: datetime | None  # since when the longest waiting row could go out, but is still planned
    last_tick: datetime | None
    last_commit: str
    ledger_id: str
    created_at: datetime | None

    @property
    def needs_person(self) -> int:
        return sum(self.counts.get(state, 0) for state in NEEDS_PERSON)


def account_key(account: Account) -> str:
    """The remote identity that rows are bound to; renaming an account in leitstand.toml republishes nothing."""
    return f"{account.network}:{account.id}"
