"""The baseline: problems of old content that everybody knows and `check` leaves out.

A problem is known by its file, its rule and the words of its line, so that lines may come and go above it; three equal
ones in the file are left out three times and the fourth is shown. It is about what `check` prints alone: a post with
errors is held back by the dispatcher, baseline or not.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from pathlib import Path
from typing import Final

from toolkit.errors import UsageError
from toolkit.findings.fingerprint import FindLine, Mark, mark
from toolkit.messages import _
from toolkit.model import Problem, Severity, Span
from toolkit.source.writing import READABLE, replace_file
from toolkit.values import dataclass

DEFAULT: Final = ".leitstand-baseline.json"
RULE: Final = "baseline"
FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Baseline:
    """Known problems and how often each stands there; `lines` says where in the file, from 1."""

    path: str
    known: Mapping[Mark, int]
    lines: Mapping[Mark, int] = field(default_factory=dict)

    def sift(self, problems: Iterable[Problem], line: FindLine) -> tuple[list[Problem], Counter[Mark]]:
        """The problems that are not known, and the known ones that are no longer there."""
        left = Counter(self.known)
        new = []
        for problem in problems:
            found = mark(problem, line)
            if left[found] > 0:
                left[found] -= 1
            else:
                new.append(problem)
        return new, +left

    def needless(self, left: Counter[Mark], covered: Callable[[str], bool]) -> list[Problem]:
        """A hint for each entry about files that were looked at (`covered`) and whose problem is gone."""
        message = _(
            "this problem of {path} ({rule}) is gone; write the baseline anew: leitstand check --write-baseline"
        )
        return [
            Problem(
                self.path,
                Span(at := self.lines.get(found, 1), 1, at, 1),
                RULE,
                Severity.HINT,
                message.format(path=found[0], rule=found[1]),
            )
            for found in sorted(left)
            if covered(found[0])
        ]


def make_baseline(path: str, problems: Iterable[Problem], line: FindLine) -> Baseline:
    """A baseline of these problems."""
    return Baseline(path, Counter(mark(problem, line) for problem in problems))


def read_baseline(file: Path, name: str) -> Baseline:
    """The baseline in `file`, called `name` in messages. Raises `UsageError` for what is none."""
    try:
        text = file.read_text(encoding="utf-8")
        entries = _entries(json.loads(text))
    except FileNotFoundError:
        message = _("there is no {path}; write it with: leitstand check --write-baseline")
        raise UsageError(message.format(path=name)) from None
    except (ValueError, TypeError, KeyError, RecursionError):
        message = _("{path} is no baseline of this version; write it anew: leitstand check --write-baseline")
        raise UsageError(message.format(path=name)) from None
    # Each entry stands in a line of its own; who writes the file in another way gets its first line.
    rows = {row.rstrip(","): number for number, row in enumerate(text.splitlines(), start=1)}
    return Baseline(name, entries, {found: rows.get(_row(found, count), 1) for found, count in entries.items()})


def write_baseline(file: Path, baseline: Baseline) -> None:
    """Write it whole, sorted, one entry a line, so that two branches seldom touch the same one."""
    rows = ",\n".join(_row(found, count) for found, count in sorted(baseline.known.items()))
    text = f'{{"format": {FORMAT}, "problems": [\n{rows}\n]}}\n'
    replace_file(file, text.encode(), mode=READABLE)


def _row(found: Mark, count: int) -> str:
    path, rule, line = found
    # Escapes beyond ASCII: file names may hold what UTF-8 has no bytes for.
    return json.dumps({"path": path, "rule": rule, "line": line, "count": count})


def _entries(raw: object) -> Mapping[Mark, int]:
    """The entries of a parsed file; raises `ValueError`, `TypeError` or `KeyError` for any other shape."""
    if not isinstance(raw, dict) or raw["format"] != FORMAT or not isinstance(raw["problems"], list):
        raise ValueError(raw)
    entries: Counter[Mark] = Counter()
    for one in raw["problems"]:
        path, rule, line, count = (one[name] for name in ("path", "rule", "line", "count"))
        if not (all(isinstance(text, str) for text in (path, rule, line)) and type(count) is int and count > 0):
            raise ValueError(one)
        entries[path, rule, line] += count
    return entries
