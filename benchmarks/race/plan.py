"""What one run consists of: which posts, when, for whom, and the settings under which it is done."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Plan:
    """One contender's run; every process of it gets the same plan. Times are Unix seconds, intervals seconds."""

    folder: str
    contender: str  # ours | procrastinate | apscheduler
    dues: list[tuple[str, float]]  # key → when it is due
    address: str = ""  # of a database in PostgreSQL, "" for SQLite
    processes: int = 2
    poll: float = 0.25
    seed: int = 1
    kills: float = 0.0  # for so many seconds from the first due time processes are killed at random
    deadline: float = 30.0  # after the last due time
    careful: bool = False  # the peer's safest documented setting instead of its default
    readable: bool = True  # whether the network can be asked for what is out
    concurrency: int = 1  # jobs at once within one process, where the contender knows that
    latency: float = 0.0  # of the network, half of it before and half after it has taken a post
    quiet: float = 2.0  # nothing arrived for so long after the last due time, and no more kills: it is over

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Plan:
        raw = json.loads(text)
        raw["dues"] = [(key, due) for key, due in raw["dues"]]
        return cls(**raw)

    @property
    def socket(self) -> str:
        """Where the network listens."""
        return str(Path(self.folder) / "network.sock")

    @property
    def file(self) -> Path:
        """Where a contender with SQLite keeps its state."""
        return Path(self.folder) / "state.sqlite"

    @property
    def first(self) -> float:
        return min(due for _key, due in self.dues)

    @property
    def last(self) -> float:
        return max(due for _key, due in self.dues)
