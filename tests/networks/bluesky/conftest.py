"""A server of the AT Protocol in a few lines: it keeps records, checks tokens, and misbehaves on demand."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.networks.bluesky.sending import MEDIA, make_post
from tests.servers.pretend import Drop, PretendServer, Reply, Request
from toolkit.model import SetClock
from toolkit.networks.base import Intent, Memory, Surroundings
from toolkit.networks.bluesky.connection import BlueskyConnection, connect
from toolkit.settings import Account
from toolkit.web import Web, host_port

NOW = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
PASSWORD = "abcd-efgh-ijkl-mnop"
PUT = "com.atproto.repo.putRecord"
Answer = Reply | Drop


def token(name: str, ends: datetime = NOW + timedelta(hours=2)) -> str:
    """A JSON Web Token that says when it ends."""
    claims = base64.urlsafe_b64encode(json.dumps({"exp": ends.timestamp(), "name": name}).encode()).decode().rstrip("=")
    return f"head.{claims}.sign"


def refusal(status: int, error: str, message: str = "", **headers: str) -> Reply:
    """An error as the protocol writes it."""
    return Reply(status, {"error": error, "message": message or error}, headers)


@dataclass
class Server:
    """Its records by key, its blobs by name; `before` and `after` decide what becomes of the next requests."""

    pretend: PretendServer
    handle: str = "brand.example"
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    access: str = token("access-1")
    refresh: str = "refresh-1"
    before: dict[str, list[Answer]] = field(default_factory=dict)  # answered instead of done
    after: dict[str, list[Answer]] = field(default_factory=dict)  # done, and answered so
    memory: Memory = field(default_factory=Memory)
    clock: SetClock = field(default_factory=lambda: SetClock(NOW))

    def __post_init__(self) -> None:
        for nsid, method in (
            ("com.atproto.server.createSession", self._sign_in),
            ("com.atproto.server.refreshSession", self._refresh),
            ("com.atproto.server.getSession", self._me),
            ("com.atproto.identity.resolveHandle", self._resolve),
            ("com.atproto.repo.uploadBlob", self._upload),
            ("com.atproto.repo.getRecord", self._get),
            ("com.atproto.repo.listRecords", self._list),
            ("com.atproto.repo.deleteRecord", self._delete),
            (PUT, self._put),
        ):
            for verb in ("GET", "POST"):
                self.pretend.routes[f"{verb} /xrpc/{nsid}"] = self._route(nsid, method)

    @property
    def account(self) -> Account:
        return Account("bluesky", "bluesky", "@brand.example", server=self.pretend.address)

    def line(self, password: str = PASSWORD) -> BlueskyConnection:
        """A new line with what was kept."""
        web = Web(allowed_hosts=frozenset({host_port(self.pretend.address)}))
        kept = self.memory
        surroundings = Surroundings(web, self.clock, MEDIA.__getitem__, vault=kept, notes=kept)
        return connect(self.account, password, surroundings)

    def post(self, text: str = "Hallo", **more: object) -> Intent:
        """The one intent of a test."""
        return make_post(self.account, text, **more)  # type: ignore[arg-type]  # as the caller has it

    def asked(self, nsid: str) -> list[Request]:
        """The requests for a method."""
        return [request for request in self.pretend.requests if request.path == f"/xrpc/{nsid}"]

    def _route(self, nsid: str, method: Callable[[Request], Answer]) -> Callable[[Request], Answer]:
        def answer(request: Request) -> Answer:
            if self.before.get(nsid):
                return self.before[nsid].pop(0)
            done = method(request)
            return self.after[nsid].pop(0) if self.after.get(nsid) else done

        return answer

    def _session(self) -> Reply:
        return Reply(200, {"did": DID, "handle": self.handle, "accessJwt": self.access, "refreshJwt": self.refresh})

    def _sign_in(self, request: Request) -> Answer:
        if request.json() != {"identifier": "brand.example", "password": PASSWORD}:
            return refusal(401, "AuthenticationRequired", "Invalid identifier or password")
        return self._session()

    def _refresh(self, request: Request) -> Answer:
        if request.headers["authorization"] != f"Bearer {self.refresh}":
            return refusal(400, "ExpiredToken", "Token has been revoked")
        number = int(self.refresh.rpartition("-")[2]) + 1
        ends = self.clock.moment + timedelta(hours=2)
        self.access, self.refresh = token(f"access-{number}", ends), f"refresh-{number}"
        return self._session()

    def _me(self, request: Request) -> Answer:
        return self._unless_out(request) or Reply(200, {"did": DID, "handle": self.handle, "active": True})

    def _resolve(self, request: Request) -> Answer:
        known = {"bob.example": "did:web:bob.example"}
        handle = request.query["handle"]
        return Reply(200, {"did": known[handle]}) if handle in known else refusal(400, "InvalidRequest", "no handle")

    def _upload(self, request: Request) -> Answer:
        out = self._unless_out(request)
        kind = request.headers["content-type"]
        link = f"bafkrei{hashlib.sha256(request.body).hexdigest()[:52]}"
        blob = {"$type": "blob", "ref": {"$link": link}, "mimeType": kind, "size": len(request.body)}
        return out or Reply(200, {"blob": blob})

    def _put(self, request: Request) -> Answer:
        out = self._unless_out(request)
        if out:
            return out
        body = request.json()
        assert (body["repo"], body["collection"], body["validate"]) == (DID, "app.bsky.feed.post", True)
        rkey, record = str(body["rkey"]), body["record"]
        assert isinstance(record, dict)
        if "swapRecord" in body and body["swapRecord"] != self.cid(rkey):
            return refusal(400, "InvalidSwap", f"Record was at {self.cid(rkey)}")
        self.records[rkey] = record
        return Reply(200, {"uri": self.uri(rkey), "cid": self.cid(rkey)})

    def _delete(self, request: Request) -> Answer:
        self.records.pop(str(request.json()["rkey"]), None)
        return Reply(200, {})

    def _get(self, request: Request) -> Answer:
        rkey = request.query["rkey"]
        if rkey not in self.records:
            return refusal(400, "RecordNotFound", f"Could not locate record: {self.uri(rkey)}")
        return Reply(200, self._listed(rkey))

    def _list(self, request: Request) -> Answer:
        keys = sorted(self.records, reverse=True)
        cursor, size = request.query.get("cursor", "~"), 3
        page = [rkey for rkey in keys if rkey < cursor][:size]
        more = {"cursor": page[-1]} if len(page) == size else {}
        return Reply(200, {"records": [self._listed(rkey) for rkey in page], **more})

    def _listed(self, rkey: str) -> dict[str, object]:
        return {"uri": self.uri(rkey), "cid": self.cid(rkey), "value": self.records[rkey]}

    def _unless_out(self, request: Request) -> Reply | None:
        fine = request.headers.get("authorization") == f"Bearer {self.access}"
        return None if fine else refusal(400, "ExpiredToken", "Token has expired")

    def uri(self, rkey: str) -> str:
        return f"at://{DID}/app.bsky.feed.post/{rkey}"

    def cid(self, rkey: str) -> str:
        written = json.dumps(self.records.get(rkey), sort_keys=True)
        return f"bafyrei{hashlib.sha256(written.encode()).hexdigest()[:52]}"


@pytest.fixture
def server(pretend: PretendServer) -> Server:
    return Server(pretend)
