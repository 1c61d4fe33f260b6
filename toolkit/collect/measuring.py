"""Asking: one measurement per post and per account's audience, as observations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from toolkit.collect.plan import ACCOUNT, Published
from toolkit.errors import LeitstandError
from toolkit.model import Clock, Observation
from toolkit.networks.base import Connection
from toolkit.settings import Account

# Opens an account's line; raises `LeitstandError` with what is missing.
OpenConnection = Callable[[Account], Connection]


@runtime_checkable
class Audience(Protocol):
    """A connection that can also say how many people follow the account."""

    def audience(self) -> Mapping[str, float]:
        """Metric → value (``followers``), empty where the network does not tell."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one question brought. `post` is None for the account itself; `failure` says why there is nothing."""

    account: str
    post: Published | None
    observations: tuple[Observation, ...] = ()
    failure: str = ""


def measure(
    posts: Iterable[Published],
    audiences: Iterable[Account],
    open_connection: OpenConnection,
    clock: Clock,
    import_id: str,
) -> Iterator[Measurement]:
    """Ask about every post and every account's audience, one measurement each, lazily.

    An account that fails once is not asked again in this round and yields one failure; the others go on.
    """
    round_ = _Round(open_connection, clock, import_id, {}, set())
    for post in posts:
        yield from round_.ask(post.account, post)
    for account in audiences:
        yield from round_.ask(account, None)


@dataclass(frozen=True, slots=True)
class _Round:
    open_connection: OpenConnection
    clock: Clock
    import_id: str
    lines: dict[str, Connection]
    failed: set[str]

    def ask(self, account: Account, post: Published | None) -> Iterator[Measurement]:
        if account.name in self.failed:
            return
        try:
            values = self._values(account, post)
        except LeitstandError as error:
            self.failed.add(account.name)
            yield Measurement(account.name, post, failure=str(error))
            return
        yield Measurement(account.name, post, tuple(self._observations(account, post, values)))

    def _values(self, account: Account, post: Published | None) -> Mapping[str, float]:
        line = self.lines.get(account.name)
        if line is None:
            line = self.lines[account.name] = self.open_connection(account)
        if post is not None:
            return add_up(line.counts(post.remote_ids), post.remote_ids)
        return line.audience() if isinstance(line, Audience) else {}

    def _observations(
        self, account: Account, post: Published | None, values: Mapping[str, float]
    ) -> Iterator[Observation]:
        now = self.clock.now()
        for metric, value in sorted(values.items()):
            yield Observation(
                subject=post.uid if post else ACCOUNT,
                channel=account.name,
                metric=metric,
                value=value,
                observed_at=now,
                published_at=post.published_at if post else None,
                source=account.network,
                import_id=self.import_id,
            )


def add_up(counts: Mapping[str, Mapping[str, float]], remote_ids: Iterable[str]) -> dict[str, float]:
    """Each metric over all parts; one that any part lacks is left out, because missing is not zero."""
    parts = [counts.get(remote_id, {}) for remote_id in remote_ids]
    metrics = set.intersection(*(set(part) for part in parts)) if parts else set()
    return {metric: sum(part[metric] for part in parts) for metric in metrics}
