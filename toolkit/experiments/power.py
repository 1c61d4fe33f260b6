"""How many posts each arm needs: experiments are played on the history's own results before the real one begins.

Results of posts are wild (a typical post of a real page is three times over or under the mean), skewed and tied; a formula
for normal values would promise too much. So arms are drawn from the posts of the last year with replacement, one arm is
made better by the factor that is worth knowing (`toolkit.experiments.counts`), and the very analysis that will be used
decides. The number of posts is the smallest at which it finds the difference as often as wanted. That a year of posts is
itself a draw is played, too: else a year that happened to be quiet would promise too much. Everything is drawn from a
fixed seed.

Where there is too little history, normal values with the spread of a real page are drawn instead (500 posts of a brand's
page in 2014, Moro, Rita, Vala 2016: a deviation of 1.2 on the logarithm). A history in which nearly all posts brought the
same is enough, and yet says nothing: the few others would make up every number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log, sqrt
from statistics import stdev
from typing import TYPE_CHECKING, Final, Protocol

from toolkit.errors import UsageError
from toolkit.experiments.anytime import LEVEL, PRIOR
from toolkit.experiments.counts import Brought, better_logs
from toolkit.experiments.experiment import POWER, Analysis, Experiment
from toolkit.experiments.verdicts import SURE
from toolkit.kpis import posts_needed
from toolkit.kpis.chance import FEWEST
from toolkit.messages import _
from toolkit.values import dataclass

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Truths = npt.NDArray[np.bool_]

HISTORY: Final = 30  # posts below which a spread is a guess
ASSUMED: Final = 1.2
DIFFERENT: Final = 20  # posts that brought something else than most, below which the others are all there is
RUNS: Final = 4000
MOST: Final = 5000  # posts of an arm
_CELLS: Final = 4_000_000  # values drawn at once: larger arms are played less often
_SEED: Final = 20_261_122


@dataclass(frozen=True, slots=True)
class Wish:
    """What an experiment is to find."""

    factor: float
    power: float = POWER
    analysis: Analysis = Analysis.FIXED
    least: int = 0  # posts of each arm from which on somebody may win; 0: from the planned number on


@dataclass(frozen=True, slots=True)
class Plan:
    """The posts that each arm needs. `history` posts stand behind `spread`; 0 where it is assumed."""

    posts: int
    power: float  # as played at that number, less what playing may be off by
    spread: float  # deviation of the logarithms
    history: int
    runs: int

    @property
    def assumed(self) -> bool:
        """Whether there was too little history to draw from."""
        return self.history == 0


@dataclass(frozen=True, slots=True)
class Prospect:
    """What could be known when an experiment was registered: the posts it takes, and how often the planned ones find it."""

    needed: int  # of each arm
    chance: float  # 0..1


def plan_posts(history: Sequence[Brought], wish: Wish) -> Plan:
    """The smallest number of posts of each arm with which `wish` comes true; `history` is that of the last year.

    Raises `UsageError` for a factor that is none, for one that no number of posts a house makes could show, and for a
    history in which nearly all posts are alike.
    """
    if not wish.factor > 1 or not 0 < wish.power < 1:
        raise UsageError(_("a factor above 1 and a power between 0 and 1 are needed, such as 1.5 and 0.8"))
    posts = _usable(history)
    spread = stdev(log(post.lift) for post in posts) if posts else ASSUMED
    guess = posts_needed(spread, wish.factor, power=wish.power)
    if guess > MOST:
        text = _("to see a factor of {factor} it takes more than {most} posts of each arm; choose a larger factor")
        raise UsageError(text.format(factor=wish.factor, most=MOST))
    table = _table(posts, wish.factor)
    number = _smallest(table, wish, max(guess, FEWEST))
    return Plan(number, _chance(table, number, wish), spread, len(posts), _runs(number))


def look_ahead(history: Sequence[Brought], experiment: Experiment) -> Prospect:
    """What to expect of an experiment as it is planned; raises `UsageError` as `plan_posts` does."""
    least = experiment.least if experiment.analysis is Analysis.ALWAYS else 0
    wish = Wish(experiment.factor, experiment.power, experiment.analysis, least)
    needed = plan_posts(history, wish).posts
    # Fewer posts than that are never compared.
    enough = experiment.planned >= FEWEST
    table = _table(_usable(history), wish.factor)
    return Prospect(needed, _chance(table, min(experiment.planned, MOST), wish) if enough else 0.0)


def _usable(history: Sequence[Brought]) -> list[Brought]:
    """The history where it can be drawn from; [] where it is too short."""
    posts = [post for post in history if post.lift > 0]
    if len(posts) < HISTORY:
        return []
    ((_value, same),) = Counter(round(post.lift, 9) for post in posts).most_common(1)
    if len(posts) - same < DIFFERENT:
        text = _(
            "the results are too uneven to plan with: of n = {n} posts of the last year {same} brought the same; count something that more posts bring"
        )
        raise UsageError(text.format(n=len(posts), same=same))
    return posts


def _table(posts: Sequence[Brought], factor: float) -> _Table:
    return _History(posts, factor) if posts else _Normal(ASSUMED, factor)


def _smallest(table: _Table, wish: Wish, guess: int) -> int:
    """By halving: more posts find more."""
    low, high = FEWEST - 1, guess
    while _chance(table, high, wish) < wish.power:
        low, high = high, high * 3 // 2 + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _chance(table, middle, wish) >= wish.power else (middle, high)
    return high


def _chance(table: _Table, posts: int, wish: Wish) -> float:
    """How often the better arm wins, less what playing may be off by: only that much is promised."""
    return max(0.0, _power(table, posts, wish) - 2 * sqrt(wish.power * (1 - wish.power) / _runs(posts)))


def _power(table: _Table, posts: int, wish: Wish) -> float:
    """The share of played experiments in which the better arm wins."""
    better, other = table.arms(posts)
    if wish.analysis is Analysis.FIXED:
        return float(won_at_the_end(better, other).mean())
    return float(won_at_any_look(better, other, min(wish.least or posts, posts)).mean())


class _Table(Protocol):
    """Where posts are drawn from."""

    def arms(self, posts: int) -> tuple[Floats, Floats]:
        """Logarithms of played experiments (rows): the better arm and the other."""


class _Normal:
    """A normal of a spread; the better arm is as much ahead as the factor says."""

    def __init__(self, spread: float, factor: float) -> None:
        self._spread, self._ahead = spread, log(factor)

    def arms(self, posts: int) -> tuple[Floats, Floats]:
        import numpy as np

        rng, shape = np.random.default_rng(_SEED), (_runs(posts), posts)
        return rng.normal(self._ahead, self._spread, shape), rng.normal(0, self._spread, shape)


class _History:
    """The posts of the last year, as they were and as they would have been in the better arm."""

    def __init__(self, posts: Sequence[Brought], factor: float) -> None:
        import numpy as np

        self._logs = np.log([post.lift for post in posts])
        self._better = better_logs(posts, factor)

    def arms(self, posts: int) -> tuple[Floats, Floats]:
        import numpy as np

        # Another year would have brought other posts: each experiment has a history of its own, drawn from this one.
        rng, shape, (known, draws) = np.random.default_rng(_SEED), (_runs(posts), posts), self._better.shape
        pools = rng.integers(0, known, (_runs(posts), known))
        first, second = (np.take_along_axis(pools, rng.integers(0, known, shape), axis=1) for _arm in range(2))
        return self._better[first, rng.integers(0, draws, shape)], self._logs[second]


def _runs(posts: int) -> int:
    return max(500, min(RUNS, _CELLS // posts))


def won_at_the_end(first: Floats, second: Floats) -> Truths:
    """Of experiments (rows), in which ranks call the first arm the winner at the one look at the end."""
    import numpy as np
    from scipy.stats import mannwhitneyu

    found = mannwhitneyu(first, second, axis=1)
    ahead = found.statistic > first.shape[1] * second.shape[1] / 2
    return np.asarray((found.pvalue < SURE) & ahead, dtype=np.bool_)


def won_at_any_look(first: Floats, second: Floats, least: int) -> Truths:
    """Of experiments (rows), in which the first arm wins at some look, one after each pair of posts from `least` on."""
    import numpy as np

    ratios, ahead = log_ratios(first, second)
    looks = np.arange(2, first.shape[1] + 1) >= least
    return np.asarray(((ratios >= -log(1 - LEVEL)) & ahead & looks).any(axis=1), dtype=np.bool_)


def log_ratios(first: Floats, second: Floats) -> tuple[Floats, Truths]:
    """`toolkit.experiments.anytime.log_ratio` of experiments (rows) after each pair of posts from the second on (columns).

    With it whether the first arm is ahead.
    """
    import numpy as np

    sizes = np.arange(2, first.shape[1] + 1)
    sums = [np.cumsum(arm, axis=1)[:, 1:] for arm in (first, second)]
    squares = [np.cumsum(arm**2, axis=1)[:, 1:] for arm in (first, second)]
    freedom, known = 2 * sizes - 2, PRIOR * sizes / 2
    inside = sum(square - one**2 / sizes for one, square in zip(sums, squares, strict=True))
    difference = (sums[0] - sums[1]) / sizes
    # Two pairs of equal counts have no spread, and no verdict.
    share = np.where(inside > 1e-12, difference**2 * sizes / 2 / np.maximum(inside, 1e-12), 0.0)
    ratio = 1 / (1 + known)
    logs = 0.5 * np.log(ratio) + 0.5 * (freedom + 1) * (np.log1p(share) - np.log1p(ratio * share))
    return logs, difference > 0
