"""The score: a sum of a few parts that a person can add up, each with its reason.

======================  ==================================================================
risk                    2 and the class: 3, 4 or 5
vip, press, authority   3
waiting                 used part of the promised time, at most 3
negative                twice the probability: the classifier orders, and decides nothing
reach                   half the powers of ten above a hundred followers, at most 2
question                1
a rule                  what it says
======================  ==================================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from math import log10
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.community.hours import Promise
from toolkit.community.triage.assigning import find_assignee
from toolkit.community.triage.book import Book
from toolkit.community.triage.case import Case
from toolkit.community.triage.parts import Part, Source
from toolkit.community.triage.ruling import Ruling, Seen, judge, look
from toolkit.community.triage.verdict import Triage
from toolkit.messages import _
from toolkit.workspace import AuthorRole, ServiceLevel

RISK: Final = 2.0  # and the class
ROLE: Final = 3.0
QUESTION: Final = 1.0
NEGATIVE: Final = 2.0
WAITING_AT_MOST: Final = 3.0
REACH_FROM: Final = 100
REACH_AT_MOST: Final = 2.0


def triage(case: Case, book: Book, now: datetime) -> Triage:
    """How urgent a conversation is at `now` (aware), why, and whose it is."""
    seen, slow = look(case, book)
    ruling = judge(seen, book)
    risk = max(seen.level, ruling.risk)
    found = Triage(
        parts=tuple(_parts(seen, ruling, risk)),
        labels=ruling.labels,
        assignee=_assignee(ruling, book, now),
        risk=risk,
        promise=_promise(case, ruling, risk, book),
        since=case.since,
        rules=tuple(rule.name for rule in ruling.rules),
        slow=(*slow, *ruling.slow),
    )
    due = found.promise.due(case.since) if found.promise and case.since else None
    return wait(replace(found, due=due), now)


def wait(found: Triage, now: datetime) -> Triage:
    """The same with the waiting time of `now`; everything else stays, so that a whole inbox can be renewed at once."""
    kept = tuple(part for part in found.parts if part.source is not Source.WAITING)
    waiting = _waiting(found.promise, found.since, found.due, now)
    return replace(found, parts=(*kept, waiting) if waiting else kept)


def _parts(seen: Seen, ruling: Ruling, risk: int) -> Iterator[Part]:
    case = seen.case
    if risk:
        yield Part(Source.RISK, RISK + risk, _say_risk(seen, ruling, risk))
    for role in sorted(case.roles)[:1]:
        yield Part(Source.ROLE, ROLE, _say_role(role))
    if seen.question:
        yield Part(Source.QUESTION, QUESTION, _("asks a question"))
    if case.negative:
        said = _("probably meant negatively ({percent} percent)").format(percent=round(100 * case.negative))
        yield Part(Source.NEGATIVE, round(NEGATIVE * case.negative, 3), said)
    if case.reach is not None and case.reach > REACH_FROM:
        points = min((log10(case.reach) - log10(REACH_FROM)) / 2, REACH_AT_MOST)
        yield Part(Source.REACH, round(points, 3), _("{count} people follow the author").format(count=case.reach))
    for rule in ruling.rules:
        if rule.then.points:
            said = _("rule {rule}").format(rule=rule.name)
            yield Part(Source.RULE, rule.then.points, f"{said}: {rule.why}" if rule.why else said)


def _say_risk(seen: Seen, ruling: Ruling, risk: int) -> str:
    """What the danger is: the words' own name, or that of the rule that says so."""
    if seen.risk is not None and seen.risk.level == risk:
        return _("danger, class {level}: {name}").format(level=risk, name=seen.risk.name)
    name = next(rule.name for rule in ruling.rules if rule.then.risk == risk)
    return _("danger, class {level}: rule {name}").format(level=risk, name=name)


def _say_role(role: AuthorRole) -> str:
    words = {
        AuthorRole.VIP: _("the author is a VIP"),
        AuthorRole.PRESS: _("the author writes for the press"),
        AuthorRole.AUTHORITY: _("the author speaks for an authority"),
    }
    return words[role]


def _promise(case: Case, ruling: Ruling, risk: int, book: Book) -> Promise | None:
    """The shorter one of what the rules and the service levels say."""
    usual = book.times.promise(case.channel, case.kind, ruling.labels, risk)
    if ruling.first_response is None:
        return usual
    ruled = book.times.promised(case.channel, ServiceLevel(ruling.first_response))
    return ruled if usual is None or ruled.level.first_response < usual.level.first_response else usual


def _waiting(promise: Promise | None, since: datetime | None, due: datetime | None, now: datetime) -> Part | None:
    if promise is None or since is None:
        return None
    used = promise.used(since, now)
    if used <= 0:
        return None
    percent = round(100 * used)
    if due is not None and now > due:
        said = _("has waited too long: {percent} percent of the promised time")
    else:
        said = _("has waited for {percent} percent of the promised time")
    return Part(Source.WAITING, round(min(used, WAITING_AT_MOST), 3), said.format(percent=percent))


def _assignee(ruling: Ruling, book: Book, now: datetime) -> str:
    if not ruling.assign:
        return ""
    day = now.astimezone(ZoneInfo(book.settings.timezone)).date()
    return find_assignee(ruling.assign, book.settings, day)
