"""One round of measuring: what is due, asked, stored, doubted. `measure` makes one, `run` makes one every few minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ulid import ULID

from toolkit.collect.agenda import Agenda, make_agenda
from toolkit.collect.doubts import Before, Doubt, find_doubts, index
from toolkit.collect.measuring import Measurement, OpenConnection, measure
from toolkit.collect.notes import note_vain, read_patience, read_vain, write_patience
from toolkit.collect.plan import ACCOUNT, Last, due_audiences, due_posts, find_audiences, find_published
from toolkit.ledger import Ledger, LedgerPlace, State, account_key, notes_of, open_ledger, tokens_of, vault_of
from toolkit.metrics import Store, Value, open_store
from toolkit.model import Clock, Observation
from toolkit.networks.base import Connection, Memory, Notes
from toolkit.networks.opening import open_connection
from toolkit.settings import Account, Settings
from toolkit.workspace import media_path

NAME = "measure"  # the name of these imports


@dataclass(frozen=True, slots=True)
class Office:
    """Where measuring happens: settings, state, ledger, environment, clock; `read` gives a file of the workspace."""

    settings: Settings
    state: Path
    ledger: LedgerPlace
    environ: Mapping[str, str]
    clock: Clock
    read: Callable[[str], bytes]

    @property
    def store(self) -> Store:
        return open_store(self.state)


@dataclass(slots=True)
class Round:
    """What is to be asked and what came of it."""

    now: datetime
    import_id: str
    agenda: Agenda
    before: Before
    found: list[Measurement] = field(default_factory=list)

    @property
    def observations(self) -> list[Observation]:
        return [observation for one in self.found for observation in one.observations]

    @property
    def failures(self) -> dict[str, str]:
        """Account → why it could not be asked."""
        return {one.account: one.failure for one in self.found if one.failure}

    @property
    def doubts(self) -> list[Doubt]:
        return find_doubts(self.before, self.found)


def plan_round(office: Office, accounts: Mapping[str, Account], *, everything: bool = False) -> Round:
    """What would be asked now; nothing is asked and nothing is written. `everything`: also what is not due."""
    now = office.clock.now()
    asked = find_audiences(accounts)
    with open_ledger(office.ledger, now=now, read_only=True) as ledger:
        posts = find_published(ledger.rows(states=(State.CONFIRMED,)), accounts)
        notes = {one.name: notes_of(ledger, account_key(one), office.clock.now) for one in asked}
        patience = {name: until for name, one in notes.items() if (until := read_patience(one)) is not None}
        vain = {(uid, name): at for name, one in notes.items() for uid, at in read_vain(one).items()}
    values = office.store.latest(subjects=[ACCOUNT, *(post.uid for post in posts)])
    if not everything:
        last = _last(values, vain)
        posts, asked = due_posts(posts, last, now), due_audiences(asked, last, now)
    return Round(now, f"{NAME}-{ULID.from_datetime(now)}", make_agenda(posts, asked, now, patience), index(values))


def run_round(office: Office, round_: Round, advance: Callable[[], None] = lambda: None) -> None:
    """Ask what the round planned and store what came, also when somebody stops the rest; `advance` after each answer."""
    if not round_.agenda.questions:
        return
    try:
        with _lines(office) as (line, notes):
            for one in measure(round_.agenda.questions, line, office.clock, round_.import_id):
                round_.found.append(one)
                advance()
            _remember(round_, notes, office.clock.now())
    finally:
        office.store.append(round_.observations, imported_at=round_.now, name=NAME)


@contextmanager
def _lines(office: Office) -> Iterator[tuple[OpenConnection, Callable[[Account], Notes]]]:
    """Lines whose sessions are the dispatcher's, where there is a ledger that keeps them, and the accounts' notes."""
    with ExitStack() as opened:
        ledger: Ledger | None = None
        if office.ledger.exists():
            ledger = opened.enter_context(open_ledger(office.ledger, now=office.clock.now()))

        def notes(account: Account) -> Notes:
            return notes_of(ledger, account_key(account), office.clock.now) if ledger else Memory()

        def line(account: Account) -> Connection:
            now, key = office.clock.now, account_key(account)
            return open_connection(
                account,
                office.settings,
                environ=office.environ,
                clock=office.clock,
                read_media=lambda file: office.read(media_path(file)),
                state=office.state,
                vault=vault_of(ledger, key, office.environ, now) if ledger else None,
                notes=notes(account),
                tokens=tokens_of(ledger, key, office.environ, now) if ledger else None,
            )

        yield line, notes


def _remember(round_: Round, notes: Callable[[Account], Notes], now: datetime) -> None:
    """Note who asked for patience, and who was asked in vain."""
    for account in {question.account.name: question.account for question in round_.agenda.questions}.values():
        found = [one for one in round_.found if one.account == account.name]
        again_at = next((one.again_at for one in found if one.again_at), None)
        own = notes(account)
        if again_at is not None:
            write_patience(own, again_at)
        answered = [one for one in found if not one.failure]
        asked = [one.post.uid if one.post else ACCOUNT for one in answered]
        told = [observation.subject for one in answered for observation in one.observations]
        note_vain(own, read_vain(own), asked, told, now)


def _last(values: Iterable[Value], vain: Last) -> Last:
    last = dict(vain)
    for value in values:
        key = (value.subject, value.channel)
        last[key] = max(last.get(key, value.observed_at), value.observed_at)
    return last
