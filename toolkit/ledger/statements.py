"""Every SQL statement of the ledger, and so every arrow of its state machine, on one page.

Plain SQL and the standard library's `sqlite3`: a ledger has to be auditable, so there is no mapper between this page
and the file. Moments are UTC text of fixed width (`2026-11-21T12:00:00.000000Z`), "" where there is none; they sort
as they happened, in SQLite and in PostgreSQL.

::

    planned --CLAIM--> claimed --INTEND--> sending --CONFIRM--> confirmed
       ^  ^              |RELEASE, LAPSE     |REFUSE -> failed
       |  +--------------+                   |PUT_OFF -> planned
       |                                     |DOUBT, LAPSE -> unknown
       +--ABSENT-- unknown --CONFIRM--> confirmed      unknown --REPLAY--> sending      unknown --HOLD--> held
    planned --MISS--> missed    planned --SKIP--> skipped    planned --CANCEL--> cancelled --RESTORE--> planned
    a person: AGAIN -> planned, OUT -> confirmed, DROP -> skipped
    by hand: planned --HAND_OVER--> held --BY_HAND--> confirmed      planned, missed --BY_HAND--> confirmed

Each arrow is two statements with the same condition `id AND token AND state` in one transaction: the event, then the
change. Both touch one row or none.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from toolkit.ledger.row import State

VERSION: Final = 1

_STATES: Final = ", ".join(f"'{state}'" for state in State)
# What each state's own index is sorted by: a partial index over several states would not be used.
_SORTED_BY: Final = {State.CLAIMED: "lease_until", State.SENDING: "lease_until"}

SCHEMA: Final = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    """CREATE TABLE accounts (
  account_id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  network TEXT NOT NULL,
  bound_at TEXT NOT NULL
)""",
    f"""CREATE TABLE ledger (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL CHECK (uid <> ''),
  occurrence TEXT NOT NULL,
  account_id TEXT NOT NULL,
  account TEXT NOT NULL,
  network TEXT NOT NULL,
  action TEXT NOT NULL,
  part INTEGER NOT NULL CHECK (part >= 0),
  parts INTEGER NOT NULL CHECK (parts > 0),
  path TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ({_STATES})),
  due TEXT NOT NULL,
  wall TEXT NOT NULL,
  zone TEXT NOT NULL,
  tzdata TEXT NOT NULL,
  remote_id TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  attempts INTEGER NOT NULL DEFAULT 0,
  waits INTEGER NOT NULL DEFAULT 0,
  first_tried_at TEXT NOT NULL DEFAULT '',
  tried_at TEXT NOT NULL DEFAULT '',
  not_before TEXT NOT NULL DEFAULT '',
  again_at TEXT NOT NULL DEFAULT '',
  rendition TEXT NOT NULL DEFAULT '',
  request_hash TEXT NOT NULL DEFAULT '',
  commit_id TEXT NOT NULL DEFAULT '',
  token TEXT NOT NULL DEFAULT '',
  lease_until TEXT NOT NULL DEFAULT '',
  updated_at TEXT NOT NULL,
  UNIQUE (uid, occurrence, account_id, action, part)
)""",
    *(
        f"CREATE INDEX ledger_{state} ON ledger ({_SORTED_BY.get(state, 'due')}) WHERE state = '{state}'"
        for state in State
    ),
    """CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  row_id INTEGER NOT NULL REFERENCES ledger (id),
  uid TEXT NOT NULL,
  occurrence TEXT NOT NULL,
  account_id TEXT NOT NULL,
  account TEXT NOT NULL,
  action TEXT NOT NULL,
  part INTEGER NOT NULL,
  path TEXT NOT NULL,
  old TEXT NOT NULL,
  state TEXT NOT NULL,
  detail TEXT NOT NULL,
  url TEXT NOT NULL
)""",
    "CREATE INDEX events_uid ON events (uid, id)",
    "CREATE INDEX events_sending ON events (at, account_id) WHERE state = 'sending'",
    """CREATE TABLE pauses (
  id INTEGER PRIMARY KEY,
  scope TEXT NOT NULL CHECK (scope IN ('all', 'channel', 'campaign', 'label', 'post')),
  value TEXT NOT NULL,
  reason TEXT NOT NULL,
  owner TEXT NOT NULL,
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  allow TEXT NOT NULL,
  ended_at TEXT NOT NULL DEFAULT ''
)""",
)

# version → the statements that lead there from the version before.
MIGRATIONS: Final[dict[int, tuple[str, ...]]] = {VERSION: SCHEMA}

_EVENT: Final = """INSERT INTO events
  (at, row_id, uid, occurrence, account_id, account, action, part, path, old, state, detail, url)
