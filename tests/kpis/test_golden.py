"""Five hundred real posts of one page (Moro, Rita, Vala 2016): our medians, and the paper's finding, come out."""

from __future__ import annotations

import csv
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from toolkit.kpis import KPIS, Period, measure, unit_rows
from toolkit.kpis.groups import group_lifts
from toolkit.kpis.lifts import post_results
from toolkit.kpis.rated import rate_results
from toolkit.metrics import Store, open_store
from toolkit.model import Observation, Subject

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("LEITSTAND_TEST_DATA", ROOT.parent / "shared" / "data"))
FILE = DATA / "facebook_metrics" / "dataset_Facebook.csv"
UTC_ZONE = ZoneInfo("UTC")
YEAR = Period(datetime(2014, 1, 1, tzinfo=UTC), datetime(2015, 2, 1, tzinfo=UTC), datetime(2016, 1, 1, tzinfo=UTC))
METRICS = {
    "like": "likes",
    "comment": "comments",
    "share": "shares",
    "Lifetime Post Total Reach": "reach",
    "Lifetime Post Total Impressions": "views",
    "Lifetime Post Consumers": "clicks",
}

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason=f"no test data at {FILE}; set LEITSTAND_TEST_DATA")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, dict[str, Subject]]:
    """The page's posts in a store; the file has month, weekday and hour, so the day within the month is made up."""
    rows, subjects = [], {}
    with FILE.open(encoding="utf-8-sig", newline="") as file:
        for number, line in enumerate(csv.DictReader(file)):
            uid = f"post-{number}"
            at = datetime(2014, int(line["Post Month"]), 1, tzinfo=UTC)
            at += timedelta(days=(int(line["Post Weekday"]) - at.isoweekday()) % 7, hours=int(line["Post Hour"]) % 24)
            subjects[uid] = Subject(uid, format=line["Type"])
            for column, metric in METRICS.items():
                if line[column]:
                    value = float(line[column])
                    rows.append(Observation(uid, "page", metric, value, at + timedelta(days=6), at, "csv", "golden"))
    store = open_store(tmp_path_factory.mktemp("golden"))
    store.append(rows, imported_at=YEAR.until)
    return store, subjects


@pytest.mark.parametrize(
    ("kpi", "n", "median"),
    [
        ("reach", 500, 5281),
        ("views", 500, 9051),
        ("clicks", 500, 551.5),
        ("likes", 499, 101),
        ("comments", 500, 3),
        ("shares", 496, 19),
        ("interactions", 500, 123.5),
    ],
)
def test_medians_are_the_published_ones(
    page: tuple[Store, dict[str, Subject]], kpi: str, n: int, median: float
) -> None:
    """The median of each metric is what pandas computes from the file; missing cells are not counted as zero."""
    (result,) = measure(KPIS[kpi], page[0], YEAR, zone=UTC_ZONE)
    assert (result.n, result.median) == (n, median)


def test_medians_by_type(page: tuple[Store, dict[str, Subject]]) -> None:
    """Consumers by type: a status has three times a photo's, and each type has its own n."""
    results = measure(KPIS["clicks"], page[0], YEAR, by="format", zone=UTC_ZONE, subjects=page[1])
    assert {one.group: (one.n, one.median) for one in results} == {
        "Link": (22, 205),
        "Photo": (426, 528.5),
        "Status": (45, 1599),
        "Video": (7, 1643),
    }


def test_the_papers_finding_comes_out(page: tuple[Store, dict[str, Subject]]) -> None:
    """A status captures at least twice the usual attention, with everything else taken out; seven videos are not enough to say anything."""
    rows = unit_rows(KPIS["clicks"], page[0], YEAR)
    groups = {
        one.group: one
        for one in group_lifts(rate_results(post_results(rows, {}, page[1], UTC_ZONE)), ()).values()
        if one.kind == "format"
    }
    assert groups["Video"].n == 7
    assert groups["Video"].interval is None
    best = max(groups.values(), key=lambda one: one.factor)
    assert (best.group, best.reliable) == ("Status", True)
    assert best.interval is not None
    assert best.interval[0] > 1.5
    assert best.value > 2
