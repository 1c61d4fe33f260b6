"""Every SQL statement of the ledger, and so every arrow of its state machine, on one page.

Plain SQL that SQLite and PostgreSQL both take, named parameters as ``:name``: a ledger has to be auditable, so there is
no mapper between this page and the database. The tables are in `schema`. Moments are UTC text of fixed width
(`2026-11-21T12:00:00.000000Z`), "" where there is none; they sort as they happened, because text is compared by bytes.

::

    planned --SEND--> sending --CONFIRM--> confirmed
       ^                 |REFUSE -> failed
       |                 |PUT_OFF -> planned
       |                 |DOUBT, LAPSE -> unknown
       +--ABSENT-- unknown --CONFIRM--> confirmed      unknown --REPLAY--> sending      unknown --HOLD--> held
    planned --MISS--> missed    planned --SKIP--> skipped    planned --CANCEL--> cancelled --RESTORE--> planned
    a person: AGAIN -> planned, OUT -> confirmed, DROP -> skipped
    by hand: planned --HAND_OVER--> held --BY_HAND--> confirmed      planned, missed --BY_HAND--> confirmed
             held, as it was handed over --CANCEL--> cancelled

Each arrow is a `Change` with the condition `id AND token AND state`; it touches one row or none. SQLite, which has one
writer at a time, takes it as two statements in one transaction: the event, then the update of the row it names. PostgreSQL takes it as one:
the row is locked and looked at again as it is now, updated, and the event written of what it was before.

What a condition reads of *other* rows is not looked at again when PostgreSQL waits for the row. That is right for the
part before (confirmed is final) and good enough for the hourly breaker. Two conditions must not be late: a hold, so
intents share the lock ``HOLDS`` that starting a hold takes alone; and the account's pace, so intents of one account with
a pace come one after the other (`pace_lock`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from toolkit.ledger.row import State
from toolkit.values import dataclass

HOLDS: Final = "holds"  # lock: between "on hold, in time" and an intent
PLAN: Final = "plan"  # lock: one plans at a time
SEAL: Final = "seal"  # lock: the chain has one end

_COPIED: Final = "uid, occurrence, account_id, account, action, part, path"
_COLUMNS: Final = f"at, row_id, {_COPIED}, old, state, detail, url"


@dataclass(frozen=True, slots=True)
class Change:
    """One arrow: which rows, what they become, and what the event says."""

    new: State
    where: str
    sets: str = ""  # further assignments
    url: str = "''"
    reason: str = ":reason"
    # Rows that another transaction has in its hands right now are left to it, not waited for.
    skip_locked: bool = False
    lock: str = ""  # shared while the arrow is taken

    @property
    def event(self) -> str:
        """SQLite's first statement; returns the events."""
        return f"{self._log('id', 'ledger')} WHERE {self.where} RETURNING *"

    @property
    def update(self) -> str:
        """SQLite's second statement, for each row that has an event now: ``:row_id``."""
        return f"{self._assign()} WHERE id = :row_id"

    @property
    def at_once(self) -> str:
        """PostgreSQL's one statement; returns the events."""
        lock = "FOR UPDATE SKIP LOCKED" if self.skip_locked else "FOR UPDATE"
        return f"""WITH old AS (SELECT id AS old_id, state, {_COPIED} FROM ledger WHERE {self.where} {lock}),
changed AS ({self._assign()} FROM (SELECT old_id FROM old) AS locked WHERE ledger.id = locked.old_id RETURNING ledger.id)
{self._log("old_id", "old")} JOIN changed ON changed.id = old_id RETURNING *"""  # noqa: S608  # no value comes from outside

    def _log(self, row_id: str, table: str) -> str:
        values = f":now, {row_id}, {_COPIED}, state, '{self.new}', :reason, {self.url}"
        return f"INSERT INTO events ({_COLUMNS}) SELECT {values} FROM {table}"  # noqa: S608  # see at_once

    def _assign(self) -> str:
        further = f", {self.sets}" if self.sets else ""
        return f"UPDATE ledger SET state = '{self.new}', reason = {self.reason}, updated_at = :now{further}"  # noqa: S608  # see at_once