SELECT :now, id, uid, occurrence, account_id, account, action, part, path, {old}, {new}, {detail}, {url}
FROM ledger WHERE {where} RETURNING *"""


@dataclass(frozen=True, slots=True)
class Change:
    """One arrow: the event and the change, over the same rows."""

    event: str
    update: str


def _change(new: State, where: str, sets: str = "", url: str = "''", reason: str = ":reason") -> Change:
    event = _EVENT.format(old="state", new=f"'{new}'", detail=":reason", url=url, where=where)
    sets = f", {sets}" if sets else ""
    update = f"UPDATE ledger SET state = '{new}', reason = {reason}, updated_at = :now{sets} WHERE {where}"  # noqa: S608  # no value comes from outside
    return Change(event, update)


def _arrow(
    new: State, of: tuple[State, ...], sets: str = "", *, only: str = "", url: str = "''", reason: str = ":reason"
) -> Change:
    states = ", ".join(f"'{state}'" for state in of)
    condition = f" AND {only}" if only else ""
    return _change(new, f"id = :id AND token = :token AND state IN ({states}){condition}", sets, url, reason)


_FREE: Final = "token = '', lease_until = ''"
_TRIED: Final = (
    "attempts = attempts + 1, tried_at = :now, request_hash = :request_hash, "
    "first_tried_at = CASE WHEN first_tried_at = '' THEN :now ELSE first_tried_at END"
)
# Lateness of a lease: over, or further away than any lease can be because the clock was set back.
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
# Whoever puts a post on hold can read afterwards, without doubt, whether it was in time.
_NOT_ON_HOLD: Final = (
    "NOT EXISTS (SELECT 1 FROM pauses WHERE scope = 'post' AND value = ledger.uid AND ended_at = ''"
    " AND (until = '' OR until > :now))"
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

# A claim asks everything again that was true when the row was read: time, order of the thread, breaker, attempts.
CLAIM: Final = _arrow(
    State.CLAIMED,
    (State.PLANNED,),
    "token = :new_token, lease_until = :lease_until",
    only=f"due <= :now AND not_before <= :now AND attempts < :cap AND {_PART_BEFORE_IS_OUT} AND {_BREAKER_CLOSED}",
)
RELEASE: Final = _arrow(State.PLANNED, (State.CLAIMED,), f"{_FREE}, not_before = :not_before")
# The intent. Its commit is what allows the first byte to leave.
INTEND: Final = _arrow(
    State.SENDING,
    (State.CLAIMED,),
    f"{_TRIED}, rendition = :rendition, parts = :parts, commit_id = :commit_id",
    only=f"lease_until > :now AND {_NOT_ON_HOLD}",
)
REPLAY: Final = _arrow(
    State.SENDING,
    (State.UNKNOWN,),
    _TRIED,
    only=f"request_hash = :request_hash AND attempts < :cap AND lease_until > :now AND {_NOT_ON_HOLD}",
)
CONFIRM: Final = _arrow(
    State.CONFIRMED,
    (State.SENDING, State.UNKNOWN),
    f"remote_id = :remote_id, url = :url, {_FREE}",
    url=":url",
)
REFUSE: Final = _arrow(State.FAILED, (State.SENDING,), _FREE)
# Nothing was taken, or nothing even left this machine: the try does not count, the wait does.
PUT_OFF: Final = _arrow(
    State.PLANNED,
    (State.SENDING,),
    f"not_before = :not_before, attempts = attempts - 1, waits = waits + 1, {_FREE}",
)
# The token stays: should the answer still come, its sender may record it until another takes the row.
DOUBT: Final = _arrow(State.UNKNOWN, (State.SENDING,), "lease_until = ''")
ABSENT: Final = _arrow(State.PLANNED, (State.UNKNOWN,), f"not_before = :not_before, {_FREE}")
HOLD: Final = _arrow(State.HELD, (State.PLANNED, State.CLAIMED, State.SENDING, State.UNKNOWN), _FREE)
MISS: Final = _arrow(State.MISSED, (State.PLANNED,))
SKIP: Final = _arrow(State.SKIPPED, (State.PLANNED,))
CANCEL: Final = _arrow(State.CANCELLED, (State.PLANNED,))
RESTORE: Final = _arrow(State.PLANNED, (State.CANCELLED,))
MOVE: Final = _arrow(
    State.PLANNED,
    (State.PLANNED,),
    "due = :due, wall = :wall, zone = :zone, tzdata = :tzdata, path = :path",
    reason="''",
)
NOTE: Final = _arrow(State.PLANNED, (State.PLANNED,))
OUT: Final = _arrow(State.CONFIRMED, _RESOLVABLE, f"remote_id = :remote_id, url = :url, {_FREE}", url=":url")
AGAIN: Final = _arrow(State.PLANNED, _RESOLVABLE, f"attempts = 0, waits = 0, not_before = '', again_at = :now, {_FREE}")
# A person publishes it: what was handed over is stored, and no request is ever made.
HAND_OVER: Final = _arrow(
    State.HELD,
    (State.PLANNED,),
    "rendition = :rendition, request_hash = :request_hash, commit_id = :commit_id",
    only=f"due <= :now AND {_PART_BEFORE_IS_OUT} AND {_NOT_ON_HOLD}",
)
# What was handed over is what was published; who was faster has published what the file says.
_HANDED: Final = "state = 'held' AND rendition <> ''"
BY_HAND: Final = _arrow(
    State.CONFIRMED,
    (State.PLANNED, State.HELD, State.MISSED),
    f"url = :url, {_FREE}, "
    f"rendition = CASE WHEN {_HANDED} THEN rendition ELSE :rendition END, "
    f"request_hash = CASE WHEN {_HANDED} THEN request_hash ELSE :request_hash END",
    only=f"first_tried_at = '' AND due <= :latest AND (:anyway OR {_NOT_ON_HOLD})",
    url=":url",
)
DROP: Final = _arrow(State.SKIPPED, (*_RESOLVABLE, State.PLANNED), _FREE)

# Rows of dispatchers that died. What was only claimed is safe; what was being sent is unknown, and may have been
# written until this very moment.
LAPSES: Final = (
    _change(State.PLANNED, f"state = 'claimed' AND {_LEASE_OUT}", _FREE),
    _change(State.UNKNOWN, f"state = 'sending' AND {_LEASE_OUT}", "lease_until = '', tried_at = :now"),
)
# After a restore nobody knows what went out since the backup was made.
DISTRUST: Final = _change(State.HELD, "state IN ('planned', 'claimed') AND due <= :now", _FREE)

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
WHERE id = :id AND token = :token AND state = 'unknown' AND {_LEASE_OUT} RETURNING *"""  # noqa: S608  # see _change
BIND: Final = (
    "INSERT INTO accounts (account_id, account, network, bound_at) VALUES (:account_id, :account, :network, :now)"
    " ON CONFLICT DO NOTHING"
)
_IS_PAST: Final = ":due <= coalesce((SELECT bound_at FROM accounts WHERE account_id = :account_id), '')"
_MAY_BE_OUT: Final = ":due <= coalesce((SELECT value FROM meta WHERE name = 'restored_at'), '')"
# Never an upsert: whoever comes second changes nothing.
INSERT: Final = f"""INSERT INTO ledger (uid, occurrence, account_id, account, network, action, part, parts, path,
  state, due, wall, zone, tzdata, commit_id, reason, updated_at)
SELECT :uid, :occurrence, :account_id, :account, :network, :action, 0, 1, :path,
  CASE WHEN {_IS_PAST} THEN 'imported' WHEN {_MAY_BE_OUT} THEN 'held' ELSE 'planned' END,
  :due, :wall, :zone, :tzdata, :commit_id,
  CASE WHEN {_IS_PAST} THEN '' WHEN {_MAY_BE_OUT} THEN :restored ELSE '' END, :now
WHERE true ON CONFLICT DO NOTHING"""
# The further parts of a thread come into being with the intent of the part before them.
INSERT_PART: Final = """INSERT INTO ledger (uid, occurrence, account_id, account, network, action, part, parts, path,
  state, due, wall, zone, tzdata, again_at, commit_id, updated_at)
SELECT uid, occurrence, account_id, account, network, action, :part, parts, path,
  'planned', due, wall, zone, tzdata, again_at, commit_id, :now
FROM ledger WHERE id = :id AND token = :token AND state = 'sending' ON CONFLICT DO NOTHING"""
DROP_PARTS: Final = _change(
    State.CANCELLED,
    "state = 'planned' AND part >= :parts AND (uid, occurrence, account_id, action) ="
    " (SELECT uid, occurrence, account_id, action FROM ledger WHERE id = :id AND token = :token AND state = 'sending')",
    "parts = :parts",
)
NEW_EVENTS: Final = _EVENT.format(old="''", new="state", detail="reason", url="''", where="id > :before")
LAST_ROW: Final = "SELECT coalesce(max(id), 0) FROM ledger"

