"""What `check` leaves out: problems that a baseline knows, and those outside of the lines that changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from pathlib import Path

from toolkit.cli.findings import Findings, Origin
from toolkit.errors import UsageError
from toolkit.findings.baseline import DEFAULT, Baseline, make_baseline, read_baseline, write_baseline
from toolkit.findings.changes import find_changes
from toolkit.messages import _
from toolkit.model import Problem
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Sieve:
    """The user's wishes: a git revision to compare with, a baseline, or none at all; ``""`` is no wish."""

    origin: Origin
    asked: Collection[str]  # the files that the problems are of; empty means all
    revision: str = ""
    baseline: str = ""  # a file, from the current folder
    open: bool = False  # no baseline, also where the usual one exists

    def __post_init__(self) -> None:
        if self.open and self.baseline:
            raise UsageError(_("--baseline and --no-baseline contradict each other"))

    def sift(self, findings: Findings) -> list[Problem]:
        """The problems that are left, and a hint for each entry of the baseline that is not needed any more."""
        problems = findings.problems
        known = self._known()
        if known is not None:
            new, left = known.sift(problems, findings.line)
            findings.known = len(problems) - len(new)
            hints = known.needless(left, self._covers)
            problems = sorted([*new, *hints], key=lambda problem: problem.path)
        if self.revision:
            changes = find_changes(self.origin.root, self.origin.tree, self.revision)
            problems = [problem for problem in problems if changes.touch(problem)]
        return problems

    def write(self, findings: Findings) -> tuple[Path, int]:
        """Take the problems as known; entries about files that were not asked for stay. Returns file and number."""
        if self.revision or self.open:
            raise UsageError(_("--write-baseline takes all problems as known; leave out --diff-only and --no-baseline"))
        made = make_baseline(self._name, findings.problems, findings.line)
        others: Counter[tuple[str, str, str]] = Counter()
        if self.asked and self._file.exists():
            before = read_baseline(self._file, self._name)
            others.update({mark: count for mark, count in before.known.items() if not self._covers(mark[0])})
        write_baseline(self._file, Baseline(self._name, others + Counter(made.known)))
        return self._file, len(findings.problems)

    def _known(self) -> Baseline | None:
        if self.open or not (self.baseline or self._file.is_file()):
            return None
        return read_baseline(self._file, self._name)

    def _covers(self, path: str) -> bool:
        return not self.asked or path in self.asked

    @property
    def _file(self) -> Path:
        return Path(self.baseline).resolve() if self.baseline else self.origin.root / DEFAULT

    @property
    def _name(self) -> str:
        root = self.origin.root.resolve()
        return self._file.relative_to(root).as_posix() if self._file.is_relative_to(root) else str(self._file)
