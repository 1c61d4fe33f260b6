"""Requests to the Bot API and its answers as values.

The token is part of every address, so the client is one that hides it. API: https://core.telegram.org/bots/api#making-requests
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from toolkit.model import Answer, Outcome
from toolkit.networks.answers import LONGEST, declined, locked_out, not_begun
from toolkit.networks.jsonvalues import fields, number, text
from toolkit.values import dataclass
from toolkit.web import BadReply, Reply, Upload, Web

SERVER: Final = "https://api.telegram.org"
# The bot was thrown out of the chat, blocked, or never in it. An account is one chat, so that no post can go there.
FORBIDDEN: Final = 403
# Seconds for a request that carries files; below what the dispatcher waits for one request.
UPLOAD: Final = 50.0


@dataclass(frozen=True, slots=True)
class Said:
    """An answer of the Bot API: its result, or why there is none."""

    reply: Reply
    ok: bool
    result: object
    words: str  # the network's own
    wait: float | None  # seconds, where it asks for patience

    def declined(self, now: datetime, *, begun: bool) -> Answer:
        """What it means that there is no result, for a request that may have published something if it has `begun`."""
        if self.wait is not None and self.reply.status == 429:
            wait = min(timedelta(seconds=max(self.wait, 1)), LONGEST)
            return Answer(Outcome.LATER, reason=self.words, retry_at=now + wait, whole_account=True)
        if self.reply.status == FORBIDDEN:
            return locked_out(self.words, now)
        return (declined if begun else not_begun)(self.reply, now, self.words)


class Bot:
    """One bot's requests. Raises the errors of `toolkit.web`, none of which shows the token."""

    def __init__(self, server: str, token: str, web: Web) -> None:
        self._base = f"{server or SERVER}/bot{token}"
        self._web = web.hiding(token)

    def call(self, method: str, wishes: Mapping[str, object], files: Mapping[str, Upload] | None = None) -> Said:
        """Ask for `method`, once."""
        url = f"{self._base}/{method}"
        if not files:
            return read_answer(self._web.request("POST", url, json=dict(wishes)))
        form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in wishes.items()}
        return read_answer(self._web.request("POST", url, form=form, files=files, timeout=UPLOAD))


def read_answer(reply: Reply) -> Said:
    """The answer in a reply; one that cannot be read has no result."""
    try:
        raw = fields(reply.json())
    except BadReply as error:
        return Said(reply, ok=False, result=None, words=str(error), wait=None)
    code = number(raw, "error_code")
    status = int(code) if code and reply.ok else reply.status
    words = f"{status}: {text(raw, 'description')}" if text(raw, "description") else f"HTTP {status}"
    asked = fields(raw.get("parameters"))
    moved = number(asked, "migrate_to_chat_id")
    if moved is not None:
        words += f" (id = {int(moved)})"
    ok = reply.status == 200 and raw.get("ok") is True
    return Said(replace(reply, status=status), ok, raw.get("result"), words, number(asked, "retry_after"))
