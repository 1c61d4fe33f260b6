"""Answers and decisions as `--json` says them."""

from __future__ import annotations

from toolkit.cli.learn.asking import Asked
from toolkit.learning.deciding import page_of
from toolkit.learning.decisions import Decision
from toolkit.learning.later import Course, Later
from toolkit.learning.question import Answer
from toolkit.learning.sentences import evidence, summary, title


def answer_record(asked: Asked, answer: Answer) -> dict[str, object]:
    """A question and its answer."""
    numbers = ("n", "others", "value", "low", "high", "expected", "p", "q")
    return {
        "id": answer.id,
        "kind": answer.kind.value,
        "group": answer.group,
        "title": title(answer),
        "page": page_of(asked.workspace, answer),
        "proposed": answer.worth and asked.learned.settled(answer) is None,
        "worth": answer.worth,
        **{name: getattr(answer, name) for name in numbers},
        "remedy": answer.remedy,
        "changed": list(answer.changed),
        "notes": list(answer.notes),
        "summary": summary(answer),
        "evidence": evidence(answer),
        "source": asked.source(answer.id),
    }


def decision_record(one: Decision, later: Later | None) -> dict[str, object]:
    """A decision, and what came after it."""
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
        "changed": list(one.changed),
        "against": later is not None and later.course is Course.AGAINST,
        "later": None if later is None else _later(later),
    }


def _later(later: Later) -> dict[str, object]:
    numbers = {name: getattr(later, name) for name in ("n", "others", "value", "low", "high", "q")}
    return {"course": later.course.value, **numbers}
