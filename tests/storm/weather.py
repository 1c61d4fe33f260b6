"""What a storm is made of: sizes, chances, times. One seed is one history, as far as processes allow."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path

from toolkit.ledger import LedgerPlace
from toolkit.model import Promise
from toolkit.simulation import Character, Fault

# Deaths: C1 before the intent, C2 after it, C3 after the write, C4 after the reply, C5 after the record, C6 while
# looking, C7 inside a commit. Troubles that one survives: C8 suspended between intent and write, C9 the ledger is locked
# or full, C10 the clock jumps.
DEATHS = ("C1", "C2", "C3", "C4", "C5", "C6", "C7")
TROUBLES = ("C8", "C9", "C10")
POINTS = DEATHS + TROUBLES
CLASSES = (Promise.KEY, Promise.RKEY, Promise.TWO_STEP, Promise.READ_BACK, Promise.BLIND)


@dataclass(frozen=True, slots=True)
class Weather:
    """All times in seconds."""

    seed: int = 1
    posts: int = 150  # evenly over the classes; every fourth one that can is a thread of three parts
    dispatchers: int = 3
    seconds: float = 60.0  # after that the storm gives up
    lease: float = 2.0
    request: float = 0.15  # the network does not take requests that are older
    over: float = 0.3  # when the dispatcher believes that a request is over
    lag: float = 0.15  # how long a post is not to be found after it was accepted
    settle: float = 0.4
    unclear: float = 4.0  # how long an unclear look-up is repeated
    key_lifetime: float = 20.0  # what the dispatcher believes
    key_memory: float = 20.0  # how long the network really knows a key
    lost: float = 0.03  # replies lost after accepting
    broken: float = 0.02  # HTTP 500 after accepting
    refused_before: float = 0.02  # resets before accepting
    later: float = 0.0  # 429
    kills: bool = True
    own_trouble: float = 0.002  # a dispatcher meets trouble at a crash point without being chosen for it
    kill_after: tuple[float, float] = (0.05, 0.3)  # how often one is killed from outside
    stop: float = 0.0  # share of those kills that only stop a process, for up to two and a half leases
    jump: float = 5.0  # how far a clock jumps at most, for the rest of a tick; see test_clocks for other jumps
    answers: int = 0  # every so-many-th is a reply to somebody; 0 for none
    bug: str = ""  # a planted bug, see `bugs`
    address: str = ""  # of a PostgreSQL server; "" for an SQLite file

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Weather:
        raw = json.loads(text)
        raw["kill_after"] = tuple(raw["kill_after"])
        return cls(**raw)

    def calm(self) -> Weather:
        """The same, when nobody dies or is hindered any more."""
        return replace(self, own_trouble=0.0)

    def chances(self) -> Mapping[Fault, float]:
        """The faults of the networks."""
        return {
            Fault.LOST: self.lost,
            Fault.BROKEN: self.broken,
            Fault.RESET: self.refused_before,
            Fault.WAIT_SECONDS: self.later,
        }

    def character(self, promise: Promise) -> Character:
        """A network of the storm. Its posts carry a mark, so that reading back knows them."""
        memory = timedelta(seconds=self.key_memory)
        lag = timedelta(seconds=self.lag)
        return Character(promise, timedelta(), lag, memory, marked=True, container_time=timedelta())


@dataclass(frozen=True, slots=True)
class Place:
    """The files of one storm."""

    folder: Path

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger.sqlite"

    @property
    def socket(self) -> Path:
        return self.folder / "network.sock"

    @property
    def hits(self) -> Path:
        return self.folder / "hits"

    @property
    def accepted(self) -> Path:
        return self.folder / "accepted"

    def where(self, weather: Weather) -> LedgerPlace:
        """Where the storm's ledger is: a file, or a schema of its own on the server."""
        schema = f"storm_{self.folder.name}".replace("-", "_") if weather.address else ""
        return LedgerPlace(self.ledger, weather.address, schema)


def account_id(promise: str) -> str:
    """The one account of a class."""
    return f"{promise}:@storm"


def parts_of(number: int, promise: str) -> int:
    """How many parts post `number` has."""
    return 3 if promise != "blind" and number % 20 < 5 else 1
