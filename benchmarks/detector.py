"""What the crisis detector is worth on labelled series, beside vendors' rules, and what it costs.

    python benchmarks/detector.py                 # 20 seconds
    python benchmarks/detector.py --plot KO       # writes a picture of one series with its alarms

The five series are the benchmark NAB's mentions of brands in the shared test data (LEITSTAND_TEST_DATA), five minutes a
count, eight weeks, with 17 labelled windows; points are NAB's standard profile (``benchmarks/nab.py``). The vendors'
rules are given our cool-down of 24 hours, which they do not have, and their own best factor on these very series, which
nobody has beforehand. Brands are made small by keeping each mention by chance, seeded.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.nab import BRANDS, Score, Series, load, score, total  # the path has to be set before
from toolkit.surprise import Count, Detector, Level, Reading, Tuning, judge

ROOT: Final = Path(__file__).resolve().parents[1]
HOUR, DAY, WEEK = 12, 288, 7 * 288  # five-minute counts
COOLDOWN: Final = timedelta(hours=24)
SEEDS: Final = range(4)
STEP: Final = timedelta(minutes=5)

Floats = npt.NDArray[np.float64]
Rule = Callable[[Floats, float], npt.NDArray[np.bool_]]


def trailing(values: Floats, width: int) -> Floats:
    """The sum of the last `width` values at each place; not a number where there are fewer."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    found = np.full(len(values), np.nan)
    found[width - 1 :] = sums[width:] - sums[:-width]
    return found


def day_over_week(values: Floats, factor: float) -> npt.NDArray[np.bool_]:
    """The last 24 hours are over `factor` times the mean day of the last seven."""
    return trailing(values, DAY) > factor * trailing(values, WEEK) / 7


def deviation_over_week(values: Floats, factor: float) -> npt.NDArray[np.bool_]:
    """The mean of the last 24 hours is `factor` standard deviations over that of the last seven days."""
    mean = trailing(values, WEEK) / WEEK
    variance = np.maximum(trailing(values * values, WEEK) / WEEK - mean * mean, 0)
    return trailing(values, DAY) / DAY > mean + factor * np.sqrt(variance)


def hour_over_week(values: Floats, factor: float) -> npt.NDArray[np.bool_]:
    """The last hour is over `factor` times the mean hour of the last seven days."""
    return trailing(values, HOUR) > factor * trailing(values, WEEK) / (WEEK / HOUR)


RULES: Final[tuple[tuple[str, Rule, float], ...]] = (
    ("day > {:g} x 7-day mean", day_over_week, 2),
    ("mean 24 h > mean 7 d + {:g} sd", deviation_over_week, 1.5),
    ("hour > {:g} x 7-day mean", hour_over_week, 3),
)


def quiet_after(series: Series, speaking: Iterable[int]) -> list[int]:
    """Of the places where a rule speaks, the ones that are told with a cool-down."""
    told: list[int] = []
    for at in speaking:
        if not told or series.times[at] - series.times[told[-1]] >= COOLDOWN:
            told.append(at)
    return told


def readings(series: Series, values: Sequence[int]) -> list[Reading]:
    return judge(map(Count, series.times, values), Tuning())


def raised(found: Sequence[Reading], least: Level) -> list[int]:
    """Where an alarm of at least that level was told."""
    return [at for at, one in enumerate(found) if one.alarm and one.alarm.level.rank >= least.rank]


def ruled(all_series: Sequence[Series], rule: Rule, factor: float) -> Score:
    values = [np.array(series.values, float) for series in all_series]
    with np.errstate(invalid="ignore"):
        spoken = [np.flatnonzero(rule(each, factor)).tolist() for each in values]
    return total([score(one, quiet_after(one, at)) for one, at in zip(all_series, spoken, strict=True)])


def best_factor(all_series: Sequence[Series], rule: Rule) -> float:
    """The factor, in tenths, with which a rule has the most points on these series."""
    return max((tenths / 10 for tenths in range(1, 60)), key=lambda factor: ruled(all_series, rule, factor).points)


def line(name: str, found: Score) -> None:
    hit = f"{found.hit}/{found.windows}"
    print(f"{name:<44}{found.points:>7.1f}{hit:>9}{found.false_alarms:>8}{found.false_per_month:>10.2f}")


