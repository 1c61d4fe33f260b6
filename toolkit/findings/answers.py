"""What checks found, remembered below `.leitstand/cache/`; safe to delete at any time, and never in the way of a check.

A file is named after the key of what was looked at and says for which period of time it holds. It is put into its place
whole, so that any number of processes may read and write; what cannot be read is not there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from toolkit.findings.cache import CACHE, keep
from toolkit.findings.moment import Period
from toolkit.findings.rows import read_problem, write_problem
from toolkit.model import Problem
from toolkit.values import dataclass

# Another release, which stores them differently, takes another name.
_FOLDER: Final = "check-1"
KEPT: Final = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """All problems of a workspace, and the paths of the posts that were looked at."""

    problems: tuple[Problem, ...]
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of one workspace."""

    root: Path

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self.root / CACHE / _FOLDER

    def recall(self, key: str, now: datetime) -> Answer | None:
        """The answer for the key, None when there is none or its time is over."""
        try:
            raw = json.loads(self._file(key).read_bytes())
            period = Period(datetime.fromisoformat(raw["since"]), datetime.fromisoformat(raw["until"]))
            return _answer(raw) if period.contains(now) else None
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None

    def keep(self, key: str, period: Period, answer: Answer) -> None:
        """Remember an answer, and forget all but the last few."""
        raw = {
            "since": period.since.isoformat(),
            "until": period.until.isoformat(),
            "problems": [write_problem(problem) for problem in answer.problems],
            "posts": answer.posts,
        }
        keep(self.root, f"{_FOLDER}/{key}.json", json.dumps(raw).encode())
        with suppress(OSError):
            self._forget()

    def _forget(self) -> None:
        files = sorted(self.folder.glob("*.json"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for file in files[KEPT:]:
            file.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.json"


def _answer(raw: Mapping[str, Any]) -> Answer:
    return Answer(tuple(map(read_problem, raw["problems"])), tuple(raw["posts"]))
