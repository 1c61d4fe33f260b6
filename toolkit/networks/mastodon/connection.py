"""An account's line to a server that speaks Mastodon's client API.

Before a status is sent, the server is asked who we are and what it takes: an unreachable server, a wrong token or a
text that is too long is found while it is certain that nothing is out. The publishing request itself is sent once,
on a fresh connection, with the intent's key as Idempotency-Key; not every server honours it, so an unknown outcome
is settled by reading back (`lookup`).
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from toolkit.errors import NetworkError, UsageError
from toolkit.messages import _
from toolkit.model import Answer, Clock, Message, Outcome, Presence, Sighting
from toolkit.networks.answers import (
    REFUSALS,
    NotBegunError,
    broken_off,
    declined,
    earlier_answer,
    no_entry,
    not_begun,
    refused,
    too_slow,
    unreachable,
)
from toolkit.networks.base import Intent, Searched, Seeking, Surroundings
from toolkit.networks.jsonvalues import number, text
from toolkit.networks.mastodon.answering import Me, answered, fit
from toolkit.networks.mastodon.answers import published
from toolkit.networks.mastodon.api import Api, RefusedError, Status, read_status, said
from toolkit.networks.mastodon.body import idempotency_key, make_body, new_alts
from toolkit.networks.mastodon.instance import Limits, read_limits, refuse_part
from toolkit.networks.mastodon.listening import Ear
from toolkit.networks.mastodon.lookup import find_status
from toolkit.networks.mastodon.polls import make_poll, refuse_poll, remaining
from toolkit.networks.mastodon.retracing import find_answer
from toolkit.networks.mastodon.searching import find_tagged
from toolkit.networks.mastodon.uploads import Uploads
from toolkit.networks.mastodon.vanished import find_gone
from toolkit.networks.mastodon.watching import watch
from toolkit.networks.watching import PublicAccount
from toolkit.settings import Account
from toolkit.web import WebError

ME: Final = "/api/v1/accounts/verify_credentials"
GONE: Final = frozenset({404, 410})
# Seconds for everything before the publishing request. Together with that request's own limit this stays well below
# the ledger's lease, so that nobody looks for a status that is yet to be sent.
PREPARE: Final = 150.0


def connect(account: Account, credential: str, surroundings: Surroundings) -> MastodonConnection:
    """The line of `account`; raises `UsageError` when its server or its token is missing."""
    if not credential:
        raise UsageError(_("the account {account} has no token").format(account=account.name))
    api, clock = Api(server_address(account), credential, surroundings.web), surroundings.clock
    uploads = Uploads(api, surroundings.read_media, clock, time.sleep, surroundings.notes)
    return MastodonConnection(account, api, clock, uploads)


def server_address(account: Account) -> str:
    """The server's address: `server`, else the one in the account's id (``@name@server``)."""
    if account.server:
        return account.server
    host = account.id.lstrip("@").partition("@")[2]
    if "." not in host:
        message = _('the account {account} needs its server, such as server = "https://social.example"')
        raise UsageError(message.format(account=account.name))
    return f"https://{host}"


class MastodonConnection:
    """See `toolkit.networks.base.Connection`. What the server said about itself is kept as long as the line."""

    def __init__(self, account: Account, api: Api, clock: Clock, uploads: Uploads) -> None:
        self._account = account
        self._api = api
        self._clock = clock
        self._uploads = uploads
        self._limits: Limits | None = None
        self._me: object = None

    def send(self, intent: Intent) -> Answer:
        """Publish one part; what precedes the publishing request can only refuse or postpone.

        A part that was tried before is looked for first, since not every server honours the key.
        """
        try:
            earlier = self._earlier(intent) if intent.first_tried_at is not None else None
            if earlier is not None:
                return earlier
            body = self._prepare(intent)
        except NotBegunError as error:
            return error.answer
        except RefusedError as error:
            return not_begun(error.reply, self._clock.now(), said(error.reply))
        except WebError as error:
            return unreachable(error, self._clock.now())
        answer = self._publish("POST", "/api/v1/statuses", body, idempotency_key(intent.key))
        if answer.outcome is Outcome.ACCEPTED:
            self._uploads.forget(intent.content.attachments)
        return answer

    def find(self, intent: Intent) -> Sighting:
        """Read the account's own statuses since the first try; for an answer, what stands below the other's as well."""
        look = find_answer if answered(intent) else find_status
        try:
            return look(self._api, self._identity(), intent, self._clock.now())
        except (WebError, NotBegunError) as error:
            return Sighting(Presence.UNCLEAR, reason=str(error))

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        """Likes, shares and comments of each status; one that is gone is left out. Raises `WebError`.

        A thread's next part, when it is among `remote_ids`, is no comment on the part before.
        """
        asked = {remote_id: self._status(remote_id) for remote_id in remote_ids}
        found = {remote_id: dict(status.counts) for remote_id, status in asked.items() if status is not None}
        for parent in (status.answers for status in asked.values() if status is not None):
            if found.get(parent, {}).get("comments"):
                found[parent]["comments"] -= 1
        return found

    def audience(self) -> Mapping[str, float]:
        """Followers, where the server counts them. Raises `WebError`."""
        me = self._api.read(ME)
        followers = number(me, "followers_count")
        # snac answers 0 to both; an account that is measured has statuses, so that 0 means "not counted".
        if followers is None or not number(me, "statuses_count"):
            return {}
        return {"followers": followers}

    def watch(self, name: str, since: datetime) -> PublicAccount:
        """Another account's public counts, as its own server tells them to anybody. Raises `WebError`."""
        local, _at, host = name.lstrip("@").partition("@")
        own = not host or host.casefold() == host_of(self._api.server)
        api = self._api if own else self._api.of_server(f"https://{host}")
        return watch(api, local, since)

    def explain(self, error: WebError) -> Answer:
        """What a question without an answer means; see `toolkit.networks.base.Explaining`."""
        if isinstance(error, RefusedError):
            return not_begun(error.reply, self._clock.now(), said(error.reply))
        return unreachable(error, self._clock.now())

    def listen(self, since: datetime | None, remote_ids: Iterable[str]) -> Iterator[Message]:
        """Answers below our statuses, mentions and direct messages, and what we answered others.

        Raises `WebError`, and `NetworkError` for another's token.
        """
        return Ear(self._api, self._account.name, self._own_identity()).hear(since, remote_ids)

    def search(self, what: Seeking, words: str, since: datetime) -> Searched:  # noqa: ARG002  # only hashtags are sought
        """Others' posts with a hashtag; see `toolkit.networks.base.Searching`. Raises as `listen`."""
        return find_tagged(self._api, words, since, self._account.name, self._own_identity())

    def gone(self, remote_ids: Iterable[str]) -> frozenset[str]:
        """Those of others' statuses that the server does not show any more. Raises as `listen`."""
        self._own_identity()  # a stranger is shown less
        return find_gone(self._api, remote_ids)

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        """Replace the text and the alt texts of a status; its media stay. The same edit may be sent again."""
        try:
            status = self._status(remote_id)
            refusal = self._refusal(intent)
        except RefusedError as error:
            return not_begun(error.reply, self._clock.now(), said(error.reply))
        except WebError as error:
            return unreachable(error, self._clock.now())
        if status is None:
            return Answer(Outcome.REFUSED, reason=_("the status is not there any more"))
        if refusal:
            return Answer(Outcome.REFUSED, reason=refusal)
        fixed = {"visibility", "in_reply_to_id"}
        body = make_body(intent, list(status.media_ids)) | new_alts(intent, status)
        body |= remaining(make_poll(intent.content), status.poll_ends, self._clock.now())
        body = {name: value for name, value in body.items() if name not in fixed}
        return self._publish("PUT", f"/api/v1/statuses/{remote_id}", body)

    def delete(self, remote_id: str) -> Answer:
        """Take a status back; one that is gone already counts as taken back."""
        now = self._clock.now()
        try:
            reply = self._api.write("DELETE", f"/api/v1/statuses/{remote_id}")
            if reply.ok or (reply.status in GONE and self._status(remote_id) is None):
                return Answer(Outcome.ACCEPTED, remote_id)
        except WebError as error:
            return broken_off(error, now)
        if reply.status in GONE:
            return Answer(Outcome.REFUSED, reason=_("the server still shows the status and does not delete it"))
        return declined(reply, now, said(reply))

    def check_identity(self) -> None:
        """Refuse to publish as somebody else; asked before every status, so that an outage shows here."""
        self._me = self._read_me()
        name, expected = text(self._me, "username"), local_name(self._account.id)
        if expected and name.casefold() != expected.casefold():
            message = _("the token of {account} belongs to {name!r}, not to {expected!r}")
            raise no_entry(message.format(account=self._account.name, name=name, expected=expected), self._clock.now())

    def _earlier(self, intent: Intent) -> Answer | None:
        """The answer of an earlier try; None when it is proven that there was none. Raises for who may not look."""
        self._identity()
        return earlier_answer(self.find(intent), self._clock.now())

    def _prepare(self, intent: Intent) -> dict[str, object]:
        """Everything that can fail before the publishing request; returns its body."""
        ends = self._clock.elapsed() + PREPARE
        self.check_identity()
        if answered(intent):
            above = self._status(answered(intent))
            me = Me(text(self._me, "id"), text(self._me, "username"), host_of(self._api.server))
            intent = fit(intent, above, me)
        refusal = self._refusal(intent)
        if refusal:
            raise refused(refusal)
        limits = self._known_limits()
        media_ids = [self._uploads.put(medium, limits, ends) for medium in intent.content.attachments]
        if self._clock.elapsed() > ends:
            raise too_slow(self._clock.now())
        return make_body(intent, media_ids)

    def _publish(self, method: str, path: str, body: Mapping[str, object], key: str = "") -> Answer:
        try:
            reply = self._api.write(method, path, body, key)
        except WebError as error:
            return broken_off(error, self._clock.now())
        return published(reply, self._clock.now(), str(body.get("visibility", "")))

    def _status(self, remote_id: str) -> Status | None:
        try:
            return read_status(self._api.read(f"/api/v1/statuses/{remote_id}"))
        except RefusedError as error:
            if error.reply.status in GONE:
                return None
            raise

    def _read_me(self) -> object:
        reply = self._api.ask(ME)
        if reply.status in REFUSALS:
            message = _("the server does not accept the token of {account}: {said}")
            raise no_entry(message.format(account=self._account.name, said=said(reply)), self._clock.now())
        if reply.status != 200:
            raise RefusedError(reply)
        return reply.json()

    def _identity(self) -> str:
        if self._me is None:
            self.check_identity()
        return text(self._me, "id")

    def _own_identity(self) -> str:
        try:
            return self._identity()
        except NotBegunError as error:
            raise NetworkError(error.answer.reason) from error

    def _known_limits(self) -> Limits:
        if self._limits is None:
            self._limits = read_limits(self._api)
        return self._limits

    def _refusal(self, intent: Intent) -> str:
        limits = self._known_limits()
        return refuse_part(intent.content, limits) or refuse_poll(intent.content, limits)


def host_of(server: str) -> str:
    """``host`` or ``host:port`` of an address."""
    return server.partition("://")[2].partition("/")[0].casefold()


def local_name(account_id: str) -> str:
    """``name`` of ``@name@server``; "" for an id of another form."""
    return account_id.lstrip("@").partition("@")[0] if account_id.startswith("@") else ""
