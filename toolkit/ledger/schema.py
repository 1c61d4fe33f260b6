"""The ledger's tables, as the steps that lead to them: a new ledger takes all of them, an older one the rest.

Written in the words that SQLite takes; what PostgreSQL says differently, `toolkit.database.postgres` translates.
"""

from __future__ import annotations

from typing import Final

from toolkit.database import Schema
from toolkit.errors import LedgerError
from toolkit.ledger.birth import birth_meta
from toolkit.ledger.row import State
from toolkit.ledger.words import ledger_words

_STATES: Final = ", ".join(f"'{state}'" for state in State)
# What each state's own index is sorted by: a partial index over several states would not be used.
_SORTED_BY: Final = {State.SENDING: "lease_until"}

_FIRST: Final = (
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

_SECOND: Final = (
    # The chain: its number, from 1, and the hash over the one before; 0 and '' until it is sealed.
    "ALTER TABLE events ADD COLUMN seal INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE events ADD COLUMN hash TEXT NOT NULL DEFAULT ''",
    "CREATE UNIQUE INDEX events_sealed ON events (seal) WHERE seal > 0",
    "CREATE INDEX events_unsealed ON events (id) WHERE seal = 0",
    # A network that asks for patience asks the whole account for it.
    "ALTER TABLE accounts ADD COLUMN not_before TEXT NOT NULL DEFAULT ''",
    # One row for each publishing request that was allowed, as long as a window of the account's pace looks back.
    "CREATE TABLE pace (id INTEGER PRIMARY KEY, account_id TEXT NOT NULL, at TEXT NOT NULL)",
    "CREATE INDEX pace_account ON pace (account_id, at)",
    """CREATE TABLE notes (
  account_id TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (account_id, name)
)""",
    """CREATE TABLE sessions (
  account_id TEXT PRIMARY KEY,
  sealed TEXT NOT NULL DEFAULT '',
  changed_at TEXT NOT NULL DEFAULT '',
  locked_by TEXT NOT NULL DEFAULT '',
  locked_until TEXT NOT NULL DEFAULT ''
)""",
    "CREATE INDEX ledger_request ON ledger (account_id, request_hash) WHERE request_hash <> ''",
)

_THIRD: Final = (
    # Claim and intent have become one arrow. Whoever had claimed a row has sent nothing.
    "UPDATE ledger SET state = 'planned', token = '', lease_until = '' WHERE state = 'claimed'",
    "DROP INDEX IF EXISTS ledger_claimed",
    # What went out of a file is looked up by the file.
    "DROP INDEX ledger_request",
    "CREATE INDEX ledger_path ON ledger (path, account_id)",
)

_FOURTH: Final = (
    # What people said at the desk about a post's content. Only ever added to: the last word of each person counts.
    """CREATE TABLE approvals (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL CHECK (uid <> ''),
  person TEXT NOT NULL CHECK (person <> ''),
  at TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (hash <> ''),
  granted INTEGER NOT NULL CHECK (granted IN (0, 1)),
  note TEXT NOT NULL DEFAULT '',
  content TEXT NOT NULL DEFAULT ''
)""",
    "CREATE INDEX approvals_uid ON approvals (uid, id)",
)

_FIFTH: Final = (
    # What people said is in the chain, too; its own `hash` is the content's.
    "ALTER TABLE approvals ADD COLUMN seal INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE approvals ADD COLUMN chain TEXT NOT NULL DEFAULT ''",
    "CREATE UNIQUE INDEX approvals_sealed ON approvals (seal) WHERE seal > 0",
    "CREATE INDEX approvals_unsealed ON approvals (id) WHERE seal = 0",
)

# version → the statements that lead there from the version before.
MIGRATIONS: Final[dict[int, tuple[str, ...]]] = {1: _FIRST, 2: _SECOND, 3: _THIRD, 4: _FOURTH, 5: _FIFTH}
LEDGER: Final = Schema(MIGRATIONS, ("ledger", "meta"), birth_meta, ledger_words, LedgerError)
VERSION: Final = LEDGER.version
# In the order in which they can be copied into an empty ledger.
TABLES: Final = ("meta", "accounts", "ledger", "events", "pauses", "pace", "notes", "sessions", "approvals")
