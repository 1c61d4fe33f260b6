"""Answering in a conversation that only its members read.

The service takes a message under no key of ours, so before the first try the newest message is noted: after a lost
answer, a message of ours with this text behind that one is ours, and none behind it proves that nothing was sent.
Lexicons: chat.bsky.convo.sendMessage, chat.bsky.convo.defs#messageInput
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

from toolkit.messages import _
from toolkit.model import Answer, Outcome, Part, Presence, Sighting
from toolkit.networks.answers import NotBegunError, earlier_answer, refused
from toolkit.networks.base import Action, Intent, Surroundings
from toolkit.networks.bluesky.chat import (
    SERVICE,
    Chat,
    Entry,
    chat_url,
    lacks_right,
    no_right,
    remote_id,
    sender,
    sent_at,
    why_closed,
)
from toolkit.networks.bluesky.client import Client
from toolkit.networks.bluesky.counting import count_direct
from toolkit.networks.bluesky.preparing import Preparation
from toolkit.networks.bluesky.record import make_facets
from toolkit.networks.bluesky.xrpc import RefusedError, not_begun, turned_down
from toolkit.networks.jsonvalues import fields, text
from toolkit.networks.matching import MARGIN, squeeze
from toolkit.values import dataclass
from toolkit.web import BadReply, Reply, WebError

SEND: Final = "chat.bsky.convo.sendMessage"
MOST: Final = 1000  # messages that are read back
EMPTY: Final = "-"  # noted for a conversation in which nothing was said


def is_direct(intent: Intent) -> bool:
    """Whether `intent` answers a direct message."""
    return intent.action is Action.ANSWER and intent.answers is not None and intent.answers.private


@dataclass(frozen=True, slots=True)
class Direct:
    """Sends answers to direct messages, and finds them again."""

    client: Client
    preparation: Preparation
    surroundings: Surroundings

    def send(self, intent: Intent) -> Answer:
        """Send one part, after those before it."""
        now = self.surroundings.clock.now()
        try:
            self.client.confirm()
            if lacks_right(self.client):
                return Answer(Outcome.REFUSED, reason=no_right())
            earlier = self._earlier(intent)
            if earlier is not None:
                return earlier
            body = self._prepare(intent)
        except NotBegunError as error:
            return error.answer
        except RefusedError as error:
            closed = why_closed(error) if error.reply.status != 401 else ""
            return Answer(Outcome.REFUSED, reason=closed) if closed else not_begun(error, now).answer
        except WebError as error:
            return not_begun(error, now).answer
        reply = self.client.write(SEND, body, SERVICE)
        return self._published(reply, intent) if isinstance(reply, Reply) else reply

    def find(self, intent: Intent) -> Sighting:
        """Read the conversation back to the message that was the newest; raises `WebError`."""
        if intent.first_tried_at is None:
            return Sighting(Presence.UNCLEAR, reason=_("it is not known when it was first tried"))
        reading = _Reading(self, intent)
        matches = [entry for entry in reading.recent() if self._is_ours(entry, intent.content)]
        conversation = conversation_of(intent)
        if len(matches) == 1:
            return Sighting(Presence.FOUND, remote_id(conversation, matches[0]), chat_url(conversation))
        if matches:
            return Sighting(Presence.UNCLEAR, reason=_("more than one message fits"))
        if not reading.complete:
            return Sighting(Presence.UNCLEAR, reason=_("the server did not show all messages since the first try"))
        return Sighting(Presence.ABSENT)

    def newest_noted(self, intent: Intent) -> str:
        """The id of what was the newest message before the first try, "" where nobody noted it."""
        return self.surroundings.notes.read(_note(intent))

    def _earlier(self, intent: Intent) -> Answer | None:
        if intent.first_tried_at is None:
            return None
        return earlier_answer(self.find(intent), self.surroundings.clock.now())

    def _prepare(self, intent: Intent) -> dict[str, object]:
        part = intent.content
        refusal = refuse_direct(part)
        if refusal:
            raise refused(refusal)
        if not self.newest_noted(intent):
            newest = next(Chat(self.client, "").newest_first(conversation_of(intent), page=1), {})
            self.surroundings.notes.write(_note(intent), text(newest, "id") or EMPTY)
        facets = make_facets(part, self.preparation.dids((part,)))
        message = {"text": part.text} | ({"facets": facets} if facets else {})
        return {"convoId": conversation_of(intent), "message": message}

    def _published(self, reply: Reply, intent: Intent) -> Answer:
        if reply.status != 200:
            return turned_down(reply, self.surroundings.clock.now())
        try:
            sent = fields(reply.json())
        except BadReply as error:
            return Answer(Outcome.UNKNOWN, reason=str(error))
        if not text(sent, "id"):
            return Answer(Outcome.UNKNOWN, reason=_("the server gave the message no id"))
        conversation = conversation_of(intent)
        return Answer(Outcome.ACCEPTED, remote_id(conversation, sent), chat_url(conversation))

    def _is_ours(self, entry: Entry, part: Part) -> bool:
        ours = sender(entry) == self.client.session().did
        return ours and squeeze(text(entry, "text")) == squeeze(part.text)


@dataclass(slots=True)
class _Reading:
    """The messages since the first try, the newest first; `complete` once all of them were read."""

    direct: Direct
    intent: Intent
    complete: bool = False

    def recent(self) -> Iterator[Entry]:
        newest, tried = self.direct.newest_noted(self.intent), self.intent.first_tried_at
        since = tried - MARGIN if tried is not None and not newest else None
        for number, entry in enumerate(Chat(self.direct.client, "").newest_first(conversation_of(self.intent))):
            at = sent_at(entry)
            if text(entry, "id") == newest or (since is not None and at is not None and at < since):
                self.complete = True
                return
            if number >= MOST:
                return
            yield entry
        self.complete = newest in {"", EMPTY}  # the noted one did not turn up


def conversation_of(intent: Intent) -> str:
    """The id of the conversation that the answered message belongs to."""
    if intent.answers is None:
        return ""
    return intent.answers.thread or intent.answers.remote_id.partition("/")[0]


def refuse_direct(part: Part) -> str:
    """Why the service would refuse `part`, "" if it would not."""
    if part.attachments:
        return _("a direct message of Bluesky has no pictures")
    counted = count_direct(part.text)
    if not counted.valid:
        message = _("{length} {unit}, Bluesky takes {limit}")
        return message.format(length=counted.length, unit=counted.unit, limit=counted.limit)
    return ""


def _note(intent: Intent) -> str:
    return f"newest:{hashlib.sha256(intent.key.encode()).hexdigest()}"
