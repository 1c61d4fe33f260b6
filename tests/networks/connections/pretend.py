"""A server of a few lines for what no real server does on demand: limits, slowness, refusals, paging."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx

from tests.networks.connections.contract import Contract
from toolkit.model import SetClock
from toolkit.networks.base import Memory
from toolkit.networks.mastodon.api import Api
from toolkit.networks.mastodon.connection import MastodonConnection
from toolkit.networks.mastodon.uploads import Uploads
from toolkit.settings import Account
from toolkit.web import Web

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ACCOUNT = Account(name="mastodon", network="mastodon", id="@alice@social.example", server="https://social.example")
INSTANCE = {
    "configuration": {
        "statuses": {"max_characters": 500, "max_media_attachments": 4, "characters_reserved_per_url": 23},
        "media_attachments": {
            "description_limit": 1500,
            "image_size_limit": 16_777_216,
            "video_size_limit": 103_809_024,
            "supported_mime_types": ["image/png", "video/mp4"],
        },
        "polls": {
            "max_options": 4,
            "max_characters_per_option": 50,
            "min_expiration": 300,
            "max_expiration": 2_629_746,
        },
    }
}
Answer = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


def status(number: int = 1, **said: object) -> dict[str, object]:
    """A status entity, newer with each number."""
    return {
        "id": str(number),
        "url": f"https://social.example/@alice/{number}",
        "created_at": (NOW + timedelta(seconds=number)).isoformat().replace("+00:00", "Z"),
        "account": {"id": "7"},
        "content": "<p>Hallo</p>",
        "spoiler_text": "",
        "visibility": "public",
        "media_attachments": [],
        "in_reply_to_id": None,
        "reblog": None,
        "favourites_count": 3,
        "reblogs_count": 2,
        "replies_count": 1,
        **said,
    }


@dataclass
class Pretend:
    """Answers by method and path, each answer once, the last one for ever; notes and checks every request."""

    contract: Contract | None = None
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    requests: list[httpx.Request] = field(default_factory=list)
    naps: list[float] = field(default_factory=list)
    notes: Memory = field(default_factory=Memory)

    def __post_init__(self) -> None:
        self.on("GET /api/v1/accounts/verify_credentials", {"id": "7", "username": "alice"})
        self.on("GET /api/v2/instance", INSTANCE)
        self.on("POST /api/v1/statuses", status())

    def on(self, asked: str, *answers: object) -> None:
        """Answer `asked` (method and path) with JSON values, responses, exceptions or functions."""
        self.answers[asked] = [_answer(value) for value in answers]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.contract is not None:
            self.contract.check(request)
        self.requests.append(request)
        waiting = self.answers.get(f"{request.method} {request.url.path}", [httpx.Response(404)])
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, httpx.Response) else answer(request)

    def asked(self, what: str) -> list[httpx.Request]:
        """The requests with this method and path."""
        return [request for request in self.requests if f"{request.method} {request.url.path}" == what]

    def body(self, what: str) -> dict[str, object]:
        """The JSON of the last request with this method and path."""
        found: dict[str, object] = json.loads(self.asked(what)[-1].content)
        return found

    def line(self, files: dict[str, bytes] | None = None, account: Account = ACCOUNT) -> MastodonConnection:
        """A connection to this server, with a clock that stands and naps that are only counted."""
        web = Web(httpx.MockTransport(self), resolver=lambda _host, _port: ["8.8.8.8"])
        api, clock = Api(account.server, "token-1", web), SetClock(NOW)
        uploads = Uploads(api, (files or {}).__getitem__, clock, self.naps.append, self.notes)
        return MastodonConnection(account, api, clock, uploads)


def _answer(value: object) -> Answer:
    if isinstance(value, httpx.Response | Exception) or callable(value):
        return value
    return httpx.Response(200, json=value)
