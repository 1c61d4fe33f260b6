"""Many words at once: how surprising it is that so many texts of this week say each of them, beside the weeks before.

What is promised: where every text might as well have been written in any of the weeks, at most one week in ten tells any
word as surprising, however many words there are and however many texts each teller has in each week.

- The texts are dealt to the weeks by chance, those of each teller by how many it had in each, so that a teller that says
  more this week makes no word surprising. How many of a word's texts fall in this week is then a sum of hypergeometric
  numbers; the score is its tail, taken from the binomial distribution of the same mean, which is never under it (Hoeffding,
  Annals of Mathematical Statistics 27/3, 1956).
- There are many words, and the highest score is that of some word every week. So the texts are dealt 199 times, and a word
  is surprising where in 19 of them at most any word scores as high (Westfall and Young, 1993). The dealings are seeded:
  the same texts always have the same answer.
- Words have their ups and downs, more than chance alone; what is surprising is so beside those as well, one time in a
  hundred by `toolkit.surprise`.

What it holds with real texts, and what it finds, is measured by ``benchmarks/bursts.py``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from toolkit.values import dataclass

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

LEAST_TALLIES: Final = 3  # weeks before which nothing is known to be usual
FALSE: Final = 0.1  # chance of having any word wrongly told as surprising
DEALINGS: Final = 199  # and one that is real
SWINGS: Final = 2.0  # -log10 of the chance that its own ups and downs reach so far


@dataclass(frozen=True, slots=True)
class Text:
    """Its teller, "" where that plays no part; its week, 0 for this one and 1 for the one before; its different words."""

    teller: str
    week: int
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rise:
    """How many texts were to be expected to say a word by the weeks before, and how surprising it is that so many do.

    `score` is -log10 of the chance, of this word alone.
    """

    expected: float
    score: float
    surprising: bool


def compare_weeks(texts: Sequence[Text], least: int) -> dict[str, Rise]:
    """The words that at least so many texts of this week say, against the weeks before that have texts.

    Raises `ValueError` where fewer than three have.
    """
    weeks = sorted({one.week for one in texts if one.week})
    if len(weeks) < LEAST_TALLIES:
        raise ValueError(f"nothing is usual after {len(weeks)} weeks; {LEAST_TALLIES} are needed")
    # Who tells something in this week only, or nothing in it, says nothing of what has changed.
    tellers = {one.teller for one in texts if not one.week} & {one.teller for one in texts if one.week}
    pile = _Pile([one for one in texts if one.teller in tellers], weeks, least)
    return pile.rises() if pile.words else {}


class _Pile:
    """The texts that are dealt, and the words that are looked at: whatever week says them, enough texts of all weeks do."""

    def __init__(self, texts: Sequence[Text], weeks: Sequence[int], least: int) -> None:
        self.texts, self.weeks, self.least = texts, weeks, least
        counts = Counter(word for one in texts for word in one.words)
        self.words: Final = sorted(word for word, count in counts.items() if count >= least)

    def rises(self) -> dict[str, Rise]:
        import numpy as np

        here = np.array([not one.week for one in self.texts])
        told = self._told(here)
        [scores, *dealt] = self._scores([told, *map(self._told, self._deal())])
        # So many dealings may have a word that scores as high: a tenth of all, with the real one among them.
        limit = sorted((one.max(initial=0.0) for one in dealt), reverse=True)[int(FALSE * (DEALINGS + 1)) - 1]
        shown = np.flatnonzero(told >= self.least)
        usual = [self._usual(self.words[at]) for at in shown]
        swings = _swings(told[shown], usual)
        rises = zip(shown.tolist(), usual, scores[shown].tolist(), swings, strict=True)
        return {
            self.words[at]: Rise(expected, score, surprising=score > limit and swing >= SWINGS)
            for at, (expected, _variance), score, swing in rises
        }

    def _deal(self) -> Iterator[npt.NDArray[np.bool_]]:
        """Which texts fall in this week."""
        import numpy as np

        chance = np.random.default_rng(DEALINGS)
        for _dealing in range(DEALINGS):
            here = np.zeros(len(self.texts), bool)
            for places, many in self._places:
                here[chance.choice(places, many, replace=False, shuffle=False)] = True
            yield here

    @cached_property
    def _places(self) -> Sequence[tuple[Ints, int]]:
        """Of each teller where its texts stand, and how many of them are of this week."""
        import numpy as np

        found: defaultdict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self.texts):
            found[one.teller].append(at)
        return [(np.array(found[one]), sum(not self.texts[at].week for at in found[one])) for one in sorted(found)]

    @cached_property
    def _said(self) -> tuple[Ints, Ints]:
        """Each pair of a text and a word of it, as numbers."""
        import numpy as np

        number = {word: at for at, word in enumerate(self.words)}
        pairs = [(at, number[word]) for at, one in enumerate(self.texts) for word in one.words if word in number]
        where, words = np.array(pairs, np.int64).reshape(-1, 2).T
        return where, words

    def _told(self, here: npt.NDArray[np.bool_]) -> Ints:
        """How many of these texts say each word."""
        import numpy as np

        where, words = self._said
        return np.bincount(words[here[where]], minlength=len(self.words))

    def _scores(self, counts: Sequence[Ints]) -> list[Floats]:
        """Of each dealing the score of each word; 0 for what is too seldom to be told, or no more than chance brings."""
        import numpy as np

        from toolkit.surprise.tail import share_surprise

        where, words = self._said
        share = np.zeros(len(self.texts))
        for places, many in self._places:
            share[places] = many / len(places)
        draws = np.bincount(words, minlength=len(self.words))
        means = np.bincount(words, share[where], minlength=len(self.words))
        found = [np.zeros(len(self.words)) for _each in counts]
        high = [np.flatnonzero((one >= self.least) & (one >= means + 1)) for one in counts]
        # Many dealings have a word as often; each case is computed once.
        cases = np.concatenate([at * (len(self.texts) + 1) + one[at] for at, one in zip(high, counts, strict=True)])
        unique, back = np.unique(cases, return_inverse=True)
        at, there = np.divmod(unique, len(self.texts) + 1)
        scores = share_surprise(there.astype(float), draws[at].astype(float), means[at] / draws[at])[back]
        begins = 0
        for one, places in zip(found, high, strict=True):
            one[places] = scores[begins : begins + len(places)]
            begins += len(places)
        return found

    @cached_property
    def _by_week(self) -> Mapping[int, Counter[str]]:
        """How many texts each teller had in each week."""
        found: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for one in self.texts:
            found[one.week][one.teller] += 1
        return found

    @cached_property
    def _earlier(self) -> Mapping[str, Counter[tuple[int, str]]]:
        """Of each word how many texts of each week before and teller say it."""
        found: defaultdict[str, Counter[tuple[int, str]]] = defaultdict(Counter)
        for one in self.texts:
            for word in one.words if one.week else ():
                found[word][one.week, one.teller] += 1
        return found

    def _usual(self, word: str) -> tuple[float, float]:
        """Mean and variance of what is to be expected now: by the tellers' rates before, with the word's own swings."""
        told, texts = self._earlier.get(word, Counter()), self._by_week
        before: Counter[str] = Counter()
        for (_week, teller), many in told.items():
            before[teller] += many
        rates = {teller: many / sum(texts[week][teller] for week in self.weeks) for teller, many in before.items()}
        likely = {week: sum(rate * texts[week][teller] for teller, rate in rates.items()) for week in (0, *self.weeks)}
        said: Counter[int] = Counter()
        for (week, _teller), many in told.items():
            said[week] += many
        off = sum((said[week] - likely[week]) ** 2 / likely[week] for week in self.weeks if likely[week])
        # What is usual is itself known from few weeks only.
        swings = max(1.0, off / (len(self.weeks) - 1)) * (1 + 1 / len(self.weeks))
        return likely[0], likely[0] * swings


def _swings(told: Ints, usual: Iterable[tuple[float, float]]) -> list[float]:
    """How surprising each count is beside the word's own ups and downs."""
    import numpy as np

    from toolkit.surprise.tail import surprise

    means, variances = np.array(list(usual), float).reshape(-1, 2).T
    found: list[float] = surprise(told.astype(float), means, variances).tolist()
    return found
