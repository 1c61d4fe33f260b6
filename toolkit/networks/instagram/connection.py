"""An account's line to Instagram: containers, first comments, answers, insights, comments of others.

The account's `id` is its number (or its name, for tokens of Facebook Login). Tokens of Instagram Login need
``server = "https://graph.instagram.com"`` and the number.

Instagram's API edits no caption. It deletes posts for tokens of Facebook Login that have `instagram_manage_contents`.
API: https://developers.facebook.com/docs/instagram-platform/content-publishing
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from toolkit.messages import _
from toolkit.model import Answer, Message, Outcome, Presence, Sighting
from toolkit.networks.answers import NotBegunError
from toolkit.networks.base import Action, Intent, Surroundings
from toolkit.networks.graph.api import Api, open_api
from toolkit.networks.graph.below import send_comment
from toolkit.networks.graph.containers import Containers, Steps
from toolkit.networks.graph.figures import count_each, read_insights, renamed
from toolkit.networks.graph.hearing import hear
from toolkit.networks.graph.line import TwoSteps
from toolkit.networks.graph.reading import find_own
from toolkit.networks.graph.sending import before, prove
from toolkit.networks.graph.vanished import find_gone
from toolkit.networks.instagram.conversing import COMMENTS, make_reader, own_comments
from toolkit.networks.instagram.dialect import InstagramDialect
from toolkit.networks.jsonvalues import number
from toolkit.settings import Account
from toolkit.web import WebError

HOST: Final = "https://graph.facebook.com"
STEPS: Final = Steps("media", "media_publish", "status_code", "status")
# What is written as a comment; everything else is a post.
COMMENTING: Final = frozenset({Action.COMMENT, Action.ANSWER})
# What the insights call it → what the house calls it.
METRICS: Final[Mapping[str, str]] = {"reach": "reach", "saved": "saves", "shares": "shares", "views": "views"}


def connect(account: Account, credential: str, surroundings: Surroundings) -> InstagramConnection:
    """The line of `account`; raises `UsageError` when its token is missing."""
    api = open_api(account, credential, surroundings.web, HOST)
    containers = Containers(api, STEPS, surroundings.notes, surroundings.clock, time.sleep)
    return InstagramConnection(account, InstagramDialect(account, containers, surroundings))


class InstagramConnection:
    """See `toolkit.networks.base.Connection`."""

    def __init__(self, account: Account, dialect: InstagramDialect) -> None:
        self._account = account
        self._dialect = dialect
        self._api: Api = dialect.containers.api
        self._clock = dialect.containers.clock
        self._steps = TwoSteps(dialect.containers, dialect)

    def send(self, intent: Intent) -> Answer:
        """Publish a post, the first comment below one, or an answer."""
        if intent.action not in COMMENTING:
            return self._steps.send(intent)
        try:
            edge = own_comments(self._dialect.identify(), intent)
            return send_comment(self._api, edge, edge.path, intent, self._clock)
        except (WebError, NotBegunError) as error:
            return before(error, self._clock.now())

    def find(self, intent: Intent) -> Sighting:
        """Ask the container, or read the comments below the post, or the answers below the comment."""
        if intent.action not in COMMENTING:
            return self._steps.find(intent)
        try:
            return find_own(self._api, own_comments(self._dialect.identify(), intent), intent, self._clock.now())
        except (WebError, NotBegunError) as error:
            return Sighting(Presence.UNCLEAR, reason=str(error))

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        """Likes, comments, reach, views, saves and shares of each post; one that is gone is left out."""
        return count_each(remote_ids, self._count)

    def audience(self) -> Mapping[str, float]:
        """Followers. Raises `WebError`."""
        me = self._dialect.who()
        followers = number(self._api.read(me.id, fields="followers_count"), "followers_count")
        return {} if followers is None else {"followers": followers}

    def explain(self, error: WebError) -> Answer:
        """What a question without an answer means; see `toolkit.networks.base.Explaining`."""
        return before(error, self._clock.now())

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        """Refused: Instagram's API changes no caption."""
        del remote_id, intent
        reason = _("Instagram's API changes no caption; reply below the post, leave it, or let a person change it")
        return Answer(Outcome.REFUSED, reason=reason)

    def delete(self, remote_id: str) -> Answer:
        """Take a post back; one that is gone already counts as taken back."""
        return self._steps.delete(remote_id)

    def check_identity(self) -> None:
        """Raise `NotBegunError` when the token is not the account's, and `WebError`."""
        prove(self._dialect.identify, self._clock.now())

    def listen(self, since: datetime | None, remote_ids: Iterable[str]) -> Iterator[Message]:
        """Comments below the posts and the answers to them, ours as well. Raises `WebError`."""
        read = make_reader(self._api, self._account.name, self._dialect.who())
        yield from hear(self._api, COMMENTS, read, since, remote_ids)

    def gone(self, remote_ids: Iterable[str]) -> frozenset[str]:
        """Those that Instagram says do not exist, while it shows others. Raises `WebError`."""
        self._dialect.who()  # a stranger is shown less
        return find_gone(self._api, remote_ids)

    def _count(self, remote_id: str) -> Mapping[str, float]:
        media = self._api.read(remote_id, fields="like_count,comments_count")
        own = {"likes": number(media, "like_count"), "comments": number(media, "comments_count")}
        told = renamed(read_insights(self._api, f"{remote_id}/insights", METRICS), METRICS)
        return {name: value for name, value in own.items() if value is not None} | told
