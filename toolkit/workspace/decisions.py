"""Decisions about the house rules, as they stand on the handbook page that each of them changed.

A decision is an entry of the page's front matter::

    decisions:
      - id: part-morning                  # one word, once in the handbook; leitstand learn takes the question's name
        at: 2026-11-02T10:15:00+01:00
        by: tarek
        status: accepted                  # accepted | rejected | withdrawn
        summary: Morgens bringt das 1,35-Fache an Interaktionen.
        evidence: n = 84, 1,21 bis 1,50 (90 %)
        reason: …                         # why not, or what else was known
        report: reports/2026-10-monthly   # where it can be read up
        question: part-morning            # default: the id; the question that `leitstand learn` goes on asking
        factor: 1.35                      # what it promised; what comes later is held against it
        changed: ["mastodon: mon,fri 12:00 -> 08:00"]   # numbers and slots that it changed; withdrawing takes them back

One without `by` came with a patch that somebody merged and did not sign: it stands, and the rule `decision` asks for the
name.

A page keeps its decisions, so that whoever changes it next sees why it is as it is. A page that takes up findings of a
kind says so: ``learns: [times, formats]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from toolkit.messages import _
from toolkit.model import Problem, Span
from toolkit.settings import Settings, unknown_name
from toolkit.source import Fields
from toolkit.values import dataclass
from toolkit.workspace.handbook import HandbookPage

RULE: Final = "decision"
KEY: Final = "decisions"
SHAPE: Final = "{id: part-morning, at: 2026-11-02T10:15:00+01:00, by: tarek, status: accepted, summary: …}"
DECISION_KEYS: Final = {
    "id": "One word, once in the handbook; what leitstand learn proposed has the name of its question.",
    "at": "When it was decided, with the offset.",
    "by": "Person who decided.",
    "status": "accepted, rejected or withdrawn.",
    "summary": "What was decided, in one sentence.",
    "evidence": "What it rests on: numbers with n and interval, or what was seen.",
    "reason": "Why not, or what else was known.",
    "report": "Where it can be read up: a report, a page or an address.",
    "question": "Question that leitstand learn goes on asking; default: the id.",
    "factor": "What was promised, as a factor over the usual; later results are held against it.",
    "changed": "Numbers, levels and posting slots that it changed, such as visits: 600 -> 1400; withdrawing takes them back.",
}
LEARNS: Final = "learns"
TOPICS: Final = {
    "times": "Weekdays, parts of the day, posting slots.",
    "pillars": "What posts of a pillar bring.",
    "formats": "Photo, video, text …",
    "texts": "Words, and how a text is made.",
    "hashtags": "Single hashtags.",
    "experiments": "What experiments brought.",
    "rules": "Rules that are always obeyed, or never.",
    "goals": "Targets.",
    "promises": "Answering times.",
}
_ID: Final = re.compile(r"[\w.-]{1,80}")


class Decided(StrEnum):
    """How a proposal ended."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"  # accepted once, and given up since


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision, and the page of the handbook it stands on."""

    id: str
    at: datetime  # aware
    by: str  # "" until somebody signs what came with a merged patch
    status: Decided
    summary: str
    evidence: str = ""
    reason: str = ""
    report: str = ""
    question: str = ""
    factor: float | None = None
    changed: tuple[str, ...] = ()
    path: str = ""
    span: Span = field(default_factory=Span)

    @property
    def about(self) -> str:
        """The question of `leitstand learn` that it answers."""
        return self.question or self.id


def deciders(settings: Settings) -> list[str]:
    """Who may change the handbook: whoever has a role whose approval counts; everybody where nobody has one."""
    people = settings.people.values()
    found = [one.key for one in people if not set(settings.policy.approvers).isdisjoint(one.roles)]
    return found or [one.key for one in people]


def why_not(settings: Settings, by: str) -> str:
    """Why somebody may not decide, and who may; "" for those who may."""
    if by not in settings.people:
        return unknown_name(_("person"), by, settings.people)
    known = deciders(settings)
    message = _("{name} may not change the handbook; who may: {names}")
    return "" if by in known else message.format(name=by, names=", ".join(known))


def read_decisions(pages: Iterable[HandbookPage]) -> tuple[list[Decision], list[Problem]]:
    """Every decision of the handbook, oldest first; an entry that cannot be used is a problem and hides no other."""
    decisions, problems = [], list[Problem]()
    for page in pages:
        if page.front is not None:
            found: list[Problem] = []
            for fields in Fields(page.front, found).items(KEY, SHAPE):
                one = _read(fields, page.path)
                decisions += [one] if one is not None else []
            problems += (replace(problem, rule=RULE) for problem in found)
    decisions.sort(key=lambda one: (one.at, one.path, one.id))
    return decisions, problems


def learned_topics(page: HandbookPage) -> tuple[str, ...]:
    """The kinds of findings that a page takes up, known or not."""
    return Fields(page.front, []).words(LEARNS) if page.front is not None else ()


def topic_problems(pages: Iterable[HandbookPage]) -> Iterator[Problem]:
    """Pages that take up what there is not."""
    for page in pages:
        if page.front is not None:
            found: list[Problem] = []
            fields = Fields(page.front, found)
            for topic in fields.words(LEARNS):
                if topic not in TOPICS:
                    fields.problem(LEARNS, unknown_name(_("topic"), topic, TOPICS))
            yield from (replace(problem, rule=RULE) for problem in found)


def _read(fields: Fields, path: str) -> Decision | None:
    fields.refuse_unknown(DECISION_KEYS)
    told = len(fields.problems)
    ident, at, by = fields.text("id"), fields.moment("at"), fields.text("by")
    for key in ("id", "at", "status", "summary"):
        if not fields.has(key):
            fields.problem(next(iter(fields.values), key), _("{key} is missing").format(key=key))
    if ident and _ID.fullmatch(ident) is None:
        message = _("{value!r} is no id; take letters, digits, hyphens and dots")
        fields.problem("id", message.format(value=ident))
    status = fields.choice("status", Decided, Decided.ACCEPTED)
    rest = {key: fields.text(key) for key in ("summary", "evidence", "reason", "report", "question")}
    factor = _factor(fields)
    changed, span = fields.words("changed"), fields.front.span(fields.key("id"))
    if len(fields.problems) > told or at is None:
        return None
    return Decision(ident, at, by, status, **rest, factor=factor, changed=changed, path=path, span=span)


def _factor(fields: Fields) -> float | None:
    numbers = fields.numbers("factor")
    if not numbers:
        return None
    if len(numbers) == 1 and 0 < numbers[0] < float("inf"):
        return numbers[0]
    fields.problem("factor", _("factor must be one number above 0, such as 1.35"))
    return None
