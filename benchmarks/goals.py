"""How often the intervals of goals and of campaigns hold what they promise: `python benchmarks/goals.py`.

Months: each month of a series is forecast from the months before it, one and three months ahead, and counted as inside
or outside the intervals of 50, 80 and 90 %; and how often targets with a forecast chance of 0-20, 20-80 and 80-100 %
were reached. Series: a real page's 2014 (shared data), the sample workspace's history, and made-up ones of known kinds.
Campaigns: the real daily mention counts of five companies cut into fortnights (shared data), and made-up campaigns
with even, early, late and jumping courses; each landing is forecast after a quarter, a half and three quarters.
"""

from __future__ import annotations

import csv
import os
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import exp, pi, sin
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from toolkit.kpis.outlook import FEWEST, look_ahead  # the path has to be set before
from toolkit.kpis.pace import land, learn_course

DATA = Path(os.environ.get("LEITSTAND_TEST_DATA", "../shared/data"))
LEVELS = (0.5, 0.8, 0.9)
BANDS = ((0.0, 0.2), (0.2, 0.8), (0.8, 1.0))
SEED = 20261121


@dataclass
class Score:
    """What was promised, and what came."""

    forecasts: int = 0
    inside: dict[float, int] = field(default_factory=lambda: defaultdict(int))
    asked: dict[tuple[float, float], int] = field(default_factory=lambda: defaultdict(int))
    promised: dict[tuple[float, float], float] = field(default_factory=lambda: defaultdict(float))
    came: dict[tuple[float, float], int] = field(default_factory=lambda: defaultdict(int))

    def chance(self, chance: float, *, came: bool) -> None:
        """A target with a chance, and whether it was reached."""
        band = next(one for one in BANDS if chance <= one[1])
        self.asked[band] += 1
        self.promised[band] += chance
        self.came[band] += came

    def row(self, name: str) -> str:
        """One line of the table."""
        parts = [f"{name:<34}{self.forecasts:>6}"]
        parts += [f"{self.inside[level] / self.forecasts:>7.0%}" if self.forecasts else "      -" for level in LEVELS]
        for band in BANDS:
            n = self.asked[band]
            parts.append(f"   {self.promised[band] / n:>4.0%}:{self.came[band] / n:<4.0%}" if n else "      -    ")
        return "".join(parts)


def score_months(series: Iterable[Sequence[float]], ahead: int) -> Score:
    """Every month that has enough before it; targets a fifth over and under the last month, and that month itself."""
    score = Score()
    for values in series:
        for at in range(FEWEST, len(values) - ahead + 1):
            outlook, truth = look_ahead(values[:at], ahead), values[at + ahead - 1]
            if outlook is None:
                continue
            score.forecasts += 1
            for level in LEVELS:
                one = outlook.interval(level)
                score.inside[level] += one.low <= truth <= one.high
            for factor in (0.5, 0.8, 1.0, 1.2, 1.5):
                target = values[at - 1] * factor
                score.chance(outlook.chance(target), came=truth >= target)
    return score


def score_campaigns(campaigns: Sequence[Sequence[float]], past: Sequence[Sequence[float]] = ()) -> Score:
    """Each campaign after a quarter, a half and three quarters; targets around an even course."""
    score, course = Score(), learn_course(past)
    for days in campaigns:
        for share in (0.25, 0.5, 0.75):
            over = round(len(days) * share)
            landing, truth = land(days[:over], len(days), course), sum(days)
            if landing is None:
                continue
            score.forecasts += 1
            for level in LEVELS:
                one = landing.interval(level)
                score.inside[level] += one.low <= truth <= one.high
            for factor in (0.5, 0.8, 1.0, 1.25, 2.0):
                target = sum(days[:over]) / share * factor
                score.chance(landing.chance(target), came=truth >= target)
    return score


