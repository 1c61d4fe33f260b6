"""What `leitstand learn` finds of what is planted in the sample history, and what it leaves alone.

    python benchmarks/learning.py                 # 100 histories, some three minutes
    python benchmarks/learning.py --seeds 20
    python benchmarks/learning.py --looks         # two years of each, looked at each month of the second one
    python benchmarks/learning.py --page          # a real page: the 500 posts of the Facebook metrics in the shared data

Each seed is another year of the sample workspace (`toolkit.sample.history`), with the same effects planted and other luck.
The truth of a question is what the same model says of the planted effects without noise, so that a group is called
better only where it is better than the posts it is compared with. Every post also gets `TAGS` hashtags by lot, which
are nothing: a proposal about one of them is false, and so is one in the wrong direction. The false-discovery rate is the
mean over the histories of the share of false proposals, 0 where there was none.

*noisy* histories have the noise of a real page (a deviation of 1.2 of the logarithms, not 0.5), *empty* ones have their
results dealt out anew among the posts, so that everything found is false.

With ``--looks`` somebody asks twelve times, a month apart, always of the last 365 days, and each proposal is decided at once
and not asked again. What is counted is the whole year of looks: by the p of one look, as it would be without
`toolkit.learning.looks`, and by what is used.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import statistics
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from math import exp, log
from pathlib import Path
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from toolkit.kpis import UnitRow, discount  # the path has to be set before
from toolkit.kpis.contrast import Model
from toolkit.kpis.dayparts import part_of_day
from toolkit.kpis.lifts import post_results
from toolkit.kpis.rated import Rated, make_model, rate_results
from toolkit.learning.posts import ASKED, ask_posts
from toolkit.learning.question import FALSE, Answer, Kind, judge
from toolkit.learning.traits import Traits
from toolkit.model import Subject
from toolkit.sample.history import exports, make_planted
from toolkit.sample.planted import Planted
from toolkit.workspace import Workspace, load_workspace

ROOT: Final = Path(__file__).resolve().parents[1]
NOW: Final = datetime.fromisoformat("2026-11-21T12:00:00+01:00")
HISTORY: Final = timedelta(days=365)
RIPE: Final = timedelta(days=7)
SEEDS: Final = 100
LOOKS: Final = 12
APART: Final = timedelta(days=30)
TAGS: Final = 30
COUNTED: Final = ("likes", "comments", "shares")  # what `interactions` adds up, as far as it is exported
NOISE: Final = 1.2  # of a real page
SMALL: Final = 0.1  # of the logarithm; nobody changes a page for less


@dataclass(frozen=True, slots=True)
class Year:
    """One history as the questions see it: its posts, their planted effects in the same order, hashtags by lot."""

    posts: Sequence[Rated]
    effects: Sequence[float] = field(repr=False)
    traits: Traits = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tried:
    """One history judged: what was proposed, what of it is false, and the truth of every question about groups."""

    proposed: Sequence[Answer]
    false: Sequence[Answer]
    truths: Mapping[str, float]  # id → the logarithm of the true factor
    answers: Sequence[Answer] = field(repr=False)

    @property
    def share(self) -> float:
        return len(self.false) / len(self.proposed) if self.proposed else 0.0


def make_year(workspace: Workspace, seed: int) -> Year:
    """A year of the sample workspace with another luck."""
    planted = make_planted(workspace.settings, NOW, seed)
    zone = ZoneInfo(workspace.settings.timezone)
    rows, followers, subjects = read_exports(workspace, planted)
    labels = {post.uid: post.labels for post in workspace.posts}
    first = NOW - HISTORY
    posts = [post for post in rate_results(post_results(rows, followers, subjects, zone)) if post.local >= first]
    sent: dict[str, list[datetime]] = {}
    for row in rows:
        sent.setdefault(row.unit, []).append(row.at.astimezone(zone))
    effects = [
        statistics.fmean(_effect(planted, subjects[post.uid], local) for local in sent[post.uid])
        + planted.of_post(labels.get(post.uid, ()), paid=subjects[post.uid].paid)
        for post in posts
    ]
    return Year(posts, effects, _tags(posts, seed))


def read_exports(
    workspace: Workspace, planted: Planted
) -> tuple[list[UnitRow], dict[tuple[str, str], float], dict[str, Subject]]:
    """The accounts' exports: interactions of each post at seven days, the followers when it went out, what it is."""
    values: dict[tuple[str, str], dict[str, float]] = {}
    moments: dict[tuple[str, str], datetime] = {}
    audience: dict[str, list[tuple[datetime, float]]] = {}
    subjects: dict[str, Subject] = {}
    for row in _rows(workspace, planted):
        key, at = (row["subject"], row["channel"]), datetime.fromisoformat(row["observed_at"])
        if row["metric"] == "followers":
            audience.setdefault(row["channel"], []).append((at, float(row["value"])))
        elif row["metric"] in COUNTED and row["published_at"]:
            published = datetime.fromisoformat(row["published_at"])
            if at - published == RIPE and published <= NOW - RIPE:
                values.setdefault(key, {})[row["metric"]] = float(row["value"])
                moments[key] = published
            paid = {"yes": True, "no": False, "true": True, "false": False}.get(row["paid"].lower())
            subjects[row["subject"]] = Subject(
                row["subject"], row["title"], row["format"], row["pillar"], row["campaign"], paid=paid
            )
    rows = [
        UnitRow(uid, channel, moments[uid, channel], sum(own.values()), None) for (uid, channel), own in values.items()
    ]
    followers = {key: _followers(audience.get(key[1], []), at) for key, at in moments.items()}
    return rows, {key: count for key, count in followers.items() if count}, subjects


