"""A folder of twelve exports of twelve kinds, as a month brings them: sorted, stored, counted; and what can go wrong meanwhile."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.importers.xls import write_xls
from toolkit.cli import execute
from toolkit.metrics import open_store

ROOT = Path(__file__).parents[2]
TOML = 'format = 1\n[workspace]\nid = "x"\n' + "".join(
    f'[accounts.{name}]\nnetwork = "{name}"\nid = "{id_}"\n'
    for name, id_ in {
        "facebook": "100200300", "instagram": "nordlicht.kaffee", "linkedin": "nordlicht-kaffee",
        "x": "nordlichtkaffee", "newsletter": "news",
    }.items()
)  # fmt: skip
NOW = ("--now", "2026-11-21T12:00+01:00")
META = ("--times", "Europe/Berlin")
EXPORTS: dict[str, str | bytes] = {
    "facebook.csv": "Post ID,Page ID,Title,Publish time,Views,Reactions\n1122334455,100200300,Neu,07/14/2026 07:31,500,20\n",
    "instagram.csv": "Post ID,Account username,Publish time,Views,Likes\n17900001,nordlicht.kaffee,07/14/2026 07:31,500,20\n",
    "Follows.csv": 'sep=,\n"Instagram follows"\n"Date","Primary"\n"2026-07-14T00:00:00","20"\n'.encode("utf-16"),
    "linkedin.xls": write_xls({"Metrics": [["Date", "Impressions (total)"], ["07/14/2026", 312.0]]}),
    "x-content.csv": 'Post id,Date,Post text,Impressions,Likes\n1900000000000000001,"Tue, Jul 14, 2026",Neu,500,20\n',
    "x-overview.csv": 'Date,Impressions,Likes,New follows,Unfollows\n"Tue, Jul 14, 2026",4000,50,9,2\n',
    "ga4.csv": "# Start date: 20260714\n# End date: 20260714\nDate,Sessions\n20260714,80\n",
    "matomo.json": json.dumps({"2026-07-15": {"nb_visits": 90}}),
    "shopify.csv": "Name,Created at,Financial Status,Total,Lineitem quantity,Currency\n#1,2026-07-14 09:00:00 +0200,paid,20.00,1,EUR\n",
    "mailchimp.csv": 'Title,Subject,Send Date,Total Recipients,Unique Id\nJuli,Neu,"Jul 14, 2026 09:30 am",900,abc\n',
    "chart.csv": "Date,Clicks,Impressions,CTR,Position\n2026-07-14,12,400,3%,8.2\n",
    "trends.csv": "Category: All categories\n\nDay,kaffee: (Germany)\n2026-07-14,55\n",
}  # fmt: skip
KINDS = {
    "facebook-posts", "instagram-posts", "meta-days", "linkedin", "x-posts", "x-days", "ga4", "matomo", "shopify",
    "mailchimp", "search-console", "trends",
}  # fmt: skip


@pytest.fixture
def drop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "leitstand.toml").write_text(TOML)
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "Downloads"
    folder.mkdir()
    for name, data in EXPORTS.items():
        (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
        os.utime(folder / name, (1_785_000_000, 1_785_000_000))  # 2026-07-25
    return folder


def leitstand(*args: str) -> int:
    return execute(["import", *args, *META, *NOW], {"LEITSTAND_LANG": "en"})


def stored(drop: Path) -> Counter[str]:
    """Importer → how many rows the store has."""
    store = open_store(drop.parent / "state")
    rows = store.query("SELECT source, count(*) AS n FROM observations GROUP BY ALL", {}).to_pylist()
    return Counter({row["source"]: row["n"] for row in rows})


def test_twelve_kinds_sort_themselves(drop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each goes to its importer; notes and computers' files are passed over; the second time nothing is new."""
    for name in ("SOURCE.txt", ".DS_Store", "~$linkedin.xlsx", "Thumbs.db"):
        (drop / name).write_text("x")
    (drop / "x.csv.crdownload").write_text("x")
    assert leitstand("Downloads", "--dry-run", "--json") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {one["importer"] for one in lines if not one["passed_over"]} == KINDS
    assert Counter(one["passed_over"] for one in lines if one["passed_over"]) == {
        "note": 1, "computer": 3, "unfinished": 1,
    }  # fmt: skip
    assert stored(drop) == Counter()
    assert leitstand("Downloads") == 0
    shown = capsys.readouterr()
    assert "12 files: 12 new\n" in shown.out
    assert "5 files were passed over: x.csv.crdownload (still being downloaded), " in shown.out
    before = stored(drop)
    assert before.keys() == KINDS
    assert leitstand("Downloads") == 0
    assert "12 files: 12 known\n" in capsys.readouterr().out
    assert stored(drop) == before


