"""What the tests of Meta's three networks share: a media host in memory, surroundings, posts with media."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from tests.networks.connections.makers import attach, make_picture
from tests.servers.meta.world import NOW, World
from toolkit.errors import LeitstandError
from toolkit.model import SetClock
from toolkit.networks.base import Memory, Surroundings
from toolkit.web import Web

WIDE = make_picture("#aa3300", 900, 300)
TALL = make_picture("#0033aa", 300, 900)
FILM = b"\x00\x00\x00\x10ftypmp42\x00\x00\x00\x00" + b"\x00\x00\x00\x08moov" + b"\x00\x00\x00\x0amdat\x01\x02"
FILES = {"media/a.svg": b"<svg/>", "media/a.png": WIDE, "media/b.png": TALL, "media/c.mp4": FILM}
ONE = (attach("media/a.png", WIDE, "Eine Tür"),)
TWO = (*ONE, attach("media/b.png", TALL, "Ein Turm"))
VIDEO = (attach("media/c.mp4", FILM, "Ein Film"),)


@dataclass
class Table:
    """A media host that keeps what it is given; `down` says why it cannot."""

    kept: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    down: str = ""

    def put(self, name: str, data: bytes, media_type: str) -> str:
        """The address of the file."""
        if self.down:
            raise LeitstandError(self.down)
        address = f"https://media.example.com/{hashlib.sha256(data).hexdigest()}{name[name.rindex('.') :]}"
        self.kept[address] = data, media_type
        return address


@dataclass
class Place:
    """Where a line runs: its clock, its notes, its media host, and the naps it took."""

    world: World
    clock: SetClock = field(default_factory=lambda: SetClock(NOW))
    notes: Memory = field(default_factory=Memory)
    host: Table | None = field(default_factory=Table)
    naps: list[float] = field(default_factory=list)

    def around(self) -> Surroundings:
        """The surroundings of a line to the world's server."""
        web = Web(allowed_hosts=frozenset({self.world.server.host_port}), elapsed=self.clock.elapsed)
        return Surroundings(web, self.clock, FILES.__getitem__, notes=self.notes, media_host=self.host)

    def sleep(self, seconds: float) -> None:
        """A nap that takes no time, but for the clock."""
        self.naps.append(seconds)
        self.clock.seconds += seconds

    def later(self, **span: float) -> datetime:
        """Let time pass for both sides."""
        self.world.later(**span)
        self.clock.moment = self.world.now
        return self.world.now

    def wrote(self) -> list[str]:
        """The requests that change something, as ``METHOD edge``."""
        return [
            f"{one.method} {one.path.rsplit('/', 1)[-1]}" for one in self.world.server.requests if one.method != "GET"
        ]