def _arrow(
    new: State,
    of: tuple[State, ...],
    sets: str = "",
    *,
    only: str = "",
    url: str = "''",
    reason: str = ":reason",
    skip_locked: bool = False,
    lock: str = "",
) -> Change:
    states = ", ".join(f"'{state}'" for state in of)
    condition = f" AND {only}" if only else ""
    where = f"id = :id AND token = :token AND state IN ({states}){condition}"
    return Change(new, where, sets, url, reason, skip_locked, lock)


_FREE: Final = "token = '', lease_until = ''"
_TRIED: Final = (
    "attempts = attempts + 1, tried_at = :now, request_hash = :request_hash, "
    "first_tried_at = CASE WHEN first_tried_at = '' THEN :now ELSE first_tried_at END"
)
# Lateness of a lease: over, or further away than any lease can be because the clock was set back. The horizon is two
# leases away: who waited for the database, or whose clock is a little behind, must not take a fresh one for that.
_LEASE_OUT: Final = "(lease_until <= :now OR lease_until > :horizon)"
_PART_BEFORE_IS_OUT: Final = (
    "(part = 0 OR EXISTS (SELECT 1 FROM ledger AS before WHERE before.uid = ledger.uid"
    " AND before.occurrence = ledger.occurrence AND before.account_id = ledger.account_id"
    " AND before.action = ledger.action AND before.part = ledger.part - 1 AND before.state = 'confirmed'))"
)
# The hourly breaker: a defect that sends without end stops here.
_BREAKER_CLOSED: Final = (
    "(SELECT count(*) FROM events AS sent WHERE sent.state = 'sending' AND sent.at > :hour_ago"
    " AND sent.account_id = ledger.account_id) < :hourly"
)
# Whoever puts a post on hold can read afterwards, without doubt, whether it was in time. What is out is taken back
# all the same.
_NOT_ON_HOLD: Final = (
    "(action LIKE 'retract%' OR NOT EXISTS (SELECT 1 FROM pauses WHERE scope = 'post' AND value = ledger.uid"
    " AND ended_at = '' AND (until = '' OR until > :now)))"
)
_RESOLVABLE: Final = (
    State.HELD,
    State.MISSED,
    State.UNKNOWN,
    State.FAILED,
    State.SKIPPED,
    State.CANCELLED,
    State.IMPORTED,
)

# It waits for the person who publishes it, and no request was ever made; see `Row.handed_over`.
_HANDED: Final = "(state = 'held' AND rendition <> '' AND first_tried_at = '')"

