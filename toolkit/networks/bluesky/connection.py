"""An account's line to its server of the AT Protocol.

A post is a record under a key that we choose, so that to send it twice is to send it once: `putRecord` with the same
key and the same record changes nothing. Before it, the server is asked who we are, pictures are uploaded, mentions
are resolved and the finished record is noted; all of that can only refuse or postpone.

Lexicons: com.atproto.repo.putRecord, getRecord, deleteRecord; app.bsky.feed.getPosts
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import Answer, Message, Outcome, Presence, Sighting
from toolkit.networks.answers import NotBegunError, earlier_answer
from toolkit.networks.base import Action, Intent, Searched, Seeking, Surroundings
from toolkit.networks.bluesky.client import Client
from toolkit.networks.bluesky.counted import read_counts
from toolkit.networks.bluesky.direct import Direct, is_direct
from toolkit.networks.bluesky.listening import Listener
from toolkit.networks.bluesky.lookup import find_post
from toolkit.networks.bluesky.preparing import Preparation, Prepared, post_place
from toolkit.networks.bluesky.record import read_place, web_url
from toolkit.networks.bluesky.rewriting import AT_ONCE, PUT, Rewriting
from toolkit.networks.bluesky.searching import find_said
from toolkit.networks.bluesky.uploads import Uploads
from toolkit.networks.bluesky.vanished import find_gone
from toolkit.networks.bluesky.watching import watch
from toolkit.networks.bluesky.xrpc import RefusedError, SignInError, error_name, not_begun, turned_down
from toolkit.networks.jsonvalues import number, text
from toolkit.networks.watching import PublicAccount
from toolkit.settings import Account
from toolkit.web import BadReply, Reply, WebError

PROFILE: Final = "app.bsky.actor.getProfile"
# A refusal after which the same part goes through: its pictures are uploaded again.
LOST_BLOB: Final = "BlobNotFound"


def connect(account: Account, credential: str, surroundings: Surroundings) -> BlueskyConnection:
    """The line of `account`; raises `UsageError` when its handle or its app password is missing."""
    if not credential:
        raise UsageError(_("the account {account} has no app password").format(account=account.name))
    return BlueskyConnection(account, Client(account, credential, surroundings), surroundings)


class BlueskyConnection:
    """See `toolkit.networks.base.Connection` and `Listening`."""

    def __init__(self, account: Account, client: Client, surroundings: Surroundings) -> None:
        self._client = client
        self._account = account.name
        self._clock = surroundings.clock
        self._uploads = Uploads(client, surroundings)
        self._preparation = Preparation(client, surroundings, self._uploads)
        self._rewriting = Rewriting(client, self._preparation, surroundings.clock)
        self._direct = Direct(client, self._preparation, surroundings)
        self._listener = Listener(client, account.name)

    def send(self, intent: Intent) -> Answer:
        """Publish one part, a comment or an answer; what was tried before is looked for first."""
        if is_direct(intent):
            return self._direct.send(intent)
        try:
            earlier = self._earlier(intent)
            if earlier is not None:
                return earlier
            prepared = self._preparation.prepare(intent)
            did = self._client.session().did
        except NotBegunError as error:
            return error.answer
        except WebError as error:
            return not_begun(error, self._clock.now()).answer
        place = post_place(did, prepared.rkey)
        reply = self._client.write(PUT, {**place.params, "validate": True, "record": prepared.record})
        answer = self._published(reply, prepared) if isinstance(reply, Reply) else reply
        return self._noted(intent, prepared, answer)

    def find(self, intent: Intent) -> Sighting:
        """Look the key up."""
        try:
            if is_direct(intent):
                return self._direct.find(intent)
            if intent.target and intent.action is not Action.ANSWER:
                return self._rewriting.find(intent)
            return find_post(self._client, intent, self._preparation.rkey(intent))
        except WebError as error:
            return Sighting(Presence.UNCLEAR, reason=str(error))

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        """Likes, shares (reposts and quotes), comments and, where told, saves; what is gone is left out."""
        return read_counts(self._client, remote_ids)

    def audience(self) -> Mapping[str, float]:
        """Followers. Raises `WebError`."""
        followers = number(self._client.read(PROFILE, {"actor": self._client.session().did}), "followersCount")
        return {} if followers is None else {"followers": followers}

    def watch(self, name: str, since: datetime) -> PublicAccount:
        """Another account's public counts. Raises `WebError`."""
        return watch(self._client, name, since)

    def explain(self, error: WebError) -> Answer:
        """What a question without an answer means; see `toolkit.networks.base.Explaining`."""
        return not_begun(error, self._clock.now()).answer

    def listen(self, since: datetime | None, remote_ids: Iterable[str]) -> Iterator[Message]:
        """Replies, mentions, quotes, direct messages and our own answers, the oldest first. Raises `WebError`."""
        return self._listener.listen(since, remote_ids)

    def unheard(self) -> str:
        """Why the last `listen` heard no direct messages; see `toolkit.networks.base.Admitting`."""
        return self._listener.unheard

    def search(self, what: Seeking, words: str, since: datetime) -> Searched:
        """Others' posts with a hashtag or words; see `toolkit.networks.base.Searching`. Raises `WebError`."""
        return find_said(self._client, what, words, since, self._account)

    def gone(self, remote_ids: Iterable[str]) -> frozenset[str]:
        """Those of others' posts that are not there any more. Raises `WebError`."""
        return find_gone(self._client, remote_ids)

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        """Put another text under the same key; pictures, time and place in the thread stay."""
        return self._rewriting.edit(remote_id, intent)

    def delete(self, remote_id: str) -> Answer:
        """Take a record back; one that is gone already counts as taken back."""
        return self._rewriting.delete(remote_id)

    def check_identity(self) -> None:
        """Sign in; raises `NotBegunError` when the server does not take the app password or names another, and `WebError`."""
        try:
            self._client.confirm()
        except (SignInError, RefusedError) as error:
            raise not_begun(error, self._clock.now()) from error

    def _earlier(self, intent: Intent) -> Answer | None:
        """The answer of an earlier try; None when there was none, or when it is proven that it left nothing."""
        if intent.first_tried_at is None:
            return None
        return earlier_answer(find_post(self._client, intent, self._preparation.rkey(intent)), self._clock.now())

    def _published(self, reply: Reply, prepared: Prepared) -> Answer:
        if reply.status != 200:
            return self._declined(reply)
        try:
            place = read_place(text(reply.json(), "uri"))
        except BadReply as error:
            return Answer(Outcome.UNKNOWN, reason=str(error))
        if place is None or place.rkey != prepared.rkey:
            return Answer(Outcome.UNKNOWN, reason=_("the server names another record than the one it was sent"))
        return Answer(Outcome.ACCEPTED, str(place), web_url(self._client.session().handle, place))

    def _declined(self, reply: Reply) -> Answer:
        answer = turned_down(reply, self._clock.now())
        if answer.outcome is not Outcome.REFUSED:
            return answer
        if error_name(reply) == LOST_BLOB:
            self._uploads.forget()
        elif not self._uploads.shrink(answer.reason):
            return answer
        return Answer(Outcome.LATER, reason=answer.reason, retry_at=self._clock.now() + AT_ONCE)

    def _noted(self, intent: Intent, prepared: Prepared, answer: Answer) -> Answer:
        if answer.outcome is Outcome.ACCEPTED:
            self._preparation.settled(intent, prepared.rkey)
        elif answer.outcome in (Outcome.REFUSED, Outcome.LATER):
            self._preparation.forget(intent)
        return answer
