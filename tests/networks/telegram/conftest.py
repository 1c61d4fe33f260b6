"""A pretended Bot API that holds every request against the published contract and keeps what was published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.networks.telegram.bot_contract import BotContract
from tests.servers.pretend import Drop, PretendServer, Reply, Request
from toolkit.model import SetClock
from toolkit.networks.base import Surroundings
from toolkit.networks.telegram.connection import TelegramConnection, connect
from toolkit.settings import Account
from toolkit.web import Web

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TOKEN = "123456:AAbb_cc-dd"
CHAT = {"id": -1001234567890, "type": "channel", "title": "Nordlicht", "username": "Nordlicht"}

Publish = Callable[[Request], Reply | Drop]


def accept(request: Request) -> Reply:
    """The answer to one message, or to an album."""
    ids = range(41, 43) if request.path.endswith("MediaGroup") else range(41, 42)
    messages = [{"message_id": one, "date": 1, "chat": CHAT} for one in ids]
    return Reply(200, {"ok": True, "result": messages if len(messages) > 1 else messages[0]})


def refuse(code: int, description: str, **parameters: int) -> Reply:
    """A refusal as the Bot API words it."""
    body = {"ok": False, "error_code": code, "description": description}
    return Reply(code, body | ({"parameters": parameters} if parameters else {}))


@dataclass
class BotServer:
    """The API of one bot that may write in one channel; `publish` answers what publishes or changes."""

    pretend: PretendServer
    contract: BotContract
    publish: Publish = accept
    files: dict[str, bytes] = field(default_factory=dict)
    clock: SetClock = field(default_factory=lambda: SetClock(NOW))

    def __post_init__(self) -> None:
        base = f"POST /bot{TOKEN}"
        self.pretend.routes[f"{base}/*"] = lambda request: self._checked(request, self.publish)
        me = {"id": 123456, "is_bot": True, "first_name": "Barista", "username": "barista_bot"}
        self.say("getMe", Reply(200, {"ok": True, "result": me}))
        self.say("getChat", Reply(200, {"ok": True, "result": CHAT}))

    def say(self, method: str, reply: Reply | Drop) -> None:
        """Answer `method` with `reply`."""
        self.pretend.routes[f"POST /bot{TOKEN}/{method}"] = lambda request: self._checked(request, lambda _one: reply)

    def sent(self, method: str) -> list[Request]:
        """The requests for `method`."""
        return [request for request in self.pretend.requests if request.path == f"/bot{TOKEN}/{method}"]

    def published(self) -> list[Request]:
        """All requests that may publish."""
        return [request for request in self.pretend.requests if "/send" in request.path]

    def account(self, chat: str = "@nordlicht", **options: str) -> Account:
        return Account("telegram", "telegram", chat, server=self.pretend.address, options=options)

    def line(self, account: Account | None = None, token: str = TOKEN) -> TelegramConnection:
        web = Web(allowed_hosts=frozenset({self.pretend.host_port, "localhost:1"}))
        return connect(account or self.account(), token, Surroundings(web, self.clock, self.files.__getitem__))

    def _checked(self, request: Request, route: Publish) -> Reply | Drop:
        try:
            self.contract.check(request)
        except AssertionError as error:
            return refuse(400, f"Bad Request: {error}")
        return route(request)


@pytest.fixture
def bot(pretend: PretendServer, shared_data: Path) -> BotServer:
    return BotServer(pretend, BotContract(shared_data / "contracts" / "telegram.api.json"))