def _rows(workspace: Workspace, planted: Planted) -> Iterator[dict[str, str]]:
    for file in exports(workspace, NOW, planted):
        if file.name.removesuffix(".csv") in workspace.settings.accounts:
            yield from csv.DictReader(io.StringIO(file.data.decode("utf-8-sig")))


def _followers(known: Sequence[tuple[datetime, float]], at: datetime) -> float:
    """The last count before a moment; the first one for what is older."""
    before = [count for moment, count in known if moment <= at]
    return before[-1] if before else known[0][1] if known else 0.0


def _effect(planted: Planted, about: Subject, local: datetime) -> float:
    """What was planted in a post on one of its channels."""
    return planted.effect(about.pillar, about.format, about.campaign, local)


def _tags(posts: Sequence[Rated], seed: int) -> Traits:
    """Each post has a third of the tags, by lot."""
    chance = Random(f"{seed}:tags")
    names = [f"tag{number}" for number in range(TAGS)]
    of = {post.uid: frozenset(f"hashtag:{name}" for name in names if chance.random() < 1 / 3) for post in posts}
    return Traits(of, {f"hashtag:{name}": (Kind.HASHTAG, f"#{name}") for name in names})


def noisy(year: Year, seed: int) -> Year:
    """The same year with the noise of a real page."""
    chance = Random(f"{seed}:noise")
    more = (NOISE**2 - 0.5**2 / 3) ** 0.5  # what there is of it is a mean over some three channels
    return replace(year, posts=[replace(post, lift=post.lift + chance.gauss(0, more)) for post in year.posts])


def empty(year: Year, seed: int) -> Year:
    """The same posts with each other's results: nothing is left to find."""
    lifts = [post.lift for post in year.posts]
    Random(f"{seed}:empty").shuffle(lifts)
    posts = [replace(post, lift=lift) for post, lift in zip(year.posts, lifts, strict=True)]
    return replace(year, posts=posts, effects=[0.0] * len(posts))


def try_year(year: Year) -> Tried:
    """Ask everything, and hold it against what was planted."""
    answers = judge(ask_posts(year.posts, year.traits))
    truths = true_contrasts(year)
    proposed = [answer for answer in answers if answer.worth]
    false = [one for one in proposed if (truths.get(one.id, 0.0) * log(one.value)) <= 0]
    return Tried(proposed, false, truths, answers)


def two_years(workspace: Workspace, seed: int) -> Year:
    """A year, and the year before it with another luck on the same weekdays."""
    second, first = make_year(workspace, seed), make_year(workspace, seed + 10_000)
    back = timedelta(days=364)
    posts, of = list(second.posts), dict(second.traits.of)
    for post in first.posts:
        local, uid = post.local - back, f"{post.uid}-before"
        posts.append(replace(post, uid=uid, local=local, groups={**post.groups, "month": f"{local:%Y-%m}"}))
        of[uid] = first.traits.of[post.uid]
    return Year(posts, [*second.effects, *first.effects], replace(second.traits, of=of))


