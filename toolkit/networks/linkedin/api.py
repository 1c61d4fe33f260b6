"""Requests to LinkedIn's versioned REST API.

Every request names the dated version that this adapter speaks (`limits/linkedin.yml`, `api`); LinkedIn switches a
version off about a year after it came, and then answers 426 to everything.
API: https://learn.microsoft.com/linkedin/marketing/versioning
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlsplit

from toolkit.messages import _
from toolkit.networks.jsonvalues import fields, items, text
from toolkit.web import BadReply, Reply, Web

SERVER: Final = "https://api.linkedin.com"
OVER: Final = 426  # https://learn.microsoft.com/linkedin/marketing/versioning: the version is not active any more
LONGEST: Final = 400  # of a server's words, which end up in the ledger


class RefusedError(BadReply):
    """LinkedIn answered a read with a refusal or an error; `words` are its own."""

    def __init__(self, reply: Reply, words: str) -> None:
        self.reply = reply
        self.words = words
        super().__init__(words)


class Api:
    """One account's requests. Raises the errors of `toolkit.web`; `read` also `RefusedError`."""

    def __init__(self, server: str, token: str, web: Web, version: str) -> None:
        self._server = server.rstrip("/")
        self._token = token
        self._web = web
        self._headers = {
            "Authorization": f"Bearer {token}",
            "Accept": "application/json",
            "LinkedIn-Version": version,
            "X-Restli-Protocol-Version": "2.0.0",
        }

    def ask(self, path: str, method: str = "") -> Reply:
        """GET of a path with its query, whatever the answer is; `method` names the Rest.li method where one must."""
        return self._web.request("GET", self._server + path, headers=self._named(method))

    def read(self, path: str, method: str = "") -> object:
        """GET as JSON; raises `RefusedError` unless the answer is 200."""
        reply = self.ask(path, method)
        if reply.status != 200:
            raise RefusedError(reply, self.said(reply))
        return reply.json()

    def write(self, path: str, body: object, method: str = "") -> Reply:
        """POST, once."""
        return self._web.request("POST", self._server + path, headers=self._named(method), json=body)

    def delete(self, path: str) -> Reply:
        """DELETE, once."""
        return self._web.request("DELETE", self._server + path, headers=self._named("DELETE"))

    def upload(self, url: str, data: bytes, media_type: str, timeout: float) -> Reply:
        """PUT of a file at the address that LinkedIn gave for it, within `timeout` seconds."""
        headers = {"Content-Type": media_type}
        if self._is_ours(url):
            headers["Authorization"] = self._headers["Authorization"]
        return self._web.request("PUT", url, headers=headers, content=data, timeout=timeout)

    def said(self, reply: Reply) -> str:
        """LinkedIn's own words about a refusal, else its status; never the token, should it be repeated to us."""
        try:
            body = fields(reply.json())
        except BadReply:
            body = {}
        inner = [text(error, "description") for error in items(fields(body.get("errorDetails")).get("inputErrors"))]
        words = "; ".join(dict.fromkeys(word for word in (text(body, "message"), *inner) if word))
        said = f"{reply.status}: {words}" if words else f"HTTP {reply.status}"
        if reply.status == OVER:
            said += " " + _(
                "(this version of LinkedIn's API was switched off: update Leitstand; see leitstand networks check-age)"
            )
        return said.replace(self._token, "…")[:LONGEST]

    def _named(self, method: str) -> dict[str, str]:
        return {**self._headers, "X-RestLi-Method": method} if method else self._headers

    def _is_ours(self, url: str) -> bool:
        """Whether the token may go to `url`: to LinkedIn over TLS, and to the server that the account names."""
        parts, own = urlsplit(url), urlsplit(self._server)
        if (parts.scheme, parts.netloc) == (own.scheme, own.netloc):
            return True
        host = parts.hostname or ""
        return parts.scheme == "https" and (host == "linkedin.com" or host.endswith(".linkedin.com"))


def coded(urn: str) -> str:
    """A URN as it stands in paths and queries."""
    return quote(urn, safe="")


def listed(urns: list[str]) -> str:
    """URNs as a list of Rest.li 2.0: brackets and commas as they are, the URNs encoded."""
    return f"List({','.join(map(coded, urns))})"
