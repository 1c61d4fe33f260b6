"""An account's line to a Facebook page: posts, first comments, answers, edits, insights, what others write.

Pictures are uploaded unpublished, each with its alt text, and are attached to the post; they are kept in mind until
the post is out. Facebook knows no idempotency key, so an unknown outcome is settled by reading the page's posts.
API: https://developers.facebook.com/docs/pages-api/posts
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from toolkit.messages import _
from toolkit.model import Answer, Clock, Message, Outcome, Presence, Sighting
from toolkit.networks.answers import NotBegunError, earlier_answer, refused, too_slow
from toolkit.networks.base import Action, Intent, Surroundings
from toolkit.networks.facebook.listening import Ear
from toolkit.networks.facebook.page import Page, comments_of, posts_of
from toolkit.networks.facebook.uploads import Uploads
from toolkit.networks.graph.api import open_api
from toolkit.networks.graph.below import send_comment
from toolkit.networks.graph.figures import count_each, read_insights, renamed
from toolkit.networks.graph.line import PREPARE, Me
from toolkit.networks.graph.reading import find_own
from toolkit.networks.graph.sending import before, change_once, prove, publish_once, remove_once
from toolkit.networks.graph.vanished import find_gone
from toolkit.networks.jsonvalues import fields, number
from toolkit.networks.limits import limit
from toolkit.settings import Account
from toolkit.web import WebError

HOST: Final = "https://graph.facebook.com"
# What is written as a comment; everything else is a post.
COMMENTING: Final = frozenset({Action.COMMENT, Action.ANSWER})
FIGURES: Final = "reactions.limit(0).summary(total_count),comments.limit(0).summary(total_count),shares"
# What the insights call it → what the house calls it. Impressions ended on 2025-11-15, and views took their place.
METRICS: Final[Mapping[str, str]] = {
    "post_media_view": "views",
    "post_total_media_view_unique": "reach",
    "post_clicks": "clicks",
}


def connect(account: Account, credential: str, surroundings: Surroundings) -> FacebookConnection:
    """The line of `account`; raises `UsageError` when its token is missing."""
    page = Page(account, open_api(account, credential, surroundings.web, HOST), surroundings.clock)
    return FacebookConnection(account, page, Uploads(page, surroundings), surroundings.clock)


class FacebookConnection:
    """See `toolkit.networks.base.Connection`."""

    def __init__(self, account: Account, page: Page, uploads: Uploads, clock: Clock) -> None:
        self._account = account
        self._page = page
        self._uploads = uploads
        self._clock = clock
        self._unheard = ""

    def send(self, intent: Intent) -> Answer:
        """Publish a post, its first comment, or an answer; what precedes that can only refuse or postpone."""
        ends = self._clock.elapsed() + PREPARE
        try:
            page = self._page.identify()
            if intent.action in COMMENTING:
                path = f"{intent.above}/comments"
                return send_comment(self._page.api, comments_of(page, intent), path, intent, self._clock)
            earlier = self._earlier(page, intent)
            if earlier is not None:
                return earlier
            form = self._form(page, intent)
            if self._clock.elapsed() > ends:
                raise too_slow(self._clock.now())
        except (WebError, NotBegunError) as error:
            return before(error, self._clock.now())
        answer = publish_once(self._page.api, f"{page.id}/feed", form, self._clock.now())
        if answer.outcome is Outcome.REFUSED:
            self._uploads.forget(intent)
        return replace(answer, url=_address(answer.remote_id)) if answer.remote_id else answer

    def find(self, intent: Intent) -> Sighting:
        """Read the page's posts, or the comments below the post, since the first try."""
        try:
            page = self._page.identify()
            edge = comments_of(page, intent) if intent.action in COMMENTING else posts_of(page)
            return find_own(self._page.api, edge, intent, self._clock.now())
        except (WebError, NotBegunError) as error:
            return Sighting(Presence.UNCLEAR, reason=str(error))

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        """Likes (all reactions), comments, shares, views, reach and clicks; a post that is gone is left out."""
        self._page.known()
        return count_each(remote_ids, self._count)

    def audience(self) -> Mapping[str, float]:
        """Followers. Raises `WebError`."""
        page = self._page.known()
        followers = number(self._page.api.read(page.id, fields="followers_count"), "followers_count")
        return {} if followers is None else {"followers": followers}

    def explain(self, error: WebError) -> Answer:
        """What a question without an answer means; see `toolkit.networks.base.Explaining`."""
        return before(error, self._clock.now())

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        """Replace the text of a post or comment; pictures and preview stay. The same edit may be sent again."""
        try:
            self._page.identify()
            self._refuse(intent)
        except (WebError, NotBegunError) as error:
            return before(error, self._clock.now())
        answer = change_once(self._page.api, remote_id, {"message": intent.content.text}, self._clock.now())
        return replace(answer, url=_address(answer.remote_id)) if answer.remote_id else answer

    def delete(self, remote_id: str) -> Answer:
        """Take a post or comment back; one that is gone already counts as taken back."""
        try:
            self._page.identify()
        except (WebError, NotBegunError) as error:
            return before(error, self._clock.now())
        return remove_once(self._page.api, remote_id, self._clock.now())

    def check_identity(self) -> None:
        """Raise `NotBegunError` when the token is not the account's, and `WebError`."""
        prove(self._page.identify, self._clock.now())

    def listen(self, since: datetime | None, remote_ids: Iterable[str]) -> Iterator[Message]:
        """Comments, reviews and mentions, and what we answered. Raises `WebError`."""
        page = self._page.known()
        ear = Ear(self._page.api, self._account.name, page)
        yield from ear.hear(since, remote_ids)
        self._unheard = ear.unheard()

    def unheard(self) -> str:
        """What the token has no right to; see `toolkit.networks.base.Admitting`."""
        return self._unheard

    def gone(self, remote_ids: Iterable[str]) -> frozenset[str]:
        """Those that Facebook says do not exist, while it shows others. Raises `WebError`."""
        self._page.known()  # a stranger is shown less
        return find_gone(self._page.api, remote_ids)

    def _earlier(self, page: Me, intent: Intent) -> Answer | None:
        """The answer of an earlier try; None when it is proven that there was none."""
        if intent.first_tried_at is None:
            return None
        return earlier_answer(find_own(self._page.api, posts_of(page), intent, self._clock.now()), self._clock.now())

    def _form(self, page: Me, intent: Intent) -> dict[str, str]:
        """Everything that can fail before the publishing request; returns its fields."""
        self._refuse(intent)
        part = intent.content
        photos = [self._uploads.put(page, intent, attachment) for attachment in part.attachments]
        form = {"message": part.text} if part.text else {}
        form |= {name: part.fields[name] for name in ("link", "place") if part.fields.get(name)}
        if photos:
            form["attached_media"] = json.dumps([{"media_fbid": photo} for photo in photos])
        return form

    def _refuse(self, intent: Intent) -> None:
        part = intent.content
        if not part.text and not part.attachments:
            raise refused(_("there is neither text nor a medium"))
        if len(part.attachments) > limit("facebook", "media"):
            message = _("{count} media, the network takes {limit}")
            raise refused(message.format(count=len(part.attachments), limit=limit("facebook", "media")))
        if part.count.length > limit("facebook", "text"):
            message = _("{length} characters, the server takes {limit}")
            raise refused(message.format(length=part.count.length, limit=limit("facebook", "text")))

    def _count(self, remote_id: str) -> Mapping[str, float]:
        post = self._page.api.read(remote_id, fields=FIGURES)
        totals = {"likes": _total(post, "reactions"), "comments": _total(post, "comments")}
        totals["shares"] = number(fields(post).get("shares"), "count")
        told = read_insights(self._page.api, f"{remote_id}/insights", METRICS, period="lifetime")
        return {name: value for name, value in totals.items() if value is not None} | renamed(told, METRICS)


def _total(post: object, edge: str) -> float | None:
    return number(fields(fields(post).get(edge)).get("summary"), "total_count")


def _address(remote_id: str) -> str:
    """Where the post is; Facebook leads on from the id to the page's own address."""
    return f"https://www.facebook.com/{remote_id}"