def look_often(year: Year, *, raised: bool) -> Tried:
    """Twelve looks, and everything that was proposed at one of them; not `raised` is by the p of each look alone."""
    proposed, false, closed = list[Answer](), list[Answer](), set[str]()
    for number in reversed(range(LOOKS)):
        end = NOW - RIPE - APART * number
        seen = [index for index, post in enumerate(year.posts) if end - HISTORY <= post.local < end]
        part = replace(year, posts=[year.posts[at] for at in seen], effects=[year.effects[at] for at in seen])
        answers = ask_posts(part.posts, part.traits)
        judged = judge(answers, closed)
        if not raised:
            family = [one for one in answers if one.id not in closed]
            qs = discount([one.p for one in family])
            judged = [replace(one, q=q) for one, q in zip(family, qs, strict=True)]
        new = [one for one in judged if one.worth]
        truths = true_contrasts(part) if new else {}
        proposed += new
        false += [one for one in new if truths.get(one.id, 0.0) * log(one.value) <= 0]
        closed |= {one.id for one in new}
    return Tried(proposed, false, {}, ())


def show_looks(workspace: Workspace, seeds: int) -> None:
    """The share of false proposals of a year of looks; at most `FALSE` is promised."""
    print(f"{LOOKS} looks a month apart, {seeds} histories; promised: {FALSE}")
    years = {seed: two_years(workspace, seed) for seed in range(1, seeds + 1)}
    worlds = {
        "planted": years,
        "noisy": {seed: noisy(year, seed) for seed, year in years.items()},
        "empty": {seed: empty(year, seed) for seed, year in years.items()},
    }
    for name, world in worlds.items():
        for raised, method in ((False, "p of one look"), (True, "p of all looks")):
            tried = [look_often(year, raised=raised) for year in world.values()]
            mean = statistics.fmean(len(one.proposed) for one in tried)
            loud = sum(bool(one.false) for one in tried)
            print(
                f"{name:<8} {method:<15} {mean:5.2f} proposed  false-discovery rate {false_discoveries(tried):.3f}"
                f"  histories with a false one {loud}",
                flush=True,
            )


def true_contrasts(year: Year) -> dict[str, float]:
    """What the model would say without noise; what is below a hundredth is nothing."""
    model: Model = make_model(
        [replace(post, lift=effect) for post, effect in zip(year.posts, year.effects, strict=True)], year.traits.of
    )
    found = {}
    for kind in ASKED:
        for one in model.groups(kind.value):
            found[f"{kind.value}-{one.group}"] = one.value if abs(one.value) > 0.01 else 0.0
    return found


def try_years(years: Iterable[Year]) -> list[Tried]:
    return [try_year(year) for year in years]


def false_discoveries(tried: Sequence[Tried]) -> float:
    """The false-discovery rate: the mean share of false proposals."""
    return statistics.fmean(one.share for one in tried)


def found_of(tried: Sequence[Tried], ident: str) -> tuple[int, int, float]:
    """In how many histories a question was proposed in the right direction, of how many; and its median true factor."""
    truths = [one.truths[ident] for one in tried if ident in one.truths]
    right = sum(
        answer.id == ident and one.truths[ident] * log(answer.value) > 0
        for one in tried
        if ident in one.truths
        for answer in one.proposed
    )
    return right, len(truths), exp(statistics.median(truths))


def covered(tried: Sequence[Tried]) -> float:
    """How many of the 90 % intervals about groups hold the truth."""
    held = [
        answer.low <= exp(one.truths[answer.id]) <= answer.high
        for one in tried
        for answer in one.answers
        if answer.id in one.truths
    ]
    return statistics.fmean(held)


def alarms(tried: Sequence[Tried]) -> float:
    """How many of the hashtags that are nothing have a p below 0.05; one in twenty should."""
    ps = [answer.p for one in tried for answer in one.answers if answer.kind is Kind.HASHTAG]
    return statistics.fmean(p < 0.05 for p in ps)


