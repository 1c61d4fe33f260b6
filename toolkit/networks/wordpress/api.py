"""Requests to a blog's REST API, and its posts as values.

API: https://developer.wordpress.org/rest-api/reference/ - below ``/wp-json`` where addresses are pretty, else at
``/?rest_route=``; which of both is found out with the first request.
"""

from __future__ import annotations

import html
from base64 import b64encode
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from toolkit.networks.jsonvalues import fields, items, moment, number, text
from toolkit.networks.matching import plain
from toolkit.values import dataclass
from toolkit.web import BadReply, Form, Reply, Upload, Web

ME: Final = "/wp/v2/users/me"
POSTS: Final = "/wp/v2/posts"
PAGE: Final = 100  # the most that one page holds
# Seconds for a request that publishes: plugins work before the answer comes. For one that reads, less.
PATIENCE: Final = 60.0
READING: Final = 20.0


class RefusedError(BadReply):
    """The blog answered a read with a refusal or an error."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        super().__init__(said(reply))


@dataclass(frozen=True, slots=True)
class Entry:
    """A post or a comment of the blog."""

    id: str
    url: str
    slug: str
    status: str
    author: int
    at: datetime | None
    title: str  # plain text
    content: str  # HTML, as it was sent where the blog tells
    parent: int = 0


class Api:
    """One account's requests. Raises the errors of `toolkit.web`; `read` also `RefusedError`."""

    def __init__(self, server: str, credential: str, web: Web) -> None:
        self._server = server.rstrip("/").removesuffix("/wp-json").removesuffix("/index.php").rstrip("/")
        # Basic authentication with an application password (RFC 7617, UTF-8).
        basic = b64encode(credential.encode()).decode()
        self._headers = {"Authorization": f"Basic {basic}", "Accept": "application/json"}
        self._web = web
        self._pretty: bool | None = None

    def moderation(self, comment: str) -> str:
        """The page on which a person approves the comment of this number."""
        return f"{self._server}/wp-admin/comment.php?action=approve&c={comment}"

    def me(self) -> Reply:
        """Who the credential belongs to, with what it may do; finds out which addresses the blog understands."""
        reply = Reply(404, {}, b"")
        for pretty in (True, False) if self._pretty is None else (self._pretty,):
            reply = self._send("GET", ME, pretty=pretty, params={"context": "edit"})
            if _speaks(reply):
                self._pretty = pretty
                break
        return reply

    def ask(self, route: str, params: Mapping[str, str] | None = None) -> Reply:
        """GET, whatever the answer is."""
        return self._send("GET", route, pretty=self._known(), params=params)

    def read(self, route: str, params: Mapping[str, str] | None = None) -> object:
        """GET as JSON; raises `RefusedError` unless the answer is 200."""
        reply = self.ask(route, params)
        if reply.status != 200:
            raise RefusedError(reply)
        return reply.json()

    def write(self, method: str, route: str, body: Mapping[str, object] | None = None, force: str = "") -> Reply:
        """POST, PUT or DELETE, once."""
        params = {"force": force} if force else None
        return self._send(method, route, pretty=self._known(), params=params, json=body)

    def upload(self, route: str, file: Upload, form: Form, timeout: float) -> Reply:
        """POST of one file with its fields, within `timeout` seconds."""
        address, params = self._place(route, pretty=self._known())
        return self._web.request(
            "POST", address, headers=self._headers, params=params, form=form, files={"file": file}, timeout=timeout
        )

    def posts(self, slugs: Iterable[str], context: str = "view") -> list[Entry]:
        """The posts with one of these slugs, in the trash as well; raises what `read` raises.

        `context` edit shows what was sent, but only of posts that the account's person may edit.
        """
        params = {"slug": ",".join(slugs), "status": "any,trash", "context": context, "per_page": str(PAGE)}
        return [read_entry(one) for one in items(self.read(POSTS, params))]

    def _known(self) -> bool:
        if self._pretty is None:
            self.me()
        return bool(self._pretty)

    def _send(
        self,
        method: str,
        route: str,
        *,
        pretty: bool,
        params: Mapping[str, str] | None = None,
        json: Mapping[str, object] | None = None,
    ) -> Reply:
        address, wanted = self._place(route, pretty=pretty)
        params = {**wanted, **(params or {})}
        timeout = READING if method == "GET" else PATIENCE
        return self._web.request(method, address, headers=self._headers, params=params, json=json, timeout=timeout)

    def _place(self, route: str, *, pretty: bool) -> tuple[str, dict[str, str]]:
        if pretty:
            return f"{self._server}/wp-json{route}", {}
        return f"{self._server}/", {"rest_route": route}


def _speaks(reply: Reply) -> bool:
    """Whether it was WordPress that answered: a user, or an error with its code."""
    try:
        answer = fields(reply.json())
    except BadReply:
        return False
    return "code" in answer or "id" in answer


def said(reply: Reply) -> str:
    """The blog's own words about a refusal, else its status."""
    try:
        answer = reply.json()
    except BadReply:
        return f"HTTP {reply.status}"
    words, code = plain(text(answer, "message")).strip(), text(answer, "code")
    return f"{reply.status}: {words} ({code})" if words else f"HTTP {reply.status}"


def error_code(reply: Reply) -> str:
    """The machine's word for an error, such as ``term_exists``; "" where there is none."""
    try:
        return text(reply.json(), "code")
    except BadReply:
        return ""


def read_entry(value: object) -> Entry:
    """The post or comment in a JSON object; its id is "" when there is none."""
    raw = fields(value)
    identity = number(raw, "id")
    return Entry(
        id=str(int(identity)) if identity else "",
        url=text(raw, "link"),
        slug=text(raw, "slug"),
        status=text(raw, "status"),
        author=int(number(raw, "author") or 0),
        at=moment(text(raw, "date_gmt")),
        title=html.unescape(_written(raw.get("title"))),
        content=_written(raw.get("content")),
        parent=int(number(raw, "parent") or 0),
    )


def _written(value: object) -> str:
    """What was sent, where the blog tells; else what it made of it."""
    return text(value, "raw") or text(value, "rendered")