def show_quality(all_series: Sequence[Series]) -> None:
    print(f"{'five series, NAB standard profile':<44}{'points':>7}{'hit':>9}{'false':>8}{'a month':>10}")
    judged = [readings(series, series.values) for series in all_series]
    for level in (Level.WATCH, Level.ALERT, Level.CANDIDATE):
        told = [score(one, raised(each, level)) for one, each in zip(all_series, judged, strict=True)]
        line(f"ours: {level.value} and above, every alarm", total(told))
    for level in (Level.WATCH, Level.ALERT, Level.CANDIDATE):
        reach = [[at for at, one in enumerate(each) if one.reached.rank >= level.rank] for each in judged]
        first = [score(one, quiet_after(one, at)) for one, at in zip(all_series, reach, strict=True)]
        line(f"ours: {level.value} alone, plain 24 h of quiet", total(first))
    bare = [[at for at, one in enumerate(each) if one.reached.speaks] for each in judged]
    line("ours without any cool-down", total([score(one, at) for one, at in zip(all_series, bare, strict=True)]))
    for name, rule, factor in RULES:
        line(name.format(factor), ruled(all_series, rule, factor))
        best = best_factor(all_series, rule)
        line(f"  {name.format(best)} (best factor)", ruled(all_series, rule, best))


def show_small(all_series: Sequence[Series]) -> None:
    title = f"made small by chance, {len(SEEDS)} seeds"
    print(f"\n{title:<44}{'points':>7}{'hit':>9}{'false':>8}{'a month':>10}")
    for daily in (300, 150, 90, 60, 30):
        found: list[Score] = []
        for series in all_series:
            kept = min(1.0, daily / (sum(series.values) / len(series.values) * DAY))
            for seed in SEEDS:
                values = np.random.default_rng(seed).binomial(series.values, kept).tolist()
                found.append(score(series, raised(readings(series, values), Level.WATCH)))
        line(f"{daily} mentions a day", total(found))


def show_cost() -> None:
    """A year of five-minute counts at once, and one count in a daemon; of the year the least of three."""
    values = np.random.default_rng(1).negative_binomial(3, 3 / (3 + 85), 365 * DAY).tolist()
    begins = datetime(2025, 1, 1, tzinfo=UTC)
    counts = [Count(begins + index * STEP, value) for index, value in enumerate(values)]
    whole = min(cpu(lambda: judge(counts, Tuning())) for _ in range(3))
    detector = Detector(Tuning(), values[: Tuning().remembered], begins)
    more = [Count(begins + index * STEP, value) for index, value in enumerate(values[:200], 1)]
    single = cpu(lambda: [detector.append(count) for count in more]) / len(more) * 1000
    print(f"\na year of 5-minute counts, 24,000 a day: {whole:.2f} s of CPU; one more count: {single:.1f} ms")


def cpu(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def plot(series: Series, path: Path) -> None:
    """The hour's mentions, what was expected, the labelled windows and the alarms."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    found = readings(series, series.values)
    figure, axes = plt.subplots(2, 1, figsize=(18, 9), sharex=True)
    times = [one.at for one in found]
    axes[0].plot(times, [one.count for one in found], linewidth=0.6)
    axes[0].plot(times, [one.expected for one in found], linewidth=1)
    axes[1].plot(times, [one.score for one in found], linewidth=0.6)
    colours = {Level.WATCH: "gold", Level.ALERT: "darkorange", Level.CANDIDATE: "red"}
    for axis in axes:
        for left, right in series.windows:
            axis.axvspan(series.times[left], series.times[right], alpha=0.15)
        for at in raised(found, Level.WATCH):
            axis.axvline(found[at].at, color=colours[found[at].reached], linewidth=1)
    axes[0].set_title(f"{series.name}: mentions an hour, expected, labelled windows, alarms; below: score")
    figure.savefig(path, dpi=70)
    print(f"{path} written")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--plot", choices=BRANDS, help="Draw this series instead of measuring.")
    parser.add_argument("--output", type=Path, default=Path("detector.png"))
    options = parser.parse_args()
    folder = Path(os.environ.get("LEITSTAND_TEST_DATA") or ROOT / "../shared/data").resolve() / "nab"
    if not folder.is_dir():
        print(f"no series in {folder}; set LEITSTAND_TEST_DATA", file=sys.stderr)
        return 2
    if options.plot:
        plot(load(folder, options.plot), options.output)
        return 0
    all_series = [load(folder, brand) for brand in BRANDS]
    show_quality(all_series)
    show_small(all_series)
    show_cost()
    return 0


if __name__ == "__main__":
    sys.exit(main())
