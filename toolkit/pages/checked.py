"""What is wrong in the workspace, as `leitstand check` finds it; not looked for again while nothing has changed.

Asking ten thousand posts takes longer than making their pages. The answer is remembered in the workspace's cache, with
the period of time in which it holds (`toolkit.findings`).
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolkit.findings.answers import Answer, Answers
from toolkit.findings.inputs import Inputs, name_program, read_inputs
from toolkit.findings.moment import Moment
from toolkit.model import Problem
from toolkit.pages.kept import digest
from toolkit.source.past import find_commit

if TYPE_CHECKING:
    from toolkit.ledger import Row
    from toolkit.workspace import Workspace

# Longer than the tick of any disk's clock.
_SETTLED: Final = 2_500_000_000  # nanoseconds


@dataclass(frozen=True, slots=True)
class Reading:
    """The workspace's files as they are read once for everything that a site shows; `inputs` None: they cannot be."""

    root: Path
    program: str
    inputs: Inputs | None

    def problems(self, workspace: Workspace, rows: Iterable[Row], now: datetime) -> tuple[Problem, ...]:
        """Every problem of the `workspace` that was loaded from `inputs`, of whose ledger these are the rows."""
        rows = tuple(rows)
        answers, key = Answers(self.root), self._key(workspace, rows)
        known = answers.recall(key, now) if self.inputs else None
        if known is not None:
            return known.problems
        from toolkit.lint import Recall, check_workspace  # a third of a second, which the answer saves

        moment, recall = Moment.watch(now), Recall(self.root, self.program)
        found = tuple(check_workspace(workspace, now=moment, ledger_rows=rows, recall=recall))
        # A file that came or went while we looked, or a rule of an installed package: nobody knows what it looks at.
        if self.inputs and _ours(workspace) and self.inputs.key == _key_of(self.root, self.program):
            answers.keep(key, moment.period, Answer(found, ()))
        return found

    def _key(self, workspace: Workspace, rows: tuple[Row, ...]) -> str:
        return digest(
            self.inputs.key if self.inputs else "",
            f"HEAD {find_commit(self.root, 'HEAD')}",
            *sorted(f"row {row.uid} {row.account} {row.state}" for row in rows),
            *(f"{uid} {given!r}" for uid, given in workspace.approvals.items()),
            *(f"{uid} {given!r}" for uid, given in workspace.sent_back.items()),
        )


def read_files(root: Path, environ: Mapping[str, str]) -> Reading:
    """Read everything that a check may look at."""
    program = name_program(environ)
    return Reading(root, program, _inputs(root, program))


def _inputs(root: Path, program: str) -> Inputs | None:
    try:
        return read_inputs(root, program, (), settled=time.time_ns() - _SETTLED)
    except OSError:
        return None


def _key_of(root: Path, program: str) -> str:
    inputs = _inputs(root, program)
    return inputs.key if inputs else ""


def _ours(workspace: Workspace) -> bool:
    from toolkit.lint import RULES, all_rules
    from toolkit.networks import NETWORKS

    accounts = workspace.settings.accounts.values()
    return all_rules().keys() == RULES.keys() and all(account.network in NETWORKS for account in accounts)
