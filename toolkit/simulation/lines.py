"""A line to a simulated network, for every class: the same `Connection` as the real adapters offer to `dispatch`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import datetime, timedelta
from typing import Final

from toolkit.model import Answer, Clock, Outcome, Presence, Promise, Sighting
from toolkit.networks.answers import declined, locked_out, not_begun
from toolkit.networks.base import Connection, Intent, Memory, Notes, Vault
from toolkit.networks.matching import MARGIN, fingerprint, skew
from toolkit.simulation.character import Character
from toolkit.simulation.tokens import FIRST
from toolkit.simulation.traffic import Ask, Request, Wire
from toolkit.values import dataclass
from toolkit.web import Reply, Uncertain, WebError

URL: Final = "https://simulated.example/{id}"
NO_GRANT: Final = "the account has to be connected anew"


class RevokedError(Exception):
    """The network renews no token any more; a person has to sign in."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Asks with the account's token, and renews it once when the network does not take it any more."""

    wire: Wire
    vault: Vault = field(default_factory=Memory)

    def ask(self, request: Request) -> Reply:
        """The reply; raises what the wire raises, and `RevokedError`."""
        pair = self.vault.session(lambda _old: FIRST)
        reply = self.wire(replace(request, token=pair.partition(" ")[0]))
        if reply.status != 401:
            return reply
        # The network did nothing, so asking again with a new token is no second try.
        pair = self.vault.session(self._renew, stale=pair)
        return self.wire(replace(request, token=pair.partition(" ")[0]))

    def _renew(self, old: str) -> str:
        reply = self.wire(Request(Ask.RENEW, token=old.partition(" ")[2]))
        if not reply.ok:
            raise RevokedError(NO_GRANT)
        return field_of(reply, "token")


def field_of(reply: Reply, name: str) -> str:
    """A text of a JSON object; "" where there is none."""
    body = reply.json()
    return str(body.get(name, "")) if isinstance(body, dict) else ""


def shown_posts(reply: Reply) -> list[Mapping[str, str]]:
    """The posts that a look shows."""
    body = reply.json()
    posts = body.get("posts") if isinstance(body, dict) else None
    return [post for post in posts if isinstance(post, dict)] if isinstance(posts, list) else []


@dataclass(frozen=True, slots=True)
class SimulatedLine:
    """The line of the classes key, rkey, read-back and blind."""

    character: Character
    caller: Caller
    clock: Clock

    def send(self, intent: Intent) -> Answer:
        """One request; raises `NotSent` as the real client does."""
        return self._ask(Request(Ask.POST, intent.key, intent.content.text, intent.previous))

    def _ask(self, request: Request) -> Answer:
        try:
            reply = self.caller.ask(request)
        except Uncertain as error:
            return Answer(Outcome.UNKNOWN, reason=str(error))
        except RevokedError as error:
            return locked_out(str(error), self.clock.now())
        return self._read(reply)

    def _read(self, reply: Reply) -> Answer:
        words = field_of(reply, "error")
        if reply.ok:
            return accepted(field_of(reply, "id"))
        if "duplicate" in words:
            return self._duplicate(reply, words)
        return declined(reply, self.clock.now(), words)

    def _duplicate(self, reply: Reply, words: str) -> Answer:
        """The network has it; where it says which post that is, and the post is there, that is an answer."""
        urn = field_of(reply, "urn")
        posts = shown_posts(self.caller.ask(Request(Ask.LOOK, id=urn))) if urn else []
        if posts and self._recent(posts[0], self.clock.now(), timedelta()):
            return accepted(urn)
        return Answer(Outcome.DUPLICATE, reason=words)

    def find(self, intent: Intent) -> Sighting:
        """Look by the key where the network knows it, else read back and match."""
        if self.character.promise is Promise.BLIND:
            return Sighting(Presence.UNCLEAR, reason="the network cannot be read")
        exact = self.character.promise is Promise.RKEY or self.character.marked
        now = self.clock.now()
        try:
            reply = self.caller.ask(Request(Ask.LOOK, intent.key if exact else ""))
        except (WebError, RevokedError) as error:
            return Sighting(Presence.UNCLEAR, reason=str(error))
        if not reply.ok:
            return Sighting(Presence.UNCLEAR, reason=f"HTTP {reply.status}")
        ahead = skew(reply, now)
        found = [post for post in shown_posts(reply) if exact or self._matches(post, intent, ahead)]
        return sighted([post["id"] for post in found])

    def _matches(self, post: Mapping[str, str], intent: Intent, ahead: timedelta) -> bool:
        same = fingerprint(post["text"]) == fingerprint(intent.content.text) and post["previous"] == intent.previous
        return same and self._recent(post, intent.first_tried_at or self.clock.now(), ahead)

    def _recent(self, post: Mapping[str, str], since: datetime, ahead: timedelta) -> bool:
        return datetime.fromisoformat(post["at"]) >= since + ahead - MARGIN

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:  # noqa: ARG002  # the connection's interface
        """A simulation has no audience."""
        return {}

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        return self._ask(Request(Ask.EDIT, intent.key, intent.content.text, id=remote_id))

    def delete(self, remote_id: str) -> Answer:
        """The request does not say which row it is for; the post itself is the key."""
        return self._ask(Request(Ask.DELETE, f"delete {remote_id}", id=remote_id))


def accepted(remote_id: str) -> Answer:
    """The answer for a post that is out."""
    return Answer(Outcome.ACCEPTED, remote_id, URL.format(id=remote_id))


def sighted(ids: list[str]) -> Sighting:
    """One match is found, none is absent, several are unclear."""
    if len(ids) > 1:
        return Sighting(Presence.UNCLEAR, reason="more than one fits")
    return Sighting(Presence.FOUND, ids[0], URL.format(id=ids[0])) if ids else Sighting(Presence.ABSENT)


def make_line(
    character: Character, wire: Wire, clock: Clock, *, vault: Vault | None = None, notes: Notes | None = None
) -> Connection:
    """The line of the character's class."""
    caller = Caller(wire, vault or Memory())
    if character.promise is Promise.TWO_STEP:
        from toolkit.simulation.twostep import TwoStepLine

        return TwoStepLine(SimulatedLine(character, caller, clock), notes or Memory())
    return SimulatedLine(character, caller, clock)


def put_off(reply: Reply, clock: Clock) -> Answer:
    """The answer when a request before the publishing one did not succeed."""
    return not_begun(reply, clock.now(), field_of(reply, "error"))
