"""What became of every post of a history: the ledger's word, held against what the networks have seen."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from toolkit.dispatch import Orders
from toolkit.dispatch.followers import act_of
from toolkit.ledger import Row, State
from toolkit.messages import _
from toolkit.networks.base import Action
from toolkit.simulation.network import SimulatedNetwork
from toolkit.values import dataclass


class Ending(StrEnum):
    """How a message of a post ended, for its channel."""

    SENT = "sent"
    BY_HAND = "by_hand"
    HELD = "held"
    MISSED = "missed"
    FAILED = "failed"
    WAITING = "waiting"  # due, and it says why it does not go out
    DROPPED = "dropped"  # skipped or cancelled
    BEFORE = "before"  # over before the simulation began
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Fate:
    """One message: its row, how it ended, how often it is public, when it was and how late."""

    row: Row
    ending: Ending
    copies: int
    at: datetime | None
    why: str = ""

    @property
    def late(self) -> timedelta | None:
        """Time between due and public."""
        return None if self.at is None else self.at - self.row.due


@dataclass(frozen=True, slots=True)
class ChannelVerdict:
    """One channel's counts of messages, by ending; `doubled` counts copies too many. Lateness in seconds."""

    account: str
    network: str
    counts: Mapping[Ending, int]
    doubled: int
    late: tuple[float, ...]  # sorted

    @property
    def lost(self) -> int:
        return self.counts.get(Ending.LOST, 0)

    def percentile(self, share: float) -> float | None:
        """The lateness that `share` of the messages do not exceed (nearest rank); None without any."""
        if not self.late:
            return None
        return self.late[max(0, math.ceil(share * len(self.late)) - 1)]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The whole history in numbers, and the fates in order of their due time."""

    channels: tuple[ChannelVerdict, ...]
    fates: tuple[Fate, ...]

    @property
    def doubled(self) -> int:
        return sum(channel.doubled for channel in self.channels)

    @property
    def lost(self) -> int:
        return sum(channel.lost for channel in self.channels)

    @property
    def asking(self) -> tuple[Fate, ...]:
        """What needs a person."""
        ends = (Ending.BY_HAND, Ending.HELD, Ending.MISSED, Ending.FAILED, Ending.WAITING)
        return tuple(f for f in self.fates if f.ending in ends and f.row.state is not State.CONFIRMED)


def judge(
    rows: Iterable[Row],
    orders: Orders,
    networks: Mapping[str, SimulatedNetwork],
    first: datetime,
    last: datetime,
    *,
    over: Collection[int] = (),
) -> Verdict:
    """Judge the rows due from `first` on and before `last`. An order without a row is lost as well.

    `over` holds the ids of rows that were confirmed before the history began.
    """
    inside = [row for row in rows if first <= row.due < last]
    known = {row.thread for row in inside}
    stuck = {row.thread for row in inside if row.state not in (State.CONFIRMED, State.PLANNED)}
    fates = [_fate(row, networks.get(row.account_id), over=row.id in over, stuck=row.thread in stuck) for row in inside]
    missing = Counter(
        (order.planned.account, order.planned.network)
        for key, order in orders.orders.items()
        # What follows a post is planned once the post is out.
        if order.ready and not order.after and key not in known and first <= order.planned.due < last
    )
    names = sorted({(fate.row.account, fate.row.network) for fate in fates} | set(missing))
    channels = tuple(_channel(name, network, fates, missing[name, network]) for name, network in names)
    return Verdict(channels, tuple(sorted(fates, key=lambda f: (f.row.due, f.row.account, f.row.part))))


def _fate(row: Row, network: SimulatedNetwork | None, *, over: bool, stuck: bool) -> Fate:
    posts = network.record.of(row.key) if network is not None else []
    at = _seen(row, network)
    ending = Ending.BEFORE if over else _ending(row, out=at is not None, stuck=stuck)
    return Fate(row, ending, max(len(posts), at is not None), at, _why(row, stuck=stuck))


def _seen(row: Row, network: SimulatedNetwork | None) -> datetime | None:
    """Since when the network shows what the row stands for."""
    if network is None:
        return None
    if act_of(row.action) is Action.RETRACT:
        return network.record.changed.get(f"delete {row.remote_id}")
    return network.record.out_since(row.key)


def _ending(row: Row, *, out: bool, stuck: bool) -> Ending:  # noqa: PLR0911  # one line per state
    match row.state:
        case State.CONFIRMED if row.by_hand:
            return Ending.BY_HAND
        case State.CONFIRMED:
            return Ending.SENT if out else Ending.LOST
        case State.HELD:
            return Ending.BY_HAND if row.handed_over else Ending.HELD
        case State.UNKNOWN:
            return Ending.HELD
        case State.PLANNED:
            return Ending.WAITING if row.reason or stuck else Ending.LOST
        case State.SENDING:
            return Ending.LOST
        case State.SKIPPED | State.CANCELLED:
            return Ending.DROPPED
        case State.IMPORTED:
            return Ending.BEFORE
        case _:
            return Ending(row.state.value)


def _why(row: Row, *, stuck: bool) -> str:
    if row.state is State.PLANNED and stuck:
        return _("the rest of its thread waits for the part before")
    return row.reason


def _channel(account: str, network: str, fates: Sequence[Fate], missing: int) -> ChannelVerdict:
    mine = [fate for fate in fates if (fate.row.account, fate.row.network) == (account, network)]
    counts = Counter(fate.ending for fate in mine)
    counts[Ending.LOST] += missing
    doubled = sum(max(0, fate.copies - 1) for fate in mine)
    late = sorted(fate.late.total_seconds() for fate in mine if fate.late is not None)
    return ChannelVerdict(account, network, counts, doubled, tuple(late))
