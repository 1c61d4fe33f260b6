"""Reading back: every message carries the mark of its intent's key in its metadata, which is looked for.

ABSENT needs the whole channel, or thread, since the first try. Where metadata cannot be read, the text decides.
API: https://docs.slack.dev/reference/methods/conversations.history
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from toolkit.messages import _
from toolkit.model import Presence, Sighting
from toolkit.networks.base import Intent
from toolkit.networks.jsonvalues import fields, items, text
from toolkit.networks.matching import MARGIN, fingerprint, plain
from toolkit.networks.slack.api import Slack
from toolkit.networks.slack.message import EVENT, channel, join, mark, thread_of
from toolkit.values import dataclass

PAGE: Final = 200
MAX_PAGES: Final = 25


class UnreadableError(Exception):
    """The messages could not be read to the end; the reason is in Slack's words."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Where to look: as which bot, and since when on Slack's clock."""

    slack: Slack
    bot_id: str
    since: datetime

    def find(self, intent: Intent) -> Sighting:
        """Look for the message of `intent`; raises `WebError`."""
        thread = thread_of(intent.previous)
        try:
            own = [one for one in self._messages(channel(intent.account.id), thread) if self._is(one, intent)]
        except UnreadableError as error:
            return Sighting(Presence.UNCLEAR, reason=str(error))
        if len(own) > 1:
            message = _("more than one message fits: {ids}")
            return Sighting(Presence.UNCLEAR, reason=message.format(ids=", ".join(text(one, "ts") for one in own)))
        return Sighting(Presence.FOUND, join(thread, text(own[0], "ts"))) if own else Sighting(Presence.ABSENT)

    def _messages(self, place: str, thread: str) -> Iterator[Mapping[str, object]]:
        oldest = f"{(self.since - MARGIN).timestamp():.6f}"
        wishes = {"channel": place, "oldest": oldest, "limit": str(PAGE), "include_all_metadata": "true"}
        method = "conversations.replies" if thread else "conversations.history"
        wishes |= {"ts": thread} if thread else {}
        for _page in range(MAX_PAGES):
            said = self.slack.ask(method, **wishes)
            if not said.ok:
                raise UnreadableError(said.words)
            yield from (fields(one) for one in items(said.body.get("messages")))
            cursor = text(fields(said.body.get("response_metadata")), "next_cursor")
            if not cursor:
                return
            wishes["cursor"] = cursor
        raise UnreadableError(_("there were too many messages since the first try"))

    def _is(self, message: Mapping[str, object], intent: Intent) -> bool:
        metadata = fields(message.get("metadata"))
        if text(metadata, "event_type") == EVENT:
            return text(fields(metadata.get("event_payload")), "key") == mark(intent.key)
        if (
            not self.bot_id
            or text(message, "bot_id") != self.bot_id
            or text(message, "ts") == thread_of(intent.previous)
        ):
            return False
        return fingerprint(plain(text(message, "text"))) == fingerprint(intent.content.text)
