"""Many words at once: how surprising it is that so many texts say each of them, beside the weeks before.

Every word is compared with chance, and there are many, so a word is told as surprising only where one time in ten any
word would wrongly be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log10
from statistics import variance
from typing import Final

LEAST_TALLIES: Final = 3  # before which nothing is known to be usual
FALSE: Final = 0.1  # chance of having any word wrongly told as surprising


@dataclass(frozen=True, slots=True)
class Tally:
    """Of `n` texts, how many say each word; words that nobody says are left out."""

    n: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Rise:
    """How many texts were to be expected to say a word, and how surprising it is that so many do.

    `score` is -log10 of the chance; see `toolkit.surprise`.
    """

    expected: float
    score: float
    surprising: bool


def compare_tallies(now: Tally, earlier: Sequence[Tally], words: Sequence[str]) -> dict[str, Rise]:
    """Each of the words against the tallies before, of which each has texts and of which there are at least three.

    Raises `ValueError` for fewer.
    """
    import numpy as np

    from toolkit.surprise.tail import surprise

    known = [one for one in earlier if one.n]
    if len(known) < LEAST_TALLIES:
        raise ValueError(f"nothing is usual after {len(known)} tallies; {LEAST_TALLIES} are needed")
    # As if every tally had had as many texts as this one.
    rates = [[one.counts.get(word, 0) * now.n / one.n for one in known] for word in words]
    total = sum(one.n for one in known)
    means = [sum(one.counts.get(word, 0) for one in known) * now.n / total for word in words]
    # What is usual is itself known from few tallies only.
    spreads = [variance(rate) * (1 + 1 / len(rate)) for rate in rates]
    counts = [now.counts.get(word, 0) for word in words]
    scores = surprise(*(np.array(one, float) for one in (counts, means, spreads))).tolist()
    limit = log10(max(len(words), 1)) - log10(FALSE)
    return {
        word: Rise(mean, score, surprising=score >= limit)
        for word, mean, score in zip(words, means, scores, strict=True)
    }