def kept(tried: Sequence[Tried]) -> tuple[float, float]:
    """Of what proposals measured and of what they promise, the median share that is true, in logarithms."""
    pairs = [
        (one.truths[answer.id] / log(answer.value), one.truths[answer.id] / log(answer.expected))
        for one in tried
        for answer in one.proposed
        if one.truths.get(answer.id)
    ]
    return statistics.median(raw for raw, _told in pairs), statistics.median(told for _raw, told in pairs)


def show_world(name: str, tried: Sequence[Tried]) -> None:
    """One line about a kind of histories."""
    loud = sum(bool(one.false) for one in tried)
    mean = statistics.fmean(len(one.proposed) for one in tried)
    print(
        f"{name:<8} {len(tried):>5} histories  {statistics.fmean(len(one.answers) for one in tried):5.1f} questions"
        f"  {mean:5.2f} proposed  false-discovery rate {false_discoveries(tried):.3f}  histories with a false one {loud}"
    )


def show_questions(tried: Sequence[Tried]) -> None:
    """What was planted and how often it was found; then what was not, and how often it was left alone."""
    idents = sorted({ident for one in tried for ident in one.truths})
    rows = [(ident, *found_of(tried, ident)) for ident in idents]
    print(f"\n{'question':<20} {'true factor':>11} {'found':>12}")
    for ident, right, n, factor in sorted(rows, key=lambda row: -abs(log(row[3]))):
        mark = "" if abs(log(factor)) >= SMALL else "  (nothing)" if abs(log(factor)) < SMALL / 2 else "  (small)"
        print(f"{ident:<20} {factor:>11.2f} {right:>5} of {n:<4}{mark}")


def page_posts(path: Path) -> list[Rated]:
    """The Facebook metrics: one brand's 500 posts of 2014; the hour is the page's, the day of the month is not known."""
    posts = []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream)):
            # Weekday 1 is Sunday in the paper's table.
            weekday = str((int(row["Post Weekday"]) + 5) % 7 + 1)
            groups = {
                "format": row["Type"].lower(),
                "pillar": f"category {row['Category']}",
                "weekday": weekday,
                "part": part_of_day(int(row["Post Hour"])),
                "paid": {"1": "paid", "0": "unpaid"}.get(row["Paid"], ""),
                "month": row["Post Month"],
            }
            moment = datetime(2014, int(row["Post Month"]), 1, tzinfo=UTC) + timedelta(minutes=number)
            posts.append(Rated(str(number), moment, log(float(row["Total Interactions"]) + 1), groups))
    return posts


def show_page(data: Path) -> None:
    """Every answer that a real page gives."""
    [path] = sorted((data / "facebook_metrics").glob("*.csv"))[:1]
    for answer in judge(ask_posts(page_posts(path), Traits({}, {}))):
        mark = "proposed" if answer.worth else ""
        print(
            f"{answer.id:<20} n {answer.n:>3}  {answer.value:.2f} ({answer.low:.2f} to {answer.high:.2f})"
            f"  promises {answer.expected:.2f}  q {answer.q:.3f}  {mark}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--looks", action="store_true")
    parser.add_argument("--page", action="store_true")
    chosen = parser.parse_args()
    if chosen.page:
        show_page(Path(os.environ.get("LEITSTAND_TEST_DATA", str(ROOT.parent / "shared" / "data"))))
        return
    workspace = load_workspace(ROOT)
    if chosen.looks:
        show_looks(workspace, chosen.seeds)
        return
    years = {seed: make_year(workspace, seed) for seed in range(1, chosen.seeds + 1)}
    planted = try_years(years.values())
    show_world("planted", planted)
    show_world("noisy", try_years(noisy(year, seed) for seed, year in years.items()))
    show_world("empty", try_years(empty(year, seed) for seed, year in years.items()))
    raw, told = kept(planted)
    print(f"\n90 % intervals that hold the truth: {covered(planted):.3f}")
    print(f"p below 0.05 of hashtags that are nothing: {alarms(planted):.3f}")
    print(f"true share of what was measured: {raw:.2f}, of what is promised: {told:.2f} (medians, logarithms)")
    show_questions(planted)


if __name__ == "__main__":
    main()
