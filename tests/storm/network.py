"""The networks of the storm: the simulated ones of every class in a process of their own, behind a unix socket."""

from __future__ import annotations

import json
import socketserver
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from tests.storm.weather import CLASSES, Place, Weather, account_id
from toolkit.simulation import Published, Request, SimulatedNetwork
from toolkit.simulation import Weather as Sky
from toolkit.simulation.traffic import PUBLISHING, reply_json
from toolkit.web import Uncertain


@dataclass
class World:
    """All networks; `accepted` in the storm's folder is what the world has seen."""

    weather: Weather
    log: IO[str]
    lock: threading.Lock = field(default_factory=threading.Lock)
    networks: dict[str, SimulatedNetwork] = field(default_factory=dict)

    def __post_init__(self) -> None:
        chances = dict(self.weather.chances())
        sky = Sky(self.weather.seed, chances)
        for promise in CLASSES:
            character = self.weather.character(promise)
            network = SimulatedNetwork(account_id(promise), character, lambda: datetime.now(UTC), sky)
            network.publish = self._write_down
            self.networks[promise] = network

    def answer(self, line: str) -> str:
        """The reply, "" for a dropped connection."""
        asked = json.loads(line)
        request = Request.from_json(json.dumps(asked["request"]))
        with self.lock:
            if request.ask in PUBLISHING and time.time() - asked["at"] > self.weather.request:
                return ""
            try:
                return reply_json(self.networks[asked["promise"]].answer(request))
            except Uncertain:
                return ""

    def _write_down(self, post: Published) -> None:
        self.log.write(json.dumps({"key": post.key, "id": post.id, "previous": post.previous}) + "\n")
        self.log.flush()


def serve(weather: Weather, place: Place) -> None:
    """Run until killed."""
    with place.accepted.open("a", encoding="utf-8") as log:
        world = World(weather, log)

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                line = self.rfile.readline().decode()
                reply = world.answer(line) if line.endswith("\n") else ""
                if reply:
                    self.wfile.write(reply.encode() + b"\n")

            def finish(self) -> None:
                try:
                    super().finish()
                except OSError:
                    return  # the dispatcher was killed before it read

        class Server(socketserver.ThreadingUnixStreamServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, request: object, client_address: object) -> None:
                """A client that died is the weather, not an error."""

        with Server(str(place.socket) + ".new", Handler) as server:
            Path(str(place.socket) + ".new").rename(place.socket)
            server.serve_forever(poll_interval=1)
