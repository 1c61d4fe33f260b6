"""What is needed of a database: reading, and short transactions. `sqlite` and `postgres` are the two there are.

Everything above this page knows neither. Every method raises the `StateError` that the database's `Schema` names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Final, Protocol

Value = str | int
Values = Mapping[str, Value]
NOTHING: Final[Values] = {}
_UNSTORABLE: Final = re.compile("[\0\ud800-\udfff]")


class Record(Protocol):
    """One row of an answer by the names of its columns; which are texts and which are numbers, the schema says."""

    def __getitem__(self, name: str, /) -> Any: ...

    def keys(self) -> Iterable[str]: ...


class Arrow(Protocol):
    """A change that writes down what it did: an event and an update, over the same rows or none."""

    @property
    def event(self) -> str:
        """SQLite's first statement; returns the events, each with its ``row_id``."""

    @property
    def update(self) -> str:
        """SQLite's second statement, for each row that has an event now: ``:row_id``."""

    @property
    def at_once(self) -> str:
        """PostgreSQL's one statement; returns the events."""

    @property
    def lock(self) -> str:
        """Shared while the arrow is taken; "" for none."""


class Transaction(Protocol):
    """What may be done between begin and commit."""

    def lock(self, lock: str) -> None:
        """Hold a further lock, alone, until the end; one that others may want comes after the transaction's first."""

    def run(self, statement: str, values: Values = NOTHING) -> Sequence[Record]:
        """Run one statement; what it selects or returns."""

    def run_many(self, statement: str, many: Iterable[Values]) -> None:
        """Run one statement with each of the values."""

    def change(self, change: Arrow, values: Values) -> Sequence[Record]:
        """Take an arrow: the event and the change, over the same rows or none; returns the events."""


class Store(Protocol):
    """An open database. One process, one thread, one store."""

    def read(self, statement: str, values: Values = NOTHING) -> Sequence[Record]:
        """What one statement selects."""

    def transaction(self, lock: str = "", *, shared: bool = False) -> AbstractContextManager[Transaction]:
        """All or nothing, on disk when it ends without an exception.

        Transactions that name the same `lock` come one after the other, unless both only share it: for what is decided
        over rows that a statement reads and does not change.
        """

    def take(self, change: Arrow, values: Values) -> Sequence[Record]:
        """Take one arrow in a transaction of its own, under the arrow's lock; returns the events."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Everything read inside is of one moment."""

    def clock(self) -> str:
        """The database's own time as `moments` writes it; "" where it has no other than this machine's."""

    def scrub(self) -> bool:
        """Leave nothing of what was deleted, as far as the database can; False where it could not right now."""

    def close(self) -> None:
        """Give it back. Closing twice is fine."""


def storable(values: Values) -> Values:
    """Both databases keep the same texts: no NUL and no half of a pair, which networks' answers may hold."""
    return {
        name: _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value
        for name, value in values.items()
    }
