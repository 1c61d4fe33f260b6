"""How much is searched for a word, out of imported charts of Google Trends: where it stands beside its own past.

Each chart has a scale of its own (100 is its peak), so a word is compared with itself in one chart only; see
`toolkit.importers.kinds.trends`. The last value of a chart is of a day, week or month that is not over, and left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from toolkit.values import dataclass

if TYPE_CHECKING:
    from toolkit.metrics import Store

PREFIX: Final = "trend:"
FEWEST: Final = 8  # values of a chart before anything is called high or low
YEAR: Final = timedelta(days=364)
HIGH: Final = 0.9  # share of the chart's values that are lower
MORE: Final = 1.25  # times the usual value
_QUESTION: Final = """
    SELECT subject, channel, observed_at, arg_max(value, imported_at) AS value
    FROM series WHERE starts_with(subject, 'trend:') AND metric = 'interest' GROUP BY ALL ORDER BY observed_at"""


# Subject, name and values of one chart, the oldest first.
Chart = tuple[str, str, Sequence[tuple[datetime, float]]]


@dataclass(frozen=True, slots=True)
class Interest:
    """One word in its newest chart. `points` are (moment, 0 to 100), the oldest first; `chart` says period and words."""

    word: str
    place: str  # as Google calls it, "" where the chart does not say
    chart: str
    points: tuple[tuple[datetime, float], ...]

    @property
    def latest(self) -> float:
        """The last value of a time that is over."""
        return self.points[-1][1]

    @property
    def usual(self) -> float:
        """The median of the values before."""
        return median(value for _at, value in self.points[:-1])

    @property
    def year_ago(self) -> float | None:
        """A year before the last value; None where the chart does not reach back."""
        wanted = self.points[-1][0] - YEAR
        gap = max((after[0] - before[0] for before, after in pairwise(self.points)), default=timedelta())
        near = min(self.points, key=lambda point: abs(point[0] - wanted))
        return near[1] if abs(near[0] - wanted) <= gap / 2 + timedelta(days=1) else None

    @property
    def enough(self) -> bool:
        """Whether the chart is long enough to say what is usual."""
        return len(self.points) >= FEWEST

    @property
    def high(self) -> bool:
        """Whether the last value is higher than nine in ten, and clearly more than usual."""
        lower = sum(value < self.latest for _at, value in self.points[:-1])
        return self.enough and lower >= HIGH * (len(self.points) - 1) and self.latest >= MORE * self.usual


def read_interests(store: Store, now: datetime) -> list[Interest]:
    """Every word of every chart by now, each in the chart that ends last; words in the order of the alphabet."""
    return find_interests(read_charts(store), now)


def read_charts(store: Store) -> list[Chart]:
    """Every chart that was imported."""
    charts: defaultdict[tuple[str, str], list[tuple[datetime, float]]] = defaultdict(list)
    for row in store.query(_QUESTION, {}).to_pylist():
        at = row["observed_at"].replace(tzinfo=UTC)
        charts[str(row["subject"]), str(row["channel"])].append((at, float(row["value"])))
    return [(subject, chart, points) for (subject, chart), points in sorted(charts.items())]


def find_interests(charts: Iterable[Chart], now: datetime) -> list[Interest]:
    """What `read_interests` says, of charts that were read."""
    newest: dict[str, Interest] = {}
    for subject, chart, values in charts:
        word, place = _named(subject.removeprefix(PREFIX))
        found = Interest(word, place, chart, tuple([one for one in values if one[0] <= now][:-1]))
        if found.points and (subject not in newest or newest[subject].points[-1] < found.points[-1]):
            newest[subject] = found
    return sorted(newest.values(), key=lambda one: (one.word.casefold(), one.place))


def _named(label: str) -> tuple[str, str]:
    """``kaffee: (Germany)`` → word and place."""
    word, colon, place = label.rpartition(": (")
    return (word, place.removesuffix(")")) if colon and place.endswith(")") else (label, "")
