"""Requests to a Graph API. The token travels in the ``Authorization`` header: an address may end up in a log.

API: https://developers.facebook.com/docs/graph-api/overview and
https://developers.facebook.com/docs/graph-api/guides/error-handling
"""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.networks.jsonvalues import fields, number, text
from toolkit.networks.limits import read_api
from toolkit.settings import Account
from toolkit.values import dataclass
from toolkit.web import BadReply, Reply, Upload, Web


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error object of the API. `code` and `subcode` are 0 where the server sent none."""

    status: int
    words: str
    code: int = 0
    subcode: int = 0
    transient: bool = False


class RefusedError(BadReply):
    """The API answered a request with an error."""

    def __init__(self, reply: Reply, refusal: Refusal) -> None:
        self.reply = reply
        self.refusal = refusal
        super().__init__(refusal.words)


class Api:
    """One account's requests. Raises the errors of `toolkit.web`; those that read also `RefusedError`."""

    def __init__(self, base: str, token: str, web: Web) -> None:
        self._base = base.rstrip("/")
        self._token = token
        self._web = web

    def with_token(self, token: str) -> Api:
        """The same API for another token, such as a page's."""
        return Api(self._base, token, self._web)

    def ask(self, path: str, params: Mapping[str, str] | None = None) -> Reply:
        """GET, whatever the answer is."""
        return self._web.request("GET", f"{self._base}/{path}", headers=self._headers(), params=params)

    def read(self, path: str, **params: str) -> object:
        """GET as JSON; raises `RefusedError` unless the answer is 200 without an error in it."""
        return self.sound(self.ask(path, params)).json()

    def post(self, path: str, form: Mapping[str, str]) -> Reply:
        """POST of a form, once."""
        return self._web.request("POST", f"{self._base}/{path}", headers=self._headers(), form=dict(form))

    def upload(self, path: str, form: Mapping[str, str], file: Upload) -> Reply:
        """POST of a form with one file (`source`), once."""
        headers = self._headers()
        return self._web.request(
            "POST", f"{self._base}/{path}", headers=headers, form=dict(form), files={"source": file}
        )

    def remove(self, path: str) -> Reply:
        """DELETE, once."""
        return self._web.request("DELETE", f"{self._base}/{path}", headers=self._headers())

    def sound(self, reply: Reply) -> Reply:
        """`reply`, unless it is an error: then raises `RefusedError`."""
        refusal = self.refusal(reply)
        if refusal is not None:
            raise RefusedError(reply, refusal)
        return reply

    def refusal(self, reply: Reply) -> Refusal | None:
        """What the API says it did not do; None for a success. The token never stands in its words."""
        error = fields(_json(reply)).get("error")
        if reply.ok and error is None:
            return None
        said = text(error, "error_user_msg") or text(error, "message")
        code, subcode = number(error, "code") or 0, number(error, "error_subcode") or 0
        named = f" (#{code:.0f}/{subcode:.0f})" if subcode else f" (#{code:.0f})" if code else ""
        # Graph APIs quote a malformed token in their complaint about it.
        words = f"{reply.status}: {said.replace(self._token, '…')}{named}" if said else f"HTTP {reply.status}"
        transient = fields(error).get("is_transient") is True
        return Refusal(reply.status, words, int(code), int(subcode), transient)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}", "Accept": "application/json"}


def open_api(account: Account, token: str, web: Web, host: str) -> Api:
    """The API of the account's network at `host`, or where the account's `server` says; raises `UsageError`."""
    if not token:
        raise UsageError(_("the account {account} has no token").format(account=account.name))
    known = read_api(account.network)
    version = f"/{known.version}" if known else ""
    return Api((account.server or host).rstrip("/") + version, token, web)


def _json(reply: Reply) -> object:
    try:
        return reply.json()
    except BadReply:
        return None