def test_a_stranger_among_them_holds_nobody_back(drop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is told with the nearest kind and what it lacks, one column or several; the exit code says that it is there."""
    (drop / "half.csv").write_text("Post id,Post text,Impressions\n1,Neu,5\n")
    (drop / "less.csv").write_text("Post link,Impressions\nhttps://x,5\n")
    (drop / "bad.csv").write_text("Date,Impressions,Unfollows\n2026-07-14,many,3\n")
    assert leitstand("Downloads", "--json") == 1
    lines = {Path(line["file"]).name: line for line in map(json.loads, capsys.readouterr().out.splitlines())}
    assert (lines["half.csv"]["nearest"], lines["half.csv"]["missing"]) == ("x-posts", ["Date"])
    assert "X posts (content), but the column Date is missing" in lines["half.csv"]["problems"][0]
    assert "nearest is " in lines["less.csv"]["problems"][0]
    assert lines["bad.csv"]["stored"] == 0
    assert stored(drop).keys() == KINDS
    assert leitstand("Downloads") == 1
    shown = capsys.readouterr()
    assert "15 files: 12 known, 1 not imported, 2 not recognised\n" in shown.out


def test_several_missing_columns_are_named_in_the_plural(drop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence for one, another one for two."""
    (drop / "two.csv").write_text("Post ID,Page ID,Title,Description\n1,2,a,b\n")
    assert leitstand("Downloads/two.csv") == 1
    assert re.search(r"nearest is .*, but the columns Publish time, Views are missing", capsys.readouterr().err)


def test_the_same_export_of_two_days_is_two_snapshots(drop: Path) -> None:
    """A later download corrects: both values are kept, each with the moment at which it was counted."""
    assert leitstand("Downloads") == 0
    later = drop.parent / "later.csv"
    later.write_text(str(EXPORTS["x-content.csv"]).replace(",500,", ",700,"))
    os.utime(later, (1_785_600_000, 1_785_600_000))  # 2026-08-01
    assert leitstand("later.csv") == 0
    store = open_store(drop.parent / "state")
    sql = "SELECT value FROM observations WHERE source = 'x-posts' AND metric = 'views' ORDER BY observed_at"
    assert [row["value"] for row in store.query(sql, {}).to_pylist()] == [500, 700]
    (latest,) = store.latest(subjects=["x:1900000000000000001"], metrics=["views"])
    assert latest.value == 700


def test_what_was_taken_back_can_be_imported_again(drop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Undo leaves no row, and the file is new again."""
    assert leitstand("Downloads/matomo.json", "--json") == 0
    import_id = json.loads(capsys.readouterr().out)["import_id"]
    assert execute(["import", "--undo", import_id], {"LEITSTAND_LANG": "en"}) == 0
    assert stored(drop) == Counter()
    assert leitstand("Downloads/matomo.json") == 0
    assert stored(drop) == Counter({"matomo": 1})


def test_another_zone_is_another_import(drop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who finds the hours wrong imports again with --times, and the new moments of publication count."""
    assert execute(["import", "Downloads/facebook.csv", *NOW], {"LEITSTAND_LANG": "en"}) == 0
    assert "give the zone with --times" in capsys.readouterr().err
    assert execute(["import", "Downloads/facebook.csv", "--times", "America/Los_Angeles", *NOW], {}) == 0
    (latest,) = open_store(drop.parent / "state").latest(metrics=["views"])
    assert latest.published_at is not None
    assert latest.published_at.isoformat() == "2026-07-14T14:31:00+00:00"
    assert execute(["import", "Downloads/facebook.csv", "--times", "Berlin", *NOW], {}) == 2
    assert "Berlin" in capsys.readouterr().err


def test_two_imports_at_once_store_each_file_once(drop: Path) -> None:
    """Two people drop the same folder: whoever is second finds the rest known, and neither fails."""
    command = [sys.executable, "-m", "toolkit", "import", "Downloads", *META, *NOW]

    def import_all(_number: int) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            command, cwd=drop.parent, env=environment(drop), capture_output=True, timeout=240, check=False
        )

    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(import_all, range(2)))
    assert [one.returncode for one in both] == [0, 0], [one.stderr for one in both]
    assert len(open_store(drop.parent / "state").imports()) == 12
    assert stored(drop).keys() == KINDS


def test_an_import_that_is_killed_stores_whole_files_and_can_be_repeated(drop: Path) -> None:
    """A kill -9 between two files or in one: every import that is there is whole, and the next call brings the rest."""
    rows = "".join(f"19{number:017},2026-07-14,Neu,5,2\n" for number in range(2000))
    for number in range(12):
        (drop / f"y{number}.csv").write_text(
            "Post id,Date,Post text,Impressions,Likes\n" + rows.replace(",5,", f",{number},")
        )
    command = [sys.executable, "-m", "toolkit", "import", "Downloads", *META, *NOW]
    process = subprocess.Popen(
        command, cwd=drop.parent, env=environment(drop), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    store = open_store(drop.parent / "state")
    deadline = time.monotonic() + 120
    while not any(one.name.startswith("y") for one in store.imports()) and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.02)  # bounded: the process has to begin with them
    killed = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    assert killed, "the process was over before it could be killed"
    half = {one.name: one.rows for one in store.imports()}
    assert all(count == 4000 for name, count in half.items() if name.startswith("y"))
    assert sum(stored(drop).values()) == sum(half.values())
    assert leitstand("Downloads") == 0
    assert {one.name for one in store.imports()} >= EXPORTS.keys()


def environment(drop: Path) -> dict[str, str]:
    """That of a process of its own."""
    kept = {"LEITSTAND_STATE_DIR": str(drop.parent / "state"), "LEITSTAND_LANG": "en"}
    return {**os.environ, **kept, "PYTHONPATH": str(ROOT)}
