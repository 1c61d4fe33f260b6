"""Accepting and rejecting: the page changes, and says who decided so, when, and on what evidence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from toolkit.errors import LeitstandError, UsageError
from toolkit.learning.changes import Change, add_decision, add_finding, join_changes, take_finding
from toolkit.learning.clocks import slot_changes
from toolkit.learning.levels import level_change, rule_page
from toolkit.learning.placing import find_page
from toolkit.learning.promises import promise_change, promise_page
from toolkit.learning.proposals import Learned
from toolkit.learning.question import FACTORS, Answer, Kind
from toolkit.learning.sentences import evidence, summary
from toolkit.learning.targets import goal_change
from toolkit.messages import _
from toolkit.settings import unknown_name
from toolkit.workspace import STRATEGY, Workspace
from toolkit.workspace.decisions import Decided, Decision


@dataclass(frozen=True, slots=True)
class Word:
    """Who says yes or no, when, and what they add."""

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

    Raises `UsageError` for what nobody asked or was accepted already, `LeitstandError` for what is not proposed.
    """
    answer = learned.find(ident)
    last = learned.settled(answer)
    if last is not None and last.status is Decided.ACCEPTED:
        message = _("{id} was accepted on {day}: {path}")
        raise UsageError(message.format(id=ident, day=last.at.date(), path=last.path))
    if not answer.worth:
        message = _("{id} is not proposed: chance explains it, or it is too small to matter ({evidence})")
        raise LeitstandError(message.format(id=ident, evidence=evidence(answer)))
    return answer


def propose(workspace: Workspace, answer: Answer, owner: str = "") -> list[Change]:
    """What the files would say if the proposal were accepted; a page that is new for it is the `owner`'s."""
    if answer.kind is Kind.RULE:
        return [level_change(workspace.tree, answer.group, answer.remedy)]
    if answer.kind is Kind.GOAL:
        return [goal_change(workspace.tree, answer)]
    if answer.kind is Kind.PROMISE:
        return [promise_change(workspace.handbook.hours, answer)]
    numbers = _("{summary} *{evidence}*").format(summary=summary(answer), evidence=evidence(answer))
    found = [add_finding(workspace.tree, page_of(workspace, answer), answer.id, numbers, owner)]
    if answer.kind is Kind.PART and answer.remedy:
        found += slot_changes(workspace.handbook.slots, answer.group, answer.remedy)
    return join_changes(found)


def accept(workspace: Workspace, answer: Answer, word: Word, known: Collection[Decision]) -> list[Change]:
    """The proposal's changes with the decision on the page. Raises `UsageError` for somebody nobody knows."""
    decision = _decision(workspace, answer, word, known, Decided.ACCEPTED)
    return add_decision(workspace.tree, propose(workspace, answer, word.by), page_of(workspace, answer), decision)


def reject(workspace: Workspace, answer: Answer, word: Word, known: Collection[Decision]) -> list[Change]:
    """The decision alone, on the page that would have changed. Raises `UsageError` without a reason."""
    _ask_why(word)
    decision = _decision(workspace, answer, word, known, Decided.REJECTED)
    return add_decision(workspace.tree, [], page_of(workspace, answer), decision)


def withdraw(
    workspace: Workspace, old: Decision, word: Word, known: Collection[Decision], numbers: str
) -> list[Change]:
    """Give up what was accepted once: its sentence leaves the page, and the page says why.

    `numbers` is what came after the decision. A number or a level that it changed is for people to set again.
    """
    _ask_why(word)
    _ask_who(workspace, word)
    ident = _free(old.about, {one.id for one in known})
    decision = replace(
        old,
        id=ident,
        at=word.at.replace(microsecond=0),
        by=word.by,
        status=Decided.WITHDRAWN,
        evidence=numbers,
        reason=word.reason,
        report=word.report,
        question=old.about,
    )
    taken = take_finding(workspace.tree, old.path, old.about)
    return add_decision(workspace.tree, [taken] if taken is not None else [], old.path, decision)


def _ask_why(word: Word) -> None:
    if not word.reason.strip():
        raise UsageError(_("say why, so that nobody asks again: --reason"))


def _ask_who(workspace: Workspace, word: Word) -> None:
    if word.by not in workspace.settings.people:
        raise UsageError(unknown_name(_("person"), word.by, workspace.settings.people))


def _decision(
    workspace: Workspace, answer: Answer, word: Word, known: Collection[Decision], status: Decided
) -> Decision:
    _ask_who(workspace, word)
    return Decision(
        _free(answer.id, {one.id for one in known}),
        word.at.replace(microsecond=0),
        word.by,
        status,
        summary(answer),
        evidence=evidence(answer),
        reason=word.reason,
        report=word.report or answer.report,
        question=answer.id,
        factor=answer.expected if answer.kind in FACTORS else None,
    )


def _free(ident: str, taken: Collection[str]) -> str:
    """The id, or with a number behind it: a question may be decided again."""
    names = (ident if number == 1 else f"{ident}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
