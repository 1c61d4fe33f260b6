"""The sample history: the same bytes every time, importable without a problem, with the planted effects inside."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from math import exp, log
from pathlib import Path
from statistics import mean
from statistics import median as usual

import pytest

from toolkit.importers import Document, Extract, find_importer
from toolkit.kpis import median
from toolkit.model import Severity
from toolkit.sample.history import write_history
from toolkit.workspace import Workspace, load_workspace

NOW = datetime.fromisoformat("2026-11-21T19:00:00+01:00")
TOML = """
format = 1
[workspace]
id = "probe"
[accounts.mastodon]
network = "mastodon"
[accounts.newsletter]
network = "newsletter"
[accounts.x]
network = "x"
[accounts.instagram]
network = "instagram"
id = "probe.kaffee"
"""
POST = """---
uid: 01M31ZQ9808X08J48REAQF37PV
title: Unser eigener Beitrag
publish: {publish}
channels: [mastodon]
status: ready
pillar: wissen
---
Hallo
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("probe")
    (root / "leitstand.toml").write_text(TOML)
    posts = root / "content" / "posts"
    posts.mkdir(parents=True)
    (posts / "eins.md").write_text(POST.format(publish="2026-10-01 07:30"))
    draft = POST.format(publish="2026-10-02 07:30").replace("37PV", "37PW").replace("ready", "draft")
    (posts / "entwurf.md").write_text(draft)
    (posts / "zukunft.md").write_text(POST.format(publish="2026-12-24 07:30").replace("37PV", "37PX"))
    return load_workspace(root)


