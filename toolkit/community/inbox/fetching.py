"""One round of asking what people write: `inbox fetch` makes one, `run` makes one every few minutes.

What an account tells is stored some messages at a time, in one transaction with how far it was heard: whoever is killed
in between hears the rest again, loses nothing and doubles nothing. An account that cannot be asked leaves the others
alone, and is asked again later and later.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from toolkit.community.inbox import statements as sql
from toolkit.community.inbox.book import Inbox, open_inbox
from toolkit.community.inbox.cursors import Cursor, read_cursor, write_cursor
from toolkit.community.inbox.gathering import GATHER, Gathered, Listener, gather, refold
from toolkit.community.inbox.rhythm import Out, Question, ask
from toolkit.database import Place, to_text
from toolkit.errors import LeitstandError, StateError
from toolkit.ledger import LedgerPlace, account_key, notes_of, open_ledger, tokens_of, vault_of
from toolkit.ledger.out import PartOut, parts_out
from toolkit.messages import _
from toolkit.model import Clock, Message
from toolkit.networks import by_hand, find_network
from toolkit.networks.answers import NotToldError
from toolkit.networks.base import Admitting, Capability, Connection, Explaining, Listening, Rechecking
from toolkit.networks.opening import open_connection
from toolkit.settings import Account, Settings
from toolkit.values import dataclass
from toolkit.web import WebError
from toolkit.workspace import media_path

AT_ONCE: Final = 200  # messages in one transaction
RECHECK: Final = timedelta(hours=1)  # between two questions what was taken back
YOUNG: Final = timedelta(days=7)  # so long also in conversations that are done
MOST: Final = 100  # messages that are asked about at once

OpenLine = Callable[[Account], Connection]
# Opens an office's lines; with what is out, by account.
Lines = Callable[["Office"], AbstractContextManager[tuple[OpenLine, Mapping[str, Collection[PartOut]]]]]
# What is done with the conversations that something new is in, such as triage.
Sequel = Callable[[Inbox, Collection[str]], None]


@dataclass(frozen=True, slots=True)
class Office:
    """Where fetching happens: settings, state, ledger, inbox, environment, clock; `read` gives a file of the workspace."""

    settings: Settings
    state: Path
    ledger: LedgerPlace
    inbox: Place
    environ: Mapping[str, str]
    clock: Clock
    read: Callable[[str], bytes]


@dataclass(slots=True)
class Heard:
    """What came of one account. `failure` says why there is nothing, or not everything."""

    account: str
    gathered: Gathered = field(default_factory=Gathered)
    deleted: int = 0
    failure: str = ""
    again_at: datetime | None = None
    unheard: str = ""
    counted: int = 0  # what was only watched, and is kept nowhere
    waiting: bool = False  # it was not asked, because it is not to be asked before `again_at`


def no_sequel(_inbox: Inbox, _conversations: Collection[str]) -> None:
    """Nothing more."""


def why_deaf(account: Account) -> str:
    """Why nothing can be heard of the account; "" when it can."""
    if by_hand(account):
        return _("a person publishes here, so there is no token to listen with; answer in the network's own app")
    network = find_network(account.network)
    if network.connect is None or Capability.LISTEN not in network.capabilities:
        return _("{network} tells nothing of what people write").format(network=network.title)
    return ""


def fetch(
    office: Office,
    accounts: Iterable[Account],
    advance: Callable[[], None] = lambda: None,
    sequel: Sequel = no_sequel,
    lines: Lines | None = None,
) -> list[Heard]:
    """Ask the accounts that can be heard and store what they tell; `advance` after each of them, then the `sequel`."""
    found: list[Heard] = []
    now = office.clock.now()
    with open_inbox(office.inbox, now=now) as inbox, (lines or open_lines)(office) as (line, posts):
        inbox.wake(now)
        try:
            for account in accounts:
                if not why_deaf(account):
                    ear = _Ear(office, inbox, account, posts.get(account_key(account), ()))
                    found.append(ear.hear(line))
                advance()
        finally:
            # Also of what came before somebody stopped the rest.
            touched = {one for heard in found for one in heard.gathered.conversations}
            if touched:
                sequel(inbox, touched)
    return found


@dataclass(slots=True)
class _Ear:
    """One account, while it is asked."""

    office: Office
    inbox: Inbox
    account: Account
    posts: Collection[PartOut]

    def hear(self, open_line: OpenLine) -> Heard:
        """Ask the account. Whatever goes wrong is told, but for a database that fails."""
        cursor = read_cursor(self.inbox.store, account_key(self.account), self.account.name)
        heard = Heard(self.account.name)
        if not cursor.may_ask(self.office.clock.now()):
            return replace(heard, failure=cursor.reason, again_at=cursor.again_at, waiting=True)
        line: Connection | None = None
        try:
            line = open_line(self.account)
            cursor = self._listen(line, cursor, heard)
            self._recheck(line, cursor, heard)
        except StateError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever it was, the other accounts are asked
            self._fail(error, line, heard)
        return heard

    def _listen(self, line: Connection, cursor: Cursor, heard: Heard) -> Cursor:
        if not isinstance(line, Listening):
            return cursor
        began = self.office.clock.now()
        question = self._question(cursor, began)
        listener = Listener(cursor.account_id, self.account.name, {one.remote_id: one.uid for one in self.posts})
        told = line.listen(question.since, [post.remote_id for post in question.posts])
        for messages in _batches(told):
            moment = self.office.clock.now()
            with self.inbox.store.transaction(GATHER) as transaction:
                heard.gathered.add(gather(transaction, listener, messages, moment))
                cursor = cursor.heard_up_to(min(messages[-1].at, began), question.groups)
                write_cursor(transaction, cursor)
        heard.unheard = line.unheard() if isinstance(line, Admitting) else ""
        return self._write(cursor.done(began, question.groups, heard.unheard))

    def _question(self, cursor: Cursor, now: datetime) -> Question:
        posts = [Out(one.remote_id, one.uid, one.published_at) for one in self.posts]
        return ask(posts, dict(cursor.heard), now, self.office.settings.inbox.window)

    def _recheck(self, line: Connection, cursor: Cursor, heard: Heard) -> None:
        """Ask what was taken back since, of what is not done or young."""
        now = self.office.clock.now()
        last = cursor.checked_at
        if not isinstance(line, Rechecking) or (last is not None and last <= now < last + RECHECK):
            return
        values = {"account_id": cursor.account_id, "young": to_text(now - YOUNG)}
        ids = [str(raw["remote_id"]) for raw in self.inbox.store.read(sql.TO_CHECK, values | {"most": MOST})]
        gone = line.gone(ids) if ids else frozenset()
        heard.deleted = mark_deleted(self.inbox, cursor.account_id, ids, gone, now)
        self._write(replace(cursor, checked_at=now))

    def _fail(self, error: Exception, line: Connection | None, heard: Heard) -> None:
        known = isinstance(error, LeitstandError)
        heard.failure = str(error) if known else f"{type(error).__name__}: {error}"
        cursor = read_cursor(self.inbox.store, account_key(self.account), self.account.name)
        cursor = cursor.failed(heard.failure, self.office.clock.now(), again_at(error, line))
        heard.again_at = cursor.again_at
        self._write(cursor)

    def _write(self, cursor: Cursor) -> Cursor:
        with self.inbox.store.transaction() as transaction:
            write_cursor(transaction, cursor)
        return cursor


def mark_deleted(inbox: Inbox, account_id: str, asked: Iterable[str], gone: Collection[str], now: datetime) -> int:
    """Take away what their authors took back: text, name, media. That something was there stays. Returns how many."""
    values = [{"now": to_text(now), "account_id": account_id, "remote_id": one} for one in asked]
    found: set[str] = set()
    count = 0
    with inbox.store.transaction(GATHER) as transaction:
        transaction.run_many(sql.CHECKED, values)
        for one in values:
            if one["remote_id"] in gone:
                deleted = transaction.run(sql.DELETE, one)
                count += len(deleted)
                found |= {str(raw["conversation"]) for raw in deleted}
        refold(transaction, found)
    return count


def _batches(messages: Iterator[Message]) -> Iterator[list[Message]]:
    """So many at a time; what came before trouble comes before it."""
    some: list[Message] = []
    try:
        for message in messages:
            some.append(message)
            if len(some) == AT_ONCE:
                yield some
                some = []
    except Exception:
        if some:
            yield some
        raise
    if some:
        yield some


def again_at(error: Exception, line: Connection | None) -> datetime | None:
    """When the account's network wants to be asked again after this; None where it did not say."""
    if isinstance(error, NotToldError):
        return error.answer.retry_at
    if isinstance(error, WebError) and isinstance(line, Explaining):
        return line.explain(error).retry_at
    return None


@contextmanager
def open_lines(office: Office) -> Iterator[tuple[OpenLine, Mapping[str, Collection[PartOut]]]]:
    """Lines whose sessions are the dispatcher's, where there is a ledger that keeps them; and what is out by account."""
    with ExitStack() as opened:
        clock, settings, state = office.clock, office.settings, office.state
        exists = office.ledger.exists()
        ledger = opened.enter_context(open_ledger(office.ledger, now=clock.now())) if exists else None

        def line(account: Account) -> Connection:
            key = account_key(account)
            return open_connection(
                account,
                settings,
                environ=office.environ,
                clock=clock,
                read_media=lambda file: office.read(media_path(file)),
                state=state,
                vault=vault_of(ledger, key, office.environ, clock.now) if ledger else None,
                notes=notes_of(ledger, key, clock.now) if ledger else None,
                tokens=tokens_of(ledger, key, office.environ, clock.now) if ledger else None,
            )

        posts: dict[str, list[PartOut]] = {}
        for part in parts_out(ledger, clock.now() - settings.inbox.window) if ledger else ():
            posts.setdefault(part.account_id, []).append(part)
        yield line, posts
