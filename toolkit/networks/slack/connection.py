"""A bot's line to one channel of Slack.

Before the first message Slack is asked whose token it is; pictures are uploaded, seen by nobody, before the one
request that publishes. Its metadata carry the mark of the intent's key, by which a lost answer is found again.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping
from typing import Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import Answer, Clock, Outcome, Part, Presence, Sighting
from toolkit.networks.answers import SOON, NotBegunError, NotToldError, broken_off, no_entry, refused, unreachable
from toolkit.networks.base import Intent, Surroundings
from toolkit.networks.jsonvalues import fields, items, number, text
from toolkit.networks.matching import skew
from toolkit.networks.slack.api import Said, Slack
from toolkit.networks.slack.lookup import Reading
from toolkit.networks.slack.message import (
    EVENT,
    blocks,
    channel,
    escape,
    join,
    mark,
    split,
    team,
    thread_of,
    unfurling,
)
from toolkit.networks.slack.uploads import Uploads
from toolkit.settings import Account
from toolkit.web import WebError

_ID: Final = re.compile(r"(?:T[A-Z0-9]+/)?[CGD][A-Z0-9]+")

# What Slack says of a message that is not there any more.
GONE: Final = frozenset({"message_not_found", "thread_not_found"})


def connect(account: Account, credential: str, surroundings: Surroundings) -> SlackConnection:
    """The line of `account`; raises `UsageError` when its credential or its channel is missing."""
    if not credential:
        raise UsageError(_("the account {account} has no token").format(account=account.name))
    if _ID.fullmatch(account.id) is None:
        message = _('the account {account} needs its channel, such as id = "C0123456789"')
        raise UsageError(message.format(account=account.name))
    slack = Slack(account.server, credential, surroundings.web)
    uploads = Uploads(slack, surroundings.read_media, surroundings.clock, surroundings.notes, time.sleep)
    return SlackConnection(account, slack, surroundings.clock, uploads)


class SlackConnection:
    """See `toolkit.networks.base.Connection`."""

    def __init__(self, account: Account, slack: Slack, clock: Clock, uploads: Uploads) -> None:
        self._account = account
        self._slack = slack
        self._clock = clock
        self._uploads = uploads
        self._me: Said | None = None

    def send(self, intent: Intent) -> Answer:
        """Publish one part or a comment; what precedes the publishing request can only refuse or postpone."""
        now = self._clock.now()
        try:
            wishes = self._prepare(intent)
        except NotBegunError as error:
            return error.answer
        except WebError as error:
            return unreachable(error, now)
        answer = self._change("chat.postMessage", wishes, thread_of(intent.previous))
        return self._again(answer, intent.content)

    def find(self, intent: Intent) -> Sighting:
        """Look for the mark of the intent's key among the messages since the first try."""
        if intent.first_tried_at is None:
            return Sighting(Presence.UNCLEAR, reason=_("it is not known when it was first tried"))
        try:
            me = self._identity()
            since = intent.first_tried_at + skew(me.reply, self._clock.now())
            seen = Reading(self._slack, text(me.body, "bot_id"), since).find(intent)
        except (WebError, NotBegunError) as error:
            return Sighting(Presence.UNCLEAR, reason=str(error))
        return Sighting(seen.presence, seen.remote_id, self._url(seen.remote_id) if seen.remote_id else "", seen.reason)

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        """Reactions as likes, answers as comments; a message that is gone is left out. Raises `WebError`."""
        found: dict[str, Mapping[str, float]] = {}
        for remote_id in remote_ids:
            thread, ts = split(remote_id)
            wishes = {"ts": thread or ts, "oldest": ts, "latest": ts, "inclusive": "true", "limit": "1"}
            said = self._slack.ask("conversations.replies", channel=channel(self._account.id), **wishes)
            if not said.ok and said.error not in GONE:
                raise NotToldError(said.declined(self._clock.now(), begun=False))
            for message in items(said.body.get("messages")):
                if text(message, "ts") == ts:
                    likes = sum(number(one, "count") or 0 for one in items(fields(message).get("reactions")))
                    found[remote_id] = {"likes": likes, "comments": number(message, "reply_count") or 0}
        return found

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        """Replace the text; pictures are shown again. The same edit again changes nothing."""
        thread, ts = split(remote_id)
        try:
            wishes = self._prepare(intent)
        except NotBegunError as error:
            return error.answer
        except WebError as error:
            return unreachable(error, self._clock.now())
        kept = {name: value for name, value in wishes.items() if name in ("channel", "text", "blocks")}
        return self._again(self._change("chat.update", {**kept, "ts": ts}, thread), intent.content)

    def delete(self, remote_id: str) -> Answer:
        """Take a message back; one that is gone counts as taken back."""
        wishes = {"channel": channel(self._account.id), "ts": split(remote_id)[1]}
        now = self._clock.now()
        try:
            said = self._slack.write("chat.delete", wishes)
        except WebError as error:
            return broken_off(error, now)
        if said.ok or said.error == "message_not_found":
            return Answer(Outcome.ACCEPTED, remote_id)
        return said.declined(self._clock.now(), begun=True)

    def check_identity(self) -> None:
        """Raise `NotBegunError` when the token is another workspace's, and `WebError`."""
        self._identity()

    def _prepare(self, intent: Intent) -> dict[str, object]:
        """Everything that can fail before the publishing request; returns its fields."""
        part = intent.content
        reason = _why_not(part)
        if reason:
            raise refused(reason)
        self._identity()
        files = [self._uploads.put(attachment) for attachment in part.attachments]
        thread = thread_of(intent.previous)
        return {
            "channel": channel(self._account.id),
            "text": escape(part.text),
            "blocks": blocks(part, files),
            "metadata": {"event_type": EVENT, "event_payload": {"key": mark(intent.key)}},
            **unfurling(part),
            **({"thread_ts": thread} if thread else {}),
        }

    def _change(self, method: str, wishes: Mapping[str, object], thread: str) -> Answer:
        now = self._clock.now()
        try:
            said = self._slack.write(method, wishes)
        except WebError as error:
            return broken_off(error, now)
        if not said.ok:
            return said.declined(self._clock.now(), begun=True)
        ts = text(said.body, "ts")
        if not ts:
            return Answer(Outcome.UNKNOWN, reason=_("there is no message in the answer"))
        return Answer(Outcome.ACCEPTED, join(thread, ts), self._url(join(thread, ts)))

    def _again(self, answer: Answer, part: Part) -> Answer:
        """A refusal of an uploaded picture is no refusal of the post: the next try uploads it anew."""
        if answer.outcome is not Outcome.REFUSED or "slack file" not in answer.reason:
            return answer
        for attachment in part.attachments:
            self._uploads.forget(attachment)
        return Answer(Outcome.LATER, reason=answer.reason, retry_at=self._clock.now() + SOON)

    def _identity(self) -> Said:
        """Who we are; refuses to publish into another workspace. Asked once per line."""
        if self._me is not None:
            return self._me
        said = self._slack.ask("auth.test")
        if not said.ok:
            raise NotBegunError(said.declined(self._clock.now(), begun=False))
        actual, expected = text(said.body, "team_id"), team(self._account.id)
        if expected and actual != expected:
            message = _("the token of {account} belongs to {name!r}, not to {expected!r}")
            reason = message.format(account=self._account.name, name=actual, expected=expected)
            raise no_entry(reason, self._clock.now())
        self._me = said
        return said

    def _url(self, remote_id: str) -> str:
        """Where the message can be seen, in the workspace that the token belongs to."""
        thread, ts = split(remote_id)
        place = channel(self._account.id)
        base = text(self._me.body, "url") if self._me else ""
        query = f"?thread_ts={thread}&cid={place}" if thread else ""
        return f"{base}archives/{place}/p{ts.replace('.', '')}{query}" if base else ""


def _why_not(part: Part) -> str:
    """Why Slack would refuse `part`, "" if it would not."""
    if not part.count.valid:
        message = _("{length} characters, Slack takes {limit}")
        return message.format(length=part.count.length, limit=part.count.limit)
    return "" if part.text.strip() or part.attachments else _("a message needs a text or a medium")