@pytest.fixture(scope="module")
def exports(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    write_history(workspace, folder, NOW)
    return folder


def read(path: Path) -> Extract:
    """As the import reads it, from its own account where the file itself says which."""
    data = path.read_bytes()
    found = find_importer(data)
    assert found is not None
    account = "instagram" if path.name.startswith("instagram-reels_") else ""
    fetched = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return found[1].extract(Document(path.name, data, "Europe/Berlin", NOW, account, observed=fetched))


def test_same_seed_and_moment_same_bytes(workspace: Workspace, exports: Path, tmp_path: Path) -> None:
    """Written again, every file has the same bytes; another seed gives another history."""
    write_history(workspace, tmp_path / "again", NOW)
    for path in sorted(exports.iterdir()):
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes(), path.name
    write_history(workspace, tmp_path / "other", NOW, seed=8)
    assert (tmp_path / "other" / "mastodon.csv").read_bytes() != (exports / "mastodon.csv").read_bytes()


def test_every_export_is_imported_without_a_problem(exports: Path) -> None:
    """Each source has its file, and the importer that people use has nothing to say about it."""
    kinds = {}
    for path in sorted(exports.iterdir()):
        found, extract = find_importer(path.read_bytes()), read(path)
        assert found is not None
        kinds[path.name] = found[0]
        assert extract.observations, path.name
        assert [str(one) for one in extract.problems if one.severity is Severity.ERROR] == []
    reels = {name for name in kinds if name.startswith("instagram-reels_")}
    assert len(reels) == 7
    assert {kinds.pop(name) for name in reels} == {"instagram-posts"}
    general = ("competitors", "inbox", "instagram", "mastodon", "newsletter", "x")
    systems = {"matomo.json": "matomo", "orders_export.csv": "shopify", "google-trends.csv": "trends"}
    assert kinds == systems | {f"{name}.csv": "csv" for name in general}


def test_each_reel_is_counted_before_it_is_seven_days_old(exports: Path) -> None:
    """The file's own date says when it was fetched, and by then its reel is six days old: comparable at equal age."""
    for path in exports.glob("instagram-reels_*.csv"):
        ages = [one.age_hours for one in read(path).observations]
        assert ages
        assert all(age is not None and 6 * 24 <= age <= 7 * 24 for age in ages)


def test_the_inbox_is_worse_in_the_bad_week(exports: Path) -> None:
    """In the bad week more comes in a day, less of it is friendly, and answers take longer; nothing is in the future."""
    planted = json.loads(exports.with_name(f"{exports.name}-planted.json").read_text())
    first, last = map(date.fromisoformat, planted["bad_week"])
    seen: dict[tuple[str, bool], list[float]] = {}
    for one in read(exports / "inbox.csv").observations:
        assert one.observed_at <= NOW
        seen.setdefault((one.metric, first <= one.observed_at.date() <= last), []).append(one.value)
    assert mean(seen["messages", True]) > 1.3 * mean(seen["messages", False])
    assert usual(seen["response_time", True]) > 1.3 * usual(seen["response_time", False])
    mood = {
        bad: (sum(seen["positive", bad]) - sum(seen["negative", bad])) / sum(seen["messages", bad])
        for bad in (True, False)
    }
    assert mood[False] > 0.2 > mood[True]


def test_bought_reach_shows(exports: Path) -> None:
    """Posts for which reach was bought are marked, go to one account, and reach as many more people as planted."""
    planted = json.loads(exports.with_name(f"{exports.name}-planted.json").read_text())
    extract = read(exports / "instagram.csv")
    paid = {subject.uid: bool(subject.paid) for subject in extract.subjects if subject.pillar == "produkt"}
    reach: dict[bool, dict[str, float]] = {True: {}, False: {}}
    for one in extract.observations:
        if one.metric == "reach" and one.subject in paid:
            reach[paid[one.subject]][one.subject] = one.value
    assert len(reach[True]) == 14
    bought, usual = (mean(map(log, filter(None, reach[kind].values()))) for kind in (True, False))
    assert bought - usual == pytest.approx(planted["paid"], abs=0.45)


def test_nothing_is_observed_after_now_and_counts_only_grow(exports: Path) -> None:
    """A post's values never fall, and no observation lies in the future; a later `now` only adds."""
    last: dict[tuple[str, str], float] = {}
    for one in read(exports / "mastodon.csv").observations:
        assert one.observed_at <= NOW
        if one.published_at is not None:
            assert one.value >= last.get((one.subject, one.metric), 0)
            last[one.subject, one.metric] = one.value


def test_own_posts_keep_their_uid_and_future_ones_have_no_counts(exports: Path) -> None:
    """A post of the workspace that went out is counted under its own uid; a draft and a planned one are not there."""
    subjects = {one.subject for one in read(exports / "mastodon.csv").observations}
    assert "01M31ZQ9808X08J48REAQF37PV" in subjects
    assert not subjects & {"01M31ZQ9808X08J48REAQF37PX", "01M31ZQ9808X08J48REAQF37PW"}


def test_networks_deliver_what_they_count(exports: Path) -> None:
    """A newsletter has no likes, and the silent account stops three weeks before now: missing, not zero."""
    assert {one.metric for one in read(exports / "newsletter.csv").observations} == {"views", "clicks", "followers"}
    silent = max(one.observed_at for one in read(exports / "x.csv").observations)
    assert timedelta(days=21) < NOW - silent < timedelta(days=23)


def test_a_year_has_two_octobers(exports: Path) -> None:
    """Every month of the last year, and the same month the year before, has posts."""
    months = Counter(
        f"{one.published_at:%Y-%m}" for one in read(exports / "mastodon.csv").observations if one.published_at
    )
    assert len(months) == 15
    assert {"2025-10", "2026-10"} <= set(months)


def test_the_planted_pillars_are_in_the_data(exports: Path) -> None:
    """The median of likes per pillar orders the pillars as planted, and the best is as far ahead as planted."""
    planted = json.loads(exports.with_name(f"{exports.name}-planted.json").read_text())
    extract = read(exports / "mastodon.csv")
    pillar = {subject.uid: subject.pillar for subject in extract.subjects}
    likes: dict[str, dict[str, float]] = {}
    for one in extract.observations:
        if one.metric == "likes":
            likes.setdefault(pillar[one.subject], {})[one.subject] = one.value
    medians = {name: median(list(values.values())) or 0 for name, values in likes.items()}
    assert max(medians, key=lambda name: medians[name]) == "wissen"
    assert min(medians, key=lambda name: medians[name]) == "service"
    wanted = planted["pillars"]["wissen"] - planted["pillars"]["service"]
    assert log(medians["wissen"] / medians["service"]) == pytest.approx(wanted, abs=0.5)
    assert exp(wanted) > 2
