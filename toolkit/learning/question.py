"""Questions that are put to the results, and their answers: what the handbook could say, and how sure that is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Final

from toolkit.kpis import discount
from toolkit.learning.looks import within_a_year
from toolkit.values import dataclass

# Of what is proposed within a year of looks, so much may be chance (Benjamini and Hochberg 1995).
FALSE: Final = 0.05
# What is smaller is not worth a page's change, however sure it is.
WORTH: Final = 1.1


class Kind(StrEnum):
    """What a question is about."""

    WEEKDAY = "weekday"
    PART = "part"  # of the day
    SLOT = "slot"  # of one channel, in another part of the day
    PILLAR = "pillar"
    FORMAT = "format"
    HASHTAG = "hashtag"
    WORD = "word"
    SHAPE = "shape"  # how a text is made
    EXPERIMENT = "experiment"
    RULE = "rule"
    GOAL = "goal"
    PROMISE = "promise"  # of an answering time


# Kinds whose value is a factor over the other posts.
FACTORS: Final = frozenset(
    {
        Kind.WEEKDAY,
        Kind.PART,
        Kind.SLOT,
        Kind.PILLAR,
        Kind.FORMAT,
        Kind.HASHTAG,
        Kind.WORD,
        Kind.SHAPE,
        Kind.EXPERIMENT,
    }
)
# How often the posts, cases or turns behind an answer are replaced within a year; 1 where nothing stands here.
_WINDOWS: Final = {Kind.PROMISE: 4}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the results say to one question.

    `value` with its 90 % interval is a factor (1.35: a good third more than the other posts), of a rule the share of
    cases in which it was obeyed, of a promise in which it was kept, of a goal what the month to come lets expect. `n`
    counts posts, cases or months, `others` the posts it is compared with, the cases in which a rule was set aside or a
    promise broken, the months that reached the target. `expected`
    is what is left of a factor when chance is taken off.

    `p` is of this one look. `q` is of every look within a year and of all questions that are open, raised as Benjamini
    and Hochberg raise it; None for what is no open question, and for experiments: each of those was planned by itself
    and keeps its own promise.
    """

    kind: Kind
    group: str
    n: int
    others: int
    value: float
    low: float
    high: float
    p: float
    expected: float = 1.0
    q: float | None = None
    remedy: str = ""  # what would stand in the file: another number, another level
    changed: tuple[str, ...] = ()  # the same as a decision keeps it, with what stands there now: "visits: 600 -> 1400"
    notes: tuple[str, ...] = ()  # what else is to be known before it is changed
    won: bool = False  # an experiment that has a winner by its own registered rule
    label: str = ""  # how people call it, where the group's name does not say it

    @property
    def id(self) -> str:
        """The question's name, one word; it stays while the answer changes."""
        return ident(self.kind, self.group)

    @property
    def sure(self) -> bool:
        """Whether chance does not explain it, at any look of a year and of all open questions together."""
        return self.won if self.kind is Kind.EXPERIMENT else self.q is not None and self.q < FALSE

    @property
    def worth(self) -> bool:
        """Whether it is sure, and large enough to change a page for."""
        if self.kind not in FACTORS:
            return self.sure and bool(self.remedy)
        apart = self.low > 1 or (self.high < 1 and self.kind is not Kind.SLOT)
        return self.sure and apart and max(self.expected, 1 / self.expected) >= WORTH


def judge(answers: Iterable[Answer], closed: Collection[str] = ()) -> list[Answer]:
    """The answers, those that are least likely chance first; each with its q, but for `closed` ids and experiments.

    The family is what can still be proposed: a question that is decided makes no other one harder to hear.
    """
    found = list(answers)
    family = [one for one in found if one.kind is not Kind.EXPERIMENT and one.id not in closed]
    qs = discount([within_a_year(one.p, _WINDOWS.get(one.kind, 1)) for one in family])
    known = {id(one): q for one, q in zip(family, qs, strict=True)}
    judged = [replace(one, q=known.get(id(one))) for one in found]
    return sorted(judged, key=lambda one: (one.p if one.q is None else one.q, one.p, one.id))


def ident(kind: Kind, group: str) -> str:
    """The id of the question about a group."""
    return f"{kind.value}-{slug(group)}"


def write_change(subject: str, old: str, new: str) -> str:
    """What a decision keeps of a change, so that it can be taken back; `read_change` reads it."""
    return f"{subject}: {old} -> {new}"


def read_change(said: str) -> tuple[str, str, str]:
    """Subject, old and new value; empty ones for what nobody wrote like that.

    >>> read_change(write_change("visits: mastodon", "600", "1400")), read_change("so")
    (('visits: mastodon', '600', '1400'), ('', '', ''))
    """
    before, arrow, new = said.rpartition(" -> ")
    subject, colon, old = before.rpartition(": ")
    return (subject, old, new) if arrow and colon else ("", "", "")


def slug(name: str) -> str:
    """A name as one word of an id.

    >>> slug("English Sunday"), slug("#Café-Kajüte"), slug("interactions mastodon")
    ('english-sunday', 'café-kajüte', 'interactions-mastodon')
    """
    plain = "".join(char if char.isalnum() or char in "_." else " " for char in name.lower())
    return "-".join(plain.split())
