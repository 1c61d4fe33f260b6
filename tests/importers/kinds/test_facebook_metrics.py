"""The research data set: its moments are made by a rule, and its medians are the published ones."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

import pytest

from tests.importers.exports import NOW, extract, said, values
from toolkit.cli import execute
from toolkit.importers import Document, Extract
from toolkit.importers.kinds import facebook_metrics

HEADER = "Page total likes,Type,Category,Post Month,Post Weekday,Post Hour,Paid,Lifetime Post Total Reach,comment,like,share,Total Interactions\n"


@pytest.fixture
def whole(shared_data: Path) -> Path:
    return shared_data / "facebook_metrics" / "dataset_Facebook.csv"


def read(path: Path) -> Extract:
    return facebook_metrics.extract(Document(path.name, path.read_bytes(), "Europe/Berlin", NOW, "facebook"))


def test_rows_run_backwards_through_2014() -> None:
    """Weekday 1 is Sunday; each row is the latest such day that is not after the row before, at its hour."""
    rows = "9,Photo,2,12,4,3,0,100,1,2,3,6\n8,Video,1,12,1,23,,50,0,0,,0\n7,Link,3,11,1,9,1,20,1,,1,2\n"
    found = extract(HEADER + rows)
    assert said(found) == []
    berlin = ZoneInfo("Europe/Berlin")
    moments = {one.subject: one.published_at for one in found.observations if one.published_at}
    assert list(moments.values()) == [
        datetime(2014, 12, 31, 3, tzinfo=berlin),
        datetime(2014, 12, 28, 23, tzinfo=berlin),
        datetime(2014, 11, 30, 9, tzinfo=berlin),
    ]
    assert values(found, "facebook-metrics:2") == {"reach": 50, "comments": 0, "likes": 0}, "missing is not zero"
    assert [(one.format, one.pillar, one.paid) for one in found.subjects] == [
        ("photo", "product", False),
        ("video", "action", None),
        ("link", "inspiration", True),
    ]


def test_a_month_that_is_none_is_a_problem() -> None:
    """A wrong month, weekday or hour is named with its place."""
    found = extract(HEADER + "9,Photo,2,13,4,3,0,100,1,2,3,6\n9,Photo,2,12,4,24,0,100,1,2,3,6\n")
    assert [one.split(" (")[0] for one in said(found)] == [
        "export.csv:2:11: Post Month is a whole number from 1 to 12",
        "export.csv:3:16: Post Hour is a whole number from 0 to 23",
    ]


def test_all_rows_fit_into_the_year(whole: Path) -> None:
    """Each of the 500 rows gets a day of its month and weekday, and the days never run forwards."""
    found = read(whole)
    assert (found.rows, found.problems) == (500, ())
    moments = [one.published_at for one in found.observations if one.metric == "reach" and one.published_at]
    local = [one.astimezone(ZoneInfo("Europe/Berlin")) for one in moments]
    with whole.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    said_by_file = [(int(row["Post Month"]), int(row["Post Weekday"]), int(row["Post Hour"])) for row in rows]
    assert [(one.month, one.isoweekday() % 7 + 1, one.hour) for one in local] == said_by_file
    days = [one.date() for one in local]
    assert days == sorted(days, reverse=True)


def test_the_published_figures_come_out(whole: Path) -> None:
    """Medians and counts of types are those that were computed from the file by other means."""
    found = read(whole)
    medians = {
        name: median(one.value for one in found.observations if one.metric == name)
        for name in ("reach", "views", "engaged_users", "consumers")
    }
    assert medians == {"reach": 5281, "views": 9051, "engaged_users": 625.5, "consumers": 551.5}
    assert Counter(one.format for one in found.subjects) == {"photo": 426, "text": 45, "link": 22, "video": 7}
    assert Counter(one.metric for one in found.observations)["likes"] == 499
    assert Counter(one.metric for one in found.observations)["shares"] == 496


def test_kpi_reach_answers_after_the_import(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The way of an analyst: import the file, ask for the KPI, get the median."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    (tmp_path / "leitstand.toml").write_text('format = 1\n[workspace]\nid = "x"\n')
    place = ["-w", str(tmp_path)]
    assert execute(["import", str(whole), "--account", "facebook", *place], {"LEITSTAND_LANG": "en"}) == 0
    capsys.readouterr()
    period = ["--from", "2014-01", "--to", "2014-12"]
    assert execute(["kpi", "reach", *period, "--json", *place], {"LEITSTAND_LANG": "en"}) == 0
    answer = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (answer["n"], answer["median"]) == (500, 5281)
