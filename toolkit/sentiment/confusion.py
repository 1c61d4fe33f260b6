"""How often a model calls a message of one class another, and what that leaves of a share that it counted.

A share of labels is not a share of messages: whoever hears a tenth of the neutral messages as negative counts negative
ones where there are none. `true_share` takes that back (Rogan and Gladen 1978) and says how sure it can be (Lang and
Reiczigel, Preventive Veterinary Medicine 113 (2014)): with few messages, or a model that was measured on few, hardly.
"""

from __future__ import annotations

import json
from functools import cache
from math import sqrt
from pathlib import Path
from statistics import NormalDist
from typing import Final

from toolkit.sentiment.judgement import CLASSES, Sentiment
from toolkit.values import dataclass

MEASURED: Final = Path(__file__).parent / "models" / "measured.json"
OWN: Final = "own labels"
LEVEL: Final = 0.9
# Below this much better than chance a share says nothing about the messages.
LEAST_SKILL: Final = 0.05


@dataclass(frozen=True, slots=True)
class Confusion:
    """Messages by what people say (rows) and what the model says (columns), both in the order of `CLASSES`.

    `source` is what it was measured on: `OWN`, or the collections of the model that comes with the program.
    """

    counts: tuple[tuple[int, ...], ...]
    source: str

    @property
    def n(self) -> int:
        """On how many messages it was measured."""
        return sum(map(sum, self.counts))

    @property
    def error(self) -> float:
        """The share of messages that were given a wrong label."""
        return 1 - sum(row[place] for place, row in enumerate(self.counts)) / self.n

    def found(self, label: Sentiment) -> tuple[int, int]:
        """How many messages of this class were recognised, of how many."""
        place = CLASSES.index(label)
        return self.counts[place][place], sum(self.counts[place])

    def spared(self, label: Sentiment) -> tuple[int, int]:
        """How many messages of other classes were not taken for this one, of how many."""
        place = CLASSES.index(label)
        others = [row for at, row in enumerate(self.counts) if at != place]
        return sum(sum(row) - row[place] for row in others), sum(map(sum, others))


@dataclass(frozen=True, slots=True)
class Share:
    """A share of messages, what it probably is, from 0 to 1, and between which limits it lies in nine of ten cases."""

    value: float
    low: float
    high: float


def true_share(labelled: int, n: int, label: Sentiment, confusion: Confusion) -> Share | None:
    """What `labelled` of `n` messages with this label say of their true share; None where the labels say nothing."""
    found, spared = confusion.found(label), confusion.spared(label)
    if not n or not found[1] or not spared[1]:
        return None
    z = NormalDist().inv_cdf(0.5 + LEVEL / 2)
    q = (labelled + z * z / 2) / (n + z * z)
    sensitivity, specificity = ((hits + 1) / (of + 2) for hits, of in (found, spared))
    skill = sensitivity + specificity - 1
    if skill < LEAST_SKILL:
        return None
    raw = (labelled / n + spared[0] / spared[1] - 1) / (found[0] / found[1] + spared[0] / spared[1] - 1)
    middle = (q + specificity - 1) / skill
    missed = sensitivity * (1 - sensitivity) / (found[1] + 2)
    wrong = specificity * (1 - specificity) / (spared[1] + 2)
    spread = sqrt(q * (1 - q) / (n + z * z) + middle**2 * missed + (1 - middle) ** 2 * wrong) / skill
    middle += 2 * z * z * (middle * missed - (1 - middle) * wrong)
    low, high = (min(1.0, max(0.0, middle + side * z * spread)) for side in (-1, 1))
    return Share(min(high, max(low, raw)), low, high)


@cache
def read_shipped(language: str) -> Confusion | None:
    """What was measured of the model that comes with the program; None where nothing was."""
    known = json.loads(MEASURED.read_text("utf-8")).get(language)
    return Confusion(tuple(map(tuple, known["counts"])), str(known["source"])) if known else None
