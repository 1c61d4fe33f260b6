"""The ordered rules on one case: which apply, and what they add up to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from toolkit.community.triage.book import Book
from toolkit.community.triage.case import Case, asks
from toolkit.community.triage.dangers import bare, judge_dangers
from toolkit.community.triage.phrasing import tells
from toolkit.values import dataclass
from toolkit.workspace import Conditions, Risk, TriageRule


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found out about a case before the rules are asked."""

    case: Case
    names: frozenset[str]
    question: bool
    outside: bool
    hints: frozenset[str]  # rules whose words and patterns may be there
    risk: Risk | None = None

    @property
    def level(self) -> int:
        """The class of the gravest words in it."""
        return self.risk.level if self.risk is not None else 0


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the rules say together."""

    rules: tuple[TriageRule, ...]
    slow: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """Each once, in the rules' order."""
        return tuple(dict.fromkeys(label for rule in self.rules for label in rule.then.labels))

    @property
    def assign(self) -> str:
        """Of the first rule that says so."""
        return next((rule.then.assign for rule in self.rules if rule.then.assign), "")

    @property
    def risk(self) -> int:
        """The highest class."""
        return max((rule.then.risk for rule in self.rules), default=0)

    @property
    def first_response(self) -> timedelta | None:
        """The shortest time."""
        return min((rule.then.first_response for rule in self.rules if rule.then.first_response), default=None)


def look(case: Case, book: Book) -> tuple[Seen, tuple[str, ...]]:
    """What can be found out without the rules, and the dangers whose patterns took too long."""
    names, slow, hints = book.names(case.channel), [], book.glance.at(case.text)
    found: Risk | None = None
    for risk, told in judge_dangers(book.risks, hints, case.text, names, case.language):
        if told:
            found = risk
            break
        if told is None:
            slow.append(risk.name)
    outside = not book.times.timetable(case.channel).is_open(case.arrived)
    return Seen(case, names, asks(case.last), outside, hints, found), tuple(slow)


def judge(seen: Seen, book: Book) -> Ruling:
    """The rules that apply, up to the first that stops."""
    slow: list[str] = []
    return Ruling(tuple(_applying(seen, book, slow)), tuple(slow))


def _applying(seen: Seen, book: Book, slow: list[str]) -> Iterator[TriageRule]:
    for rule in book.rules:
        told = applies(rule, seen)
        if told is None:
            slow.append(rule.name)
        elif told:
            yield rule
            if rule.then.stop:
                return


def applies(rule: TriageRule, seen: Seen) -> bool | None:
    """Whether all conditions hold; None when the patterns took too long. Patterns are tried last: they cost most."""
    when = rule.when
    if not (_who(when, seen) and _what(when, seen)):
        return False
    if when.words or when.patterns:
        return rule.name in seen.hints and tells(when.words, when.patterns, seen.case.text)
    return True


def _who(when: Conditions, seen: Seen) -> bool:
    case = seen.case
    return (
        (not when.roles or not when.roles.isdisjoint(case.roles))
        and (not when.reach or (case.reach or 0) >= when.reach)
        and (when.first_contact is None or when.first_contact is case.first_contact)
        and (not when.languages or bare(case.language) in when.languages)
    )


def _what(when: Conditions, seen: Seen) -> bool:
    case = seen.case
    return (
        (not when.kinds or case.kind in when.kinds)
        and (not when.channels or not when.channels.isdisjoint(seen.names))
        and (when.question is None or when.question is seen.question)
        and (when.outside_hours is None or when.outside_hours is seen.outside)
        and seen.level >= when.risk
        # Missing is not zero: what no classifier could judge is not below any limit, and not above one.
        and (not when.negative or (case.negative is not None and case.negative >= when.negative))
    )
