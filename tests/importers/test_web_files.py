"""Files of websites and shops through `leitstand import`, and what the KPIs make of them: nothing is counted twice."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importers.shops import tracked
from toolkit.cli import execute
from toolkit.importers import choose, open_export
from toolkit.metrics import open_store

TOML = """\
format = 1
[workspace]
id = "x"
[accounts.mastodon]
network = "mastodon"
[links]
domains = ["nordlicht.example.com"]
[conversions]
codes = {ADVENT10 = "advent-2026"}
"""
NOW = ("--now", "2026-11-21T12:00+01:00")
GA4 = (
    "# ----\n# Free form\n# 20261101-20261130\n# ----\n\n"
    "Date,Session source / medium,Session campaign,Sessions\n,,,140,Grand total\n"
    "20261118,mastodon / social,advent-2026,40\n20261118,google / organic,(organic),100\n"
)
SHOP = (
    "Name,Email,Financial Status,Currency,Total,Discount Code,Created at,Lineitem quantity\n"
    "#1,ann@example.com,paid,EUR,30.00,ADVENT10,2026-11-18 10:00:00 +0100,1\n#1,ann@example.com,,,,,,2\n"
    "#2,ben@example.com,paid,EUR,12.00,,2026-11-18 11:00:00 +0100,1\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "leitstand.toml").write_text(TOML)
    (tmp_path / "content/campaigns").mkdir(parents=True)
    (tmp_path / "content/campaigns/advent-2026.md").write_text("---\ntitle: Advent\n---\n")
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def leitstand(*args: str) -> int:
    return execute([*args, *NOW], {"LEITSTAND_LANG": "en"})


def kpi(name: str, capsys: pytest.CaptureFixture[str]) -> float:
    capsys.readouterr()
    assert leitstand("kpi", name, "--from", "2026-11-01", "--to", "2026-11-20", "--json") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return float(rows[0]["value"])


def test_the_kpis_of_a_month_have_every_visit_and_every_euro_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Campaign, account and website are stored beside one another; the website's and the shop's KPIs are theirs alone."""
    with zipfile.ZipFile(folder / "exports.zip", "w") as archive:
        archive.writestr("ga4.csv", GA4)
        archive.writestr("orders_export_1.csv", SHOP)
    assert leitstand("import", "exports.zip", "--observed", "2026-11-20") == 0
    assert kpi("visits", capsys) == 140
    assert kpi("orders", capsys) == 2
    assert kpi("revenue", capsys) == 42
    assert kpi("conversion_rate", capsys) == pytest.approx(2 / 140)
    stored = {(one.subject, one.channel, one.metric): one.value for one in open_store(folder / "state").latest()}
    assert stored["campaign:advent-2026", "mastodon", "visits"] == 40
    assert stored["campaign:advent-2026", "", "revenue"] == 30
    assert stored["site", "", "visits_unattributed"] == 100
    assert stored["account", "mastodon", "site_visits"] == 40


def test_a_newer_export_of_the_same_days_corrects_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An order that was paid back since leaves the revenue, and no order counts twice."""
    (folder / "a.csv").write_text(SHOP)
    assert leitstand("import", "a.csv", "--observed", "2026-11-20") == 0
    (folder / "b.csv").write_text(SHOP.replace("Lineitem quantity", "Lineitem quantity,Refunded Amount").replace(
        "10:00:00 +0100,1", "10:00:00 +0100,1,5.00").replace(",2\n", ",2,\n").replace("11:00:00 +0100,1", "11:00:00 +0100,1,0.00"))  # fmt: skip
    assert leitstand("import", "b.csv", "--observed", "2026-11-21 09:00") == 0
    assert kpi("revenue", capsys) == 37
    assert kpi("orders", capsys) == 2


def test_nothing_of_customers_is_written_anywhere(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not into the store, not onto the screen; the columns that were dropped are named."""
    (folder / "a.csv").write_text(SHOP)
    assert leitstand("import", "a.csv", "--observed", "2026-11-20") == 0
    shown = capsys.readouterr()
    assert "left out because they are about people: Email" in shown.out
    state = [path for path in (folder / "state").rglob("*") if path.is_file()]
    assert state
    assert not [path for path in state if b"ann@example.com" in path.read_bytes()]
    assert "ann@" not in shown.out + shown.err


HEADERS = [
    "Name,Email,Financial Status,Currency,Total,Discount Code,Created at,Lineitem quantity,Refunded Amount,Note Attributes\n",
    "order_id,order_date,order_status,order_total,order_currency,coupon_items\n",
    "# 20261101-20261130\nDate,Session source / medium,Sessions,Views,Active users\n",
    "# Start date: 20261101\n# End date: 20261130\nNth day,Event name,Event count\n",
    "date,nb_visits,nb_uniq_visitors,nb_actions\n",
    "Top queries,Clicks,Impressions,CTR,Position\n",
    "Category: All categories\n\nWeek,a: (Germany),b: (Germany)\n",
    "Content,Video title,Video publish time,Views,Watch time (hours),Subscribers\n",
    "Subject,Send Date,Total Recipients,Unique Opens,Unique Id\n",
]
CELLS = st.text(alphabet="0123456789.,/-:+% \"'\nabPM€=@#<", max_size=12) | st.sampled_from(
    ["2026-11-18", "20261118", "0001", "12", "1,5", "paid", "EUR", "completed", "mastodon / social", "Total", "<1"]
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(HEADERS), st.lists(st.lists(CELLS, max_size=8), max_size=4))
def test_no_row_crashes_its_importer(header: str, rows: list[list[str]]) -> None:
    """Whatever stands below a header that is recognised becomes observations or problems at their places."""
    data = (header + "".join(",".join(row) + "\n" for row in rows)).encode()
    choice = choose(open_export("export.csv", data))
    assert choice is not None
    assert choice.fits
    found = choice.importer.extract(tracked(data))
    assert all(problem.span.line >= 1 and problem.span.col >= 1 for problem in found.problems)
    assert all(one.observed_at <= tracked(data).now for one in found.observations)
