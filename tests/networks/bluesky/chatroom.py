"""The chat service in a few lines. What it is asked and what it answers is checked against the published lexicons.

The lexicons are read as the package `atproto` has them, strictly: what they do not name is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from atproto import models  # type: ignore[import-untyped]  # it has no types
from pydantic import BaseModel

from tests.networks.bluesky.conftest import DID, Answer, Server, refusal
from tests.servers.pretend import Reply, Request

SERVICE = "did:web:api.bsky.chat#bsky_chat"
BOB = "did:plc:44ybard66vv44zksje25o7dz"
BEGUN = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)


def named(model: Any, value: Mapping[str, object]) -> None:
    """`value` is what the lexicon says, and nothing else; raises AssertionError."""
    found = models.get_or_create(dict(value), model, strict=True)
    _without_extras(found)


def _without_extras(value: object) -> None:
    if isinstance(value, BaseModel):
        assert not value.model_extra, f"unknown: {value.model_extra}"
        for name in type(value).model_fields:
            _without_extras(getattr(value, name))
    if isinstance(value, list):
        for one in value:
            _without_extras(one)


@dataclass
class Chatroom:
    """Conversations by id, each with its messages, the oldest first."""

    server: Server
    said: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    muted: set[str] = field(default_factory=set)
    page: int = 3
    before: list[Answer] = field(default_factory=list)  # answered instead of done, whatever is asked
    after: list[Answer] = field(default_factory=list)  # a message was taken, and answered so

    def __post_init__(self) -> None:
        for verb, nsid, method in (
            ("GET", "chat.bsky.convo.listConvos", self._list),
            ("GET", "chat.bsky.convo.getMessages", self._messages),
            ("POST", "chat.bsky.convo.sendMessage", self._send),
        ):
            self.server.pretend.routes[f"{verb} /xrpc/{nsid}"] = self._route(method)
        self.server.pretend.routes["GET /xrpc/app.bsky.notification.listNotifications"] = lambda _request: Reply(
            200, {"notifications": []}
        )

    def say(self, convo: str, author: str, text: str, minute: int) -> dict[str, Any]:
        """Somebody writes, so many minutes after BEGUN."""
        entry = _entry(len(self.said.setdefault(convo, [])), author, text, BEGUN + timedelta(minutes=minute))
        named(models.ChatBskyConvoDefs.MessageView, entry)
        self.said[convo].append(entry)
        return entry

    def ours(self, convo: str) -> list[str]:
        """What our account said there."""
        return [one["text"] for one in self.said[convo] if one["sender"]["did"] == DID]

    def _route(self, method: Any) -> Any:
        def answer(request: Request) -> Answer:
            assert request.headers["atproto-proxy"] == SERVICE
            assert request.headers["authorization"] == f"Bearer {self.server.access}"
            return self.before.pop(0) if self.before else method(request)

        return answer

    def _list(self, request: Request) -> Answer:
        named(models.ChatBskyConvoListConvos.Params, _params(request))
        order = sorted(self.said, key=lambda convo: str(self.said[convo][-1]["sentAt"]), reverse=True)
        at, until = self._bounds(request)
        more = {"cursor": str(until)} if until < len(order) else {}
        body = {"convos": [self._convo(convo) for convo in order[at:until]], **more}
        named(models.ChatBskyConvoListConvos.Response, body)
        return Reply(200, body)

    def _convo(self, convo: str) -> dict[str, Any]:
        members = [{"did": DID, "handle": "brand.example"}, {"did": BOB, "handle": "bob.example", "displayName": "Bob"}]
        last = {"$type": "chat.bsky.convo.defs#messageView", **self.said[convo][-1]}
        status = {"muted": convo in self.muted, "unreadCount": 1, "status": "request"}
        return {"id": convo, "rev": "r", "members": members, "lastMessage": last, **status}

    def _messages(self, request: Request) -> Answer:
        named(models.ChatBskyConvoGetMessages.Params, _params(request))
        convo = request.query["convoId"]
        if convo not in self.said:
            return refusal(400, "InvalidConvo", "Convo not found")
        at, until = self._bounds(request)
        newest = self.said[convo][::-1]
        more = {"cursor": str(until)} if until < len(newest) else {}
        typed = [{"$type": "chat.bsky.convo.defs#messageView", **one} for one in newest[at:until]]
        body = {"messages": typed, **more}
        named(models.ChatBskyConvoGetMessages.Response, body)
        return Reply(200, body)

    def _send(self, request: Request) -> Answer:
        body = request.json()
        named(models.ChatBskyConvoSendMessage.Data, body)
        message = body["message"]
        assert isinstance(message, dict)
        entry = self.say(str(body["convoId"]), DID, str(message["text"]), 30)
        return self.after.pop(0) if self.after else Reply(200, entry)

    def _bounds(self, request: Request) -> tuple[int, int]:
        at = int(request.query.get("cursor", "0"))
        return at, at + min(self.page, int(request.query.get("limit", "50")))


def _params(request: Request) -> dict[str, object]:
    return {name: int(value) if name == "limit" else value for name, value in request.query.items()}


def _entry(number: int, author: str, text: str, at: datetime) -> dict[str, Any]:
    sent_at = at.isoformat().replace("+00:00", "Z")
    return {"id": f"m{number}", "rev": f"r{number}", "text": text, "sender": {"did": author}, "sentAt": sent_at}
