"""The sample history: the same bytes every time, importable without a problem, with the planted effects inside."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta
from math import exp, log
from pathlib import Path

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
    data = path.read_bytes()
    found = find_importer(data)
    assert found is not None
    return found[1].extract(Document(path.name, data, "Europe/Berlin", NOW))


def test_same_seed_and_moment_same_bytes(workspace: Workspace, exports: Path, tmp_path: Path) -> None:
    """Written again, every file has the same bytes; another seed gives another history."""
    write_history(workspace, tmp_path / "again", NOW)
    for path in sorted(exports.iterdir()):
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes(), path.name
    write_history(workspace, tmp_path / "other", NOW, seed=8)
    assert (tmp_path / "other" / "mastodon.csv").read_bytes() != (exports / "mastodon.csv").read_bytes()


def test_every_export_is_imported_without_a_problem(exports: Path) -> None:
    """Each source has its file, and the importer that people use has nothing to say about it."""
    names = {path.stem for path in exports.glob("*.csv")}
    assert names == {"mastodon", "newsletter", "x", "website", "shop", "competitors"}
    for name in names:
        extract = read(exports / f"{name}.csv")
        assert extract.observations, name
        assert [str(one) for one in extract.problems if one.severity is Severity.ERROR] == []


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
