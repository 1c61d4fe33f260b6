"""Requests to X's API v2, in the name of a person who signed in (OAuth 2 with PKCE).

API: https://docs.x.com/x-api/introduction and https://docs.x.com/x-api/fundamentals/response-codes-and-errors
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.networks.jsonvalues import fields, items, text
from toolkit.web import BadReply, Reply, Web

SERVER: Final = "https://api.x.com"
LONGEST: Final = 400  # of X's words, which end up in the ledger


class RefusedError(BadReply):
    """X answered a read with a refusal or an error; `words` are its own."""

    def __init__(self, reply: Reply, words: str) -> None:
        self.reply = reply
        self.words = words
        super().__init__(words)


class Api:
    """One account's requests. Raises the errors of `toolkit.web`; `read` also `RefusedError`."""

    def __init__(self, server: str, token: str, web: Web) -> None:
        self._server = server.rstrip("/")
        self._token = token
        self._headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        self._web = web

    def ask(self, path: str, params: Mapping[str, str] | None = None) -> Reply:
        """GET, whatever the answer is."""
        return self._web.request("GET", self._server + path, headers=self._headers, params=params)

    def read(self, path: str, params: Mapping[str, str] | None = None) -> object:
        """GET as JSON; raises `RefusedError` unless the answer is 200."""
        reply = self.ask(path, params)
        if reply.status != 200:
            raise RefusedError(reply, self.said(reply))
        return reply.json()

    def write(self, method: str, path: str, body: object = None) -> Reply:
        """POST or DELETE, once."""
        return self._web.request(method, self._server + path, headers=self._headers, json=body)

    def append(self, path: str, number: int, chunk: bytes, timeout: float) -> Reply:
        """POST of one piece of a file, within `timeout` seconds."""
        form = {"segment_index": str(number)}
        files = {"media": ("chunk", chunk, "application/octet-stream")}
        address = self._server + path
        return self._web.request("POST", address, headers=self._headers, form=form, files=files, timeout=timeout)

    def said(self, reply: Reply) -> str:
        """X's own words about a refusal, else its status; never the token, should it be repeated to us."""
        try:
            body = fields(reply.json())
        except BadReply:
            body = {}
        inner = [text(error, "message") or text(error, "detail") for error in items(body.get("errors"))]
        found = dict.fromkeys(word for word in (text(body, "detail") or text(body, "title"), *inner) if word)
        said = f"{reply.status}: {'; '.join(found)}" if found else f"HTTP {reply.status}"
        return said.replace(self._token, "…")[:LONGEST]
