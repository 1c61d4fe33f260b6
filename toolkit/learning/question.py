"""Questions that are put to the results, and their answers: what the handbook could say, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from toolkit.kpis import discount

# Of what is proposed, so much may be chance (Benjamini and Hochberg 1995).
FALSE: Final = 0.05
# What is smaller is not worth a page's change, however sure it is.
WORTH: Final = 1.1


class Kind(StrEnum):
    """What a question is about."""

    WEEKDAY = "weekday"
    PART = "part"  # of the day
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
    {Kind.WEEKDAY, Kind.PART, Kind.PILLAR, Kind.FORMAT, Kind.HASHTAG, Kind.WORD, Kind.SHAPE, Kind.EXPERIMENT}
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the results say to one question.

    `value` with its 90 % interval is a factor (1.35: a good third more than the other posts), of a rule the share of
    cases in which it was obeyed, of a promise in which it was kept, of a goal what the month to come lets expect. `n`
    counts posts, cases or months, `others` the posts it is compared with, the cases in which a rule was set aside or a
    promise broken, the months that reached the target. `expected`
    is what is left of a factor when chance is taken off.
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
    q: float = 1.0  # p, raised for all questions together
    remedy: str = ""  # what would stand in the file: another number, another level
    report: str = ""
    label: str = ""  # how people call it, where the group's name does not say it

    @property
    def id(self) -> str:
        """The question's name, one word; it stays while the answer changes."""
        return f"{self.kind.value}-{slug(self.group)}"

    @property
    def sure(self) -> bool:
        """Whether chance does not explain it, of all questions together."""
        return self.q < FALSE

    @property
    def worth(self) -> bool:
        """Whether it is sure, and large enough to change a page for."""
        if self.kind not in FACTORS:
            return self.sure and bool(self.remedy)
        apart = self.low > 1 or self.high < 1
        return self.sure and apart and max(self.expected, 1 / self.expected) >= WORTH


def judge(answers: Sequence[Answer]) -> list[Answer]:
    """The answers with their q, those that are most likely no chance first."""
    qs = discount([answer.p for answer in answers])
    judged = [replace(answer, q=q) for answer, q in zip(answers, qs, strict=True)]
    return sorted(judged, key=lambda one: (one.q, one.p, one.id))


def slug(name: str) -> str:
    """A name as one word of an id.

    >>> slug("English Sunday"), slug("#Café-Kajüte"), slug("interactions mastodon")
    ('english-sunday', 'café-kajüte', 'interactions-mastodon')
    """
    plain = "".join(char if char.isalnum() or char in "_." else " " for char in name.lower())
    return "-".join(plain.split())
