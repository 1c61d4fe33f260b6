"""A desk on a real socket, in a thread of the test's own process."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic, sleep

from toolkit.desk.app import make_app, set_up
from toolkit.desk.areas import ENDPOINTS
from toolkit.desk.endpoint import Endpoint
from toolkit.desk.house import House
from toolkit.desk.links import make_link
from toolkit.desk.serving import HEAD_PATIENCE, make_server, take_post

STARTS_WITHIN = 20.0


@dataclass
class Served:
    """Where it answers, and what it logged."""

    house: House
    url: str
    line_port: int = 0  # where it listens; behind a proxy people reach it elsewhere
    log: list[str] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def link(self, person: str) -> str:
        """A fresh login link."""
        with self.house.book() as store:
            return f"{self.url}/login/{make_link(store, person, self.house.settings.desk, self.house.now())}"


@contextmanager
def served(
    house: House, endpoints: Iterable[Endpoint] = ENDPOINTS, patience: float = HEAD_PATIENCE
) -> Iterator[Served]:
    """The desk of `house`, until the end of the block."""
    every = tuple(endpoints)
    post = take_post("127.0.0.1", 0, house.settings.desk)
    found = Served(house, post.url, int(post.line.getsockname()[1]))
    server = make_server(make_app(set_up(house, post.address, every), every, found.log.append), patience)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [post.line]}, daemon=True)
    thread.start()
    start = monotonic()
    while not server.started and monotonic() - start < STARTS_WITHIN:
        sleep(0.01)
    assert server.started
    try:
        yield found
    finally:
        server.should_exit = True
        thread.join(STARTS_WITHIN)
        assert not thread.is_alive()