# What a network said to the whole account; a moment further away than any such wait is a clock that was set back.
_ACCOUNT_MAY: Final = (
    "NOT EXISTS (SELECT 1 FROM accounts WHERE accounts.account_id = ledger.account_id"
    " AND accounts.not_before > :now AND accounts.not_before <= :longest_rest)"
)
_PACE_KEPT: Final = (
    "(SELECT count(*) FROM pace WHERE pace.account_id = ledger.account_id AND pace.at > :since_{n}) < :most_{n}"
)
# Claim and intent at once: its commit is what allows the first byte to leave. It asks everything again that was true
# when the row was read: time, order of the thread, breaker, attempts, how many parts there were.
SEND: Final = _arrow(
    State.SENDING,
    (State.PLANNED,),
    f"token = :new_token, lease_until = :lease_until, {_TRIED},"
    " rendition = :rendition, parts = :parts, commit_id = :commit_id",
    only=f"due <= :now AND not_before <= :now AND attempts < :cap AND parts = :parts_before AND {_ACCOUNT_MAY}"
    f" AND {_PART_BEFORE_IS_OUT} AND {_BREAKER_CLOSED} AND {_NOT_ON_HOLD}",
    skip_locked=True,
    lock=HOLDS,
)
REPLAY: Final = _arrow(
    State.SENDING,
    (State.UNKNOWN,),
    _TRIED,
    only=f"request_hash = :request_hash AND attempts < :cap AND lease_until > :now AND {_NOT_ON_HOLD}",
    lock=HOLDS,
)
CONFIRM: Final = _arrow(
    State.CONFIRMED,
    (State.SENDING, State.UNKNOWN),
    f"remote_id = :remote_id, url = :url, {_FREE}",
    url=":url",
)
REFUSE: Final = _arrow(State.FAILED, (State.SENDING,), _FREE)
# Nothing was taken, or nothing even left this machine: the try does not count, the wait does, unless it is the account's.
PUT_OFF: Final = _arrow(
    State.PLANNED,
    (State.SENDING,),
    f"not_before = :not_before, attempts = attempts - 1, waits = waits + :own, {_FREE}",
)
# The token stays: should the answer still come, its sender may record it until another takes the row.
DOUBT: Final = _arrow(State.UNKNOWN, (State.SENDING,), "lease_until = ''")
ABSENT: Final = _arrow(State.PLANNED, (State.UNKNOWN,), f"not_before = :not_before, {_FREE}")
HOLD: Final = _arrow(State.HELD, (State.PLANNED, State.SENDING, State.UNKNOWN), _FREE)
MISS: Final = _arrow(State.MISSED, (State.PLANNED,))
SKIP: Final = _arrow(State.SKIPPED, (State.PLANNED,))
CANCEL: Final = _arrow(State.CANCELLED, (State.PLANNED, State.HELD), only=f"(state = 'planned' OR {_HANDED})")
RESTORE: Final = _arrow(State.PLANNED, (State.CANCELLED,))
MOVE: Final = _arrow(
    State.PLANNED,
    (State.PLANNED,),
    "due = :due, wall = :wall, zone = :zone, tzdata = :tzdata, path = :path",
    reason="''",
)
NOTE: Final = _arrow(State.PLANNED, (State.PLANNED,))
# A person decides about what they have seen: another's decision leaves the token as it is, but not the state.
# Who decided stands in the event; it is no reason for the row's state.
_AS_SEEN: Final = "state = :seen"
_PROOF: Final = f"remote_id = :remote_id, url = :url, {_FREE}"
_ANEW: Final = f"attempts = 0, waits = 0, not_before = '', again_at = :now, {_FREE}"
OUT: Final = _arrow(State.CONFIRMED, _RESOLVABLE, _PROOF, only=_AS_SEEN, url=":url", reason="''")
AGAIN: Final = _arrow(State.PLANNED, _RESOLVABLE, _ANEW, only=_AS_SEEN, reason="''")
# A person publishes it: what was handed over is stored, and no request is ever made.
HAND_OVER: Final = _arrow(
    State.HELD,
    (State.PLANNED,),
    "rendition = :rendition, request_hash = :request_hash, commit_id = :commit_id",
    only=f"due <= :now AND {_PART_BEFORE_IS_OUT} AND {_NOT_ON_HOLD}",
    lock=HOLDS,
)
# What was handed over is what was published; who was faster has published what the file says.
BY_HAND: Final = _arrow(
    State.CONFIRMED,
    (State.PLANNED, State.HELD, State.MISSED),
    f"url = :url, {_FREE}, "
    f"rendition = CASE WHEN {_HANDED} THEN rendition ELSE :rendition END, "
    f"request_hash = CASE WHEN {_HANDED} THEN request_hash ELSE :request_hash END",
    only=f"first_tried_at = '' AND due <= :latest AND (:anyway = 1 OR {_NOT_ON_HOLD})",
    url=":url",
)
DROP: Final = _arrow(State.SKIPPED, (*_RESOLVABLE, State.PLANNED), _FREE, only=_AS_SEEN, reason="''")

