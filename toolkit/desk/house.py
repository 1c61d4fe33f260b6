"""What the desk works with: the workspace, kept and read again when files changed; the state, opened for each request."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from toolkit.approval.reviews import reviewed
from toolkit.community.inbox.book import Inbox, open_inbox
from toolkit.community.inbox.place import find_inbox
from toolkit.community.replies.book import Replies
from toolkit.database import Place, Store
from toolkit.database.opening import open_to_read, open_to_write
from toolkit.desk.schema import DESK, find_desk
from toolkit.errors import SettingsError
from toolkit.ledger import Ledger, LedgerPlace, find_ledger, open_ledger
from toolkit.model import Clock
from toolkit.settings import Settings
from toolkit.workspace import Workspace, find_root, state_dir
from toolkit.workspace.keeping import Keeper

T = TypeVar("T")


class House:
    """The workspace at `root`. Several threads may ask at once. Raises `SettingsError` when it cannot be used at first."""

    def __init__(self, root: Path, clock: Clock, environ: Mapping[str, str]) -> None:
        self.root = find_root(root)
        self.clock = clock
        self.environ = environ
        self._lock = RLock()
        self._keeper = Keeper(self.root, clock)
        self._made: dict[Callable[..., Any], tuple[Workspace, Any]] = {}
        self._current = False  # whether the inbox is known to have the tables of this version
        self._disk = self._keeper.workspace({})
        self.trouble = ""  # why the files as they are now cannot be used; the last good ones are, then

    @property
    def workspace(self) -> Workspace:
        """The workspace as it lies on disk, looked at again after a second; the same object while nothing has changed.

        With the reviews on the forge that the dispatcher here has read. While leitstand.toml cannot be used, which
        must not blind anybody in a crisis, it stays as it was, and `trouble` says why.
        """
        found = self._look()
        if found.settings.forge is None:
            return found
        return reviewed(found, state_dir(self.root, found.settings, self.environ), found.settings.forge)

    def _look(self) -> Workspace:
        with self._lock:
            try:
                self._disk, self.trouble = self._keeper.workspace({}), ""
            except SettingsError as error:
                self.trouble = str(error)
            return self._disk

    def forget(self) -> None:
        """Look at the disk again with the next question: we have just written there."""
        with self._lock:
            self._keeper.forget()

    def kept(self, make: Callable[[Workspace], T]) -> T:
        """``make(workspace)``, made once for as long as the workspace stays as it is: a shelf of answers, the rules.

        `make` is a function of a module, not a lambda.
        """
        with self._lock:
            disk = self._look()
            known = self._made.get(make)
            if known is None or known[0] is not disk:
                known = self._made[make] = (disk, make(disk))
            found: T = known[1]
        return found

    @property
    def settings(self) -> Settings:
        return self._look().settings

    @property
    def stamp(self) -> str:
        """Another one whenever a file of the workspace was read anew."""
        self._look()
        return str(self._keeper.readings)

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the workspace's wall times."""
        return ZoneInfo(self.settings.timezone)

    @property
    def state(self) -> Path:
        """The workspace's state directory; not created."""
        return state_dir(self.root, self.settings, self.environ)

    @property
    def ledger_place(self) -> LedgerPlace:
        return find_ledger(self.state, self.settings, self.environ)

    @property
    def inbox_place(self) -> Place:
        return find_inbox(self.state, self.settings, self.environ)

    def now(self) -> datetime:
        """The current moment, in UTC."""
        return self.clock.now()

    @contextmanager
    def inbox(self, *, read_only: bool = False) -> Iterator[Inbox]:
        """The inbox, for one request."""
        place, now = self.inbox_place, self.now()
        if read_only:
            self._bring_up_to_date(place, now)
        with open_inbox(place, now=now, read_only=read_only) as inbox:
            yield inbox

    def _bring_up_to_date(self, place: Place, now: datetime) -> None:
        """After an upgrade the first who looks may come before the first who writes."""
        with self._lock:
            if not self._current and place.exists():
                open_inbox(place, now=now).close()
                self._current = True

    @contextmanager
    def replies(self, *, read_only: bool = False) -> Iterator[Replies]:
        """The inbox's replies, for one request; `.inbox` is the inbox."""
        with self.inbox(read_only=read_only) as inbox:
            yield Replies(inbox)

    @contextmanager
    def ledger(self, *, read_only: bool = False) -> Iterator[Ledger]:
        """The ledger, for one request. Read-only, a missing one reads as an empty one; else it is made."""
        with open_ledger(self.ledger_place, now=self.now(), read_only=read_only) as ledger:
            yield ledger

    @contextmanager
    def book(self, *, read_only: bool = False) -> Iterator[Store]:
        """The desk's own database, for one request: sessions, login links, who did what."""
        place = find_desk(self.state, self.ledger_place, self.settings)
        store = (open_to_read if read_only else open_to_write)(place, DESK, self.now())
        try:
            yield store
        finally:
            store.close()
