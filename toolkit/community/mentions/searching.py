"""One round over all that is looked for on networks: what others say in public, counted, and kept only where a rule wants it.

Each is asked every five minutes at most, a bounded number of pages and so many per account and round; a network that wants
to be left alone is, with everything that this account looks for. The first round marks what was there as seen. Counts and
messages are stored before the memory is written, and both are known again: whoever is killed in between doubles nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.fetching import again_at
from toolkit.community.inbox.gathering import Gathered, Listener
from toolkit.community.inbox.hits import Hit, count_hits
from toolkit.community.mentions.memory import LONGEST_WAIT, Known, Memory, backed_off
from toolkit.community.mentions.sought import Sought
from toolkit.errors import LeitstandError, StateError
from toolkit.ledger import account_key
from toolkit.messages import _
from toolkit.model import Message
from toolkit.networks.base import Connection, Searched, Searching
from toolkit.networks.jsonvalues import moment
from toolkit.settings import Account
from toolkit.values import dataclass
from toolkit.workspace.feeds import Kind

EVERY: Final = timedelta(minutes=5)
OVERLAP: Final = timedelta(minutes=15)  # posts arrive late between servers
MOST: Final = 20  # of one account in one round

OpenLine = Callable[[Account], Connection]


class Judge(Protocol):
    """What is made of a message; see `weighing.Scales`."""

    def wanted(self, message: Message) -> bool: ...

    def weigh(self, messages: list[Message]) -> list[Hit]: ...


@dataclass(slots=True)
class SoughtHeard:
    """What came of one of them: `counted` are those that nobody keeps."""

    sought: Sought
    gathered: Gathered = field(default_factory=Gathered)
    counted: int = 0
    failure: str = ""
    again_at: datetime | None = None
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Lookout:
    """One round."""

    inbox: Inbox
    accounts: Mapping[str, Account]
    open_line: OpenLine
    judge: Judge
    memory: Memory
    now: datetime

    def look(self, wanted: Iterable[Sought]) -> list[SoughtHeard]:
        """Ask for everything whose time has come; `memory` is as it has to be written afterwards."""
        by_account: dict[str, list[Sought]] = {}
        for one in wanted:
            by_account.setdefault(one.account, []).append(one)
        keys = {one.key for some in by_account.values() for one in some}
        self.memory.sought = {key: known for key, known in self.memory.sought.items() if key in keys}
        return [heard for name, some in by_account.items() for heard in self._with(self.accounts[name], some)]

    def _with(self, account: Account, wanted: list[Sought]) -> Iterator[SoughtHeard]:
        """With one account; whoever was asked longest ago comes first."""
        due = sorted(wanted, key=lambda one: self._known(one).again_at)
        line: Connection | None = None
        for number, one in enumerate(due):
            known = self._known(one)
            again = moment(known.again_at)
            if number >= MOST or (again is not None and self.now < again <= self.now + LONGEST_WAIT):
                yield SoughtHeard(one, failure=known.reason, again_at=again, waiting=True)
                continue
            try:
                line = line or self.open_line(account)
                yield self._ask(line, account, one, known)
            except StateError:
                raise
            except Exception as error:  # noqa: BLE001  # whatever it was, the others are asked
                yield self._fail(error, line, one, due[number:])

    def _known(self, one: Sought) -> Known:
        return self.memory.sought.get(one.key, Known())

    def _ask(self, line: Connection, account: Account, one: Sought, known: Known) -> SoughtHeard:
        last = moment(known.heard_at)
        if not isinstance(line, Searching):
            raise LeitstandError(_("{account} cannot look for anything").format(account=account.name))
        begin = self.now if last is None else last - OVERLAP
        found = line.search(one.what, one.words, begin)
        heard = SoughtHeard(one)
        if last is not None:
            since = max(begin, moment(known.since) or begin)
            messages = [
                message for message in found.messages if message.at >= since and self._fits(account, one, message)
            ]
            self._store(account, heard, messages)
        self.memory.sought[one.key] = self._heard(known, found, last)
        return heard

    def _fits(self, account: Account, one: Sought, message: Message) -> bool:
        """Not what one of our other accounts wrote."""
        own = {name for other in self.accounts.values() for name in _names(other, account)}
        return message.author.lstrip("@").casefold() not in own and one.fits(message)

    def _store(self, account: Account, heard: SoughtHeard, messages: list[Message]) -> None:
        one, key = heard.sought, account_key(account)
        kept = [message for message in messages if one.kind is Kind.OURS and self.judge.wanted(message)]
        if kept:
            oldest_first = sorted(kept, key=lambda message: (message.at, message.remote_id))
            heard.gathered = self.inbox.gather(Listener(key, account.name), oldest_first, self.now)
        ids = {message.remote_id for message in kept}
        counted = self.judge.weigh([message for message in messages if message.remote_id not in ids])
        heard.counted = count_hits(self.inbox, key, one.key, counted, self.now)

    def _heard(self, known: Known, found: Searched, last: datetime | None) -> Known:
        known = replace(
            known,
            since=known.since or self.now.isoformat(),
            heard_at=self.now.isoformat(),
            again_at=(self.now + EVERY).isoformat(),
            failures=0,
            reason="",
        )
        if found.whole or last is None:
            return known
        oldest = min((message.at for message in found.messages), default=self.now)
        return known.with_gap(last, oldest, self.now)

    def _fail(self, error: Exception, line: Connection | None, one: Sought, others: Collection[Sought]) -> SoughtHeard:
        reason = str(error) if isinstance(error, LeitstandError) else f"{type(error).__name__}: {error}"
        asked = again_at(error, line)
        known = backed_off(self._known(one), reason, self.now, EVERY, asked)
        self.memory.sought[one.key] = known
        # A network that is overrun means the account and not the word; so does an account that cannot sign in.
        for other in others if asked is not None or line is None else ():
            self.memory.sought[other.key] = replace(self._known(other), again_at=known.again_at, reason=reason)
        return SoughtHeard(one, failure=reason, again_at=moment(known.again_at))


def _names(other: Account, seen_from: Account) -> Iterator[str]:
    """How a network calls an account: in full, and on the account's own server by the name alone."""
    name, _at, host = other.id.lstrip("@").casefold().partition("@")
    if name:
        yield f"{name}@{host}" if host else name
    here = seen_from.id.lstrip("@").casefold().partition("@")[2]
    same = (other.server and other.server == seen_from.server) or (host and host == here)
    if name and same and other.network == seen_from.network:
        yield name
