"""Accepting and rejecting: the page changes, and says who decided so, when, and on what evidence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from toolkit.errors import LeitstandError, UsageError
from toolkit.learning.changes import Change, add_decision, add_finding, join_changes, read_page
from toolkit.learning.decisions import signed_edit
from toolkit.learning.later import Course, Later
from toolkit.learning.levels import level_change, rule_page
from toolkit.learning.moves import read_move
from toolkit.learning.moving import move_slots
from toolkit.learning.placing import find_page
from toolkit.learning.promises import promise_change, promise_page
from toolkit.learning.proposals import Learned
from toolkit.learning.question import FACTORS, Answer, Kind
from toolkit.learning.sentences import evidence, status_title, summary
from toolkit.learning.targets import goal_change
from toolkit.learning.undoing import undo
from toolkit.messages import _
from toolkit.model import SourceText
from toolkit.source import read_frontmatter
from toolkit.values import dataclass
from toolkit.workspace import STRATEGY, Workspace
from toolkit.workspace.decisions import Decided, Decision, why_not


@dataclass(frozen=True, slots=True)
class Word:
    """Who says yes or no, when, what they add, and where the numbers can be found again."""

    by: str
    at: datetime  # aware
    reason: str = ""
    report: str = ""


def page_of(workspace: Workspace, answer: Answer) -> str:
    """The handbook page that a proposal is about, and that keeps its decision."""
    if answer.kind is Kind.GOAL and workspace.tree.exists(STRATEGY):
        return STRATEGY
    own = rule_page(workspace.tree, answer.group) if answer.kind is Kind.RULE else ""
    if answer.kind is Kind.PROMISE:
        own = promise_page(workspace.handbook.hours, answer.group)
    return own or find_page(workspace.handbook.pages, answer.kind)


def proposed(learned: Learned, ident: str) -> Answer:
    """The answer, if it is proposed: what chance explains, nobody can write anywhere.

    What was turned down once may be accepted when the posts after that show it by themselves; then these are its numbers.
    Raises `UsageError` for what nobody asked or is settled already, `LeitstandError` for what is not proposed.
    """
    answer = learned.find(ident)
    last = learned.settled(answer)
    if last is not None:
        later = learned.since(last)
        if later is None or later.course is not Course.AGAINST or last.status is Decided.ACCEPTED:
            message = _("{id} was {status} on {day}: {path}; only posts that came later can speak against that")
            raise UsageError(
                message.format(id=ident, status=status_title(last.status), day=last.at.date(), path=last.path)
            )
        return _anew(answer, later)
    if not answer.worth:
        message = _("{id} is not proposed: chance explains it, or it is too small to matter ({evidence})")
        raise LeitstandError(message.format(id=ident, evidence=evidence(answer)))
    return answer


def _anew(answer: Answer, later: Later) -> Answer:
    """The answer with the numbers of the posts after a decision."""
    value, low, high = (number or 1.0 for number in (later.value, later.low, later.high))
    return replace(
        answer, n=later.n, others=later.others, value=value, low=low, high=high, expected=value, p=later.q, q=later.q
    )


def propose(workspace: Workspace, answer: Answer, owner: str = "") -> list[Change]:
    """What the files would say if the proposal were accepted; a page that is new for it is the `owner`'s."""
    if answer.kind is Kind.RULE:
        return [level_change(workspace.tree, answer.group, answer.remedy)]
    if answer.kind is Kind.GOAL:
        return [goal_change(workspace.tree, answer.group, answer.remedy)]
    if answer.kind is Kind.PROMISE:
        return [promise_change(workspace.handbook.hours, answer.group, answer.remedy)]
    numbers = _("{summary} *{evidence}*").format(summary=summary(answer), evidence=evidence(answer))
    found = [add_finding(workspace.tree, page_of(workspace, answer), answer.id, numbers, owner)]
    moved, _lost = move_slots(workspace, [move for said in answer.changed if (move := read_move(said)) is not None])
    return join_changes([*found, *moved])


def patch(workspace: Workspace, answer: Answer, word: Word, known: Collection[Decision]) -> list[Change]:
    """The proposal's changes with a decision that nobody has signed: whoever merges it puts their name to it."""
    return _with_decision(workspace, answer, replace(word, by=""), known)


def accept(workspace: Workspace, answer: Answer, word: Word, known: Collection[Decision]) -> list[Change]:
    """The proposal's changes with the decision on the page. Raises `UsageError` for somebody who may not decide."""
    _ask_who(workspace, word.by)
    return _with_decision(workspace, answer, word, known)


def sign(workspace: Workspace, decision: Decision, by: str) -> list[Change]:
    """A name under a decision that was merged without one. Raises `UsageError` for somebody who may not decide."""
    _ask_who(workspace, by)
    text = read_page(workspace.tree, decision.path) or ""
    front, _problems = read_frontmatter(SourceText(decision.path, text))
    return [Change(decision.path, text, (signed_edit(front, decision, by),))]


def reject(workspace: Workspace, answer: Answer, word: Word, known: Collection[Decision]) -> list[Change]:
    """The decision alone, on the page that would have changed. Raises `UsageError` without a reason or the right."""
    _ask_why(word)
    _ask_who(workspace, word.by)
    decision = _decision(answer, word, known, Decided.REJECTED)
    return add_decision(workspace.tree, [], page_of(workspace, answer), decision)


def withdraw(
    workspace: Workspace, old: Decision, word: Word, known: Collection[Decision], numbers: str
) -> tuple[list[Change], list[str]]:
    """Give up what was accepted once: what it changed is taken back, and the page says who did so and why.

    `numbers` is what came after the decision. With the changes comes what people have to look at themselves.
    """
    _ask_why(word)
    _ask_who(workspace, word.by)
    decision = replace(
        old,
        id=_free(old.about, {one.id for one in known}),
        at=word.at.replace(microsecond=0),
        by=word.by,
        status=Decided.WITHDRAWN,
        evidence=numbers,
        reason=word.reason,
        report=word.report,
        question=old.about,
        changed=(),
    )
    changes, left = undo(workspace, old)
    return add_decision(workspace.tree, changes, old.path, decision), left


def _ask_who(workspace: Workspace, by: str) -> None:
    if reason := why_not(workspace.settings, by):
        raise UsageError(reason)


def _ask_why(word: Word) -> None:
    if not word.reason.strip():
        raise UsageError(_("say why, so that nobody asks again: --reason"))


def _with_decision(workspace: Workspace, answer: Answer, word: Word, known: Collection[Decision]) -> list[Change]:
    decision = _decision(answer, word, known, Decided.ACCEPTED)
    return add_decision(workspace.tree, propose(workspace, answer, word.by), page_of(workspace, answer), decision)


def _decision(answer: Answer, word: Word, known: Collection[Decision], status: Decided) -> Decision:
    return Decision(
        _free(answer.id, {one.id for one in known}),
        word.at.replace(microsecond=0),
        word.by,
        status,
        summary(answer),
        evidence=evidence(answer),
        reason=word.reason,
        report=word.report,
        question=answer.id,
        factor=answer.expected if answer.kind in FACTORS else None,
        changed=answer.changed if status is Decided.ACCEPTED else (),
    )


def _free(ident: str, taken: Collection[str]) -> str:
    """The id, or with a number behind it: a question may be decided again."""
    names = (ident if number == 1 else f"{ident}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
