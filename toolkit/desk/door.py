"""Who is at the door: somebody with a session from a login link, or somebody whom the company's login names.

A name in a header counts only when it comes over a line from the proxy itself; from anybody else it is an attempt.
"""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address

from toolkit.database import Store
from toolkit.desk.guard import Address
from toolkit.desk.house import House
from toolkit.desk.request import Ask
from toolkit.desk.sessions import NOTED_EVERY, Session, end_sessions, find_session, note_seen, start_session
from toolkit.messages import _
from toolkit.settings import Person
from toolkit.settings.desk import DeskPolicy
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody we know."""

    person: Person
    session: Session
    fresh: bool = False  # the session is a new one, and the browser has to be told of it


@dataclass(frozen=True, slots=True)
class Stranger:
    """Nobody we know; why, in a word for the audit and in a sentence for them. `why` is "" for who may sign in."""

    why: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """How people come in: fixed when the desk starts, so that no later change of a file opens it."""

    house: House
    address: Address
    policy: DeskPolicy

    @property
    def behind_proxy(self) -> bool:
        return bool(self.policy.user_header)

    @property
    def cookie(self) -> str:
        """The cookie's name; over HTTPS one that browsers take from nobody but this very host."""
        return "__Host-leitstand" if self.address.secure else "leitstand-" + self._port()

    def _port(self) -> str:
        # Browsers keep the ports of a host apart in no other way.
        return min(self.address.origins).rpartition(":")[2].strip("/")

    def is_proxy(self, peer: str) -> bool:
        """Whether the other end of the line is one of the proxies."""
        try:
            found = ip_address(peer)
        except ValueError:
            return False
        if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        return any(found in network for network in self.policy.proxies)

    def origin(self, peer: str) -> str:
        """Where a request comes from, as the audit says it."""
        if self.is_proxy(peer):
            return f"proxy {peer}"
        try:
            return "loopback" if ip_address(peer).is_loopback else peer
        except ValueError:
            return "unknown"

    def meet(self, ask: Ask, *, awake: bool = True) -> Guest | Stranger:
        """Who asks. `awake`: a person does, and not a page that looks again by itself."""
        return self._named(ask) if self.behind_proxy else self._known(ask, awake=awake)

    def _known(self, ask: Ask, *, awake: bool) -> Guest | Stranger:
        token, now = ask.cookie(self.cookie), self.house.now()
        if not token:
            return Stranger()
        with self.house.book(read_only=True) as store:
            session = find_session(store, token, self.house.settings.desk, now)
        person = self.house.settings.people.get(session.person) if session else None
        if session is None:
            return Stranger()
        if person is None:
            # Whoever comes back to the team some day signs in anew.
            with self.house.book() as store:
                end_sessions(store, session.person)
            return Stranger()
        if awake and now - session.seen_at >= NOTED_EVERY:
            with self.house.book() as store:
                note_seen(store, session, now)
        return Guest(person, session)

    def _named(self, ask: Ask) -> Guest | Stranger:
        said = ask.values(self.policy.user_header.lower())
        if not self.is_proxy(ask.peer):
            return Stranger("header" if said else "address", _("this desk is reached through the company's login only"))
        person = find_person(said, self.house.settings.people)
        if person is None:
            sentence = _("the company's login names nobody in [people] of leitstand.toml; ask whoever looks after it")
            return Stranger("unknown", sentence)
        with self.house.book() as store:
            session, fresh = self._session(store, person, ask.cookie(self.cookie))
        return Guest(person, session, fresh)

    def _session(self, store: Store, person: Person, token: str) -> tuple[Session, bool]:
        """Behind a proxy a session only holds what forms carry; it is the person's, or a new one."""
        policy, now = self.house.settings.desk, self.house.now()
        known = find_session(store, token, policy, now)
        if known is None or known.person != person.key:
            return start_session(store, person.key, policy, now), True
        if now - known.seen_at >= NOTED_EVERY:
            note_seen(store, known, now)
        return known, False


def find_person(said: list[str], people: Mapping[str, Person]) -> Person | None:
    """The person whom a header names, by id or e-mail; None for no, several, or a doubtful name.

    Ids count letter by letter, addresses without regard to case, in ASCII alone: there is no other letter to take for one.
    """
    name = said[0].strip() if len(said) == 1 else ""
    if not name or not name.isascii():
        return None
    found = [one for one in people.values() if one.key == name or (one.email and one.email.lower() == name.lower())]
    return found[0] if len(found) == 1 else None
