"""Rules against their own examples: a good one is a message the rule is for, and is reached; a bad one it leaves alone.

What an example does not say is as the rule wants it, so that a bare text tries the words. What the text itself shows (a
question, a danger) is always taken from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from toolkit.community.triage.book import Book
from toolkit.community.triage.case import Case
from toolkit.community.triage.phrasing import tells
from toolkit.community.triage.ruling import Seen, applies, judge, look
from toolkit.lint.triaging import ID
from toolkit.messages import _
from toolkit.model import MessageKind, Problem, Severity
from toolkit.workspace import Example, Risk, TriageRule

_SOME_DAY: Final = datetime(2026, 1, 5, 12, tzinfo=UTC)
_SHOWN: Final = 60  # letters of an example


def try_rules(book: Book) -> Iterator[Problem]:
    """One problem for every example that does not come out as it should."""
    for rule in book.rules:
        yield from _try_rule(rule, book)
    for risk in book.risks:
        yield from _try_risk(risk)


def count_examples(book: Book) -> int:
    """How many examples there are."""
    rules = sum(len(rule.good) + len(rule.bad) for rule in book.rules)
    return rules + sum(len(risk.good) + len(risk.bad) for risk in book.risks)


def _try_rule(rule: TriageRule, book: Book) -> Iterator[Problem]:
    good = [(example, _seen(example, rule, book)) for example in rule.good]
    bad = [(example, _seen(example, rule, book)) for example in rule.bad]
    if _all(rule, bad, want=True) and _all(rule, good, want=False):
        message = _("{rule}: good are the messages a rule is for, bad the others; these look swapped")
        yield _problem(rule, "good", message.format(rule=rule.name))
        return
    for example, seen in good:
        if message := _complain_good(rule, seen, book):
            stop = judge(seen, book).rules[-1:] or (rule,)
            place = f"{stop[0].path}:{stop[0].places.span('rule').line}"
            said = message.format(rule=rule.name, example=_short(example), stop=stop[0].name, place=place)
            yield _problem(rule, example.key, said)
    for example, seen in bad:
        if applies(rule, seen) is not False:
            message = _("{rule} is for its bad example {example}, too")
            yield _problem(rule, example.key, message.format(rule=rule.name, example=_short(example)))


def _all(rule: TriageRule, tried: list[tuple[Example, Seen]], *, want: bool) -> bool:
    return bool(tried) and all(applies(rule, seen) is want for _example, seen in tried)


def _complain_good(rule: TriageRule, seen: Seen, book: Book) -> str:
    found = applies(rule, seen)
    if found is None:
        return _("{rule} takes too long on its good example {example}; make its patterns simpler")
    if not found:
        return _("{rule} is not for its good example {example}")
    if all(one is not rule for one in judge(seen, book).rules):
        return _("{stop} ({place}) comes before {rule}, takes its good example {example} and stops")
    return ""


def _try_risk(risk: Risk) -> Iterator[Problem]:
    wording = risk.wording
    tried = ((example, wanted) for wanted, group in ((True, risk.good), (False, risk.bad)) for example in group)
    for example, wanted in tried:
        if tells(wording.words, wording.patterns, example.text) is not wanted:
            message = _("{rule} is not told by its good example {example}")
            if not wanted:
                message = _("{rule} is told by its bad example {example}, too")
            said = message.format(rule=risk.name, example=_short(example))
            yield Problem(wording.path, wording.places.span(example.key), ID, Severity.ERROR, said)


def _seen(example: Example, rule: TriageRule, book: Book) -> Seen:
    when = rule.when
    case = Case(
        channel=example.channel if example.channel is not None else min(when.channels, default=""),
        kind=example.kind or min(when.kinds, default=MessageKind.COMMENT),
        text=example.text,
        last=example.text,
        arrived=_SOME_DAY,
        since=_SOME_DAY,
        language=example.language if example.language is not None else min(when.languages, default=""),
        roles=example.roles if example.roles is not None else frozenset(sorted(when.roles)[:1]),
        reach=example.reach if example.reach is not None else when.reach,
        negative=example.negative if example.negative is not None else when.negative or None,
        first_contact=_or(example.first_contact, when.first_contact),
    )
    return replace(look(case, book)[0], outside=_or(example.outside_hours, when.outside_hours))


def _or(said: bool | None, wanted: bool | None) -> bool:
    return said if said is not None else bool(wanted)


def _problem(rule: TriageRule, key: str, message: str) -> Problem:
    return Problem(rule.path, rule.places.span(key), ID, Severity.ERROR, message)


def _short(example: Example) -> str:
    line = " ".join(example.text.split()) or _("without a text")
    shown = line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
    return _("“{text}”").format(text=shown)
