"""A receiver as a company would write it: it verifies, remembers keys, and answers a repeated one like the first."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from jsonschema import Draft202012Validator

from tests.servers.pretend import DROP, Drop, PretendServer, Reply, Request
from toolkit.model import SetClock
from toolkit.networks.base import MediaHost, Surroundings
from toolkit.networks.webhook.connection import WebhookConnection, connect
from toolkit.networks.webhook.message import schema
from toolkit.networks.webhook.signature import verify
from toolkit.settings import Account
from toolkit.web import Web

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SECRET = "old-secret-0123456789"


@dataclass
class Receiver:
    """`taken` maps key to message; `lose` loses answers after taking; `trouble` answers instead."""

    pretend: PretendServer
    secrets: tuple[str, ...] = (SECRET,)
    taken: dict[str, dict[str, object]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    lose: bool = False
    trouble: Reply | Drop | None = None
    clock: SetClock = field(default_factory=lambda: SetClock(NOW))

    def __post_init__(self) -> None:
        self.pretend.routes["POST /in"] = self._guarded(self._take)
        self.pretend.routes["GET /in"] = self._guarded(self._look)

    def account(self) -> Account:
        return Account("webhook", "webhook", "intranet", server=f"{self.pretend.address}/in")

    def line(self, secret: str = SECRET, media_host: MediaHost | None = None) -> WebhookConnection:
        web = Web(allowed_hosts=frozenset({self.pretend.host_port}))
        surroundings = Surroundings(web, self.clock, self.files.__getitem__, media_host=media_host)
        return connect(self.account(), secret, surroundings)

    def _guarded(self, route: Callable[[Request], Reply | Drop]) -> Callable[[Request], Reply | Drop]:
        def guarded(request: Request) -> Reply | Drop:
            signed = request.body or request.query["key"].encode()
            if not verify(request.headers["leitstand-signature"], signed, self.secrets, NOW.timestamp()):
                return Reply(401, {"error": "bad signature"})
            return self.trouble or route(request)

        return guarded

    def _take(self, request: Request) -> Reply | Drop:
        message = request.json()
        errors = list(Draft202012Validator(schema()).iter_errors(message))
        if errors:
            return Reply(422, {"error": errors[0].message})
        assert request.headers["content-type"] == "application/json"
        key = str(message["key"])
        if message["action"] == "retract" and str(message["target"]) not in map(id_of, self.taken):
            return Reply(404, {"error": "not here"})
        self.taken.setdefault(key, message)
        if self.lose:
            return DROP
        return Reply(201, {"id": id_of(key), "url": f"https://intranet.example/{id_of(key)}"})

    def _look(self, request: Request) -> Reply | Drop:
        key = request.query["key"]
        if key not in self.taken:
            return Reply(404, {"key": key})
        return Reply(200, {"key": key, "id": id_of(key), "url": f"https://intranet.example/{id_of(key)}"})


def id_of(key: str) -> str:
    return f"n-{sum(json.dumps(key).encode())}"


@pytest.fixture
def receiver(pretend: PretendServer) -> Receiver:
    return Receiver(pretend)
