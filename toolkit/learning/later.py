"""What came after a decision: whether later posts bear it out, or speak against it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from math import exp, log
from typing import Final

from toolkit.kpis import discount
from toolkit.kpis.contrast import Contrast, Model
from toolkit.kpis.rated import Rated, make_model
from toolkit.learning.looks import within_a_year
from toolkit.learning.question import FACTORS, FALSE, Kind, ident
from toolkit.learning.traits import Traits
from toolkit.values import dataclass
from toolkit.workspace.decisions import Decided, Decision

# Kinds whose groups are columns of the model; the others are traits of texts.
_GROUPED: Final = (Kind.WEEKDAY, Kind.PART, Kind.PILLAR, Kind.FORMAT)


class Course(StrEnum):
    """How later results stand to a decision."""

    EARLY = "early"  # too few posts, or an interval that allows for both
    HOLDS = "holds"
    WEAKER = "weaker"  # the right direction at best, and surely less than promised
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Later:
    """The posts after a decision: their factor with its 90 % interval, and what it says about the decision."""

    decision: Decision
    n: int
    others: int
    value: float | None  # None: too few posts
    low: float | None
    high: float | None
    q: float  # that there is no difference: at any look of a year, and raised for all decisions together
    course: Course


def hold_against(
    decisions: Iterable[Decision],
    posts: Sequence[Rated],
    traits: Traits,
    slots: Callable[[Decision], Contrast | None] = lambda _one: None,
) -> list[Later]:
    """Each standing decision that promised a factor, or refused one, against the posts that went out after it.

    None of the posts that led to it is among them. `slots` finds the numbers of decisions about one channel's slots.
    """
    asked = [one for one in standing(decisions) if one.factor and kind_of(one) in FACTORS]
    found = [(one, slots(one) if kind_of(one) is Kind.SLOT else _later(one, posts, traits)) for one in asked]
    known = [contrast for _decision, contrast in found if contrast is not None]
    qs = dict(zip(map(id, known), discount([within_a_year(one.p) for one in known]), strict=True))
    return [_judge(one, contrast, qs.get(id(contrast), 1.0)) for one, contrast in found]


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The last decision on each question, oldest first."""
    last = {one.about: one for one in sorted(decisions, key=lambda one: one.at)}
    return sorted(last.values(), key=lambda one: (one.at, one.id))


def kind_of(decision: Decision) -> Kind | None:
    """The kind of question that a decision answers; None for one that nobody asks."""
    name = decision.about.partition("-")[0]
    return Kind(name) if name in set(Kind) else None


def _later(decision: Decision, posts: Sequence[Rated], traits: Traits) -> Contrast | None:
    later = [post for post in posts if post.local > decision.at]
    kind = kind_of(decision)
    if kind is None or not later:
        return None
    model = make_model(later, traits.of)
    return next((one for one in _contrasts(model, kind, traits) if _named(kind, one, traits) == decision.about), None)


def _contrasts(model: Model, kind: Kind, traits: Traits) -> list[Contrast]:
    if kind in _GROUPED:
        return model.groups(kind.value)
    found = (model.trait(kind.value, key) for key, (own, _name) in traits.asked.items() if own is kind)
    return [one for one in found if one is not None]


def _named(kind: Kind, contrast: Contrast, traits: Traits) -> str:
    known: Mapping[str, tuple[Kind, str]] = traits.asked
    return ident(kind, known[contrast.group][1] if contrast.group in known else contrast.group)


def _judge(decision: Decision, contrast: Contrast | None, q: float) -> Later:
    if contrast is None:
        return Later(decision, 0, 0, None, None, None, q, Course.EARLY)
    low, high = exp(contrast.value - contrast.reach()), exp(contrast.value + contrast.reach())
    course = _course(decision, contrast, sure=q < FALSE)
    return Later(decision, contrast.n, contrast.others, exp(contrast.value), low, high, q, course)


def _course(decision: Decision, contrast: Contrast, *, sure: bool) -> Course:
    """A rejected proposal is spoken against by the difference that it denied."""
    promised = log(decision.factor or 1.0)
    sign = 1 if promised > 0 else -1
    same, most = contrast.value * sign > 0, contrast.value * sign + contrast.reach()
    if decision.status is not Decided.ACCEPTED:
        return Course.AGAINST if sure and same else Course.EARLY
    if sure and not same:
        return Course.AGAINST
    if most < abs(promised):
        return Course.WEAKER
    return Course.HOLDS if sure else Course.EARLY
