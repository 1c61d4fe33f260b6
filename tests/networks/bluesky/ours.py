"""Our line of a person on the real test network, and what the network itself says about it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

import httpx

from tests.networks.bluesky.sending import MEDIA, make_post
from tests.servers.bluesky import Bluesky
from toolkit.model import Attachment, Outcome, SystemClock
from toolkit.networks.base import Intent, Memory, Surroundings
from toolkit.networks.bluesky.connection import BlueskyConnection, connect
from toolkit.networks.bluesky.record import read_place
from toolkit.networks.bluesky.session import Session, read_session
from toolkit.settings import Account
from toolkit.web import Web

POST = "app.bsky.feed.post"
T = TypeVar("T")


@dataclass
class Ours:
    """A person's line, with what it keeps."""

    network: Bluesky
    person: str = "alice"
    memory: Memory = field(default_factory=Memory)
    read_media: Callable[[str], bytes] = MEDIA.__getitem__

    @property
    def account(self) -> Account:
        return Account("bluesky", "bluesky", f"@{self.person}.test", server=self.network.url)

    def line(self, password: str = "") -> BlueskyConnection:
        """A new line, as every process opens one."""
        web = Web(allowed_hosts=frozenset({self.network.host_port}))
        surroundings = Surroundings(web, SystemClock(), self.read_media, vault=self.memory, notes=self.memory)
        return connect(self.account, password or self.network.people[self.person].app_password, surroundings)

    def post(
        self,
        text: str,
        *,
        key: str = "",
        pictures: tuple[Attachment, ...] = (),
        options: Mapping[str, str] | None = None,
        previous: str = "",
        language: str = "de",
        first_tried_at: datetime | None = None,
    ) -> Intent:
        """An intent of its own: no two tests mean the same row."""
        return make_post(
            self.account,
            text,
            key=key or f"{time.time_ns()}:post:0",
            pictures=pictures,
            options=options,
            previous=previous,
            language=language,
            first_tried_at=first_tried_at,
        )

    def session(self) -> Session:
        """The stored session."""
        session = read_session(self.memory.kept["session"])
        assert session is not None
        return session

    def stored(self, remote_id: str) -> dict[str, Any]:
        """The record and its cid, as the server holds it."""
        place = read_place(remote_id)
        assert place is not None
        return self.network.get(self.person, "com.atproto.repo.getRecord", **place.params)

    def blob(self, cid: str) -> bytes:
        """The bytes of a blob, as the server hands them to anybody."""
        params = {"did": self.network.people[self.person].did, "cid": cid}
        answer = httpx.get(f"{self.network.url}/xrpc/com.atproto.sync.getBlob", params=params, timeout=30)
        answer.raise_for_status()
        return answer.content

    def own(self) -> list[dict[str, Any]]:
        """All of the person's posts: other tests write on the same network, too."""
        ask: dict[str, object] = {"repo": self.network.people[self.person].did, "collection": POST, "limit": 100}
        records: list[dict[str, Any]] = []
        while True:
            found = self.network.get(self.person, "com.atproto.repo.listRecords", **ask)
            assert isinstance(found["records"], list)
            records += found["records"]
            if not found.get("cursor"):
                return records
            ask["cursor"] = found["cursor"]

    def saying(self, text: str) -> int:
        """How many posts say exactly `text`."""
        return sum(record["value"]["text"] == text for record in self.own())


def until(look: Callable[[], T], seconds: float = 90) -> T:
    """What `look` finds, once it finds something: the view indexes in its own time."""
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found or time.monotonic() > end:
            return found
        time.sleep(0.1)


def sent(line: BlueskyConnection, intent: Intent) -> str:
    """Send it; its remote id."""
    answer = line.send(intent)
    assert (answer.outcome, answer.reason) == (Outcome.ACCEPTED, "")
    return answer.remote_id
