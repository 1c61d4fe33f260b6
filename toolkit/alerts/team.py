"""Who is told: the people of a post, else those with a role; deputies for the absent, and nobody who cannot be reached."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from toolkit.approval import present_person
from toolkit.model import Post
from toolkit.settings import OncallPolicy, Settings
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Team:
    """The people of a workspace on one day. `reachable` are those with an address."""

    settings: Settings
    day: date
    reachable: Collection[str]

    def first(self, *groups: Iterable[str]) -> tuple[str, ...]:
        """Who is there of the first group of which anybody is, or whose deputy is; names of nobody are passed over."""
        for group in groups:
            there = self.there(group)
            if there:
                return there
        return ()

    def there(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those of the people, or their deputies, who are there and can be reached, each once."""
        found = dict.fromkeys(filter(None, map(self._stand_in, names)))
        return tuple(name for name in found if name in self.reachable)

    def with_role(self, *roles: str) -> tuple[str, ...]:
        """Everybody with one of the roles, there or not."""
        return tuple(person.key for person in self.settings.people.values() if set(roles) & set(person.roles))

    def of_post(self, post: Post | None) -> tuple[str, ...]:
        """Owner and author, else the community managers, else the managers."""
        own = (post.owner, post.author) if post else ()
        return self.first(own, self.with_role("community"), self.with_role("manager"))

    def of_reply(self, author: str) -> tuple[str, ...]:
        """Who wrote it, else the community managers, else the managers."""
        return self.first((author,), self.with_role("community"), self.with_role("manager"))

    @property
    def managers(self) -> tuple[str, ...]:
        return self.there(self.with_role("manager"))

    def _stand_in(self, name: str) -> str:
        person = self.settings.people.get(name)
        there = present_person(person, self.settings, self.day) if person else None
        return there.key if there else ""


def call_order(policy: OncallPolicy, team: Team, local: datetime) -> tuple[str, ...]:
    """Who is called one after the other at a wall time: by the rota, else the community, and last the managers."""
    others = () if policy.rota else team.with_role("community")
    return team.there((*policy.order(local.replace(tzinfo=None)), *others, *team.with_role("manager")))
