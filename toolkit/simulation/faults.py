"""What goes wrong, by name, and the weather that decides when: seeded, and independent of who asks in which order.

A draw depends on the seed, the account, the kind of request, its key and how often it was asked before. So one
dispatcher or eight meet the same weather, and a history can be told again from its seed alone.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from typing import Final, Protocol

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.settings import unknown_name
from toolkit.simulation.traffic import PUBLISHING, Ask, Request
from toolkit.values import dataclass

CHANCE: Final = 0.05  # per request, for a fault without a number


class Fault(StrEnum):
    """Everything that can go wrong in a simulation; see `explain`."""

    # One publishing request
    UNREACHABLE = "unreachable"
    RESET = "reset-before-accept"
    LOST = "timeout-after-accept"
    BROKEN = "500-after-accept"
    BUSY = "503"
    WAIT_SECONDS = "429"
    WAIT_DATE = "429-date"
    WAIT_BARE = "429-bare"
    SLOW = "latency"
    SLOW_BODY = "slow-body"
    REFUSED = "refused"
    GHOST = "ghost-duplicate"
    # One look
    UNREADABLE = "look-fails"
    # One container
    CONTAINER_SLOW = "container-slow"
    CONTAINER_ERROR = "container-error"
    CONTAINER_EXPIRED = "container-expired"
    # A network, all the time
    LAG = "lag"
    KEY_SHORT = "short-keys"
    KEY_RACE = "key-race"
    REPLAY = "replay-500"
    EXPIRED = "expired-token"
    REVOKED = "revoked-token"
    CLOCK = "wrong-clock"
    # The machine that sends
    CRASH = "crash"
    SLEEP = "sleep"
    JUMP = "clock-jump"
    DISK = "disk-full"
    DOWN = "downtime"


LOOKING: Final = frozenset({Fault.UNREADABLE})
MAKING: Final = frozenset({Fault.CONTAINER_SLOW, Fault.CONTAINER_ERROR, Fault.CONTAINER_EXPIRED})
LASTING: Final = frozenset(
    {Fault.LAG, Fault.KEY_SHORT, Fault.KEY_RACE, Fault.REPLAY, Fault.EXPIRED, Fault.REVOKED, Fault.CLOCK}
)
MACHINE: Final = frozenset({Fault.CRASH, Fault.SLEEP, Fault.JUMP, Fault.DISK, Fault.DOWN})
SENDING: Final = frozenset(Fault) - LOOKING - MAKING - LASTING - MACHINE


def explain(fault: Fault) -> str:
    """The fault in one sentence for people."""
    return {
        Fault.UNREACHABLE: _("no connection; nothing is sent"),
        Fault.RESET: _("the connection breaks before the network takes the post"),
        Fault.LOST: _("the network takes the post and its answer is lost"),
        Fault.BROKEN: _("the network takes the post and answers 500"),
        Fault.BUSY: _("the network answers 503 and takes nothing"),
        Fault.WAIT_SECONDS: _("429 with Retry-After in seconds"),
        Fault.WAIT_DATE: _("429 with Retry-After as a date"),
        Fault.WAIT_BARE: _("429 without Retry-After"),
        Fault.SLOW: _("the answer takes up to 25 seconds"),
        Fault.SLOW_BODY: _("the network takes the post, its answer begins and never ends"),
        Fault.REFUSED: _("the network refuses the post"),
        Fault.GHOST: _("the network says that it has the post, and it is not there"),
        Fault.UNREADABLE: _("reading back fails"),
        Fault.CONTAINER_SLOW: _("a container is in progress for minutes"),
        Fault.CONTAINER_ERROR: _("a container ends in an error"),
        Fault.CONTAINER_EXPIRED: _("a container expires before it is published"),
        Fault.LAG: _("posts are not to be found until shortly before they are believed to be absent"),
        Fault.KEY_SHORT: _("keys are forgotten after half of their time"),
        Fault.KEY_RACE: _("a key counts only some seconds after its first request"),
        Fault.REPLAY: _("a known key is answered with 500"),
        Fault.EXPIRED: _("tokens expire and are renewed"),
        Fault.REVOKED: _("the network revokes the token in the middle of the time"),
        Fault.CLOCK: _("the network's clock is wrong by minutes"),
        Fault.CRASH: _("the dispatcher dies, anywhere"),
        Fault.SLEEP: _("the machine sleeps between intent and request"),
        Fault.JUMP: _("the machine's clock jumps for some minutes"),
        Fault.DISK: _("the ledger cannot be written, anywhere"),
        Fault.DOWN: _("the dispatcher is off for hours"),
    }[fault]


def read_faults(said: str) -> Mapping[Fault, float]:
    """``429,crash=0.2`` → chances; ``all`` means each. Raises `UsageError` for what is no fault or no chance."""
    chances: dict[Fault, float] = {}
    for one in filter(None, (part.strip() for part in said.split(","))):
        name, given, number = one.partition("=")
        chance = _chance(number, one) if given else CHANCE
        if name == "all":
            chances |= dict.fromkeys(Fault, chance)
        elif name in set(Fault):
            chances[Fault(name)] = chance
        else:
            raise UsageError(unknown_name(_("fault"), name, dict.fromkeys([*Fault, "all"])))
    return chances


def _chance(number: str, said: str) -> float:
    try:
        chance = float(number)
    except ValueError:
        chance = -1.0
    if not 0 <= chance <= 1:
        raise UsageError(_("{said}: a chance is a number from 0 to 1, such as 429=0.1").format(said=said))
    return chance


def dice(*words: object) -> random.Random:
    """Chance that depends on these words only."""
    return random.Random(":".join(map(str, words)))  # noqa: S311  # a simulation has to be repeatable, not secret


class Sky(Protocol):
    """What decides which fault befalls a request."""

    def fault(self, account: str, request: Request, times: int) -> Fault | None:
        """The fault of this request, which was asked `times` times before; None: all is well."""


@dataclass(frozen=True, slots=True)
class Calm:
    """Nothing goes wrong."""

    def fault(self, account: str, request: Request, times: int) -> Fault | None:  # noqa: ARG002  # the sky's interface
        return None


@dataclass(frozen=True, slots=True)
class Weather:
    """Faults by chance, from a seed."""

    seed: int
    chances: Mapping[Fault, float] = field(default_factory=dict)

    def fault(self, account: str, request: Request, times: int) -> Fault | None:
        kinds = _kinds(request.ask)
        draw = dice(self.seed, account, request.ask, request.key, times).random()
        for fault, chance in self.chances.items():
            if fault in kinds:
                if draw < chance:
                    return fault
                draw -= chance
        return None

    def has(self, fault: Fault) -> bool:
        return self.chances.get(fault, 0.0) > 0


def _kinds(ask: Ask) -> frozenset[Fault]:
    if ask in PUBLISHING:
        return SENDING
    return {Ask.LOOK: LOOKING, Ask.CONTAINER: MAKING}.get(ask, frozenset())


@dataclass(slots=True)
class Script:
    """Faults in the order in which they are written; when they are used up, all is well. For tests."""

    moods: Sequence[Fault | None] = ()
    used: int = 0

    def fault(self, account: str, request: Request, times: int) -> Fault | None:  # noqa: ARG002  # the sky's interface
        if request.ask not in PUBLISHING or self.used >= len(self.moods):
            return None
        self.used += 1
        return self.moods[self.used - 1]