# Rows of dispatchers that died: what was being sent is unknown, and may have been written until this very moment.
LAPSE: Final = Change(
    State.UNKNOWN, f"state = 'sending' AND {_LEASE_OUT}", "lease_until = '', tried_at = :now", skip_locked=True
)
# After a restore nobody knows what went out since the backup was made.
DISTRUST: Final = Change(State.HELD, "state = 'planned' AND due <= :now", _FREE)

# Renames and a new time zone database that moves nothing are no event.
RELABEL: Final = (
    "UPDATE ledger SET path = :path, account = :account, tzdata = :tzdata"
    " WHERE id = :id AND token = :token AND state = 'planned'"
)
# Looked, and nothing is proven yet: the next tick looks again.
LEAVE: Final = "UPDATE ledger SET lease_until = '' WHERE id = :id AND token = :token AND state = 'unknown'"
# A first try in the future means that the clock was set back: from then on its age is not known, so it counts as old.
TAKE: Final = f"""UPDATE ledger SET token = :new_token, lease_until = :lease_until,
  first_tried_at = CASE WHEN first_tried_at > :now THEN :long_ago ELSE first_tried_at END
WHERE id = :id AND token = :token AND state = 'unknown' AND {_LEASE_OUT} RETURNING *"""  # noqa: S608  # see at_once
# The clock was set: what is not settled has been tried just now, and, if it was set back, its keys are of no known age.
SETTLE_ANEW: Final = """UPDATE ledger SET tried_at = :now,
  first_tried_at = CASE WHEN :set_back = 1 THEN :long_ago ELSE first_tried_at END
WHERE state = '{state}'"""
BIND: Final = (
    "INSERT INTO accounts (account_id, account, network, bound_at) VALUES (:account_id, :account, :network, :now)"
    " ON CONFLICT DO NOTHING"
)
_IS_PAST: Final = (
    # A reply that nobody sent is no history, however new its account is to the ledger: it was written here.
    ":action <> 'answer' AND :due <= coalesce((SELECT bound_at FROM accounts WHERE account_id = :account_id), '')"
)
_MAY_BE_OUT: Final = ":due <= coalesce((SELECT value FROM meta WHERE name = 'restored_at'), '')"
# Never an upsert: whoever comes second changes nothing.
INSERT: Final = f"""INSERT INTO ledger (uid, occurrence, account_id, account, network, action, part, parts, path,
  state, due, wall, zone, tzdata, commit_id, reason, updated_at)
SELECT :uid, :occurrence, :account_id, :account, :network, :action, 0, 1, :path,
  CASE WHEN {_IS_PAST} THEN 'imported' WHEN {_MAY_BE_OUT} THEN 'held' ELSE 'planned' END,
  :due, :wall, :zone, :tzdata, :commit_id,
  CASE WHEN {_IS_PAST} THEN '' WHEN {_MAY_BE_OUT} THEN :restored ELSE '' END, :now
WHERE true ON CONFLICT DO NOTHING RETURNING id"""
# The further parts of a thread come into being with the intent of the part before them.
INSERT_PART: Final = """INSERT INTO ledger (uid, occurrence, account_id, account, network, action, part, parts, path,
  state, due, wall, zone, tzdata, again_at, commit_id, updated_at)
SELECT uid, occurrence, account_id, account, network, action, :part, parts, path,
  'planned', due, wall, zone, tzdata, again_at, commit_id, :now
FROM ledger WHERE id = :id AND token = :token AND state = 'sending' ON CONFLICT DO NOTHING RETURNING id"""
DROP_PARTS: Final = Change(
    State.CANCELLED,
    "state = 'planned' AND part >= :parts AND (uid, occurrence, account_id, action) ="
    " (SELECT uid, occurrence, account_id, action FROM ledger WHERE id = :id AND token = :token AND state = 'sending')",
    "parts = :parts",
)
# The first event of a row that was just inserted.
NEW_EVENT: Final = f"""INSERT INTO events ({_COLUMNS})
SELECT :now, id, {_COPIED}, '', state, reason, '' FROM ledger WHERE id = :new_id RETURNING *"""  # noqa: S608  # see at_once

