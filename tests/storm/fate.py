"""What befalls one dispatcher of the storm: it dies at a crash point, or it meets trouble and goes on."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.storm.weather import Place, Weather
from toolkit.database import NOTHING, Arrow, Record, Store, Transaction, Values
from toolkit.database.sqlite import SqliteStore
from toolkit.errors import LedgerError
from toolkit.model import SystemClock


@dataclass
class JumpyClock(SystemClock):
    """The machine's clock, which somebody may set."""

    wrong: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        return super().now() + self.wrong


@dataclass
class Fate:
    """Kills or hinders this process at a crash point: surely at `forced`, by chance at any other."""

    weather: Weather
    place: Place
    chance: random.Random
    forced: str
    clock: JumpyClock = field(default_factory=JumpyClock)
    locker: sqlite3.Connection | None = None
    full: bool = False
    store: Store | None = None

    def __call__(self, point: str) -> None:
        if point == self.forced:
            self._hit(point)
            os.kill(os.getpid(), signal.SIGKILL)
        if point == "C2" and self._falls("C8"):
            self._hit("C8")
            os.kill(os.getpid(), signal.SIGSTOP)
        if point in ("C1", "C2", "C4") and self._falls("C9"):
            self._close_ledger()
        if point in ("C1", "C2", "C4") and self._falls("C10"):
            self._hit("C10")
            self.clock.wrong = timedelta(seconds=self.chance.uniform(0, self.weather.jump))

    def _falls(self, trouble: str) -> bool:
        if trouble == self.forced:
            self.forced = ""
            return True
        return self.chance.random() < self.weather.own_trouble

    def _hit(self, point: str) -> None:
        hits = os.open(self.place.hits, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(hits, f"{point}\n".encode())
        os.close(hits)

    def _close_ledger(self) -> None:
        """C9: another one holds the file's lock for longer than is waited for, or the disk has no page left."""
        self.full = True
        if isinstance(self.store, SqliteStore):
            if self.chance.random() < 0.5:
                self.store.connection.execute("PRAGMA max_page_count = 1")
            self.locker = sqlite3.connect(self.place.ledger, isolation_level=None, timeout=0.2)
            self.store.connection.execute("PRAGMA busy_timeout = 10")
            with suppress(sqlite3.OperationalError):
                self.locker.execute("BEGIN IMMEDIATE")

    def refuse(self) -> None:
        """A database of a server cannot be locked from here without hurting the others: it says so by itself."""
        if self.full and not isinstance(self.store, SqliteStore):
            raise LedgerError("no space left on device")

    def open_ledger(self, *, failed: bool) -> None:
        """After a tick: the ledger can be written again, and the clock is put right."""
        if self.full and failed:
            self._hit("C9")
        self.full = False
        if self.locker is not None:
            self.locker.close()
            self.locker = None
        if isinstance(self.store, SqliteStore):
            self.store.connection.execute("PRAGMA busy_timeout = 30000")
            self.store.connection.execute("PRAGMA max_page_count = 1073741823")
        self.clock.wrong = timedelta()


@dataclass
class StormStore:
    """The real store, with fate between the statements of a transaction and its commit (C7)."""

    inner: Store
    fate: Fate

    def read(self, statement: str, values: Values = NOTHING) -> list[Record]:
        return list(self.inner.read(statement, values))

    @contextmanager
    def transaction(self, lock: str = "", *, shared: bool = False) -> Iterator[Transaction]:
        self.fate.refuse()
        with self.inner.transaction(lock, shared=shared) as transaction:
            yield transaction
            self.fate("C7")

    def take(self, change: Arrow, values: Values) -> list[Record]:
        with self.transaction(change.lock, shared=True) as transaction:
            return list(transaction.change(change, values))

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        with self.inner.snapshot():
            yield

    def clock(self) -> str:
        return self.inner.clock()

    def scrub(self) -> bool:
        return self.inner.scrub()

    def close(self) -> None:
        self.inner.close()
