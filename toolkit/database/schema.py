"""What a database is made of and how it is spoken of: the steps that lead to its tables, and its sentences.

Tables are written in the words that SQLite takes; what PostgreSQL says differently, `postgres` translates. Every schema
has a table ``meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from toolkit.database.store import Values
from toolkit.errors import StateError
from toolkit.values import dataclass

SET_META: Final = (
    "INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences about a database, translated, with ``{path}`` and what else is named."""

    said: str  # {error}: what the database says against a statement
    lost: str  # {error}: the line to it is gone
    cannot_open: str  # {error}
    no_permission: str
    another: str  # something else lies there
    no_database: str  # {error}: and it is no database at all
    older: str  # its tables are of an older version, and it was opened to read
    newer: str  # {found}, {known}
    stuck: str  # {error}: it could not be brought up to date
    unfit: str  # the server's settings do not do


@dataclass(frozen=True, slots=True)
class Schema:
    """One kind of database: the ledger, the inbox."""

    migrations: Mapping[int, tuple[str, ...]]  # version → the statements that lead there from the version before
    told_by: tuple[str, ...]  # tables that it has in every version, and nothing else has all of
    birth: Callable[[datetime], Sequence[Values]]  # the first rows of `meta`
    words: Callable[[], Words]
    error: type[StateError]
    pragmas: tuple[str, ...] = ()  # what SQLite is told at each opening
    private: bool = False  # the file is for nobody else on this machine

    @property
    def version(self) -> int:
        """The newest."""
        return max(self.migrations)

    def refusal(self, sentence: str, **named: object) -> StateError:
        """One of the `words` as this database's own error."""
        return self.error(sentence.format(**named))
