"""Requests to a server of the AT Protocol, and what its answers mean.

API: https://atproto.com/specs/xrpc
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from toolkit.model import Answer, Outcome
from toolkit.networks.answers import (
    REFUSALS,
    UNAUTHORIZED,
    NotBegunError,
    broken_off,
    declined,
    no_entry,
    refused,
    server_words,
    unreachable,
)
from toolkit.networks.answers import retry_at as usual_retry_at
from toolkit.networks.jsonvalues import text
from toolkit.web import BadReply, Reply, Web, WebError

# The token is over, whatever was asked; nothing was done, and a fresh one helps.
WORN_OUT: Final = frozenset({"ExpiredToken", "InvalidToken"})
# What a server says to an app password without the right to a method; no fresh token helps.
NO_RIGHT: Final = "Bad token method"
# Seconds for a picture on a slow line.
UPLOAD_TIME: Final = 90.0


class RefusedError(BadReply):
    """The server answered a read with a refusal or an error; `name` is the error's own."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        self.name = error_name(reply)
        super().__init__(said(reply))


class SignInError(WebError):
    """The server does not let us in as this account, however often it is asked."""


def error_name(reply: Reply) -> str:
    """The name of the error, such as ``InvalidSwap``; "" where there is none."""
    try:
        return text(reply.json(), "error")
    except BadReply:
        return ""


def worn_out(reply: Reply) -> bool:
    """Whether a fresh token helps."""
    return error_name(reply) in WORN_OUT and NO_RIGHT not in reply.text


def said(reply: Reply) -> str:
    """The server's own words about a refusal, else its status."""
    return server_words(reply, "message", "error")


def retry_at(reply: Reply, now: datetime) -> datetime:
    """When to ask again: ``ratelimit-reset`` in seconds since 1970 where the server names one."""
    reset = reply.headers.get("ratelimit-reset", "").strip()
    if "retry-after" in reply.headers or not (reset.isascii() and reset.isdigit()) or len(reset) > 11:
        return usual_retry_at(reply, now)
    named = Reply(reply.status, {"x-ratelimit-reset": datetime.fromtimestamp(int(reset), UTC).isoformat()}, b"")
    return usual_retry_at(named, now)


def turned_down(reply: Reply, now: datetime) -> Answer:
    """The answer to a request that may have written something and did not succeed."""
    if reply.status == 429 or error_name(reply) in WORN_OUT:
        return _later(reply, now)
    return declined(reply, now, said(reply))


def not_begun(error: WebError, now: datetime) -> NotBegunError:
    """What becomes of a part when something before the publishing request failed: nothing is out."""
    if isinstance(error, SignInError):
        return no_entry(str(error), now)
    if not isinstance(error, RefusedError):
        return NotBegunError(unreachable(error, now))
    if error.name in WORN_OUT or error.reply.status == UNAUTHORIZED:
        return no_entry(str(error), now)  # a fresh session was tried
    if error.reply.status in REFUSALS:
        return refused(str(error))
    return NotBegunError(_later(error.reply, now))


def _later(reply: Reply, now: datetime) -> Answer:
    limited = reply.status == 429
    return Answer(Outcome.LATER, reason=said(reply), retry_at=retry_at(reply, now), whole_account=limited)


def write_once(web: Web, url: str, headers: Mapping[str, str], body: object, now: datetime) -> Reply | Answer:
    """The one request that changes something: its reply, or what is known when none came."""
    try:
        return web.request("POST", url, headers=headers, json=body)
    except WebError as error:
        return broken_off(error, now)


def address(server: str, nsid: str) -> str:
    """Where a method of `server` is called."""
    return f"{server}/xrpc/{nsid}"


def bearer(token: str, service: str = "") -> dict[str, str]:
    """The headers of a request in somebody's name; tokens never stand in addresses.

    `service` is whom the account's server asks in its stead: https://atproto.com/specs/xrpc#service-proxying
    """
    own = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    return own | ({"Atproto-Proxy": service} if service else {})
