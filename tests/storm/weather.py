"""What a storm is made of: sizes, chances, times. One seed is one history, as far as processes allow."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

POINTS = ("C1", "C2", "C3", "C4", "C5", "C6", "C7")
CLASSES = ("key", "rkey", "read-back", "blind")


@dataclass(frozen=True, slots=True)
class Weather:
    """All times in seconds."""

    seed: int = 1
    posts: int = 160  # evenly over the classes; every fourth one that can is a thread of three parts
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
    own_kill: float = 0.01  # a dispatcher kills itself at a crash point
    kill_after: tuple[float, float] = (0.05, 0.4)  # how often another one kills one
    stop: float = 0.0  # share of kills that only stop a process, for up to two and a half leases
    intent: bool = True  # the intent row; switched off to see the storm find what it is for

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Weather:
        raw = json.loads(text)
        raw["kill_after"] = tuple(raw["kill_after"])
        return cls(**raw)


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


def account_id(promise: str) -> str:
    """The one account of a class."""
    return f"{promise}:@storm"


def parts_of(number: int, promise: str) -> int:
    """How many parts post `number` has."""
    return 3 if promise != "blind" and number % 16 < 4 else 1
