"""The desk's tables: login links and sessions, of which only hashes are kept, and who did what.

Nothing of a customer stands here: `audit` names people of the team, kinds of action, ids and addresses.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from toolkit.database import Place, Schema, Words, to_text
from toolkit.errors import StateError
from toolkit.ledger import LedgerPlace
from toolkit.messages import _
from toolkit.settings import Settings

_FIRST: Final = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    """CREATE TABLE logins (
  hash TEXT PRIMARY KEY,
  person TEXT NOT NULL,
  made_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT NOT NULL DEFAULT ''
)""",
    """CREATE TABLE sessions (
  hash TEXT PRIMARY KEY,
  person TEXT NOT NULL,
  made_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  expires_at TEXT NOT NULL
)""",
    "CREATE INDEX sessions_person ON sessions (person)",
    """CREATE TABLE audit (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  person TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  origin TEXT NOT NULL,
  outcome TEXT NOT NULL
)""",
    "CREATE INDEX audit_at ON audit (at)",
)


def _birth(now: datetime) -> list[dict[str, str]]:
    return [{"name": "created_at", "value": to_text(now)}]


def _words() -> Words:
    return Words(
        said=_("the desk's database {path}: {error}"),
        lost=_("the connection to the desk's database {path} was lost; the next request connects again: {error}"),
        cannot_open=_("cannot open the desk's database {path}: {error}"),
        no_permission=_(
            "no permission to use the desk's database {path}: its folder must be writable; change the owner, or name"
            " another folder with [state] dir or LEITSTAND_STATE_DIR"
        ),
        another=_("{path} is not a desk's database; move it away or name the right state directory"),
        no_database=_("{path} is not a desk's database ({error}); move it away or name the right state directory"),
        older=_("the desk's database {path} is of an older version; `leitstand desk` brings it up to date"),
        newer=_("the desk's database {path} has version {found}, this Leitstand knows up to {known}; update Leitstand"),
        stuck=_("the desk's database {path} could not be brought up to date, nothing was changed: {error}"),
        unfit=_("the desk's database {path} needs a database in UTF8 with synchronous_commit = on"),
    )


DESK: Final = Schema(
    migrations={1: _FIRST},
    told_by=("meta", "logins", "sessions", "audit"),
    birth=_birth,
    words=_words,
    error=StateError,
    private=True,
)


def find_desk(state: Path, ledger: LedgerPlace, settings: Settings) -> Place:
    """The desk's database: the schema ``<id>_desk`` in the ledger's database, else a file in the state directory."""
    return Place(state / "desk.sqlite", ledger.address, f"{settings.id}_desk" if ledger.shared else "")
