"""What is wrong in a workspace: remembered from the last time where nothing that matters has changed, else found anew.

Nothing heavy is loaded to recall a whole answer. Where one post changed, the others are not asked again.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

import typer

from toolkit.cli.context import Context
from toolkit.errors import LedgerError
from toolkit.findings.answers import Answer, Answers
from toolkit.findings.inputs import Inputs, name_program, read_inputs
from toolkit.findings.moment import Period
from toolkit.messages import _
from toolkit.source.past import find_commit
from toolkit.values import dataclass

if TYPE_CHECKING:
    from toolkit.ledger import Row

# Longer than the tick of any disk's clock.
_SETTLED: Final = 2_500_000_000  # nanoseconds


@dataclass(frozen=True, slots=True)
class Question:
    """A workspace as it is now, and what the ledger knows of it."""

    context: Context
    now: datetime
    rows: Sequence[Row]
    program: str

    def inputs(self, before: Inputs | None = None) -> Inputs | None:
        """Everything the answer may depend on, None when some of it cannot be read; see `read_inputs`."""
        try:
            more = list(self._more())
            settled = time.time_ns() - _SETTLED
            return read_inputs(self.context.root, self.program, more, settled=settled, before=before)
        except OSError:
            return None

    def _more(self) -> Iterator[str]:
        yield f"HEAD {find_commit(self.context.root, 'HEAD')}"
        yield from sorted(f"row {row.uid} {row.account} {row.state}" for row in self.rows)
        if self.context.settings.forge is not None:
            from toolkit.forge.knowledge import FILE

            known = self.context.state / FILE
            yield known.read_text(encoding="utf-8") if known.exists() else "no reviews"

    def answer(self, asked: Collection[str], *, remember: bool) -> Answer:
        """What is wrong with what was `asked` for, found anew."""
        from toolkit.lint import Recall, check_workspace

        loaded = self.context.load()
        recall = Recall(self.context.root, self.program) if remember else None
        problems = check_workspace(loaded, now=self.now, paths=asked, ledger_rows=self.rows, recall=recall)
        posts = tuple(post.path for post in loaded.posts if not asked or post.path in asked)
        return Answer(tuple(problems), posts)

    def answer_whole(self, inputs: Inputs | None) -> tuple[Answer, Period | None]:
        """What is wrong anywhere, and when that holds; posts that are as they were are not asked again."""
        from toolkit.lint import check_whole

        def again() -> str:
            after = self.inputs(inputs)
            return after.key if after else ""

        loaded = self.context.load(None if inputs is None else inputs.tree)
        found, period = check_whole(
            loaded, inputs, now=self.now, ledger_rows=self.rows, program=self.program, again=again
        )
        return Answer(found, tuple(post.path for post in loaded.posts)), period


def find_answer(context: Context, asked: Collection[str], *, remember: bool = True) -> Answer:
    """The problems of `asked` (empty: of all), and the posts that were looked at."""
    now = context.clock.now()
    question = Question(context, now, _ledger_rows(context, now), name_program(context.environ))
    if asked or not remember:
        return question.answer(asked, remember=remember)
    inputs, answers = question.inputs(), Answers(context.root)
    known = answers.recall(inputs.key, now) if inputs is not None else None
    if known is not None:
        return known
    answer, period = question.answer_whole(inputs)
    if inputs is not None and period is not None:
        answers.keep(inputs.key, period, answer)
    return answer


def _ledger_rows(context: Context, now: datetime) -> Sequence[Row]:
    if not context.state.is_dir():  # before the import, which an editor would wait for
        return ()
    from toolkit.ledger import open_ledger

    path = context.ledger
    if not path.exists():
        return ()
    try:
        with open_ledger(path, now=now, read_only=True) as ledger:
            return ledger.rows()
    except LedgerError as error:
        # Texts can be checked without it; whoever publishes is told in full.
        typer.echo(_("leitstand: checked without the ledger: {error}").format(error=error), err=True)
        return ()
