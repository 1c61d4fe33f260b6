"""The line to a webhook. The key makes a repeated message harmless, so an unknown outcome is settled by repeating it.

See the package's docstring for what the receiver promises, and `signature` for how it knows that it is us.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import quote

from toolkit.errors import LeitstandError, UsageError
from toolkit.messages import _
from toolkit.model import Answer, Outcome, Presence, Sighting
from toolkit.networks.answers import NotBegunError, broken_off, declined, server_words, unreachable
from toolkit.networks.base import Intent, Surroundings
from toolkit.networks.jsonvalues import text
from toolkit.networks.webhook.message import make_message, make_retraction
from toolkit.networks.webhook.signature import HEADER, sign
from toolkit.settings import Account
from toolkit.web import BadReply, Reply, WebError

UPLOAD: Final = 50.0  # seconds; below what the dispatcher waits for one request
SHORTEST: Final = 16  # characters of a secret
MOST: Final = 2


def connect(account: Account, credential: str, surroundings: Surroundings) -> WebhookConnection:
    """The line of `account`; raises `UsageError` when its address or its secret cannot be used."""
    if "://" not in account.server:
        message = _('the account {account} needs the address of its receiver: server = "https://…"')
        raise UsageError(message.format(account=account.name))
    secrets = credential.split()
    if not 0 < len(secrets) <= MOST or min(map(len, secrets)) < SHORTEST:
        message = _("{account} needs one secret of at least {count} characters, or two with a blank between them")
        raise UsageError(message.format(account=account.name, count=SHORTEST))
    return WebhookConnection(account, tuple(secrets), surroundings)


class WebhookConnection:
    """See `toolkit.networks.base.Connection`."""

    def __init__(self, account: Account, secrets: tuple[str, ...], surroundings: Surroundings) -> None:
        self._account = account
        self._secrets = secrets
        self._surroundings = surroundings

    def send(self, intent: Intent) -> Answer:
        """Send one part or a comment, once; the same intent again carries the same key."""
        if not intent.content.count.valid:
            message = _("{length} characters, a webhook takes {limit}")
            count = intent.content.count
            return Answer(Outcome.REFUSED, reason=message.format(length=count.length, limit=count.limit))
        return self._deliver(intent, intent.action.value, "")

    def find(self, intent: Intent) -> Sighting:
        """Ask the receiver for the key, where it can be asked."""
        if intent.content.fields.get("lookup", "").lower() not in {"yes", "true"}:
            return Sighting(Presence.UNCLEAR, reason=_("the receiver cannot be asked; see the option lookup"))
        headers = {**self._signed(intent.key.encode()), **_key(intent.key)}
        params = {"key": intent.key}
        try:
            reply = self._surroundings.web.request("GET", self._account.server, headers=headers, params=params)
            body = reply.json()
        except WebError as error:
            return Sighting(Presence.UNCLEAR, reason=str(error))
        # A 404 of somebody on the way proves nothing: the receiver repeats the key.
        if text(body, "key") != intent.key or reply.status not in (200, 404):
            return Sighting(Presence.UNCLEAR, reason=f"HTTP {reply.status}")
        if reply.status == 404:
            return Sighting(Presence.ABSENT)
        return Sighting(Presence.FOUND, text(body, "id") or intent.key, text(body, "url"))

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        """Nothing: what becomes of a message is the receiver's business."""
        del remote_ids
        return {}

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        """Send the new content with the id of what it replaces."""
        answer = self._deliver(intent, "edit", remote_id)
        return replace(answer, remote_id=remote_id)

    def delete(self, remote_id: str) -> Answer:
        """Ask the receiver to take it back; what is gone there counts as taken back."""
        key = f"{self._account.id}:{remote_id}:retract"
        answer = self._post(make_retraction(key, self._account.id, remote_id), key, gone=frozenset({404, 410}))
        return replace(answer, remote_id=remote_id, url="")

    def _deliver(self, intent: Intent, action: str, target: str) -> Answer:
        now = self._surroundings.clock.now()
        try:
            body = make_message(intent, action, target, self._surroundings)
        except NotBegunError as error:
            return error.answer
        except LeitstandError as error:  # the media host; nothing is out
            return unreachable(error, now)
        return self._post(body, intent.key)

    def _post(self, body: bytes, key: str, gone: frozenset[int] = frozenset()) -> Answer:
        web, clock = self._surroundings.web, self._surroundings.clock
        headers = {"Content-Type": "application/json", **self._signed(body), **_key(key)}
        try:
            reply = web.request("POST", self._account.server, headers=headers, content=body, timeout=UPLOAD)
        except WebError as error:
            return broken_off(error, clock.now())
        if reply.ok or reply.status in gone:
            return Answer(Outcome.ACCEPTED, _said(reply, "id") or key, _said(reply, "url"))
        if reply.status == 409:
            return Answer(Outcome.DUPLICATE, reason=_reason(reply))
        return declined(reply, clock.now(), _reason(reply))

    def _signed(self, body: bytes) -> dict[str, str]:
        return {HEADER: sign(body, self._secrets, int(self._surroundings.clock.now().timestamp()))}


def _key(key: str) -> dict[str, str]:
    """The key as a header may carry it."""
    return {"Idempotency-Key": quote(key, safe=":/@+-._~")}


def _said(reply: Reply, name: str) -> str:
    try:
        return text(reply.json(), name)
    except BadReply:
        return ""


def _reason(reply: Reply) -> str:
    return server_words(reply, "error", "message")
