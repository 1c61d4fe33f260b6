"""Lines for tests: what an account tells, in the order and with the troubles that a test wants."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from toolkit.community.inbox.fetching import Office, OpenLine
from toolkit.community.inbox.place import inbox_path
from toolkit.database import Place
from toolkit.ledger import LedgerPlace, ledger_path
from toolkit.ledger.out import PartOut
from toolkit.model import Answer, Message, Outcome, Sighting
from toolkit.networks.base import Intent
from toolkit.settings import Account, Settings
from toolkit.web import WebError


@dataclass
class StandingClock:
    """A clock that somebody sets."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def elapsed(self) -> float:
        return self.moment.timestamp()


@dataclass
class Line:
    """A line that tells `told`, the oldest first, and notes what it is asked."""

    told: Sequence[Message] = ()
    taken_back: frozenset[str] = frozenset()
    trouble: Exception | None = None  # after everything is told
    again_at: datetime | None = None
    deaf_to: str = ""
    before: Callable[[Message], None] = lambda _message: None
    asked: list[tuple[datetime | None, tuple[str, ...]]] = field(default_factory=list)
    checked: list[tuple[str, ...]] = field(default_factory=list)

    def listen(self, since: datetime | None, remote_ids: Iterable[str]) -> Iterator[Message]:
        self.asked.append((since, tuple(sorted(remote_ids))))
        for message in sorted(self.told, key=lambda one: (one.at, one.remote_id)):
            if since is None or (message.edited_at or message.at) >= since:
                self.before(message)
                yield message
        if self.trouble is not None:
            raise self.trouble

    def gone(self, remote_ids: Iterable[str]) -> frozenset[str]:
        self.checked.append(tuple(remote_ids))
        return frozenset(self.checked[-1]) & self.taken_back

    def unheard(self) -> str:
        return self.deaf_to

    def explain(self, error: WebError) -> Answer:
        return Answer(Outcome.LATER, reason=str(error), retry_at=self.again_at)

    # What a line can besides, and nobody here asks for.

    def send(self, intent: Intent) -> Answer:
        raise NotImplementedError

    def find(self, intent: Intent) -> Sighting:
        raise NotImplementedError

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        raise NotImplementedError

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        raise NotImplementedError

    def delete(self, remote_id: str) -> Answer:
        raise NotImplementedError


@dataclass
class Town:
    """A workspace with some accounts, each with its line."""

    state: Path
    clock: StandingClock
    lines: dict[str, Line]
    posts: dict[str, list[PartOut]] = field(default_factory=dict)

    @property
    def accounts(self) -> dict[str, Account]:
        return {name: Account(name, "mastodon", f"@{name}@social.example") for name in self.lines}

    @property
    def office(self) -> Office:
        settings = Settings(id="brand", name="Brand", timezone="Europe/Berlin", accounts=self.accounts)
        ledger, inbox = LedgerPlace(ledger_path(self.state)), Place(inbox_path(self.state))
        return Office(settings, self.state, ledger, inbox, {}, self.clock, lambda _file: b"")

    @contextmanager
    def open_lines(self, _office: Office) -> Iterator[tuple[OpenLine, Mapping[str, list[PartOut]]]]:
        """As `toolkit.community.inbox.fetching.open_lines` opens real ones."""

        def line(account: Account) -> Line:
            return self.lines[account.name]

        yield line, self.posts
