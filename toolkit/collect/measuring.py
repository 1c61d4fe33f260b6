"""Asking: one measurement per post and per account, as observations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from toolkit.collect.agenda import Question
from toolkit.collect.plan import ACCOUNT, Published, figures_of
from toolkit.errors import LeitstandError
from toolkit.model import Clock, Observation
from toolkit.networks.answers import NotToldError
from toolkit.networks.base import Connection, Explaining, Following
from toolkit.settings import Account
from toolkit.values import dataclass
from toolkit.web import WebError

# Opens an account's line; raises `LeitstandError` with what is missing.
OpenConnection = Callable[[Account], Connection]


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one question brought about one post. `post` is None for the account itself.

    `failure` says why there is nothing; `again_at` when the network wants to be asked again.
    """

    account: str
    post: Published | None
    observations: tuple[Observation, ...] = ()
    failure: str = ""
    again_at: datetime | None = None


def measure(
    questions: Iterable[Question], open_connection: OpenConnection, clock: Clock, import_id: str
) -> Iterator[Measurement]:
    """Ask the questions and yield a measurement of each post and account, lazily.

    An account that fails once is not asked again in this round and yields one failure; the others go on.
    """
    round_ = _Round(Lines(open_connection, {}), clock, import_id, set())
    for question in questions:
        yield from round_.ask(question)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a round, each opened once."""

    open_connection: OpenConnection
    opened: dict[str, Connection]

    def __call__(self, account: Account) -> Connection:
        if account.name not in self.opened:
            self.opened[account.name] = self.open_connection(account)
        return self.opened[account.name]

    def again_at(self, account: Account, error: LeitstandError) -> datetime | None:
        """When the account's network wants to be asked again after this; None where waiting is no help."""
        if isinstance(error, NotToldError):
            return error.answer.retry_at
        line = self.opened.get(account.name)
        if isinstance(error, WebError) and isinstance(line, Explaining):
            return line.explain(error).retry_at
        return None


@dataclass(frozen=True, slots=True)
class _Round:
    lines: Lines
    clock: Clock
    import_id: str
    failed: set[str]

    def ask(self, question: Question) -> Iterator[Measurement]:
        account = question.account
        if account.name in self.failed:
            return
        try:
            found = self._values(question)
        except LeitstandError as error:
            self.failed.add(account.name)
            again_at = self.lines.again_at(account, error)
            yield Measurement(account.name, next(iter(question.posts), None), (), str(error), again_at)
            return
        for post, values in found:
            yield Measurement(account.name, post, tuple(self._observations(account, post, values)))

    def _values(self, question: Question) -> list[tuple[Published | None, Mapping[str, float]]]:
        line = self.lines(question.account)
        if not question.posts:
            return [(None, line.audience() if isinstance(line, Following) else {})]
        counts = line.counts([remote_id for post in question.posts for remote_id in post.remote_ids])
        return [(post, add_up(counts, post.remote_ids)) for post in question.posts]

    def _observations(
        self, account: Account, post: Published | None, values: Mapping[str, float]
    ) -> Iterator[Observation]:
        now = self.clock.now()
        if post is not None:
            values = figures_of(account).told(values, now - post.published_at)
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
