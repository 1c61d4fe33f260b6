"""An account's line to its blog.

Before a post is published, the blog is asked who we are, what we may do, whether it has the post already, and for its
categories; media are uploaded. All that can only refuse or postpone. The publishing request is sent once; WordPress
knows no idempotency, so an unknown outcome is settled by looking for the post's slug (`lookup`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

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
    too_slow,
    unreachable,
)
from toolkit.networks.base import Action, Intent, Surroundings
from toolkit.networks.jsonvalues import fields, number
from toolkit.networks.wordpress.api import POSTS, Api, Entry, RefusedError, error_code, read_entry, said
from toolkit.networks.wordpress.comments import comment_body, comment_text, commented
from toolkit.networks.wordpress.counting import count_comments, count_posts
from toolkit.networks.wordpress.identity import (
    PUBLISH,
    UPLOAD,
    check_credential,
    check_identity,
    check_rights,
    server_address,
)
from toolkit.networks.wordpress.listening import Ear
from toolkit.networks.wordpress.lookup import COMMENT, COMMENTS, GONE, find_comment, find_post, taken_slug
from toolkit.networks.wordpress.slugs import chosen_slug, post_slug
from toolkit.networks.wordpress.terms import term_ids
from toolkit.networks.wordpress.uploads import Uploads, inline
from toolkit.networks.wordpress.vanished import find_gone
from toolkit.settings import Account
from toolkit.web import BadReply, Reply, WebError

# What is written as a comment; everything else is a post.
COMMENTING: Final = frozenset({Action.COMMENT, Action.ANSWER})
# Seconds for everything before the publishing request; with that request's own time still below the ledger's lease.
PREPARE: Final = 120.0
# Without the trash, WordPress refuses to put a post there.
NO_TRASH: Final = 501


def connect(account: Account, credential: str, surroundings: Surroundings) -> WordPressConnection:
    """The line of `account`; raises `UsageError` when its address or its token is not usable."""
    check_credential(account, credential)
    api = Api(server_address(account), credential, surroundings.web)
    uploads = Uploads(api, surroundings.read_media, surroundings.notes, surroundings.clock)
    return WordPressConnection(account, api, surroundings.clock, uploads)


class WordPressConnection:
    """See `toolkit.networks.base.Connection` and `Listening`. Comments have ids such as ``comment-12``."""

    def __init__(self, account: Account, api: Api, clock: Clock, uploads: Uploads) -> None:
        self._account = account
        self._api = api
        self._clock = clock
        self._uploads = uploads
        self._me: object = None

    def send(self, intent: Intent) -> Answer:
        """Publish a post, or write a comment or an answer; one that is there already is not sent again."""
        try:
            self._check_me(*((PUBLISH,) if intent.action is Action.POST else ()))
            earlier = self._earlier(intent)
            if earlier is not None:
                return earlier
            comment = intent.action in COMMENTING
            body = comment_body(self._api, intent) if comment else self._prepare(intent)
        except NotBegunError as error:
            return error.answer
        except RefusedError as error:
            return not_begun(error.reply, self._clock.now(), said(error.reply))
        except WebError as error:
            return unreachable(error, self._clock.now())
        if comment:
            return self._write("POST", COMMENTS, body, commented)
        slug = str(body["slug"])
        return self._write("POST", POSTS, body, lambda reply, now: _published(reply, now, slug))

    def find(self, intent: Intent) -> Sighting:
        """Look for the slug, or for a comment that says the same."""
        try:
            self._check_me()
            return self._find(intent)
        except (WebError, NotBegunError) as error:
            return Sighting(Presence.UNCLEAR, reason=str(error))

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        """Approved comments of each post, and its views where a plugin tells. Raises `WebError`."""
        wanted = list(dict.fromkeys(remote_ids))
        comments = [one for one in wanted if one.startswith(COMMENT)]
        posts = [one for one in wanted if not one.startswith(COMMENT)]
        return {**count_posts(self._api, posts), **count_comments(self._api, comments)}

    def explain(self, error: WebError) -> Answer:
        """What a question without an answer means; see `toolkit.networks.base.Explaining`."""
        if isinstance(error, RefusedError):
            return not_begun(error.reply, self._clock.now(), said(error.reply))
        return unreachable(error, self._clock.now())

    def listen(self, since: datetime | None, remote_ids: Iterable[str]) -> Iterator[Message]:
        """Comments below the posts, held ones and our own answers included. Raises `WebError`."""
        self._must_be_me()
        return Ear(self._api, self._account.name, self._my_id).hear(since, remote_ids)

    def gone(self, remote_ids: Iterable[str]) -> frozenset[str]:
        """Those comments that were deleted or lie in the trash. Raises `WebError`."""
        self._must_be_me()  # a stranger is shown less
        return find_gone(self._api, remote_ids)

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        """Replace a post's title, text, picture and terms, or a comment's text; its address stays."""
        try:
            self._check_me()
            if self._gone(remote_id):
                return Answer(Outcome.REFUSED, reason=_("the post is not there any more"))
            body = {"content": comment_text(intent)} if remote_id.startswith(COMMENT) else self._content(intent)
        except NotBegunError as error:
            return error.answer
        except RefusedError as error:
            return not_begun(error.reply, self._clock.now(), said(error.reply))
        except WebError as error:
            return unreachable(error, self._clock.now())
        answer = commented if remote_id.startswith(COMMENT) else _published
        return self._write("PUT", _route(remote_id), body, answer)

    def delete(self, remote_id: str) -> Answer:
        """Put a post or comment into the blog's trash; with the account's option ``retract: delete``, delete it."""
        force = "true" if self._account.options.get("retract") == "delete" else ""
        now = self._clock.now()
        try:
            reply = self._api.write("DELETE", _route(remote_id), force=force)
            if reply.ok or (reply.status in GONE and self._gone(remote_id)):
                return Answer(Outcome.ACCEPTED, remote_id)
        except WebError as error:
            return broken_off(error, now)
        if reply.status == NO_TRASH and error_code(reply) == "rest_trash_not_supported":
            hint = _("{said}; the account's option retract = delete deletes at once").format(said=said(reply))
            return Answer(Outcome.REFUSED, reason=hint)
        return declined(reply, now, said(reply))

    def check_identity(self) -> None:
        """Raise `NotBegunError` when the password is somebody else's or is not taken, and `WebError`."""
        self._check_me()

    @property
    def _my_id(self) -> int:
        return int(number(self._me, "id") or 0)

    def _must_be_me(self) -> None:
        try:
            self._check_me()
        except NotBegunError as error:
            raise BadReply(str(error)) from error

    def _check_me(self, *rights: str) -> None:
        """Raise `NotBegunError` unless we are who the account is and may do what is needed."""
        if self._me is None:
            self._me = self._read_me()
        check_rights(self._me, self._clock.now(), *rights)

    def _read_me(self) -> object:
        reply = self._api.me()
        if reply.status in REFUSALS:
            message = _("the blog does not accept the token of {account}: {said}")
            raise no_entry(message.format(account=self._account.name, said=said(reply)), self._clock.now())
        if reply.status != 200:
            raise RefusedError(reply)
        me = reply.json()
        if not fields(me).get("id"):
            raise RefusedError(reply)
        check_identity(self._account, me, self._clock.now())
        return me

    def _find(self, intent: Intent) -> Sighting:
        find = find_comment if intent.action in COMMENTING else find_post
        return find(self._api, self._my_id, intent, self._clock.now())

    def _earlier(self, intent: Intent) -> Answer | None:
        """The answer of an earlier try; None when it is proven that there was none."""
        if intent.first_tried_at is None:
            return self._at_first(intent)
        return earlier_answer(self._find(intent), self._clock.now())

    def _at_first(self, intent: Intent) -> Answer | None:
        """On the first try: nobody may have the slug yet."""
        if intent.action in COMMENTING:
            return None
        taken = taken_slug(self._api, intent)
        if taken is None:
            return None
        if chosen_slug(intent):
            message = _("the slug {slug!r} belongs to {url} already; choose another one")
            return Answer(Outcome.REFUSED, reason=message.format(slug=taken.slug, url=taken.url))
        message = _("the blog has this post already: {url}").format(url=taken.url)
        return Answer(Outcome.DUPLICATE, taken.id, taken.url, message)

    def _prepare(self, intent: Intent) -> dict[str, object]:
        """The body of the publishing request; raises `NotBegunError` or what `Api.read` raises."""
        own = {"slug": post_slug(intent), "status": "publish"}
        comments = intent.content.fields.get("comments", "")
        return {**self._content(intent), **own} | ({"comment_status": comments} if comments else {})

    def _content(self, intent: Intent) -> dict[str, object]:
        """What an edit replaces as well: title, text, pictures, terms."""
        ends = self._clock.elapsed() + PREPARE
        part = intent.content
        if part.attachments:
            self._check_me(UPLOAD)
        terms = term_ids(self._api, part.fields, self._clock.now())
        media = [self._uploads.put(attachment, ends) for attachment in part.attachments]
        if self._clock.elapsed() > ends:
            raise too_slow(self._clock.now())
        featured = next((medium for medium in media if medium.is_picture), None)
        body = {
            "title": intent.rendition.title,
            "content": part.html + inline(medium for medium in media if medium is not featured),
            "featured_media": featured.id if featured else 0,
        }
        fixed = {name: part.fields[name] for name in ("excerpt", "format") if part.fields.get(name)}
        return {**body, **fixed, **terms} | ({"sticky": True} if part.fields.get("sticky") == "true" else {})

    def _gone(self, remote_id: str) -> bool:
        reply = self._api.ask(_route(remote_id), {"context": "edit"})
        if reply.status == 200:
            return read_entry(reply.json()).status == "trash"
        if reply.status in GONE:
            return True
        raise RefusedError(reply)

    def _write(
        self, method: str, route: str, body: Mapping[str, object], answer: Callable[[Reply, datetime], Answer]
    ) -> Answer:
        now = self._clock.now()
        try:
            reply = self._api.write(method, route, body)
        except WebError as error:
            return broken_off(error, now)
        return answer(reply, now)


def _route(remote_id: str) -> str:
    if remote_id.startswith(COMMENT):
        return f"{COMMENTS}/{remote_id.removeprefix(COMMENT)}"
    return f"{POSTS}/{remote_id}"


def _published(reply: Reply, now: datetime, slug: str = "") -> Answer:
    """The answer to a request that publishes or edits a post; `slug` is the one that was asked for."""
    if reply.status not in (200, 201):
        return declined(reply, now, said(reply))
    try:
        entry = read_entry(reply.json())
    except BadReply as error:
        return Answer(Outcome.UNKNOWN, reason=str(error))
    if not entry.id:
        return Answer(Outcome.UNKNOWN, reason=_("{status}: no post in the answer").format(status=reply.status))
    return Answer(Outcome.ACCEPTED, entry.id, entry.url, _remark(entry, slug))


def _remark(entry: Entry, slug: str) -> str:
    """What the blog did otherwise than it was asked to."""
    if slug and entry.status != "publish":
        return _("the blog made it {actual}, not {wanted}").format(actual=entry.status, wanted="publish")
    if slug and entry.slug != slug:
        return _("the blog made the slug {actual}, not {wanted}").format(actual=entry.slug, wanted=slug)
    return ""
