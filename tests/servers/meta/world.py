"""What the pretended Graph APIs share: tokens, errors as documented, pages of a list, and misbehaving on demand."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from tests.servers.meta.contract import Call
from tests.servers.pretend import DROP, Drop, PretendServer, Reply, Request

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TOKEN = "EAAB-canary-0815"
Json = dict[str, Any]


@dataclass(frozen=True)
class Ill:
    """How a request goes wrong: with `obeyed` it has been taken before. Without `reply` the connection is dropped."""

    reply: Reply | None = None
    obeyed: bool = False


LOST = Ill(obeyed=True)  # taken, and the answer is lost
RESET = Ill()  # dropped before it was taken


def error(code: int, message: str, status: int = 400, subcode: int = 0, **more: object) -> Reply:
    """An error as https://developers.facebook.com/docs/graph-api/guides/error-handling describes it."""
    said: Json = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "AbC"}
    return Reply(status, {"error": said | ({"error_subcode": subcode} if subcode else {}) | more})


def gone(identity: str) -> Reply:
    """The error for an object that does not exist."""
    return error(100, f"Unsupported get request. Object with ID '{identity}' does not exist", subcode=33)


def moment(at: datetime) -> str:
    """A time as Graph APIs write it."""
    return at.strftime("%Y-%m-%dT%H:%M:%S+0000")


@dataclass
class World:
    """One pretended API below `root`. Every request is checked against the contract before it is obeyed."""

    root: str
    calls: Callable[[str, list[str]], Call | None]
    me: Json
    token: str = TOKEN
    now: datetime = NOW
    ills: dict[str, list[Ill | None]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    things: dict[str, Json] = field(default_factory=dict)
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1001))
    server: PretendServer = field(default_factory=PretendServer)

    def serve(self, server: PretendServer) -> None:
        """Answer everything that comes to `server`."""
        self.server = server
        for method in ("GET", "POST", "DELETE"):
            server.routes[f"{method} /*"] = self.answer

    def ail(self, call: str, *ills: Ill | None) -> None:
        """Let the next requests of ``METHOD edge`` go wrong, one after the other; None for one that goes well."""
        self.ills[call] = list(ills)

    def sent(self, call: str) -> list[Request]:
        """The requests of ``METHOD edge``."""
        method, edge = call.split()
        return [one for one in self.server.sent(method) if one.path.rsplit("/", 1)[-1] == edge]

    def answer(self, request: Request) -> Reply | Drop:
        """The answer of the API."""
        if not request.path.startswith(f"/{self.root}/"):
            self.failures.append(f"outside of /{self.root}: {request.path}")
            return Reply(404, {})
        path = request.path.removeprefix(f"/{self.root}/").split("/")
        call = self.calls(request.method, path)
        try:
            assert call is not None, f"{request.method} {request.path} is not in the contract"
            call.check(request)
        except AssertionError as failure:
            self.failures.append(str(failure))
            return Reply(418, {"failure": str(failure)})
        waiting = self.ills.get(f"{request.method} {path[-1]}", [])
        ill = waiting.pop(0) if waiting else None
        if ill is not None and not ill.obeyed:
            return ill.reply or DROP
        reply = self._dated(self._obey(request, path))
        return reply if ill is None else ill.reply or DROP

    def _obey(self, request: Request, path: list[str]) -> Reply:
        if request.headers.get("authorization") != f"Bearer {self.token}":
            said = request.headers.get("authorization", "").removeprefix("Bearer ")
            return error(190, f"Malformed access token {said}", status=401)
        return self.obey(request, path)

    def _dated(self, reply: Reply) -> Reply:
        return Reply(reply.status, reply.body, {"Date": format_datetime(self.now, usegmt=True)} | dict(reply.headers))

    def obey(self, request: Request, path: list[str]) -> Reply:
        """What the API does; see the networks."""
        raise NotImplementedError

    def add(self, kind: str, **said: object) -> Json:
        """A new object with a number of its own."""
        number = str(next(self.numbers))
        made = {"id": number, "kind": kind, "at": moment(self.now), **said}
        self.things[str(made["id"])] = made
        return made

    def all(self, kind: str) -> list[Json]:
        """The objects of a kind, the newest first."""
        return [thing for thing in reversed(list(self.things.values())) if thing["kind"] == kind]

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)


def page(request: Request, entries: list[Json]) -> Reply:
    """A page of a list, with a cursor; the address in `next` holds the token, as in real life."""
    limit, after = int(request.query.get("limit", "25")), int(request.query.get("after", "0"))
    shown = entries[after : after + limit]
    paging: Json = {"cursors": {"before": str(after), "after": str(after + len(shown))}}
    if after + limit < len(entries):
        paging["next"] = f"https://graph.example/next?access_token={TOKEN}&after={after + limit}"
    return Reply(200, {"data": shown} | ({"paging": paging} if shown else {}))


def form_of(request: Request) -> Mapping[str, str]:
    """The fields of a form."""
    return request.form()
