"""`leitstand learn show`: one question with everything that is known of it, and what accepting would change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, print_json
from toolkit.cli.findings import printable
from toolkit.cli.learn.asking import Asked, ask
from toolkit.cli.learn.records import answer_record, decision_record
from toolkit.errors import EXIT_CLEAN, LeitstandError, UsageError
from toolkit.learning.changes import patch_text
from toolkit.learning.deciding import page_of, propose, proposed
from toolkit.learning.decisions import Decision
from toolkit.learning.proposals import decided
from toolkit.learning.question import Answer
from toolkit.learning.sentences import course_title, evidence, kind_title, later_evidence, status_title, summary, title
from toolkit.messages import _, ngettext


def show_question(
    ident: Annotated[str, typer.Argument(metavar="ID", help="A question, as leitstand learn --all lists it.")],
    *,
    workspace: Folder = HERE,
    as_json: AsJson = False,
    now: Now = "",
) -> int:
    """Say everything about one question: numbers, what was decided, what came after that, what accepting would change."""
    asked = ask(workspace, now)
    last = decided(asked.learned.decisions, ident)
    answer = _answer(asked, ident, last)
    if as_json:
        print_json(_record(asked, answer, last))
        return EXIT_CLEAN
    for line in (*_answer_lines(asked, answer), *_decision_lines(asked, last)):
        typer.echo(printable(line))
    if answer is not None:
        typer.echo(printable(_patch(asked, answer)), nl=False)
    return EXIT_CLEAN


def _answer(asked: Asked, ident: str, last: Decision | None) -> Answer | None:
    """None for what was decided and is not asked any more. Raises `UsageError` for what nobody knows."""
    try:
        return asked.learned.find(ident)
    except UsageError:
        if last is None:
            raise
        return None


def _answer_lines(asked: Asked, answer: Answer | None) -> Iterator[str]:
    if answer is None:
        return
    yield f"{answer.id}  ({page_of(asked.workspace, answer)})"
    yield f"  {kind_title(answer.kind)}: {title(answer)}"
    yield f"  {evidence(answer)}"
    if answer.q is not None:
        yield "  " + ngettext(
            "q: among {count} open question, at any look within a year.",
            "q: among {count} open questions, at any look within a year.",
            asked.learned.asked,
        )
    if answer.worth:
        yield f"  {summary(answer)}"
    else:
        yield "  " + _("No reliable difference, or too small to matter.")
    yield from (f"  {note}" for note in answer.notes)
    yield "  " + _("These numbers again: {command}").format(command=asked.source(answer.id))


def _decision_lines(asked: Asked, last: Decision | None) -> Iterator[str]:
    if last is None:
        return
    yield _("Decided:")
    who = last.by or _("nobody has signed it")
    yield f"  {last.id}  {last.at.date()}  {who}  {status_title(last.status)}  {last.path}"
    yield from (f"    {line}" for line in (last.summary, last.evidence, last.reason, *last.changed) if line)
    later = asked.learned.since(last)
    if later is not None:
        yield f"    {course_title(later.course)}: {later_evidence(later)}"


def _patch(asked: Asked, answer: Answer) -> str:
    """What accepting would change; "" for what is not proposed."""
    try:
        changes = propose(asked.workspace, proposed(asked.learned, answer.id))
    except LeitstandError:
        return ""
    return patch_text(asked.workspace.tree, changes, asked.prefix)


def _record(asked: Asked, answer: Answer | None, last: Decision | None) -> dict[str, object]:
    return {
        "question": None if answer is None else answer_record(asked, answer),
        "decision": None if last is None else decision_record(last, asked.learned.since(last)),
        "asked": asked.learned.asked,
        "patch": "" if answer is None else _patch(asked, answer),
    }
