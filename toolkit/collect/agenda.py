"""What a round of measuring will ask, in which order, and in how many requests: `measure --plan` shows it.

Posts of one account are asked about together where its network allows it. An account gets no more requests in one round
than its network's budget; values that posts will be compared by come first, then the youngest posts. What does not
fit stays due and comes in the next round. An account whose network asked for patience is left alone until then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import datetime, timedelta

from toolkit.collect.due import is_near_mark
from toolkit.collect.plan import Published, figures_of
from toolkit.settings import Account
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """What an account is asked at once: about these posts, or, without posts, about itself."""

    account: Account
    posts: tuple[Published, ...]
    requests: int  # signing in not included


@dataclass(frozen=True, slots=True)
class Agenda:
    """The questions of one round, and what is left out of it."""

    questions: tuple[Question, ...] = ()
    postponed: Mapping[str, int] = field(default_factory=dict)  # account → due posts beyond its budget
    patience: Mapping[str, datetime] = field(default_factory=dict)  # account → when it may be asked again

    @property
    def requests(self) -> Mapping[str, int]:
        """Account → how many requests it will get."""
        found: dict[str, int] = {}
        for question in self.questions:
            found[question.account.name] = found.get(question.account.name, 0) + question.requests
        return found


def make_agenda(
    posts: Iterable[Published],
    audiences: Iterable[Account],
    now: datetime,
    patience: Mapping[str, datetime] | None = None,
) -> Agenda:
    """The agenda for what is due. `patience` says which accounts may not be asked before when."""
    waiting = {name: until for name, until in (patience or {}).items() if until > now}
    of_account: dict[str, list[Published]] = {}
    for post in posts:
        of_account.setdefault(post.account.name, []).append(post)
    questions: list[Question] = []
    postponed: dict[str, int] = {}
    for name, due in of_account.items():
        chosen = [] if name in waiting else list(_within_budget(sorted(due, key=lambda post: _rank(post, now))))
        questions += _together(chosen)
        if len(chosen) < len(due):
            postponed[name] = len(due) - len(chosen)
    # Accounts come last: who may not read its followers has its posts counted all the same.
    questions += [Question(one, (), 1) for one in audiences if one.name not in waiting]
    return Agenda(tuple(questions), postponed, waiting)


def _rank(post: Published, now: datetime) -> tuple[bool, timedelta, str]:
    age = now - post.published_at
    return not is_near_mark(age), age, post.uid


def _within_budget(posts: list[Published]) -> Iterator[Published]:
    """As many of one account's posts as its budget allows, one request kept for the account itself."""
    parts = 0
    for post in posts:
        figures = figures_of(post.account)
        parts += len(post.remote_ids)
        if figures.requests(parts) + 1 > figures.budget and parts > len(post.remote_ids):
            return
        yield post


def _together(posts: list[Published]) -> Iterator[Question]:
    """Posts of one account in as few questions as its network allows; a thread's parts stay together."""
    batch: list[Published] = []
    for post in posts:
        if batch and _parts([*batch, post]) > figures_of(post.account).together:
            yield _question(batch)
            batch = []
        batch.append(post)
    if batch:
        yield _question(batch)


def _question(posts: list[Published]) -> Question:
    account = posts[0].account
    return Question(account, tuple(posts), figures_of(account).requests(_parts(posts)))


def _parts(posts: Iterable[Published]) -> int:
    return sum(len(post.remote_ids) for post in posts)