ROW: Final = "SELECT * FROM ledger WHERE id = :id"
# Whether a network has put it off does not matter for being overdue; it does for being due now.
OVERDUE: Final = f"""SELECT * FROM ledger
WHERE state = 'planned' AND due <= :now AND {_PART_BEFORE_IS_OUT} ORDER BY due, id"""  # noqa: S608  # see _change
DUE: Final = OVERDUE.replace(" ORDER", " AND not_before <= :now ORDER")
# Without the rendition, which is large: what the plan compares with.
KNOWN: Final = "SELECT uid, occurrence, account_id FROM ledger WHERE action = 'post' AND part = 0"
PART: Final = (
    "SELECT * FROM ledger WHERE uid = :uid AND occurrence = :occurrence AND account_id = :account_id"
    " AND action = :action AND part = :part"
)
# The same words on the same account out of the same file, under another uid.
TWIN: Final = (
    "SELECT * FROM ledger WHERE account_id = :account_id AND path = :path AND request_hash = :request_hash"
    " AND uid <> :uid AND state IN ('sending', 'unknown', 'held', 'confirmed') LIMIT 1"
)
# Whether a person published it, or was asked to, follows from its row; see `Row.by_hand`.
EVENTS: Final = """SELECT events.*, (events.state = 'confirmed' OR (events.old = 'planned' AND events.state = 'held'))
  AND (SELECT rendition <> '' AND first_tried_at = '' FROM ledger WHERE ledger.id = events.row_id) AS by_hand
FROM events WHERE (:uid = '' OR uid = :uid) ORDER BY id DESC LIMIT :limit"""
COUNT: Final = "SELECT count(*) FROM ledger WHERE state = '{state}'"
OLDEST_OVERDUE: Final = f"""SELECT min(CASE WHEN not_before > due THEN not_before ELSE due END) FROM ledger
WHERE state = 'planned' AND due <= :now AND not_before <= :now AND {_PART_BEFORE_IS_OUT}"""  # noqa: S608  # see _change
SENT_SINCE: Final = (
    "SELECT count(*) FROM events WHERE state = 'sending' AND at > :hour_ago AND account_id = :account_id"
)

META: Final = "SELECT name, value FROM meta"
SET_META: Final = (
    "INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
PAUSES: Final = "SELECT * FROM pauses WHERE ended_at = '' AND (until = '' OR until > :now) ORDER BY id"
ADD_PAUSE: Final = """INSERT INTO pauses (scope, value, reason, owner, since, until, allow)
VALUES (:scope, :value, :reason, :owner, :now, :until, :allow) RETURNING *"""
END_PAUSE: Final = "UPDATE pauses SET ended_at = :now WHERE id = :id AND ended_at = ''"


def select_rows(states: Collection[State], where: str) -> str:
    """Rows in some states, or in all; one SELECT per state, because an OR would not use the states' indexes."""
    wheres = [f"state = '{state}'" + (f" AND {where}" if where else "") for state in states] or [where or "true"]
    selects = " UNION ALL ".join(f"SELECT * FROM ledger WHERE {one}" for one in wheres)  # noqa: S608  # see _change
    return f"SELECT * FROM ({selects}) AS found ORDER BY due, account, part"  # noqa: S608  # see _change