ROW: Final = "SELECT * FROM ledger WHERE id = :id"
# Whether a network has put it off does not matter for being overdue; it does for being due now.
OVERDUE: Final = f"""SELECT * FROM ledger
WHERE state = 'planned' AND due <= :now AND {_PART_BEFORE_IS_OUT} ORDER BY due, id"""  # noqa: S608  # see at_once
DUE: Final = OVERDUE.replace(" ORDER", " AND not_before <= :now ORDER")
# Without the rendition, which is large: what the plan compares with.
KNOWN: Final = "SELECT uid, occurrence, account_id, action, state FROM ledger WHERE part = 0"
PART: Final = (
    "SELECT * FROM ledger WHERE uid = :uid AND occurrence = :occurrence AND account_id = :account_id"
    " AND action = :action AND part = :part"
)
# Out, perhaps out, or once handed to a person who may have published it.
_MAY_BE_SEEN: Final = (
    "(state IN ('sending', 'unknown', 'held', 'confirmed') OR (state = 'cancelled' AND rendition <> ''))"
)
# What the account has of the same post at its other times, and out of the same file under other uids.
NEAR: Final = f"""SELECT * FROM ledger WHERE uid = :uid AND account_id = :account_id AND action = :action
AND occurrence <> :occurrence AND {_MAY_BE_SEEN}
UNION ALL
SELECT * FROM ledger WHERE account_id = :account_id AND path = :path AND uid <> :uid AND {_MAY_BE_SEEN}"""  # noqa: S608  # see at_once
# Whether a person published it, or was asked to, follows from its row; see `Row.by_hand`.
EVENTS: Final = """SELECT events.*, (events.state = 'confirmed' OR (events.old = 'planned' AND events.state = 'held'))
  AND (SELECT rendition <> '' AND first_tried_at = '' FROM ledger WHERE ledger.id = events.row_id) AS by_hand
FROM events WHERE (:uid = '' OR uid = :uid) ORDER BY id DESC LIMIT :limit"""
COUNT: Final = "SELECT count(*) AS found FROM ledger WHERE state = '{state}'"
OLDEST_OVERDUE: Final = f"""SELECT min(CASE WHEN not_before > due THEN not_before ELSE due END) AS oldest FROM ledger
WHERE state = 'planned' AND due <= :now AND not_before <= :now AND {_PART_BEFORE_IS_OUT}"""  # noqa: S608  # see at_once
SENT_SINCE: Final = (
    "SELECT count(*) AS found FROM events WHERE state = 'sending' AND at > :hour_ago AND account_id = :account_id"
)

META: Final = "SELECT name, value FROM meta"
PAUSES: Final = "SELECT * FROM pauses WHERE ended_at = '' AND (until = '' OR until > :now) ORDER BY id"
ADD_PAUSE: Final = """INSERT INTO pauses (scope, value, reason, owner, since, until, allow)
VALUES (:scope, :value, :reason, :owner, :now, :until, :allow) RETURNING *"""
END_PAUSE: Final = "UPDATE pauses SET ended_at = :now WHERE id = :id AND ended_at = '' RETURNING id"


ACCOUNTS: Final = "SELECT account_id FROM accounts"
NEWEST_EVENT: Final = "SELECT coalesce(max(id), 0) AS newest FROM events"