def page_months() -> Iterator[list[float]]:
    """A real page's months: the sums over its posts of 2014, one series for each count."""
    path = DATA / "facebook_metrics/dataset_Facebook.csv"
    counts = (
        "like",
        "comment",
        "share",
        "Lifetime Post Total Reach",
        "Lifetime Engaged Users",
        "Lifetime Post Consumers",
    )
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";" if ";" in path.read_text("utf-8")[:200] else ","))
    for count in counts:
        months: dict[int, float] = defaultdict(float)
        for row in rows:
            months[int(row["Post Month"])] += float(row[count] or 0)
        yield [months[month] for month in range(1, 13)]


def made_months(kind: str, draw: random.Random) -> list[float]:
    """Twenty-four months of a known kind, with a spread of a fifth."""
    level, values = 1000.0, []
    for month in range(24):
        if kind == "walk":
            level *= exp(draw.gauss(0, 0.1))
        elif kind == "growth":
            level *= 1.03
        elif kind == "jump" and month == 12:
            level *= 1.6
        season = 1 + 0.3 * sin(2 * pi * month / 12) if kind == "season" else 1.0
        values.append(level * season * exp(draw.gauss(0, 0.2)))
    return values


def made_campaign(kind: str, draw: random.Random) -> list[float]:
    """Thirty days with 8 events a day on average, more widely spread than at random."""
    slopes = {"even": 0.0, "early": -1.2, "late": 1.2}
    days = []
    rate = 8 * exp(draw.gauss(0, 0.4))
    for day in range(30):
        slope = 1 + slopes.get(kind, 0.0) * (day / 29 - 0.5)
        jump = 4.0 if kind == "jumps" and draw.random() < 0.08 else 1.0
        mean = rate * slope * jump * draw.gammavariate(4, 0.25)
        days.append(float(sum(1 for _ in poisson(mean, draw))))
    return days


def poisson(mean: float, draw: random.Random) -> Iterator[None]:
    """As many Nones as a Poisson count has."""
    at = draw.expovariate(1.0)
    while at < mean:
        yield
        at += draw.expovariate(1.0)


def fortnights() -> Iterator[list[float]]:
    """Real mention counts, day by day, cut into pieces of fourteen days."""
    for path in sorted((DATA / "nab/realTweets").rglob("*.csv")):
        days: dict[str, float] = defaultdict(float)
        with path.open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                days[row["timestamp"][:10]] += float(row["value"])
        values = [days[day] for day in sorted(days)][1:-1]
        yield from (values[at : at + 14] for at in range(0, len(values) - 13, 14))


def sample_months() -> Iterator[list[float]]:
    """The months of the sample workspace, one series for each channel of some KPIs."""
    from tempfile import TemporaryDirectory

    from benchmarks.goalhistory import sample_series

    with TemporaryDirectory() as folder:
        yield from sample_series(Path(folder))


HEAD = f"{'':<34}{'n':>6}{'50 %':>7}{'80 %':>7}{'90 %':>7}   chance 0-20   20-80      80-100  (mean promised:came)"


def main() -> None:
    """Print the tables."""
    months = {"a real page, 2014": list(page_months()) if DATA.exists() else [], "the sample": list(sample_months())}
    for kind in ("steady", "walk", "growth", "jump", "season"):
        draw = random.Random(f"{SEED}{kind}")
        months[f"made up: {kind}"] = [made_months(kind, draw) for _ in range(200)]
    for ahead in (1, 3):
        print(f"\nMonths, {ahead} ahead\n{HEAD}")
        for name, series in months.items():
            print(score_months(series, ahead).row(name))
    print(f"\nCampaigns\n{HEAD}")
    if DATA.exists():
        print(score_campaigns(list(fortnights())).row("real mention counts, fortnights"))
    for kind in ("even", "early", "late", "jumps"):
        draw = random.Random(f"{SEED}{kind}")
        campaigns = [made_campaign(kind, draw) for _ in range(300)]
        print(score_campaigns(campaigns).row(f"made up: {kind}, the first of all"))
        print(score_campaigns(campaigns[5:], campaigns[:5]).row(f"made up: {kind}, after five"))


if __name__ == "__main__":
    main()
