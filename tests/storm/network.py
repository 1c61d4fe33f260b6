"""The network of the storm: a process behind a unix socket that loses replies, lags, and forgets keys."""

from __future__ import annotations

import json
import random
import socketserver
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tests.storm.weather import Place, Weather

Request = dict[str, str]
Reply = dict[str, object]


@dataclass
class Network:
    """Accepts posts; `accepted` in the storm's folder is what the world has seen."""

    weather: Weather
    log: IO[str]
    chance: random.Random
    lock: threading.Lock = field(default_factory=threading.Lock)
    posts: dict[str, list[tuple[str, float]]] = field(default_factory=dict)  # key → (remote id, when)
    count: int = 0

    def answer(self, request: Request) -> Reply | None:
        """The reply, or None for a dropped connection."""
        with self.lock:
            return self._find(request) if request["op"] == "find" else self._send(request)

    def _send(self, request: Request) -> Reply | None:
        now = time.time()
        if now - float(request["at"]) > self.weather.request or self._happens(self.weather.refused_before):
            return None
        remote_id = self._known(request, now) or self._accept(request, now)
        if self._happens(self.weather.lost):
            return None
        return {"status": 500} if self._happens(self.weather.broken) else {"status": 200, "id": remote_id}

    def _known(self, request: Request, now: float) -> str:
        """What a network that honours keys has for this one."""
        memory = {"key": self.weather.key_memory, "rkey": float("inf")}.get(request["promise"], 0.0)
        return next((found for found, at in self.posts.get(request["key"], []) if now - at < memory), "")

    def _accept(self, request: Request, now: float) -> str:
        self.count += 1
        remote_id = f"r{self.count}"
        self.posts.setdefault(request["key"], []).append((remote_id, now))
        self.log.write(json.dumps({"key": request["key"], "id": remote_id, "previous": request["previous"]}) + "\n")
        self.log.flush()
        return remote_id

    def _find(self, request: Request) -> Reply:
        now = time.time()
        return {"ids": [found for found, at in self.posts.get(request["key"], []) if now - at >= self.weather.lag]}

    def _happens(self, probability: float) -> bool:
        return self.chance.random() < probability


def serve(weather: Weather, place: Place) -> None:
    """Run until killed."""
    with place.accepted.open("a", encoding="utf-8") as log:
        network = Network(weather, log, random.Random(weather.seed))

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                line = self.rfile.readline()
                reply = network.answer(json.loads(line)) if line.endswith(b"\n") else None
                if reply is not None:
                    self.wfile.write(json.dumps(reply).encode() + b"\n")

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
