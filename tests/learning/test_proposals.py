"""What is proposed: nothing that somebody has decided, and numbers again when they are wrong again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from toolkit.errors import UsageError
from toolkit.learning.deciding import proposed
from toolkit.learning.decisions import Decided, Decision
from toolkit.learning.later import Course, Later
from toolkit.learning.proposals import Learned
from toolkit.learning.question import FALSE, Answer, Kind, judge

AT = datetime(2026, 11, 2, tzinfo=UTC)


def answer(kind: Kind, group: str, p: float = 1e-6, value: float = 1.5) -> Answer:
    low, high = value * 0.9, value * 1.1
    return Answer(kind, group, 80, 120, value, low, high, p, expected=value, remedy="7" if kind is Kind.GOAL else "")


def learned(answers: list[Answer], *decisions: Decision) -> Learned:
    return Learned(tuple(judge(answers)), decisions, (), (), 200)


def decision(ident: str, status: Decided) -> Decision:
    return Decision(ident, AT, "tarek", status, "So.", reason="Darum.")


@pytest.mark.parametrize("status", list(Decided))
def test_a_question_about_posts_is_asked_once(status: Decided) -> None:
    """Accepted, rejected or given up: later posts are held against it, and nobody is asked again."""
    found = learned([answer(Kind.PART, "morning")], decision("part-morning", status))
    assert found.proposed == ()


@pytest.mark.parametrize(("status", "again"), [(Decided.ACCEPTED, True), (Decided.REJECTED, False)])
def test_a_target_that_is_wrong_again_is_proposed_again(status: Decided, *, again: bool) -> None:
    """An accepted number stands in its file: when the months have left it behind, that is news. A no stays a no."""
    found = learned([answer(Kind.GOAL, "visits", value=6600)], decision("goal-visits", status))
    assert bool(found.proposed) is again


def test_open_questions_are_judged_together() -> None:
    """One p of 0.001 alone is sure; among a hundred open questions that are nothing it is not."""
    alone = learned([answer(Kind.PART, "morning", p=0.001)])
    among = learned([answer(Kind.PART, "morning", p=0.001), *(answer(Kind.WORD, f"w{n}", p=0.5) for n in range(100))])
    assert [one.id for one in alone.proposed] == ["part-morning"]
    assert among.proposed == ()
    assert (among.find("part-morning").q or 0.0) > FALSE


def test_what_is_decided_makes_nothing_harder_to_hear() -> None:
    """A hundred questions that are closed are not in the family, and neither is an experiment: one is asked, and sure."""
    others = [answer(Kind.WORD, f"w{n}", p=0.5) for n in range(100)]
    trial = replace(answer(Kind.EXPERIMENT, "tags"), won=True)
    answers = [answer(Kind.PART, "morning", p=0.001), trial, *others]
    found = Learned(tuple(judge(answers, {one.id for one in others})), (), (), (), 200)
    assert found.asked == 1
    assert {one.id for one in found.proposed} == {"part-morning", "experiment-tags"}
    assert found.find("word-w7").q is None


def test_one_look_s_five_in_a_hundred_are_not_a_year_s() -> None:
    """A lone p of 0.02 would do for somebody who looks once; nobody looks once."""
    assert learned([answer(Kind.PART, "morning", p=0.02)]).proposed == ()


@pytest.mark.parametrize("course", [Course.EARLY, Course.AGAINST])
def test_a_no_is_taken_back_by_later_posts_alone(course: Course) -> None:
    """However sure the old posts are: only those after the no open the question, and then it has their numbers."""
    no = decision("part-morning", Decided.REJECTED)
    later = Later(no, 40, 50, 1.7, 1.3, 2.2, 0.004, course)
    found = replace(learned([answer(Kind.PART, "morning")], no), later=(later,))
    assert found.proposed == ()
    if course is Course.EARLY:
        with pytest.raises(UsageError, match="part-morning"):
            proposed(found, "part-morning")
    else:
        again = proposed(found, "part-morning")
        assert (again.n, again.others, again.value, again.q) == (40, 50, 1.7, 0.004)


def test_sure_and_small_is_not_worth_a_page() -> None:
    """Five per cent more, as sure as anything, changes nothing; a tenth does, in both directions."""
    some = [answer(Kind.WORD, "a", value=1.05), answer(Kind.WORD, "b", value=1.12), answer(Kind.WORD, "c", value=0.88)]
    tight = [
        Answer(one.kind, one.group, 80, 120, one.value, one.value - 0.01, one.value + 0.01, one.p, one.value)
        for one in some
    ]
    assert {one.group for one in learned(tight).proposed} == {"b", "c"}


def test_an_unknown_proposal_is_answered_with_the_one_that_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names what is proposed."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    with pytest.raises(UsageError, match="part-morning"):
        learned([answer(Kind.PART, "morning")]).find("part-mornin")
