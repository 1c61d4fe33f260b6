"""An incoming webhook's line: text into the channel that it belongs to, and nothing else.

Slack's answer has no id, so that nothing can be found, changed or taken back; the address is the secret.
API: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import Answer, Clock, Outcome, Presence, Sighting
from toolkit.networks.answers import broken_off, declined, locked_out
from toolkit.networks.base import Intent, Surroundings
from toolkit.networks.slack.message import blocks, escape, unfurling
from toolkit.settings import Account
from toolkit.web import Web, WebError

# What Slack says of the webhook or of its channel, whatever the text is:
# https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors
_CLOSED: Final = """
    action_prohibited channel_is_archived channel_not_found invalid_token no_active_hooks no_service no_service_id
    no_team team_disabled
"""
CLOSED: Final = frozenset(_CLOSED.split())
_ADDRESS: Final = re.compile(r"(?P<host>https://hooks\.slack(?:-gov)?\.com)/(?P<path>(?:services|workflows)/[\w/-]+)")


def connect(account: Account, credential: str, surroundings: Surroundings) -> HookConnection:
    """The line of `account`; raises `UsageError`, which does not repeat it, when the credential is no such address."""
    found = _ADDRESS.fullmatch(credential)
    if found is None:
        message = _("the credential of {account} is no webhook of Slack: https://hooks.slack.com/services/…")
        raise UsageError(message.format(account=account.name))
    web = surroundings.web.hiding(found["path"])
    return HookConnection(f"{account.server or found['host']}/{found['path']}", web, surroundings.clock)


class HookConnection:
    """See `toolkit.networks.base.Connection`."""

    def __init__(self, url: str, web: Web, clock: Clock) -> None:
        self._url = url
        self._web = web
        self._clock = clock

    def send(self, intent: Intent) -> Answer:
        """Send the text, once."""
        part, now = intent.content, self._clock.now()
        if part.attachments or not part.count.valid or not part.text.strip():
            reason = _("an incoming webhook of Slack takes a text within its limit and no media; a bot takes more")
            return Answer(Outcome.REFUSED, reason=reason)
        body = {"text": escape(part.text), "blocks": blocks(part, ()), **unfurling(part)}
        try:
            reply = self._web.request("POST", self._url, json=body)
        except WebError as error:
            return broken_off(error, now)
        if reply.status == 200 and reply.text.strip() == "ok":
            return Answer(Outcome.ACCEPTED)
        words = f"{reply.status}: {' '.join(reply.text[:200].split())}"
        if reply.text.strip() in CLOSED:
            return locked_out(words, self._clock.now())
        return declined(reply, self._clock.now(), words)

    def find(self, intent: Intent) -> Sighting:
        """An incoming webhook reads nothing."""
        del intent
        return Sighting(Presence.UNCLEAR, reason=_("an incoming webhook cannot be asked"))

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        """Nothing."""
        del remote_ids
        return {}

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        """Refused: an incoming webhook changes nothing."""
        del remote_id, intent
        return _impossible()

    def delete(self, remote_id: str) -> Answer:
        """Refused: an incoming webhook takes nothing back."""
        del remote_id
        return _impossible()


def _impossible() -> Answer:
    reason = _("an incoming webhook of Slack can change nothing; change it in Slack, or use a bot")
    return Answer(Outcome.REFUSED, reason=reason)
