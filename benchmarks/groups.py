"""How often the intervals of groups of posts hold the truth, and how often a group is called better where none is.

    python benchmarks/groups.py               # four minutes
    python benchmarks/groups.py --worlds 100

A world is 168 posts in groups of 3 to 40 (and, dealt among them by chance, three pillars and twelve months that matter,
too); the logarithm of what a post brings is its groups' effects and a draw from the scatter of 438 real posts of a
brand's page in 2014 ("Facebook metrics", shared test data, LEITSTAND_TEST_DATA), or from the normal distribution. The
intervals are those of `toolkit.kpis.contrast`, which reports and `leitstand learn` show, down to three posts here, though
both say nothing below eight. Beside them stands what reports had before: means of what other kinds leave unexplained,
drawn towards the common one by an estimated scatter that was then taken for certain (`toolkit.kpis.chance.shrink`).
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from math import log
from pathlib import Path
from random import Random
from statistics import fmean

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from toolkit.kpis.chance import discount, shrink  # the path has to be set before
from toolkit.kpis.contrast import Model, Row
from toolkit.kpis.groups import FALSE

DATA = Path(os.environ.get("LEITSTAND_TEST_DATA") or Path(__file__).resolve().parents[1] / "../shared/data")
SIZES = {"three": 3, "five": 5, "eight": 8, "twelve": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
TOTAL = sum(SIZES.values())
SCATTERS = (0.0, 0.1, 0.25, 0.5)
Z90 = 1.6448536269514722
Draw = Callable[[Random], float]


def real_scatter() -> list[float]:
    """What is left of a real page's posts when type and month are taken out, on the logarithm."""
    cells: dict[tuple[str, str], list[float]] = defaultdict(list)
    path = DATA / "facebook_metrics" / "dataset_Facebook.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            cells[row["Type"], row["Post Month"]].append(log(float(row["Total Interactions"] or 0) + 1))
    return [value - fmean(values) for values in cells.values() if len(values) > 10 for value in values]


def world(chance: Random, scatter: float, draw: Draw) -> tuple[dict[str, float], list[Row]]:
    """The groups' true effects, and the posts."""
    truth = {group: chance.gauss(0, scatter) for group in SIZES}
    pillars, months = ([chance.gauss(0, 0.3) for _group in range(count)] for count in (3, 12))
    rows = []
    for group, n in SIZES.items():
        for _post in range(n):
            pillar, month = chance.randrange(3), chance.randrange(12)
            lift = truth[group] + pillars[pillar] + months[month] + draw(chance)
            rows.append(Row(lift, {"group": group, "pillar": str(pillar), "month": str(month)}))
    return truth, rows


def before(rows: Sequence[Row]) -> dict[str, tuple[float, float]]:
    """Group → (value, half the width) as reports had it."""
    levels = Model(rows).levels()
    lifts: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        other = sum(levels.get((kind, row.groups[kind]), 0.0) for kind in ("pillar", "month"))
        lifts[row.groups["group"]].append(row.lift - other)
    squares = sum((lift - fmean(own)) ** 2 for own in lifts.values() for lift in own)
    noise = squares / (len(rows) - len(lifts))
    shrunken = shrink([fmean(own) for own in lifts.values()], [noise / len(own) for own in lifts.values()])
    return {group: (value, Z90 * error) for group, (value, error) in zip(lifts, shrunken, strict=True)}


def score(scatter: float, draw: Draw, worlds: int) -> tuple[Counter[str], Counter[str], Counter[str], int]:
    """In how many worlds each group's truth was held: now, before; with no width before; worlds with a false alarm."""
    now, then, flat, alarms = Counter[str](), Counter[str](), Counter[str](), 0
    for seed in range(worlds):
        truth, rows = world(Random(f"{seed} {scatter}"), scatter, draw)
        found = Model(rows).groups("group", 3)
        for one in found:
            others = sum(SIZES[name] * effect for name, effect in truth.items() if name != one.group)
            now[one.group] += abs(one.value - truth[one.group] + others / (TOTAL - SIZES[one.group])) <= one.reach()
        alarms += any(q < FALSE for q in discount([one.p for one in found if one.n >= 8]))
        usual = sum(SIZES[name] * effect for name, effect in truth.items()) / TOTAL
        for name, (value, reach) in before(rows).items():
            then[name] += abs(value - truth[name] + usual) <= reach
            flat[name] += reach < 1e-9
    return now, then, flat, alarms


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--worlds", type=int, default=1000)
    worlds = parser.parse_args().worlds
    left = real_scatter() if DATA.exists() else []
    kinds: dict[str, Draw] = {"normal": lambda chance: chance.gauss(0, 1.1)}
    if left:
        kinds["a real page's"] = lambda chance: chance.choice(left)
    for name, draw in kinds.items():
        for scatter in SCATTERS:
            now, then, flat, alarms = score(scatter, draw, worlds)
            print(f"\n{name} scatter, true effects differ by {scatter} on the logarithm; {worlds} worlds")
            print(f"{'posts':>6}{'90 % interval holds':>21}{'before':>9}{'of these without width':>24}")
            for group, n in SIZES.items():
                shares = [counts[group] / worlds for counts in (now, then, flat)]
                print(f"{n:>6}{shares[0]:>20.1%} {shares[1]:>8.1%}{shares[2]:>23.1%}")
            if not scatter:
                print(f"worlds without any difference in which one is called reliable: {alarms / worlds:.1%}")


if __name__ == "__main__":
    main()
