"""`leitstand learn`: what is proposed, what chance explains, what was decided, and what came after that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer

from toolkit.cli.context import print_json
from toolkit.cli.findings import printable
from toolkit.cli.learn.asking import Asked, ask
from toolkit.cli.learn.records import answer_record, decision_record
from toolkit.errors import EXIT_CLEAN
from toolkit.learning.deciding import page_of
from toolkit.learning.decisions import Decided, Decision
from toolkit.learning.later import Course
from toolkit.learning.proposals import Learned
from toolkit.learning.question import Kind
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
    questions = ngettext("{count} open question", "{count} open questions", learned.asked)
    posts = ngettext("{count} post", "{count} posts", learned.posts)
    said = _(
        "{questions}, {posts} of the last year. Of what is proposed within a year, at most one in twenty is chance, however often you look."
    )
    yield said.format(questions=questions, posts=posts)
    for answer in learned.proposed:
        yield f"\n{answer.id}  ({page_of(asked.workspace, answer)})"
        yield f"  {summary(answer)}"
        yield f"  {evidence(answer)}"
        yield from (f"  {note}" for note in answer.notes)
    if learned.proposed:
        yield "\n" + _(
            "Next: leitstand learn show ID says more, accept ID --by NAME makes the change, reject ID says why not."
        )
    else:
        yield _("No reliable difference that nobody has decided about; keep variety.")
    yield from _chance_lines(learned)
    yield from _decided_lines(learned)


def _chance_lines(learned: Learned) -> Iterator[str]:
    """What was asked and is no news, a line for each kind; of posting slots the channels."""
    kinds: dict[Kind, dict[str, None]] = {}
    for answer in learned.answers:
        if not answer.worth and learned.settled(answer) is None:
            name = answer.group.rsplit(" ", 3)[0] if answer.kind is Kind.SLOT else title(answer)
            kinds.setdefault(answer.kind, {})[name] = None
    if kinds:
        yield "\n" + _("No reliable difference, or too small to matter:")
    for kind, names in sorted(kinds.items()):
        yield f"  {kind_title(kind)}: {', '.join(sorted(names))}"


def _decided_lines(learned: Learned) -> Iterator[str]:
    if learned.decisions:
        yield "\n" + _("Decided:")
    for one in learned.decisions:
        day, who = one.at.date().isoformat(), one.by or _("nobody has signed it")
        yield f"  {one.id}  {day}  {who}  {status_title(one.status)}  {one.path}"
        yield f"    {one.summary}"
        if one.reason:
            yield f"    {one.reason}"
        if not one.by:
            yield "    " + _("To sign it: leitstand learn accept {id} --by NAME").format(id=one.about)
        later = learned.since(one)
        if later is not None:
            yield f"    {course_title(later.course)}: {later_evidence(later)}"
            if later.course is Course.AGAINST:
                yield "    " + _next(one)


def _next(one: Decision) -> str:
    """What can be done about a decision that later posts speak against."""
    if one.status is Decided.ACCEPTED:
        return _("To give it up: leitstand learn withdraw {id} --by NAME --reason WHY").format(id=one.about)
    return _("To accept it after all: leitstand learn accept {id} --by NAME").format(id=one.about)


def _all_lines(asked: Asked) -> Iterator[str]:
    """Every answer with its numbers."""
    yield "\n" + _("All answers:")
    width = max((len(answer.id) for answer in asked.learned.answers), default=0)
    for answer in asked.learned.answers:
        yield f"  {answer.id:<{width}}  {evidence(answer)}"


def _record(asked: Asked) -> dict[str, object]:
    learned = asked.learned
    return {
        "posts": learned.posts,
        "asked": learned.asked,
        "answers": [answer_record(asked, answer) for answer in learned.answers],
        "decisions": [decision_record(one, learned.since(one)) for one in learned.decisions],
        "problems": [str(problem) for problem in learned.problems],
    }
