"""`leitstand learn`: what is proposed, what chance explains, what was decided, and what came after that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer

from toolkit.cli.context import print_json
from toolkit.cli.findings import printable
from toolkit.cli.learn.asking import Asked, ask
from toolkit.errors import EXIT_CLEAN
from toolkit.learning import Answer, Course, Decision, Kind, Later, page_of
from toolkit.learning.sentences import course_title, evidence, kind_title, later_evidence, status_title, summary, title
from toolkit.messages import _, ngettext


def show(folder: Path, *, everything: bool, as_json: bool, now: str) -> int:
    """List the proposals."""
    asked = ask(folder, now)
    for problem in asked.learned.problems:
        typer.echo(printable(str(problem)), err=True)
    if as_json:
        print_json(_record(asked))
        return EXIT_CLEAN
    for line in (*_lines(asked), *(_all_lines(asked) if everything else ())):
        typer.echo(printable(line))
    return EXIT_CLEAN


def _lines(asked: Asked) -> Iterator[str]:
    learned = asked.learned
    questions = ngettext("{count} question", "{count} questions", len(learned.answers))
    posts = ngettext("{count} post", "{count} posts", learned.posts)
    yield _(
        "{questions} asked of {posts} of the last year; of what is proposed, at most one in twenty is chance."
    ).format(questions=questions, posts=posts)
    for answer in learned.proposed:
        yield f"\n{answer.id}  ({page_of(asked.workspace, answer)})"
        yield f"  {summary(answer)}"
        yield f"  {evidence(answer)}"
    if asked.report:
        yield "\n" + _("To read it up: {report}").format(report=asked.report)
    if learned.proposed:
        yield "\n" + _(
            "Next: leitstand learn patch ID shows the change, accept ID --by NAME makes it, reject ID says why not."
        )
    else:
        yield _("No reliable difference that nobody has decided about; keep variety.")
    yield from _chance_lines(learned.answers)
    yield from _decided_lines(learned.decisions, {one.decision.id: one for one in learned.later})


def _chance_lines(answers: tuple[Answer, ...]) -> Iterator[str]:
    """What was asked and is no news, a line for each kind."""
    kinds: dict[Kind, list[str]] = {}
    for answer in answers:
        if not answer.worth:
            kinds.setdefault(answer.kind, []).append(title(answer))
    if kinds:
        yield "\n" + _("No reliable difference, or too small to matter:")
    for kind, names in sorted(kinds.items()):
        yield f"  {kind_title(kind)}: {', '.join(sorted(names))}"


def _decided_lines(decisions: tuple[Decision, ...], later: dict[str, Later]) -> Iterator[str]:
    if decisions:
        yield "\n" + _("Decided:")
    for one in decisions:
        day = one.at.date().isoformat()
        yield f"  {one.id}  {day}  {one.by}  {status_title(one.status)}  {one.path}"
        yield f"    {one.summary}"
        if one.reason:
            yield f"    {one.reason}"
        if one.id in later:
            yield f"    {course_title(later[one.id].course)}: {later_evidence(later[one.id])}"


def _all_lines(asked: Asked) -> Iterator[str]:
    """Every answer with its numbers."""
    yield "\n" + _("All answers:")
    width = max((len(answer.id) for answer in asked.learned.answers), default=0)
    for answer in asked.learned.answers:
        yield f"  {answer.id:<{width}}  {evidence(answer)}"


def _record(asked: Asked) -> dict[str, object]:
    learned = asked.learned
    later = {one.decision.id: one for one in learned.later}
    proposed = {answer.id for answer in learned.proposed}
    return {
        "posts": learned.posts,
        "report": asked.report,
        "answers": [
            _answer(answer, page_of(asked.workspace, answer), proposed=answer.id in proposed)
            for answer in learned.answers
        ],
        "decisions": [_decision(one, later.get(one.id)) for one in learned.decisions],
        "problems": [str(problem) for problem in learned.problems],
    }


def _answer(answer: Answer, page: str, *, proposed: bool) -> dict[str, object]:
    numbers = ("n", "others", "value", "low", "high", "expected", "p", "q")
    return {
        "id": answer.id,
        "kind": answer.kind.value,
        "group": answer.group,
        "title": title(answer),
        "page": page,
        "proposed": proposed,
        "worth": answer.worth,
        **{name: getattr(answer, name) for name in numbers},
        "remedy": answer.remedy,
        "summary": summary(answer),
        "evidence": evidence(answer),
    }


def _decision(one: Decision, later: Later | None) -> dict[str, object]:
    return {
        "id": one.id,
        "question": one.about,
        "at": one.at.isoformat(),
        "by": one.by,
        "status": one.status.value,
        "page": one.path,
        "summary": one.summary,
        "evidence": one.evidence,
        "reason": one.reason,
        "report": one.report,
        "factor": one.factor,
        "against": later is not None and later.course is Course.AGAINST,
        "later": None if later is None else _later(later),
    }


def _later(later: Later) -> dict[str, object]:
    numbers = {name: getattr(later, name) for name in ("n", "others", "value", "low", "high", "q")}
    return {"course": later.course.value, **numbers}
