"""An account's line to X.

Before anything is published, X is asked whose the token is, and media are uploaded: a wrong token, a wrong account or
a plan without credit is found while it is certain that nothing is out. The publishing request itself is sent once. X
knows no idempotency key; an unknown outcome, and a refusal as a duplicate, are settled on the account's own timeline.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import Answer, Clock, Message, Outcome, Presence, Sighting
from toolkit.networks.answers import (
    SOON,
    UNAUTHORIZED,
    NotBegunError,
    broken_off,
    earlier_answer,
    no_entry,
    too_slow,
    unreachable,
)
from toolkit.networks.base import Intent, Surroundings
from toolkit.networks.jsonvalues import fields, text
from toolkit.networks.matching import MARGIN
from toolkit.networks.x.answers import before_post, refused_post
from toolkit.networks.x.api import SERVER, Api, RefusedError
from toolkit.networks.x.body import post_body, refuse_post
from toolkit.networks.x.figures import followers, post_counts
from toolkit.networks.x.mentions import Ear
from toolkit.networks.x.timeline import Person, find_post
from toolkit.networks.x.uploads import Uploaded, Uploads
from toolkit.networks.x.vanished import find_gone
from toolkit.settings import Account
from toolkit.web import BadReply, Reply, WebError

# Seconds for everything before the publishing request; stays well below the ledger's lease.
PREPARE: Final = 150.0
FORBIDDEN: Final = 403
GONE: Final = frozenset({404, 410})


def connect(account: Account, credential: str, surroundings: Surroundings) -> XConnection:
    """The line of `account`; raises `UsageError` when its token is missing."""
    if not credential:
        raise UsageError(_("the account {account} has no token").format(account=account.name))
    api, clock = Api(account.server or SERVER, credential, surroundings.web), surroundings.clock
    return XConnection(
        account, api, clock, Uploads(api, surroundings.read_media, surroundings.notes, clock, time.sleep)
    )


class XConnection:
    """See `toolkit.networks.base.Connection`. Whose the token is, is asked once per line: every question costs."""

    def __init__(self, account: Account, api: Api, clock: Clock, uploads: Uploads) -> None:
        self._account = account
        self._api = api
        self._clock = clock
        self._uploads = uploads
        self._me: Person | None = None

    def send(self, intent: Intent) -> Answer:
        """Publish one part; a first comment and an answer are replies. What precedes the publishing request only refuses or postpones.

        What was tried before is looked for first; where it may not be read, the ledger's proof has to do.
        """
        refusal = refuse_post(intent)
        if refusal:
            return Answer(Outcome.REFUSED, reason=refusal)
        try:
            me = self._identity()
            earlier = self._earlier(intent, me) if intent.first_tried_at is not None else None
            return earlier or self._publish(intent, me, self._upload(intent, me))
        except NotBegunError as error:
            return error.answer
        except WebError as error:
            return self._before(error)

    def find(self, intent: Intent) -> Sighting:
        """Look on the account's own timeline."""
        try:
            return self._find(intent, self._identity())
        except (WebError, NotBegunError) as error:
            return Sighting(Presence.UNCLEAR, reason=str(error))

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        """Likes, comments, shares, saves, impressions, and clicks of the last thirty days. Raises `WebError`."""
        return post_counts(self._api, list(remote_ids))

    def audience(self) -> Mapping[str, float]:
        """Followers. Raises `WebError`."""
        return followers(fields(self._api.read("/2/users/me", {"user.fields": "public_metrics"})).get("data"))

    def explain(self, error: WebError) -> Answer:
        """What a question without an answer means; see `toolkit.networks.base.Explaining`."""
        return self._before(error)

    def listen(self, since: datetime | None, remote_ids: Iterable[str]) -> Iterator[Message]:
        """Replies and mentions, and what we answered, the oldest first. Raises `WebError`."""
        yield from Ear(self._api, self._account.name, self._known(), frozenset(remote_ids)).hear(since)

    def gone(self, remote_ids: Iterable[str]) -> frozenset[str]:
        """Those posts that X does not find any more. Raises `WebError`."""
        self._known()  # a stranger is shown less
        return find_gone(self._api, remote_ids)

    def edit(self, remote_id: str, intent: Intent) -> Answer:  # noqa: ARG002  # X cannot
        """Refused: X gives an edited post another id, and only to some who pay."""
        return Answer(
            Outcome.REFUSED, reason=_("X does not let programs edit a post; take it back and publish it anew")
        )

    def delete(self, remote_id: str) -> Answer:
        """Take a post back; one that is gone already counts as taken back."""
        try:
            self._identity()
        except NotBegunError as error:
            return error.answer
        except WebError as error:
            return self._before(error)
        try:
            reply = self._api.write("DELETE", f"/2/tweets/{remote_id}")
        except WebError as error:
            return broken_off(error, self._clock.now())
        if reply.ok or reply.status in GONE:
            return Answer(Outcome.ACCEPTED, remote_id)
        return refused_post(reply, self._clock.now(), self._api.said(reply))

    def check_identity(self) -> None:
        """Raise `NotBegunError` when the token is not the account's; also what `Api.read` raises."""
        self._identity()

    def _upload(self, intent: Intent, me: Person) -> list[Uploaded]:
        ends = self._clock.elapsed() + PREPARE
        media = self._uploads.put_all(intent.content.attachments, me.id, ends, intent.rendition.language)
        if self._clock.elapsed() > ends:
            raise too_slow(self._clock.now())
        return media

    def _publish(self, intent: Intent, me: Person, media: list[Uploaded]) -> Answer:
        """The publishing request, once."""
        try:
            reply = self._api.write("POST", "/2/tweets", post_body(intent, [one.id for one in media]))
        except WebError as error:
            return broken_off(error, self._clock.now())
        if not reply.ok:
            return self._refused(reply, media)
        try:
            post = text(fields(reply.json()).get("data"), "id")
        except BadReply as error:
            return Answer(Outcome.UNKNOWN, reason=str(error))
        if not post:
            return Answer(Outcome.UNKNOWN, reason=f"{reply.status}: no id in the answer")
        return Answer(Outcome.ACCEPTED, post, me.address(post))

    def _refused(self, reply: Reply, media: list[Uploaded]) -> Answer:
        """The answer to a refusal; files of an earlier try that X lost are uploaded anew the next time."""
        words, now = self._api.said(reply), self._clock.now()
        reused = [one for one in media if one.reused]
        if reply.status == 400 and reused and "media id" in words.casefold():
            for one in reused:
                self._uploads.forget(one)
            return Answer(Outcome.LATER, reason=words, retry_at=now + SOON)
        return refused_post(reply, now, words)

    def _before(self, error: WebError) -> Answer:
        """The answer when a request before the one that changes something failed."""
        if isinstance(error, RefusedError):
            return before_post(error.reply, self._clock.now(), error.words)
        return unreachable(error, self._clock.now())

    def _earlier(self, intent: Intent, me: Person) -> Answer | None:
        """What became of earlier tries; None when none is out, as far as can be read."""
        try:
            return earlier_answer(self._find(intent, me), self._clock.now())
        except WebError:
            return None

    def _find(self, intent: Intent, me: Person) -> Sighting:
        """Without an earlier try only X itself can have repeated the request, a moment ago."""
        now = self._clock.now()
        return find_post(self._api, me, intent, (intent.first_tried_at or now) - MARGIN, now)

    def _known(self) -> Person:
        """The same as `_identity`, for those who only read; raises `WebError`."""
        try:
            return self._identity()
        except NotBegunError as error:
            raise BadReply(error.answer.reason) from error

    def _identity(self) -> Person:
        """Whose the token is; raises `NotBegunError` when it is not the account's, and what `Api.read` raises."""
        if self._me is None:
            raw = fields(self._read_me()).get("data")
            me = Person(text(raw, "id"), text(raw, "username"))
            expected = self._account.id.lstrip("@")
            if not me.id.isdigit() or (expected and expected.casefold() not in (me.id, me.username.casefold())):
                message = _("the token of {account} belongs to {name!r}, not to {expected!r}")
                reason = message.format(account=self._account.name, name=me.username, expected=expected)
                raise no_entry(reason, self._clock.now())
            self._me = me
        return self._me

    def _read_me(self) -> object:
        """Who is not told who it is may not publish either: client not enrolled, permissions of the app."""
        try:
            return self._api.read("/2/users/me")
        except RefusedError as error:
            if error.reply.status not in (UNAUTHORIZED, FORBIDDEN):
                raise
            raise no_entry(error.words, self._clock.now()) from error
