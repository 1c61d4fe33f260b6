"""What the rules said of single posts, remembered until the post, its surroundings or the time say otherwise.

One file below `.leitstand/cache/`, which may be deleted any time. It belongs to one set of *surroundings*: everything
but the posts that a rule about one post may look at, see `toolkit.findings.inputs`. What cannot be read is not there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from toolkit.findings.cache import CACHE, keep
from toolkit.findings.moment import Moment, Period
from toolkit.findings.rows import read_problem, write_problem
from toolkit.model import Problem
from toolkit.values import dataclass

# Another release, which stores them differently, takes another name.
_NAME: Final = "posts-1.json"
_LARGEST: Final = 100_000_000  # bytes of a file that is still read


@dataclass(slots=True)
class Said:
    """The problems of a post, and the period in which they hold, None where nobody notes it.

    They are `whole` unless a rule was stopped on the way, which is nothing to remember.
    """

    problems: list[Problem]
    whole: bool = True
    period: Period | None = None


def noted(now: datetime, answers: Iterable[Said]) -> list[Said]:
    """What is said of each post as the answers are read, with the periods in which it holds when `now` is a `Moment`."""
    if not isinstance(now, Moment):
        return [*answers]
    found = []
    with now.apart() as take:
        for said in answers:
            said.period = take() or Period.always()
            found.append(said)
    return found


def hear(found: Iterable[Said], now: datetime, answers: Iterable[Iterable[Problem]]) -> None:
    """Add to what was `found` of each post what another rule answers, which it is asked as the answers are read."""
    with now.apart() if isinstance(now, Moment) else nullcontext(lambda: None) as take:
        for said, problems in zip(found, answers, strict=True):
            said.problems.extend(problems)
            period = take()
            if period is not None and said.period is not None:
                said.period.narrow(period)


class Unchanged:
    """The problems of one workspace's posts; `surroundings` names all else that they depend on."""

    def __init__(self, root: Path, surroundings: str) -> None:
        self._root = root
        self._surroundings = surroundings
        self._used: dict[str, object] = {}
        self._new = False
        self.recalled = False  # whether a rule was spared a post

    @property
    def file(self) -> Path:
        """Where it lies."""
        return self._root / CACHE / _NAME

    @cached_property
    def _known(self) -> dict[str, Any]:
        try:
            if self.file.is_symlink() or self.file.stat().st_size > _LARGEST:
                return {}
            raw = json.loads(self.file.read_bytes())
            return dict(raw["posts"]) if raw["surroundings"] == self._surroundings else {}
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return {}

    def note(self, key: str, said: Said) -> None:
        """Remember what was said of a post; `key` names its text and what else is its own."""
        self._new = True
        if said.whole and said.period is not None:
            self._used[key] = _row(said.period, said.problems)

    def recall(self, key: str, now: datetime) -> Sequence[Problem] | None:
        """What was said of the post, None when nothing holds now; until when it does is noted, as if it were said now."""
        if not isinstance(now, Moment):
            return None
        row = self._known.get(key)
        try:
            period, problems = _read(row)
        except (ValueError, TypeError):
            return None
        if not now.holds(period):
            return None
        self._used[key], self.recalled = row, True
        return problems

    def save(self) -> None:
        """Keep what is new, and forget the posts that are no longer there."""
        if self._new or len(self._used) != len(self._known):
            raw = {"surroundings": self._surroundings, "posts": self._used}
            keep(self._root, _NAME, json.dumps(raw, separators=(",", ":")).encode())


def _row(period: Period, problems: Sequence[Problem]) -> list[object]:
    return [period.since.isoformat(), period.until.isoformat(), [write_problem(one) for one in problems]]


def _read(row: Any) -> tuple[Period, list[Problem]]:
    since, until, told = row
    period = Period(datetime.fromisoformat(since), datetime.fromisoformat(until))
    if period.since.tzinfo is None or period.until.tzinfo is None:
        raise ValueError
    return period, [read_problem(one) for one in told]
