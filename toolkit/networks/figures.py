"""What a network's API tells about posts and accounts, and what a number means there.

One declaration per adapter. KPIs read from it which networks deliver them, `collect` how many posts go into one
request and how many requests one round may make, analysts what is counted as a view.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import timedelta
from itertools import chain

from toolkit.values import dataclass

NO_LAG = timedelta(0)


@dataclass(frozen=True, slots=True)
class Figures:
    """The metrics of a network under the house's names, as they are told where all goes well."""

    posts: tuple[str, ...]  # of each post, totals so far
    source: str  # the page that documents the API
    account: tuple[str, ...] = ()  # of the account itself
    # Metric → what one count of it is on this network, where the name alone does not say it.
    meanings: Mapping[str, str] = field(default_factory=dict)
    together: int = 1  # posts that one request asks about
    each: int = 0  # further requests for each post
    # Requests that one round of measuring may make for an account; what is left is asked in the next.
    budget: int = 100
    # Metrics that the network works out later, and how much later at most: until then their zero is no zero.
    late: tuple[str, ...] = ()
    lag: timedelta = NO_LAG
    # The age after which the network's numbers are no totals any more.
    window: timedelta | None = None
    # Whether it tells anybody the public counts of an organisation's account: see `toolkit.networks.watching`.
    public: bool = False
    # Beginning of an account's id → what is told about such accounts instead.
    kinds: Mapping[str, Figures] = field(default_factory=dict)

    @property
    def metrics(self) -> tuple[str, ...]:
        """Everything that is told, each metric once."""
        return tuple(dict.fromkeys(chain(self.posts, self.account)))

    def of(self, account_id: str) -> Figures:
        """The figures of accounts like this one."""
        return next((other for begin, other in self.kinds.items() if account_id.startswith(begin)), self)

    def requests(self, posts: int) -> int:
        """How many requests the counts of so many posts take; a thread is as many posts as it has parts."""
        return -(-posts // self.together) + posts * self.each

    def told(self, counts: Mapping[str, float], age: timedelta) -> dict[str, float]:
        """`counts` of a post of this age without those that the network has not worked out yet."""
        young = age < self.lag
        return {name: value for name, value in counts.items() if value or not (young and name in self.late)}
