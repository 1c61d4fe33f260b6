"""Requests to one Discord webhook and what its answers mean.

The webhook's address is the secret, so the client is one that hides its token.
API: https://discord.com/developers/docs/resources/webhook
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import Answer, Outcome
from toolkit.networks.answers import LONGEST, declined, locked_out, not_begun, server_words
from toolkit.networks.jsonvalues import number
from toolkit.settings import Account
from toolkit.web import BadReply, Reply, Upload, Web

SERVER: Final = "https://discord.com/api/v10"
# Seconds for a request that carries files; below what the dispatcher waits for one request.
UPLOAD: Final = 50.0
# https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
UNKNOWN_MESSAGE: Final = 10008
NO_WEBHOOK: Final = frozenset({10015, 50027})  # it was deleted, its token is another one
_ADDRESS: Final = re.compile(
    r"https://(?:\w+\.)?discord(?:app)?\.com/api/(?:v\d+/)?webhooks/(?P<id>\d+)/(?P<token>(?a:[\w-]+))/?"
)


class Webhook:
    """One webhook's requests. Raises the errors of `toolkit.web`, none of which shows the token."""

    def __init__(self, server: str, identity: str, token: str, web: Web) -> None:
        self._base = f"{server or SERVER}/webhooks/{identity}/{token}"
        self._web = web.hiding(token)

    def read(self, path: str = "", thread: str = "") -> Reply:
        """GET of the webhook itself, or of one of its messages."""
        return self._web.request("GET", self._base + path, params=_where(thread))

    def publish(self, body: Mapping[str, object], files: Mapping[str, Upload], thread: str = "") -> Reply:
        """POST of a message, once; the answer is the message."""
        params = {"wait": "true", **_where(thread)}
        if not files:
            return self._web.request("POST", self._base, params=params, json=dict(body))
        form = {"payload_json": json.dumps(body, ensure_ascii=False)}
        return self._web.request("POST", self._base, params=params, form=form, files=files, timeout=UPLOAD)

    def change(self, method: str, message: str, thread: str, body: Mapping[str, object] | None = None) -> Reply:
        """PATCH or DELETE of a message."""
        return self._web.request(method, f"{self._base}/messages/{message}", params=_where(thread), json=body)


def open_webhook(account: Account, credential: str, web: Web) -> Webhook:
    """The webhook of `account`; raises `UsageError`, which does not repeat it, when the credential is no such address."""
    found = _ADDRESS.fullmatch(credential)
    if found is None:
        message = _("the credential of {account} is no webhook of Discord: https://discord.com/api/webhooks/…")
        raise UsageError(message.format(account=account.name))
    return Webhook(account.server, found["id"], found["token"], web)


def _where(thread: str) -> dict[str, str]:
    return {"thread_id": thread} if thread else {}


def said(reply: Reply) -> str:
    """Discord's own words about a refusal, else its status."""
    return server_words(reply, "message")


def code(reply: Reply) -> int:
    """The number of Discord's own error; 0 when there is none."""
    try:
        return int(number(reply.json(), "code") or 0)
    except BadReply:
        return 0


def turned_down(reply: Reply, now: datetime, *, begun: bool) -> Answer:
    """What it means that there is no success, for a request that may have published something if it has `begun`."""
    try:
        wait = number(reply.json(), "retry_after") if reply.status == 429 else None
    except BadReply:
        wait = None
    if wait is not None:
        later = now + min(timedelta(seconds=max(wait, 1.0)), LONGEST)
        return Answer(Outcome.LATER, reason=said(reply), retry_at=later, whole_account=True)
    if code(reply) in NO_WEBHOOK:
        return locked_out(said(reply), now)
    return (declined if begun else not_begun)(reply, now, said(reply))
