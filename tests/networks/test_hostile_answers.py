"""Every line that speaks HTTP against a network gone mad: answers of the wrong shape, seeded, thousands of them.

``LEITSTAND_FUZZ_SEEDS=100:400 pytest tests/networks/test_hostile_answers.py`` tries other seeds.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import httpx
import pytest

from tests.networks.connections.makers import attach, make_intent, make_picture
from toolkit.model import Answer, Presence, Sighting
from toolkit.networks import NETWORKS
from toolkit.networks.answers import LONGEST, NotToldError
from toolkit.networks.base import Connection, Intent, Memory, Surroundings
from toolkit.networks.opening import secrets_of
from toolkit.settings import Account
from toolkit.web import Web, WebError

FIRST, LAST = (int(bound) for bound in os.environ.get("LEITSTAND_FUZZ_SEEDS", "0:25").split(":"))
NOW: Final = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
CANARY: Final = "canary-5f1d7c-canary-5f1d7c"
PICTURE: Final = make_picture()
# network → id, server and credential of an account there
ACCOUNTS: Final = {
    "mastodon": ("@n@x.example", "https://x.example", CANARY),
    "bluesky": ("did:plc:abcdefghijklmnopqrstuvwx", "https://x.example", CANARY),
    "telegram": ("@nordlicht", "", f"123456:{CANARY}"),
    "slack": ("C0123456789", "", CANARY),
    "discord": ("222", "", f"https://discord.com/api/webhooks/222/{CANARY}"),
    "linkedin": ("urn:li:organization:1", "", CANARY),
    "facebook": ("123", "", CANARY),
    "instagram": ("123", "", CANARY),
    "threads": ("123", "", CANARY),
    "x": ("123", "", CANARY),
    "wordpress": ("redaktion", "https://x.example", f"redaktion:{CANARY}"),
    "webhook": ("w", "https://x.example/in", CANARY),
}
STATUSES: Final = (
    *[200] * 12,
    201,
    202,
    204,
    206,
    301,
    302,
    307,
    400,
    401,
    403,
    404,
    408,
    409,
    410,
    413,
    422,
    429,
    500,
    503,
)
KEYS: Final = ("id", "url", "uri", "data", "ok", "result", "message_id", "chat", "username", "error", "errors",
        "message", "code", "status", "permalink", "permalink_url", "rev", "cid", "commit", "accessJwt",
        "refreshJwt", "did", "handle", "didDoc", "records", "value", "text", "content", "channel", "ts",
        "files", "upload_url", "file_id", "channel_id", "timestamp", "created_time", "paging", "next",
        "cursor", "elements", "state", "post_id", "media", "processing_info", "account", "acct",
        "created_at", "visibility", "poll", "title", "raw", "rendered", "date_gmt", "slug", "_links",
        "parameters", "retry_after", "detail", "type", "key", "error_code", "error_subcode", "description",
        "image", "uploadUrl", "activity", "status_code", "user", "team", "bot_id", "results", "name",
        "email")  # fmt: skip
ODD: Final[Sequence[object]] = (None, True, False, 0, -1, 1e308, 10**30, float("nan"), "", "x", "a/../b", "\"'><script>", "javascript:alert(1)",
              "data:text/html,x", "a\r\nX: y", "\u202e", "\ud83d", "\0", "http://[::1", "https://x.example/1", "//x", "1" * 5000,
              [], {}, [[]], CANARY)  # fmt: skip
DATES: Final = (
    "x",
    "",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "Fri, 31 Dec 9999 23:59:59 -2359",
    "Mon, 99 Feb 2026 99:99:99 GMT",
)
WAITS: Final = (*DATES, "-5", "1e9", "1000000000", "9" * 20, "9" * 5000, "nan")
RAW: Final = (b"", b"<html><script>", b"\xff\xfe", b"[", b"[" * 100_000, b"null", b'"x"', b"1e999", b'{"a":' * 5000)


def hostile(dice: random.Random, depth: int = 0) -> object:
    """JSON in which every name is known, and nothing is what it should be."""
    if depth > 4 or dice.random() < 0.45:
        return dice.choice(ODD)
    if dice.random() < 0.75:
        return {dice.choice(KEYS): hostile(dice, depth + 1) for _ in range(dice.randint(1, 12))}
    return [hostile(dice, depth + 1) for _ in range(dice.randint(0, 3))]


def answer(dice: random.Random, request: httpx.Request) -> httpx.Response:
    broken = (httpx.ReadTimeout, httpx.RemoteProtocolError, httpx.ConnectError)
    if dice.random() < 0.06:
        raise dice.choice(broken)("broken off", request=request)
    headers = {"Date": dice.choice(DATES)}
    for name in ("Retry-After", "X-RateLimit-Reset", "X-Rate-Limit-Reset"):
        if dice.random() < 0.4:
            headers[name] = dice.choice(WAITS)
    for name in ("Location", "X-RestLi-Id", "X-Business-Use-Case-Usage"):
        if dice.random() < 0.3:
            headers[name] = dice.choice(
                ("http://127.0.0.1:1/", "javascript:x", "urn:li:share:<script>", '{"a":[{}]}', "{", "x")
            )
    body = dice.choice(RAW) if dice.random() < 0.1 else json.dumps(hostile(dice)).encode()
    return httpx.Response(dice.choice(STATUSES), headers=headers, content=body)


class Calm:
    """A clock that stands, and on which nobody waits."""

    def now(self) -> datetime:
        return NOW

    def elapsed(self) -> float:
        return 0.0

    def sleep(self, seconds: float) -> None:
        """At once."""


def make_line(network: str, dice: random.Random) -> tuple[Account, Connection]:
    identity, server, credential = ACCOUNTS[network]
    account = Account(
        network, network, identity, server=server, options={"lookup": "yes"} if network == "webhook" else {}
    )
    web = Web(httpx.MockTransport(lambda request: answer(dice, request)), lambda _host, _port: ["93.184.216.34"])
    web = web.hiding(*secrets_of(credential))
    surroundings = Surroundings(web, Calm(), lambda _file: PICTURE, "/nowhere", Memory(), Memory(), None)
    connect = NETWORKS[network].connect
    assert connect is not None
    return account, connect(account, credential, surroundings)


def asked(line: Connection, intent: Intent) -> Sequence[Callable[[], Answer | Sighting]]:
    """Everything that a dispatcher asks a line."""
    earlier = replace(intent, first_tried_at=NOW - timedelta(minutes=10))
    return (
        lambda: line.send(intent),
        lambda: line.send(earlier),
        lambda: line.send(replace(intent, part=1, previous="1")),
        lambda: line.find(earlier),
        lambda: line.edit("1", intent),
        lambda: line.delete("1"),
    )


@pytest.mark.parametrize("network", ACCOUNTS)
def test_no_answer_breaks_a_line(network: str) -> None:
    """Whatever comes back is an answer or a sighting: no exception, no wait of years; figures, or an error that says why not."""
    for seed in range(FIRST, LAST):
        dice = random.Random(f"{network} {seed}")  # repeatable, not secret
        account, line = make_line(network, dice)
        media = dice.choice(((), (attach("media/a.png", PICTURE, "x"),)))
        intent = make_intent(
            account, "Hallo https://x.example/1", "Zwei", attachments=media, html="<p>x</p>", title="t"
        )
        for ask in asked(line, intent):
            said = ask()
            assert isinstance(said, Answer | Sighting), (network, seed)
            assert CANARY not in repr(said), (network, seed)
            if isinstance(said, Answer):
                assert said.retry_at is None or said.retry_at <= NOW + LONGEST, (network, seed, said)
            else:
                assert isinstance(said.presence, Presence)
        try:
            line.counts(["1", "2"])
        except (WebError, NotToldError) as error:
            assert CANARY not in str(error), (network, seed)  # noqa: PT017  # it may be raised, it need not


def test_every_network_that_speaks_http_is_tried() -> None:
    """A new adapter must stand in the table above; those that write files or mail have no such answers."""
    sending = {name for name, network in NETWORKS.items() if network.connect is not None}
    assert sending - set(ACCOUNTS) == {"feed", "files", "mail", "newsletter"}
