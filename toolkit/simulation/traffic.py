"""What goes over a simulated line: values only, so that they may also travel through a socket."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from enum import StrEnum

from toolkit.values import dataclass
from toolkit.web import Reply


class Ask(StrEnum):
    """What a request is about."""

    POST = "post"  # publish now
    CONTAINER = "container"  # make a container; nothing is published
    STATE = "state"  # how a container is
    PUBLISH = "publish"  # publish a container
    LOOK = "look"  # the posts of the account; with an id or a key, that one
    EDIT = "edit"  # another text for a post
    DELETE = "delete"  # take a post back
    RENEW = "renew"  # a new token for a refresh token


# The requests after which the world may see something else.
PUBLISHING = (Ask.POST, Ask.PUBLISH, Ask.EDIT, Ask.DELETE)


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `key` is what the world counts by; only networks that honour keys look at it themselves."""

    ask: Ask
    key: str = ""
    text: str = ""
    previous: str = ""
    id: str = ""  # of a post or a container
    token: str = ""

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Request:
        raw = json.loads(text)
        return cls(**raw | {"ask": Ask(raw["ask"])})


# Asks the network. Raises `NotSent` and `Uncertain` as the real client does.
Wire = Callable[[Request], Reply]


def reply_json(reply: Reply) -> str:
    """A reply as text for a socket."""
    return json.dumps({"status": reply.status, "headers": dict(reply.headers), "body": reply.text})


def reply_from(text: str) -> Reply:
    """The reply that `reply_json` wrote."""
    raw = json.loads(text)
    return Reply(raw["status"], raw["headers"], raw["body"].encode())
