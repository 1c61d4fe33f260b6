"""Requests to a server that speaks Mastodon's client API, and its statuses as values.

API: https://docs.joinmastodon.org/methods/statuses/ and https://docs.joinmastodon.org/entities/Status/
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Final

from toolkit.networks.answers import server_words
from toolkit.networks.jsonvalues import fields, items, moment, number, text
from toolkit.values import dataclass
from toolkit.web import BadReply, Form, Reply, Upload, Web
from toolkit.web.client import MAX_BYTES


class RefusedError(BadReply):
    """The server answered a read with a refusal or an error."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        super().__init__(said(reply))


@dataclass(frozen=True, slots=True)
class Status:
    """What a status says about itself. `text` is as it was sent, None where the server shows HTML only."""

    id: str
    url: str
    account_id: str
    created_at: datetime | None
    text: str | None
    content: str  # HTML
    warning: str
    visibility: str
    media_ids: tuple[str, ...]
    is_reply: bool
    is_boost: bool
    counts: Mapping[str, float]
    poll_ends: datetime | None = None
    answers: str = ""  # the id of the status that it answers
    author: str = ""  # ``name`` of somebody on this server, ``name@server`` of others
    mentions: Mapping[str, str] = field(default_factory=dict)  # the account's id → the same, of everybody mentioned


class Api:
    """One account's requests. Raises the errors of `toolkit.web`; `read` also `RefusedError`."""

    def __init__(self, server: str, token: str, web: Web) -> None:
        self.server = server.rstrip("/")
        own = {"Authorization": f"Bearer {token}"} if token else {}  # what is public is asked for without
        self._headers = {**own, "Accept": "application/json"}
        self._web = web

    def of_server(self, server: str) -> Api:
        """Another server, as a stranger."""
        return Api(server, "", self._web)

    def ask(self, path: str, params: Form | None = None, most: int = MAX_BYTES) -> Reply:
        """GET, whatever the answer is, of at most `most` bytes."""
        return self._web.request("GET", self.server + path, headers=self._headers, params=params, max_bytes=most)

    def read(self, path: str, params: Form | None = None, most: int = MAX_BYTES) -> object:
        """GET as JSON; raises `RefusedError` unless the answer is 200."""
        reply = self.ask(path, params, most)
        if reply.status != 200:
            raise RefusedError(reply)
        return reply.json()

    def write(self, method: str, path: str, body: Mapping[str, object] | None = None, key: str = "") -> Reply:
        """POST, PUT or DELETE, once; `key` becomes the Idempotency-Key."""
        headers = {**self._headers, "Idempotency-Key": key} if key else self._headers
        return self._web.request(method, self.server + path, headers=headers, json=body)

    def upload(self, path: str, file: Upload, form: Form, timeout: float) -> Reply:
        """POST of one file with its fields, within `timeout` seconds."""
        return self._web.request(
            "POST", self.server + path, headers=self._headers, form=form, files={"file": file}, timeout=timeout
        )


def said(reply: Reply) -> str:
    """The server's own words about a refusal, else its status."""
    return server_words(reply, "error_description", "error")


COUNTS: Final[Mapping[str, str]] = {"favourites_count": "likes", "reblogs_count": "shares", "replies_count": "comments"}


def read_status(value: object) -> Status | None:
    """The status in a JSON value; None when there is none."""
    raw = fields(value)
    if not text(raw, "id"):
        return None
    sent = raw.get("text")
    counted = {metric: number(raw, name) for name, metric in COUNTS.items()}
    return Status(
        id=text(raw, "id"),
        url=text(raw, "url") or text(raw, "uri"),
        account_id=text(raw.get("account"), "id"),
        created_at=moment(text(raw, "created_at")),
        text=sent if isinstance(sent, str) else None,
        content=text(raw, "content"),
        warning=text(raw, "spoiler_text"),
        visibility=text(raw, "visibility"),
        media_ids=tuple(text(media, "id") for media in items(raw.get("media_attachments"))),
        is_reply=bool(raw.get("in_reply_to_id")),
        is_boost=bool(raw.get("reblog")),
        counts={metric: value for metric, value in counted.items() if value is not None},
        answers=text(raw, "in_reply_to_id"),
        poll_ends=moment(text(raw.get("poll"), "expires_at")),
        author=text(raw.get("account"), "acct"),
        mentions={text(one, "id"): text(one, "acct") for one in items(raw.get("mentions"))},
    )
