"""A pretended Discord webhook that holds every request against the published API description."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.networks.connections.contract import Contract
from tests.servers.pretend import Drop, PretendServer, Reply, Request
from toolkit.model import SetClock
from toolkit.networks.base import Surroundings
from toolkit.networks.discord.connection import DiscordConnection, connect
from toolkit.settings import Account
from toolkit.web import Web

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TOKEN = "tOkEn-of_the-webhook"
PATH = f"/webhooks/111/{TOKEN}"
SECRET = f"https://discord.com/api/webhooks/111/{TOKEN}"
MESSAGE = {"id": "900", "channel_id": "222", "content": "Hallo"}


def as_contract_sees_it(request: Request) -> httpx.Request:
    """The request with the JSON of its form as its body: the description has no word for ``payload_json``."""
    multipart = request.headers.get("content-type", "").startswith("multipart/form-data")
    body = request.form()["payload_json"].encode() if multipart else request.body
    headers = {"content-type": "application/json"} if body else {}
    return httpx.Request(
        request.method, f"https://discord.com{request.path}", params=request.query, content=body, headers=headers
    )


@dataclass
class Channel:
    """One webhook; `publish` answers what publishes or changes."""

    pretend: PretendServer
    contract: Contract
    publish: Callable[[Request], Reply | Drop] = lambda _request: Reply(200, MESSAGE)
    files: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for method in ("POST", "PATCH", "DELETE", "GET"):
            self.pretend.routes[f"{method} /*"] = lambda request: self._checked(request, self.publish)
        webhook = {"id": "111", "channel_id": "222", "guild_id": "333", "type": 1}
        self.is_webhook(Reply(200, webhook))

    def is_webhook(self, reply: Reply | Drop) -> None:
        """Answer the question what the webhook is."""
        self.pretend.routes[f"GET {PATH}"] = lambda request: self._checked(request, lambda _one: reply)

    def published(self) -> list[Request]:
        return self.pretend.sent("POST")

    def account(self, identity: str = "222") -> Account:
        return Account("discord", "discord", identity, server=self.pretend.address)

    def line(self, account: Account | None = None, credential: str = SECRET) -> DiscordConnection:
        web = Web(allowed_hosts=frozenset({self.pretend.host_port, "localhost:1"}))
        surroundings = Surroundings(web, SetClock(NOW), self.files.__getitem__)
        return connect(account or self.account(), credential, surroundings)

    def _checked(self, request: Request, route: Callable[[Request], Reply | Drop]) -> Reply | Drop:
        try:
            self.contract.check(as_contract_sees_it(request))
        except AssertionError as error:
            return Reply(400, {"message": f"against the contract: {error}", "code": 50035})
        if request.headers.get("content-type", "").startswith("multipart/"):
            named = {f"files[{one['id']}]" for one in json.loads(request.form()["payload_json"])["attachments"]}
            if named != set(request.files()):
                return Reply(400, {"message": "files and attachments differ", "code": 50035})
        return route(request)


@pytest.fixture(scope="session")
def discord_contract(shared_data: Path) -> Contract:
    return Contract(shared_data / "contracts" / "discord.openapi.json")


@pytest.fixture
def channel(pretend: PretendServer, discord_contract: Contract) -> Channel:
    return Channel(pretend, discord_contract)
