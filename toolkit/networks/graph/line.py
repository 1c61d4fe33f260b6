"""The line of an account whose network publishes in two steps: what Instagram and Threads have in common."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final, Protocol

from toolkit.messages import _
from toolkit.model import Answer, Outcome, Presence, Sighting
from toolkit.networks.answers import SOON, NotBegunError, earlier_answer, no_entry
from toolkit.networks.base import Intent
from toolkit.networks.graph.answers import QUOTA
from toolkit.networks.graph.containers import Containers, Form, Stage
from toolkit.networks.graph.reading import Edge, find_own
from toolkit.networks.graph.sending import before, remove_once
from toolkit.networks.jsonvalues import fields, items, number, text
from toolkit.values import dataclass
from toolkit.web import WebError

# Seconds for everything before the publishing request; together with it well below the ledger's lease.
PREPARE: Final = 120.0


@dataclass(frozen=True, slots=True)
class Me:
    """Whom the token belongs to."""

    id: str
    name: str


class Dialect(Protocol):
    """What a network of two steps says in its own way. All of it may raise `NotBegunError` and `WebError`."""

    def identify(self) -> Me:
        """Whom the token belongs to; raises `NotBegunError` for somebody else."""

    def refuse(self, me: Me, intent: Intent) -> None:
        """Raise `NotBegunError` for what the network would not take, or not today."""

    def form(self, me: Me, intent: Intent, ends: float) -> Form:
        """The form of the intent's container; its media are made before."""

    def edge(self, me: Me, intent: Intent) -> Edge:
        """Where the intent's post is listed once it is out."""


@dataclass(frozen=True, slots=True)
class TwoSteps:
    """Sends, finds and takes back; see `toolkit.networks.base.Connection`."""

    containers: Containers
    dialect: Dialect

    def send(self, intent: Intent) -> Answer:
        """Make the container, note it, publish it; what precedes the last step can only refuse or postpone."""
        clock = self.containers.clock
        ends = clock.elapsed() + PREPARE
        try:
            me = self.dialect.identify()
            earlier = self._earlier(me, intent)
            if earlier is not None:
                return earlier
            self.dialect.refuse(me, intent)
            make = partial(self.dialect.form, me, intent, ends)
            container = self.containers.prepare(me.id, intent, make, ends)
        except (WebError, NotBegunError) as error:
            return before(error, clock.now())
        if clock.elapsed() > ends:
            slow = _("making it ready took too long, nothing was published")
            return Answer(Outcome.LATER, reason=slow, retry_at=clock.now() + SOON)
        answer = self.containers.publish(me.id, intent, container)
        return replace(answer, url=self._address(answer.remote_id)) if answer.remote_id else answer

    def find(self, intent: Intent) -> Sighting:
        """Ask the container; where it says "published", the post's own id is read back."""
        try:
            return self._look(self.dialect.identify(), intent)
        except (WebError, NotBegunError) as error:
            return Sighting(Presence.UNCLEAR, reason=str(error))

    def delete(self, remote_id: str) -> Answer:
        """Take a post back, after the proof that the token is the account's; one that is gone counts as taken back."""
        now = self.containers.clock.now()
        try:
            self.dialect.identify()
        except (WebError, NotBegunError) as error:
            return before(error, now)
        return remove_once(self.containers.api, remote_id, now)

    def _earlier(self, me: Me, intent: Intent) -> Answer | None:
        """The answer of an earlier try; None when it is proven that there was none."""
        noted = self.containers.noted(intent)
        if intent.first_tried_at is None and not (noted and noted.asked):
            return None
        return earlier_answer(self._look(me, intent), self.containers.clock.now())

    def _look(self, me: Me, intent: Intent) -> Sighting:
        noted = self.containers.noted(intent)
        if noted is not None and not noted.asked:
            return Sighting(Presence.ABSENT, reason=_("it was never asked to be published"))
        # Without a note of it the container cannot be asked; the account's own posts can.
        stage = self.containers.stage(noted.id)[0] if noted else Stage.GONE
        if stage in (Stage.FINISHED, Stage.EXPIRED):
            return Sighting(Presence.ABSENT, reason=_("its container was not published"))
        if stage is Stage.IN_PROGRESS:
            return Sighting(Presence.UNCLEAR, reason=_("the network is still working on it"))
        seen = find_own(self.containers.api, self.dialect.edge(me, intent), intent, self.containers.clock.now())
        if stage is Stage.PUBLISHED and seen.presence is Presence.ABSENT:
            reason = _("the network says that it is published, but does not list it")
            return Sighting(Presence.UNCLEAR, reason=reason)
        return seen

    def _address(self, remote_id: str) -> str:
        """Where people see it; "" when the network does not tell at the moment: it is out all the same."""
        try:
            return text(self.containers.api.read(remote_id, fields="permalink"), "permalink")
        except WebError:
            return ""


def check_quota(found: object, used: str, config: str, now: datetime) -> None:
    """Raise `NotBegunError` when the day's posts are used up, as the network's own count says."""
    limits = fields(next(iter(items(fields(found).get("data"))), None))
    most, spent = number(limits.get(config), "quota_total"), number(limits, used)
    if most is not None and spent is not None and most <= spent:
        reason = _("all {count} posts of the last 24 hours are used up").format(count=int(most))
        raise NotBegunError(Answer(Outcome.LATER, reason=reason, retry_at=now + QUOTA))


def check_owner(account: str, expected: str, me: Me, now: datetime) -> None:
    """Raise `NotBegunError` unless the token belongs to the account of this id or name."""
    wanted = expected.lstrip("@").casefold()
    if wanted not in (me.id.casefold(), me.name.casefold()):
        message = _("the token of {account} belongs to {name} ({id}), not to {expected}")
        raise no_entry(message.format(account=account, name=me.name or "?", id=me.id, expected=expected), now)
