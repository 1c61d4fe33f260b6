"""What is wrong in the workspace, as `leitstand check` finds it; not looked for again while nothing has changed.

Asking ten thousand posts takes longer than making their pages. The answer is remembered in the workspace's cache, with
the period of time in which it holds (`toolkit.findings`).
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolkit.findings.answers import Answer, Answers
from toolkit.findings.inputs import Inputs, name_program, read_inputs
from toolkit.model import Problem
from toolkit.networks.renditions import Render, render_now
from toolkit.pages.kept import digest
from toolkit.source.past import find_commit
from toolkit.values import dataclass

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

    def problems(
        self, workspace: Workspace, rows: Iterable[Row], now: datetime, render: Render = render_now
    ) -> tuple[Problem, ...]:
        """Every problem of the `workspace` that was loaded from `inputs`, of whose ledger these are the rows.

        `render` makes what networks receive, where a rule asks for it.
        """
        rows = tuple(rows)
        answers, key = Answers(self.root), self._key(workspace, rows)
        known = answers.recall(key, now) if self.inputs else None
        if known is not None:
            return known.problems
        from toolkit.lint import check_whole  # a third of a second, which the answer saves

        found, period = check_whole(
            workspace,
            self.inputs,
            now=now,
            ledger_rows=rows,
            program=self.program,
            again=self._key_now,
            render=render,
        )
        if period is not None:
            answers.keep(key, period, Answer(found, ()))
        return found

    def _key_now(self) -> str:
        inputs = _inputs(self.root, self.program, self.inputs)
        return inputs.key if inputs else ""

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


def _inputs(root: Path, program: str, before: Inputs | None = None) -> Inputs | None:
    try:
        return read_inputs(root, program, (), settled=time.time_ns() - _SETTLED, before=before)
    except OSError:
        return None
