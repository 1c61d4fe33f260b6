"""What advice about posting times promises and what later weeks deliver, beside the best cell that tools show.

    python benchmarks/besttime.py                 # two minutes
    python benchmarks/besttime.py --shuffles 20   # fewer worlds without a best time

Two histories: 500 posts of a real brand's page in 2014 (the research data set "Facebook metrics", in the shared test data,
LEITSTAND_TEST_DATA; seven origins, the two months after each) and the year of this sample workspace, in which mornings are
planted as better and evenings as worse (twelve seeds; six origins, the four weeks after each). Chosen is from posts before
the origin only; delivered is the geometric mean of the later posts in the chosen time, without what formats, campaigns and
so on explain, against all posts of the same month. Then the times are dealt to the posts anew, so that none is better:
how often is one called so?
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from toolkit.cli import execute  # the path has to be set before
from toolkit.experiments.counted import Numbers, lifts_of
from toolkit.kpis import Period, known_subjects
from toolkit.learning.times import TimedPost, backtest, estimate_times, sum_up, timed_posts
from toolkit.learning.times.backtest import Trial
from toolkit.metrics import open_store
from toolkit.model import Post
from toolkit.sample.history import write_history
from toolkit.workspace import load_workspace

ROOT: Final = Path(__file__).resolve().parents[1]
SEEDS: Final = range(7, 19)
NOW: Final = datetime.fromisoformat("2026-11-21T12:00+01:00")
PAGE: Final = (
    'format = 1\n[workspace]\nid = "page"\ntimezone = "Europe/Lisbon"\n[accounts.facebook]\nnetwork = "facebook"\n'
)
TITLES: Final = {
    "naive": "best of weekday x part of day, raw means",
    "residual": "the same, month, type, paid, campaign out",
    "shrunken": "eight cells, shrunken (ours)",
}


@dataclass(frozen=True)
class History:
    """Posts, and when advice is asked for."""

    name: str
    posts: Sequence[TimedPost]
    origins: Sequence[datetime]
    held: timedelta


def imported(folder: Path, toml: str, exports: Path, now: datetime, posts: Sequence[Post] = ()) -> list[TimedPost]:
    """What `leitstand import` makes of exports, as the advice sees it."""
    (folder / "leitstand.toml").write_text(toml)
    os.environ["LEITSTAND_STATE_DIR"] = str(folder / "state")
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        execute(["import", str(exports), "-w", str(folder), "--now", now.isoformat()], {"LEITSTAND_LANG": "en"})
    store, zone = open_store(folder / "state"), ZoneInfo(load_workspace(folder).settings.timezone)
    numbers = Numbers(store, known_subjects(store.subjects(), posts), zone, now)
    return timed_posts(lifts_of(numbers, "interactions", Period(now - timedelta(days=400), now, now)))


def page(folder: Path) -> History:
    """The real page of 2014."""
    data = Path(os.environ.get("LEITSTAND_TEST_DATA") or ROOT / "../shared/data") / "facebook_metrics"
    found = imported(folder, PAGE, data / "dataset_Facebook.csv", datetime(2015, 2, 1, tzinfo=UTC))
    origins = [datetime(2014, month, 1, tzinfo=UTC) for month in range(5, 12)]
    return History("Facebook page, 2014", found, origins, timedelta(days=61))


def sample(folder: Path, seed: int) -> History:
    """One year of the sample workspace."""
    workspace = load_workspace(ROOT)
    write_history(workspace, folder / "exports", NOW, seed)
    found = imported(folder, (ROOT / "leitstand.toml").read_text(), folder / "exports", NOW, workspace.posts)
    held = timedelta(days=28)
    return History("sample workspace", found, [NOW - held * number for number in range(6, 0, -1)], held)


def show(name: str, trials: Sequence[Trial], posts: int) -> None:
    """The table of one history."""
    print(f"\n{name}, {posts} posts")
    print(f"{'chosen time':<44}{'promised':>9}{'delivered':>10}{'posts':>7}{'called better':>15}")
    for one in sum_up(trials):
        paid = "-" if one.delivered is None else f"{one.delivered:.2f}"
        said = f"{one.said} of {one.origins}"
        print(f"{TITLES[one.method]:<44}{one.promised:>9.2f}{paid:>10}{one.posts:>7}{said:>15}")


def false_alarms(history: History, shuffles: int) -> tuple[int, int, int]:
    """In how many worlds without any difference a time is called the best, one better than the others, one worse."""
    best = better = worse = 0
    for seed in range(shuffles):
        cells = [(post.local, post.cell) for post in history.posts]
        Random(seed).shuffle(cells)
        dealt = [replace(post, cell=cell) for post, (_local, cell) in zip(history.posts, cells, strict=True)]
        times = estimate_times(dealt)
        best += times.best is not None
        better += any(one.better for one in times.cells)
        worse += any(one.reliable and not one.better for one in times.cells)
    return best, better, worse


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--shuffles", type=int, default=60)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        histories = []
        for name in ("page", *map(str, SEEDS)):
            (root / name).mkdir()
        histories = [page(root / "page"), *(sample(root / str(seed), seed) for seed in SEEDS)]
    real, years = histories[0], histories[1:]
    show(real.name, backtest(real.posts, real.origins, real.held), len(real.posts))
    trials = [trial for year in years for trial in backtest(year.posts, year.origins, year.held)]
    show(f"{years[0].name}, {len(years)} seeds", trials, sum(len(year.posts) for year in years))
    right = sum((best := estimate_times(year.posts).best) is not None and best.cell == "week morning" for year in years)
    print(f"\nthe planted morning is called the best time in {right} of {len(years)} years")
    for history in (real, years[0]):
        counts = [f"{count} of {given.shuffles}" for count in false_alarms(history, given.shuffles)]
        print(
            f"{history.name}, times dealt by chance: a best one in {counts[0]}, better {counts[1]}, worse {counts[2]}"
        )
    begun = time.process_time()
    estimate_times(real.posts)
    print(f"one estimate over {len(real.posts)} posts: {time.process_time() - begun:.2f} CPU seconds")


if __name__ == "__main__":
    main()
