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
from toolkit.database import Place
from toolkit.ledger import Ledger, LedgerPlace, find_ledger, open_ledger
from toolkit.model import Clock
from toolkit.settings import Settings
from toolkit.workspace import Workspace, find_root, state_dir
from toolkit.workspace.keeping import Keeper

T = TypeVar("T")


class House:
    """The workspace at `root`. Several threads may ask at once."""

    def __init__(self, root: Path, clock: Clock, environ: Mapping[str, str]) -> None:
        self.root = find_root(root)
        self.clock = clock
        self.environ = environ
        self._lock = RLock()
        self._keeper = Keeper(self.root, clock)
        self._made: dict[Callable[..., Any], tuple[Workspace, Any]] = {}

    @property
    def workspace(self) -> Workspace:
        """The workspace as it lies on disk, looked at again after a second; the same object while nothing has changed.

        With the reviews on the forge that the dispatcher here has read. Raises `SettingsError`.
        """
        with self._lock:
            found = self._keeper.workspace({})
        if found.settings.forge is None:
            return found
        return reviewed(found, state_dir(self.root, found.settings, self.environ), found.settings.forge)

    def forget(self) -> None:
        """Look at the disk again with the next question: we have just written there."""
        with self._lock:
            self._keeper.forget()

    def kept(self, make: Callable[[Workspace], T]) -> T:
        """``make(workspace)``, made once for as long as the workspace stays as it is: a shelf of answers, the rules.

        `make` is a function of a module, not a lambda.
        """
        with self._lock:
            disk = self._keeper.workspace({})
            known = self._made.get(make)
            if known is None or known[0] is not disk:
                known = self._made[make] = (disk, make(disk))
            found: T = known[1]
        return found

    @property
    def settings(self) -> Settings:
        with self._lock:
            return self._keeper.workspace({}).settings

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
        with open_inbox(self.inbox_place, now=self.now(), read_only=read_only) as inbox:
            yield inbox

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