# The pace of an account: what was allowed, when the n-th last request was, and how long the network asked to wait.
SPEND: Final = "INSERT INTO pace (account_id, at) VALUES (:account_id, :now)"
# A replay is a request, too; where no pace is kept nothing is counted.
SPEND_TOO: Final = (
    "INSERT INTO pace (account_id, at) SELECT account_id, :now FROM accounts WHERE account_id = :account_id"
    " AND EXISTS (SELECT 1 FROM pace WHERE pace.account_id = accounts.account_id)"
)
NO_FUTURE: Final = "UPDATE pace SET at = :now WHERE account_id = :account_id AND at > :now"
FORGET: Final = "DELETE FROM pace WHERE account_id = :account_id AND at <= :past"
SPENT: Final = "SELECT at FROM pace WHERE account_id = :account_id ORDER BY at DESC LIMIT 1 OFFSET :newer"
REST: Final = "UPDATE accounts SET not_before = :not_before WHERE account_id = :account_id"
# The rest that was to last until then is over before its time, for the account and for what was put off with it.
END_REST: Final = (
    "UPDATE accounts SET not_before = '' WHERE account_id = :account_id AND not_before = :until RETURNING account_id"
)
END_WAITS: Final = (
    "UPDATE ledger SET not_before = '' WHERE state = 'planned' AND account_id = :account_id AND not_before = :until"
)
RESTING: Final = "SELECT not_before FROM accounts WHERE account_id = :account_id"

NOTE_OF: Final = "SELECT value FROM notes WHERE account_id = :account_id AND name = :name"
SET_NOTE: Final = (
    "INSERT INTO notes (account_id, name, value, at) VALUES (:account_id, :name, :value, :now)"
    " ON CONFLICT (account_id, name) DO UPDATE SET value = excluded.value, at = excluded.at"
)
NOTES_OF: Final = "SELECT name, value FROM notes WHERE account_id = :account_id ORDER BY name"
MEET_NOTE: Final = (
    "INSERT INTO notes (account_id, name, value, at) VALUES (:account_id, :name, '', :now) ON CONFLICT DO NOTHING"
)
# Of several who read the same, one writes.
SWAP_NOTE: Final = (
    "UPDATE notes SET value = :value, at = :now WHERE account_id = :account_id AND name = :name AND value = :before"
    " RETURNING name"
)
SESSION: Final = "SELECT sealed FROM sessions WHERE account_id = :account_id"
MEET_SESSION: Final = "INSERT INTO sessions (account_id) VALUES (:account_id) ON CONFLICT DO NOTHING"
# One process makes a session at a time; one that dies at it is waited for as long as its lease.
LOCK_SESSION: Final = (
    "UPDATE sessions SET locked_by = :token, locked_until = :until WHERE account_id = :account_id"
    " AND (locked_until <= :now OR locked_until > :horizon) RETURNING sealed"
)
# Only over what it was made of: who took too long does not overwrite what another made meanwhile.
KEEP_SESSION: Final = (
    "UPDATE sessions SET sealed = :sealed, changed_at = :now WHERE account_id = :account_id AND sealed = :before"
    " RETURNING account_id"
)
FREE_SESSION: Final = (
    "UPDATE sessions SET locked_by = '', locked_until = '' WHERE account_id = :account_id AND locked_by = :token"
)


def send(paces: int) -> Change:
    """The arrow SEND for an account with so many paces; ``:since_0`` and ``:most_0`` belong to the first."""
    kept = "".join(f" AND {_PACE_KEPT.format(n=n)}" for n in range(paces))
    return replace(SEND, where=SEND.where + kept)


def known_of(count: int) -> str:
    """`KNOWN` for so many posts, ``:uid_0`` the first."""
    uids = ", ".join(f":uid_{number}" for number in range(count))
    return f"{KNOWN} AND uid IN ({uids})"


def pace_lock(account_id: str) -> str:
    """The lock under which an account's pace is looked at and spent."""
    return f"pace:{account_id}"


def select_rows(states: Collection[State], where: str) -> str:
    """Rows in some states, or in all; one SELECT per state, because an OR would not use the states' indexes."""
    wheres = [f"state = '{state}'" + (f" AND {where}" if where else "") for state in states] or [where or "true"]
    selects = " UNION ALL ".join(f"SELECT * FROM ledger WHERE {one}" for one in wheres)  # noqa: S608  # see at_once
    return f"SELECT * FROM ({selects}) AS found ORDER BY due, account, part"  # noqa: S608  # see at_once
