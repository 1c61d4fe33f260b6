"""An account's line to LinkedIn: a page's or a person's.

Before anything is published, LinkedIn is asked whose the token is, and media are uploaded: a wrong token, a wrong
account or a switched-off API version is found while it is certain that nothing is out. The publishing request itself
is sent once. LinkedIn knows no idempotency key; an unknown outcome is settled by reading back (`lookup`), and a
refusal as a duplicate by looking at the post that LinkedIn names.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import Answer, Clock, Message, Outcome, Presence, Sighting
from toolkit.networks.answers import NotBegunError, broken_off, earlier_answer, too_slow, unreachable
from toolkit.networks.base import Action, Intent, Notes, Surroundings
from toolkit.networks.limits import read_api
from toolkit.networks.linkedin.answers import before_post, refused_post
from toolkit.networks.linkedin.api import SERVER, Api, RefusedError, coded
from toolkit.networks.linkedin.comments import (
    COMMENT,
    comment_body,
    comments_path,
    find_comment,
    made_comment,
    object_of,
    one_path,
    place_of,
    refuse_comment,
)
from toolkit.networks.linkedin.content import commentary, post_body, refuse_post
from toolkit.networks.linkedin.figures import followers, page_counts, social_counts
from toolkit.networks.linkedin.identity import author_of, check_identity, is_page
from toolkit.networks.linkedin.listening import Ear, find_gone
from toolkit.networks.linkedin.lookup import find_post, matches_part, see_post
from toolkit.networks.linkedin.posts import Post, address
from toolkit.networks.linkedin.uploads import Uploads
from toolkit.networks.matching import MARGIN
from toolkit.settings import Account
from toolkit.web import BadReply, Reply, WebError

# Seconds for everything before the publishing request; stays well below the ledger's lease.
PREPARE: Final = 150.0
GONE: Final = frozenset({404, 410})
# What is written as a comment; everything else is a post.
COMMENTING: Final = frozenset({Action.COMMENT, Action.ANSWER})


def connect(account: Account, credential: str, surroundings: Surroundings) -> LinkedInConnection:
    """The line of `account`; raises `UsageError` when its token or its URN is missing."""
    if not credential:
        raise UsageError(_("the account {account} has no token").format(account=account.name))
    author = author_of(account)
    api = Api(account.server or SERVER, credential, surroundings.web, _version())
    clock, notes = surroundings.clock, surroundings.notes
    uploads = Uploads(api, author, surroundings.read_media, notes, clock, time.sleep)
    return LinkedInConnection(account, api, clock, notes, uploads)


def _version() -> str:
    spoken = read_api("linkedin")
    if spoken is None:
        raise LookupError("limits/linkedin.yml names no version of the API")
    return spoken.version


class LinkedInConnection:
    """See `toolkit.networks.base.Connection`. Whose the token is, is asked once per line."""

    def __init__(self, account: Account, api: Api, clock: Clock, notes: Notes, uploads: Uploads) -> None:
        self._account = account
        self._author = account.id
        self._api = api
        self._clock = clock
        self._notes = notes
        self._uploads = uploads
        self._known = False

    def send(self, intent: Intent) -> Answer:
        """Publish a post, a first comment or an answer; what precedes that can only refuse or postpone.

        What was tried before is looked for first; where it may not be read, the ledger's proof has to do.
        """
        if intent.first_tried_at is not None:
            earlier = self._earlier(intent)
            if earlier is not None:
                return earlier
        is_comment = intent.action in COMMENTING
        refusal = refuse_comment(intent.content) if is_comment else refuse_post(intent.content)
        if refusal:
            return Answer(Outcome.REFUSED, reason=refusal)
        try:
            self.check_identity()
            return self._comment(intent) if is_comment else self._post(intent)
        except NotBegunError as error:
            return error.answer
        except WebError as error:
            return self._before(error)

    def find(self, intent: Intent) -> Sighting:
        """Look at the post that LinkedIn named as a duplicate, else among the account's own."""
        try:
            self.check_identity()
            return self._named(intent) or self._find(intent)
        except (WebError, NotBegunError) as error:
            return Sighting(Presence.UNCLEAR, reason=str(error))

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        """A page's statistics, or reactions and comments; what is gone is left out. Raises `WebError`."""
        wanted = [urn for urn in remote_ids if not urn.startswith(COMMENT)]
        found = page_counts(self._api, self._author, wanted) if is_page(self._author) else {}
        for urn in wanted:
            counted = None if urn in found else social_counts(self._api, urn)
            if counted is not None:
                found[urn] = counted
        return found

    def audience(self) -> Mapping[str, float]:
        """Followers of a page; a person's cannot be asked for. Raises `WebError`."""
        return followers(self._api, self._author) if is_page(self._author) else {}

    def explain(self, error: WebError) -> Answer:
        """What a question without an answer means; see `toolkit.networks.base.Explaining`."""
        return self._before(error)

    def listen(self, since: datetime | None, remote_ids: Iterable[str]) -> Iterator[Message]:
        """Comments below the posts, answers to them and ours among them, the oldest first. Raises `WebError`."""
        return Ear(self._api, self._account.name, self._author).hear(since, remote_ids)

    def gone(self, remote_ids: Iterable[str]) -> frozenset[str]:
        """Those comments that LinkedIn says do not exist. Raises `WebError`."""
        try:
            self.check_identity()  # a stranger is shown less
        except NotBegunError as error:
            raise BadReply(error.answer.reason) from error
        return find_gone(self._api, remote_ids)

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        """Replace the text of a post or a comment; media stay. The same edit may be sent again."""
        part = intent.content
        if remote_id.startswith(COMMENT):
            refusal, path = refuse_comment(part), one_path(remote_id, self._author)
            patch: dict[str, object] = {"patch": {"message": {"$set": {"text": part.text}}}}
        else:
            refusal, path = refuse_post(part), f"/rest/posts/{coded(remote_id)}"
            patch = {"patch": {"$set": {"commentary": commentary(part)}}}
        if refusal:
            return Answer(Outcome.REFUSED, reason=refusal)
        return self._change(remote_id, lambda: self._api.write(path, patch, "PARTIAL_UPDATE"))

    def delete(self, remote_id: str) -> Answer:
        """Take a post or a comment back; one that is gone already counts as taken back."""
        is_comment = remote_id.startswith(COMMENT)
        path = one_path(remote_id, self._author) if is_comment else f"/rest/posts/{coded(remote_id)}"
        return self._change(remote_id, lambda: self._api.delete(path), gone=GONE)

    def check_identity(self) -> None:
        """Raise `NotBegunError` when the token may not publish as the account; also what `Api.read` raises."""
        if not self._known:
            check_identity(self._api, self._account, self._clock.now())
            self._known = True

    def _post(self, intent: Intent) -> Answer:
        ends = self._clock.elapsed() + PREPARE
        urns = [self._uploads.put(medium, ends) for medium in intent.content.attachments]
        if self._clock.elapsed() > ends:
            raise too_slow(self._clock.now())
        body = post_body(self._author, intent.content, urns)
        return self._publish(intent, "/rest/posts", body, lambda reply: reply.headers.get("x-restli-id", ""))

    def _comment(self, intent: Intent) -> Answer:
        place = place_of(intent)
        body = comment_body(self._author, place, intent.content.text)
        return self._publish(intent, comments_path(place), body, lambda reply: made_comment(reply, object_of(place)))

    def _publish(self, intent: Intent, path: str, body: object, urn_of: Callable[[Reply], str]) -> Answer:
        """The publishing request, once."""
        try:
            reply = self._api.write(path, body)
        except WebError as error:
            return broken_off(error, self._clock.now())
        if not reply.ok:
            answer = refused_post(reply, self._clock.now(), self._api.said(reply))
            if answer.outcome is Outcome.DUPLICATE and answer.remote_id:
                self._notes.write(_note(intent), answer.remote_id)
            return answer
        urn = urn_of(reply)
        if not urn:
            return Answer(Outcome.UNKNOWN, reason=_("LinkedIn took it, but did not say under which URN"))
        return Answer(Outcome.ACCEPTED, urn, address(urn))

    def _change(self, remote_id: str, ask: Callable[[], Reply], gone: frozenset[int] = frozenset()) -> Answer:
        """An edit or a deletion, once."""
        try:
            self.check_identity()
        except NotBegunError as error:
            return error.answer
        except WebError as error:
            return self._before(error)
        try:
            reply = ask()
        except WebError as error:
            return broken_off(error, self._clock.now())
        if reply.ok or reply.status in gone:
            return Answer(Outcome.ACCEPTED, remote_id, address(remote_id))
        answer = refused_post(reply, self._clock.now(), self._api.said(reply))
        # Only a post can be there already.
        return replace(answer, outcome=Outcome.REFUSED) if answer.outcome is Outcome.DUPLICATE else answer

    def _before(self, error: WebError) -> Answer:
        """The answer when a request before the one that changes something failed."""
        if isinstance(error, RefusedError):
            return before_post(error.reply, self._clock.now(), error.words)
        return unreachable(error, self._clock.now())

    def _earlier(self, intent: Intent) -> Answer | None:
        """What became of earlier tries; None when none is out, as far as can be read."""
        try:
            return earlier_answer(self._find(intent), self._clock.now())
        except WebError:
            return None

    def _find(self, intent: Intent) -> Sighting:
        since, now = self._since(intent), self._clock.now()
        if intent.action in COMMENTING:
            # What is older than the message may be an answer with the same words to somebody else of the thread.
            since = max(since, intent.answers.at) if intent.answers else since
            return find_comment(self._api, self._author, place_of(intent), intent.content, since)
        return find_post(self._api, self._author, intent.content, since, now)

    def _since(self, intent: Intent) -> datetime:
        """What is older cannot be ours. Without an earlier try only LinkedIn itself can have repeated the request."""
        return (intent.first_tried_at or self._clock.now()) - MARGIN

    def _named(self, intent: Intent) -> Sighting | None:
        """The post that LinkedIn named when it refused a duplicate; None when it named none."""
        urn = self._notes.read(_note(intent))
        if not urn:
            return None
        post = see_post(self._api, urn)
        if post is None:
            message = _(
                "LinkedIn refuses it as a duplicate of {urn}, which does not exist: it blocks deleted texts a while"
            )
            return Sighting(Presence.UNCLEAR, reason=message.format(urn=urn))
        if self._is_ours(post, intent):
            return Sighting(Presence.FOUND, post.urn, post.url)
        message = _("LinkedIn refuses it as a duplicate of {url}, which is another or an older post")
        return Sighting(Presence.UNCLEAR, reason=message.format(url=post.url))

    def _is_ours(self, post: Post, intent: Intent) -> bool:
        is_new = post.created_at is not None and post.created_at >= self._since(intent)
        return is_new and post.author == self._author and matches_part(post, intent.content)


def _note(intent: Intent) -> str:
    return f"duplicate:{intent.key}"
