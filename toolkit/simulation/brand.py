"""A history of a real workspace: its plan, its rules and approvals, a ledger in memory, a simulated network per account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace
from datetime import datetime, timedelta

from toolkit.dispatch import Lease, Line, Orders, Shelf, read_orders
from toolkit.dispatch.gate import Gate
from toolkit.errors import LeitstandError
from toolkit.ledger import Ledger, LedgerPlace, State, account_key, rehearsal_copy
from toolkit.messages import _
from toolkit.model import Promise
from toolkit.networks import by_hand, find_network
from toolkit.networks.base import Memory
from toolkit.settings import Account
from toolkit.simulation.character import character_of
from toolkit.simulation.clock import SimulatedClock
from toolkit.simulation.faults import Weather
from toolkit.simulation.history import History, Life, live
from toolkit.simulation.lines import make_line
from toolkit.simulation.machine import Machine
from toolkit.simulation.network import SimulatedNetwork
from toolkit.simulation.traffic import Request, Wire
from toolkit.simulation.verdict import Verdict, judge
from toolkit.values import dataclass
from toolkit.web import Reply, Uncertain
from toolkit.workspace import Workspace, media_path


@dataclass(frozen=True, slots=True)
class Course:
    """What is to be simulated: from `first` on and before `last` (aware), which weather, whether people decide."""

    first: datetime
    last: datetime
    weather: Weather
    people: bool = False

    @property
    def length(self) -> timedelta:
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class Told:
    """A history and its verdict."""

    history: History
    verdict: Verdict
    networks: dict[str, SimulatedNetwork]
    machine: Machine


def simulate(
    workspace: Workspace,
    ledger: LedgerPlace | None,
    course: Course,
    watch: Callable[[datetime], None] = lambda _now: None,
) -> Told:
    """Live through `course`. `ledger` is copied into memory and only read; None begins with a fresh one."""
    clock = SimulatedClock(course.first)
    with _open_book(ledger, workspace, course.first) as book:
        # As if the accounts had been met a moment ago: what is due from the first moment on is planned, not imported.
        accounts = _read(workspace, book, clock, course).accounts
        book.bind(accounts, course.first - timedelta(seconds=1))
        over = {row.id for row in book.rows(states=(State.CONFIRMED,))}
        machine = Machine(course.weather)
        lines = _Lines(workspace, course, clock, machine)
        life = Life(
            ledger=book,
            orders=lambda _now: _read(workspace, book, clock, course),
            networks=lines.networks,
            open_line=lines.open,
            shelf=Shelf(lambda file: workspace.tree.read(media_path(file))),
            clock=clock,
            machine=machine,
            interval=timedelta(seconds=max(1, workspace.settings.interval)),
            people=course.people,
        )
        history = live(life, course.last, watch)
        orders = _read(workspace, book, clock, course)
        verdict = judge(book.rows(), orders, lines.networks, course.first, course.last, over=over)
    return Told(history, verdict, lines.networks, machine)


def _open_book(place: LedgerPlace | None, workspace: Workspace, now: datetime) -> Ledger:
    """A ledger in memory: a copy of the real one, or an empty one."""
    return rehearsal_copy(place or workspace.root / ".leitstand" / "no-such-ledger.sqlite", now=now)


def _read(workspace: Workspace, ledger: Ledger, clock: SimulatedClock, course: Course) -> Orders:
    """The orders due within the course; rules, approvals and pauses are asked anew."""
    shelf = Shelf(lambda file: workspace.tree.read(media_path(file)))
    orders = read_orders(workspace, Gate(workspace, ledger, clock), shelf)
    inside = {key: order for key, order in orders.orders.items() if course.first <= order.planned.due < course.last}
    return replace(orders, orders=inside)


@dataclass(slots=True)
class _Lines:
    """Makes an account's network when its line is first opened."""

    workspace: Workspace
    course: Course
    clock: SimulatedClock
    machine: Machine
    networks: dict[str, SimulatedNetwork] = field(default_factory=dict)
    memories: dict[str, Memory] = field(default_factory=dict)

    def open(self, account_id: str, lease: Lease) -> Line:
        account = self._account(account_id)
        facts = find_network(account.network)
        network = self.networks.get(account_id) or self._make(account_id, account)
        network.crash = self.machine.crash_in(self.clock)
        memory = self.memories.setdefault(account_id, Memory())
        wire = guarded(network.answer, lease)
        connection = make_line(network.character, wire, self.clock, vault=memory, notes=memory)
        settle, keys = timedelta(seconds=facts.settle), timedelta(seconds=facts.key_lifetime)
        return Line(account, connection, network.character.promise, settle, keys, network.character.paces)

    def _make(self, account_id: str, account: Account) -> SimulatedNetwork:
        character = character_of(find_network(account.network), account_id, self.course.weather, self.course.length)
        network = SimulatedNetwork(account_id, character, lambda: self.clock.true, self.course.weather, self.clock.wait)
        self.networks[account_id] = network
        return network

    def _account(self, account_id: str) -> Account:
        for account in self.workspace.settings.accounts.values():
            if account_key(account) == account_id and not by_hand(account):
                return account
        raise LeitstandError(_("the account {id} is not in leitstand.toml any more").format(id=account_id))


def guarded(wire: Wire, lease: Lease) -> Wire:
    """`wire`, which asks before every request whether the time for this row is over, as the real client does."""

    def ask(request: Request) -> Reply:
        if lease.over:
            raise Uncertain("the time for this post is over")
        return wire(request)

    return ask


def silent_channels(workspace: Workspace) -> tuple[str, ...]:
    """Accounts that no adapter sends to and no person publishes on: nothing would go out there."""
    accounts = workspace.settings.accounts.values()
    return tuple(sorted(account.name for account in accounts if not by_hand(account) and not _sends(account)))


def _sends(account: Account) -> bool:
    try:
        facts = find_network(account.network)
    except LeitstandError:
        return False
    return facts.connect is not None and facts.promise is not Promise.HAND_OFF
