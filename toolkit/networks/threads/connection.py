"""An account's line to Threads: posts, threads, first comments, answers, insights, replies of others.

A first comment and an answer are replies like any other, so they go the same two steps. Threads' API edits no text.
API: https://developers.facebook.com/documentation/threads
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from toolkit.messages import _
from toolkit.model import Answer, Message, Outcome, Sighting
from toolkit.networks.base import Intent, Surroundings
from toolkit.networks.graph.api import Api, open_api
from toolkit.networks.graph.containers import Containers, Steps
from toolkit.networks.graph.figures import count_each, read_insights
from toolkit.networks.graph.hearing import hear
from toolkit.networks.graph.line import TwoSteps
from toolkit.networks.graph.sending import before, prove
from toolkit.networks.graph.vanished import find_gone
from toolkit.networks.threads.dialect import ThreadsDialect
from toolkit.networks.threads.listening import CONVERSATION, make_reader
from toolkit.settings import Account
from toolkit.web import WebError

HOST: Final = "https://graph.threads.net"
STEPS: Final = Steps("threads", "threads_publish", "status", "error_message")
METRICS: Final = ("views", "likes", "replies", "reposts", "quotes", "shares")
# All three hand a post on; together they are what other networks call shares.
HANDED_ON: Final = ("reposts", "quotes", "shares")


def connect(account: Account, credential: str, surroundings: Surroundings) -> ThreadsConnection:
    """The line of `account`; raises `UsageError` when its token is missing."""
    api = open_api(account, credential, surroundings.web, HOST)
    containers = Containers(api, STEPS, surroundings.notes, surroundings.clock, time.sleep)
    return ThreadsConnection(account, ThreadsDialect(account, containers, surroundings))


class ThreadsConnection:
    """See `toolkit.networks.base.Connection`."""

    def __init__(self, account: Account, dialect: ThreadsDialect) -> None:
        self._account = account
        self._dialect = dialect
        self._api: Api = dialect.containers.api
        self._clock = dialect.containers.clock
        self._steps = TwoSteps(dialect.containers, dialect)

    def send(self, intent: Intent) -> Answer:
        """Publish a post, a part of a thread, the first comment below a post, or an answer."""
        return self._steps.send(intent)

    def find(self, intent: Intent) -> Sighting:
        """Ask the container, then read the account's own posts or replies."""
        return self._steps.find(intent)

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        """Views, likes, comments and shares of each post; one that is gone is left out. Raises `WebError`."""
        return count_each(remote_ids, self._count)

    def audience(self) -> Mapping[str, float]:
        """Followers. Raises `WebError`."""
        told = read_insights(self._api, "me/threads_insights", ("followers_count",))
        return {"followers": told["followers_count"]} if "followers_count" in told else {}

    def explain(self, error: WebError) -> Answer:
        """What a question without an answer means; see `toolkit.networks.base.Explaining`."""
        return before(error, self._clock.now())

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        """Refused: Threads' API changes no text."""
        del remote_id, intent
        reason = _("Threads' API changes no text; reply below the post, leave it, or take it back")
        return Answer(Outcome.REFUSED, reason=reason)

    def delete(self, remote_id: str) -> Answer:
        """Take a post back; one that is gone already counts as taken back."""
        return self._steps.delete(remote_id)

    def check_identity(self) -> None:
        """Raise `NotBegunError` when the token is not the account's, and `WebError`."""
        prove(self._dialect.identify, self._clock.now())

    def listen(self, since: datetime | None, remote_ids: Iterable[str]) -> Iterator[Message]:
        """Replies below the posts, at any depth, ours as well. Raises `WebError`."""
        read = make_reader(self._account.name, self._dialect.who())
        yield from hear(self._api, CONVERSATION, read, since, remote_ids)

    def gone(self, remote_ids: Iterable[str]) -> frozenset[str]:
        """Those that Threads says do not exist, while it shows others. Raises `WebError`."""
        self._dialect.who()  # a stranger is shown less
        return find_gone(self._api, remote_ids)

    def _count(self, remote_id: str) -> Mapping[str, float]:
        self._api.read(remote_id, fields="id")  # the insights take "gone" for a refusal of their metrics
        return house_metrics(read_insights(self._api, f"{remote_id}/insights", METRICS))


def house_metrics(told: Mapping[str, float]) -> dict[str, float]:
    """Threads' insights under the house's names; a sum of which a part is missing is left out."""
    names = {"views": "views", "likes": "likes", "replies": "comments"}
    found = {ours: told[theirs] for theirs, ours in names.items() if theirs in told}
    if all(name in told for name in HANDED_ON):
        found["shares"] = sum(told[name] for name in HANDED_ON)
    return found
