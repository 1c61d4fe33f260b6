"""What answers say, in sentences for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from toolkit.kpis.titles import format_title, part_title, weekday_title
from toolkit.learning.later import Course, Later
from toolkit.learning.moves import read_move, say_time
from toolkit.learning.question import FACTORS, Answer, Kind
from toolkit.messages import _, decimal
from toolkit.workspace.decisions import Decided


def title(answer: Answer) -> str:
    """What the question is about, as people call it."""
    return answer.label or _TITLES.get(answer.kind, str)(answer.group)


def shape_title(name: str) -> str:
    """How a text is made; see `toolkit.learning.traits`."""
    known = {
        "question-first": _("a question in the first sentence"),
        "number-first": _("a number in the first sentence"),
        "long": _("more than 300 characters"),
        "link": _("a link in the text"),
    }
    return known.get(name, name)


_TITLES: Final[Mapping[Kind, Callable[[str], str]]] = {
    Kind.WEEKDAY: lambda group: weekday_title(int(group)),
    Kind.PART: part_title,
    Kind.PILLAR: lambda group: _("the pillar {name}").format(name=group),
    Kind.FORMAT: format_title,
    Kind.WORD: lambda group: _("the word “{name}”").format(name=group),
    Kind.SHAPE: shape_title,
    Kind.RULE: lambda group: _("the rule {name}").format(name=group),
    Kind.GOAL: lambda group: _("the goal {name}").format(name=group),
}


# What a text has: nobody dealt it out by lot.
_TRAITS: Final = frozenset({Kind.HASHTAG, Kind.WORD, Kind.SHAPE})


def kind_title(kind: Kind) -> str:
    """How a kind of question is called."""
    known = {
        Kind.WEEKDAY: _("weekday"),
        Kind.PART: _("part of the day"),
        Kind.SLOT: _("posting slot"),
        Kind.PILLAR: _("pillar"),
        Kind.FORMAT: _("format"),
        Kind.HASHTAG: _("hashtag"),
        Kind.WORD: _("word"),
        Kind.SHAPE: _("shape of the text"),
        Kind.EXPERIMENT: _("experiment"),
        Kind.RULE: _("rule"),
        Kind.GOAL: _("goal"),
        Kind.PROMISE: _("promise"),
    }
    return known[kind]


def summary(answer: Answer) -> str:
    """One sentence for the page and for the list of decisions: what is so, and what it comes to."""
    about = title(answer)
    about = about[:1].upper() + about[1:]
    if answer.kind is Kind.RULE:
        return _rule_summary(answer, about)
    if answer.kind is Kind.GOAL:
        return _("{about}: a target of {target} instead of the one that stands there.").format(
            about=about, target=answer.remedy
        )
    if answer.kind is Kind.PROMISE:
        return _("{about} is no promise as it is; {length} would be one.").format(about=about, length=answer.remedy)
    factor = decimal(answer.expected, ".2f")
    if answer.kind in _TRAITS:
        said = _(
            "Posts with {about} had about {factor} times the interactions of posts without; that is not to say why."
        )
        return said.format(about=title(answer), factor=factor)
    if answer.kind is Kind.SLOT:
        moves = (move for said in answer.changed if (move := read_move(said)) is not None)
        moved = "; ".join(f"{say_time(move.slot)} → {move.to:%H:%M}" for move in moves)
        said = _("{about} had about {factor} times the interactions. Slots of this channel that move: {moves}.")
        return said.format(about=about, factor=factor, moves=moved or _("none"))
    said = _("{about}: more interactions than other posts, about {factor} times as many.")
    if answer.value < 1:
        said = _("{about}: fewer interactions than other posts, about {factor} times as many.")
    return said.format(about=about, factor=factor)


def _rule_summary(answer: Answer, about: str) -> str:
    if answer.value > 0.5:
        return _("{about} is obeyed in most cases; it may weigh more: {level}.").format(
            about=about, level=answer.remedy
        )
    return _("{about} is set aside in most cases; it should weigh less: {level}.").format(
        about=about, level=answer.remedy
    )


def evidence(answer: Answer) -> str:
    """The numbers behind it: n, interval, and how likely chance alone is, at any look and of all open questions."""
    edges = _edges(answer.value, answer.low, answer.high)
    numbers = {name: decimal(value, ".2f") for name, value in edges}
    if answer.kind is Kind.EXPERIMENT:
        said = _("{value} (95%: {low} to {high}), n = {n} and {others}, by the experiment's own rule")
    elif answer.kind in FACTORS:
        said = _("{value} (90%: {low} to {high}), n = {n} and {others}")
    elif answer.kind is Kind.GOAL:
        numbers |= {name: decimal(float(f"{value:.3g}"), ".12g") for name, value in edges}
        said = _(
            "the month to come lets expect {value} (90%: {low} to {high}); {others} of {n} months reached the target"
        )
    elif answer.kind is Kind.PROMISE:
        said = _("kept in {value} of the cases (90%: {low} to {high}), n = {n}")
    else:
        said = _("obeyed in {value} of the cases (90%: {low} to {high}), n = {n}")
    return said.format(n=answer.n, others=answer.others, **numbers) + _q(answer.q)


def status_title(status: Decided) -> str:
    """How a proposal ended."""
    known = {
        Decided.ACCEPTED: _("accepted"),
        Decided.REJECTED: _("rejected"),
        Decided.WITHDRAWN: _("withdrawn"),
    }
    return known[status]


def course_title(course: Course) -> str:
    """What later posts say about a decision."""
    known = {
        Course.EARLY: _("too early to say"),
        Course.HOLDS: _("later posts bear it out"),
        Course.WEAKER: _("later posts bring less than was promised"),
        Course.AGAINST: _("later posts speak against it"),
    }
    return known[course]


def later_evidence(later: Later) -> str:
    """The numbers of the posts after a decision."""
    if later.value is None or later.low is None or later.high is None:
        return _("not enough posts since, with and without")
    numbers = {name: decimal(value, ".2f") for name, value in _edges(later.value, later.low, later.high)}
    said = _("{value} (90%: {low} to {high}), n = {n} and {others}")
    return said.format(n=later.n, others=later.others, **numbers) + _q(later.q)


def _edges(value: float, low: float, high: float) -> tuple[tuple[str, float], ...]:
    return ("value", value), ("low", low), ("high", high)


def _q(q: float | None) -> str:
    """Nothing where no family was judged."""
    if q is None:
        return ""
    return ", q = " + decimal(q, ".3f") if q >= 0.001 else ", q < " + decimal(0.001, ".3f")
