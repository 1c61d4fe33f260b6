"""One round of measuring: what is due, asked, stored, doubted. `measure` makes one, `run` makes one every few minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import field, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ulid import ULID

from toolkit.collect.agenda import Agenda, make_agenda
from toolkit.collect.doubts import Before, Doubt, find_doubts, index
from toolkit.collect.intake import Wishes
from toolkit.collect.known import known_posts
from toolkit.collect.measuring import Lines, Measurement, OpenConnection, measure
from toolkit.collect.notes import note_vain, read_patience, read_vain, write_patience
from toolkit.collect.plan import ACCOUNT, Last, due_audiences, due_posts, find_audiences, find_published
from toolkit.collect.rivals import Look, Rival, due_rivals, find_rivals, observe, open_days, since
from toolkit.collect.website import NAME as SITE
from toolkit.collect.website import Ask, Brought, open_desk, plan_website, run_website, site_key
from toolkit.errors import LeitstandError
from toolkit.importers.matching import NOTHING_KNOWN
from toolkit.importers.origins import Tracking
from toolkit.ledger import Ledger, LedgerPlace, State, View, account_key, notes_of, open_ledger, tokens_of, vault_of
from toolkit.metrics import Store, Value, open_store
from toolkit.model import Clock, Observation
from toolkit.networks.base import Connection, Memory, Notes
from toolkit.networks.opening import open_connection
from toolkit.networks.watching import PublicAccount, Watching
from toolkit.settings import Account, Settings
from toolkit.values import dataclass
from toolkit.workspace import media_path

NAME = "measure"  # the name of these imports


@dataclass(frozen=True, slots=True)
class Office:
    """Where measuring happens: settings, state, ledger, environment, clock; `read` gives a file of the workspace.

    `note` gets each look at a competitor's account: its name, our account on the network, and what was seen.
    """

    settings: Settings
    state: Path
    ledger: LedgerPlace
    environ: Mapping[str, str]
    clock: Clock
    read: Callable[[str], bytes]
    campaigns: frozenset[str] = frozenset()  # the workspace's, for the website's visits
    note: Callable[[str, str, PublicAccount], None] = lambda _name, _account, _seen: None

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
    rivals: tuple[Rival, ...] = ()
    website: Ask | None = None
    brought: Brought | None = None
    found: list[Measurement] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)

    @property
    def observations(self) -> list[Observation]:
        own = [observation for one in self.found for observation in one.observations]
        return own + [observation for look in self.looks for observation in look.observations]

    @property
    def questions(self) -> int:
        """How many posts, accounts, competitors and websites are asked about."""
        own = sum(len(one.posts) or 1 for one in self.agenda.questions)
        return own + len(self.rivals) + (self.website is not None)

    @property
    def count(self) -> int:
        """How many values came."""
        return len(self.observations) + (self.brought.stored if self.brought else 0)

    @property
    def failures(self) -> dict[str, str]:
        """Account, or competitor and account, or matomo, → why it could not be asked."""
        own = {one.account: one.failure for one in self.found if one.failure}
        site = {SITE: self.brought.failure} if self.brought and self.brought.failure else {}
        return own | {one.rival.name: one.failure for one in self.looks if one.failure} | site

    @property
    def doubts(self) -> list[Doubt]:
        return find_doubts(self.before, self.found)


def plan_round(
    office: Office, accounts: Mapping[str, Account], *, everything: bool = False, website: bool = True
) -> Round:
    """What would be asked now; nothing is asked and nothing is written. `everything`: also what is not due."""
    now = office.clock.now()
    asked = find_audiences(accounts)
    with open_ledger(office.ledger, now=now, read_only=True) as ledger:
        posts = find_published(ledger.rows(states=(State.CONFIRMED,)), accounts)
        notes = {one.name: notes_of(ledger, account_key(one), office.clock.now) for one in asked}
        patience = {name: until for name, one in notes.items() if (until := read_patience(one)) is not None}
        vain = {(uid, name): at for name, one in notes.items() for uid, at in read_vain(one).items()}
        site = _plan_website(office, ledger, now, everything=everything) if website else None
    values = office.store.latest(subjects=[ACCOUNT, *(post.uid for post in posts)])
    rivals = find_rivals(office.settings, accounts)
    if not everything:
        rivals = due_rivals(rivals, office.store, now)
        last = _last(values, vain)
        posts, asked = due_posts(posts, last, now), due_audiences(asked, last, now)
    agenda = make_agenda(posts, asked, now, patience)
    looked = tuple(one for one in rivals if one.account.name not in agenda.patience)
    return Round(now, f"{NAME}-{ULID.from_datetime(now)}", agenda, index(values), looked, site)


def run_round(office: Office, round_: Round, advance: Callable[[], None] = lambda: None) -> None:
    """Ask what the round planned and store what came, also when somebody stops the rest; `advance` after each answer."""
    if not round_.questions:
        return
    try:
        if round_.website is not None:
            round_.brought = _ask_website(office, round_.website)
            advance()
        with _lines(office) as (line, notes):
            lines = Lines(line, {})
            for one in measure(round_.agenda.questions, lines, office.clock, round_.import_id):
                round_.found.append(one)
                advance()
            for rival in round_.rivals:
                round_.looks.append(_look(office, rival, lines, round_.import_id))
                advance()
            _remember(round_, notes, office.clock.now())
    finally:
        office.store.append(round_.observations, imported_at=round_.now, name=NAME)


def _plan_website(office: Office, ledger: View, now: datetime, *, everything: bool) -> Ask | None:
    site = office.settings.matomo
    if site is None:
        return None
    notes = None if everything else notes_of(ledger, site_key(site), office.clock.now)
    return plan_website(office.settings, office.store, notes, now)


def _ask_website(office: Office, ask: Ask) -> Brought:
    """Fetch the website's statistics; what goes wrong is said and leaves the networks alone."""
    settings, now = office.settings, office.clock.now()
    tracking = Tracking(settings.links, settings.conversions, office.campaigns)
    try:
        desk = open_desk(ask.site, office.environ, office.clock)
    except LeitstandError as error:
        return Brought(ask, failure=str(error))
    with ExitStack() as opened:
        ledger = opened.enter_context(open_ledger(office.ledger, now=now)) if office.ledger.exists() else None
        known = known_posts(ledger.rows(states=(State.CONFIRMED,)), settings.accounts) if ledger else NOTHING_KNOWN
        notes = notes_of(ledger, site_key(ask.site), office.clock.now) if ledger else Memory()
        wishes = Wishes(settings.timezone, now, settings.accounts, known, tracking=tracking)
        return run_website(ask, desk, wishes, office.store, notes)


def _look(office: Office, rival: Rival, lines: Lines, import_id: str) -> Look:
    """Look at a competitor's account; what goes wrong is said and leaves the others alone."""
    zone, now = ZoneInfo(office.settings.timezone), office.clock.now()
    days = open_days(rival, office.store, now, zone)
    try:
        line = lines(rival.account)
        if not isinstance(line, Watching):
            return Look(rival)
        seen = line.watch(rival.handle, since(days, zone))
        office.note(rival.competitor.name, rival.account.name, seen)
    except LeitstandError as error:
        return Look(rival, failure=str(error))
    # What could not be read to the end is no count of a day.
    rows = observe(rival, seen, days if seen.whole else (), now, zone)
    return Look(rival, tuple(replace(row, import_id=import_id) for row in rows), cut=not seen.whole)


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
