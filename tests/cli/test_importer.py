"""`leitstand importer` and dropped folders: files sort themselves, and a trial stores nothing."""

from __future__ import annotations

import io
import json
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.importers.xls import write_xls
from toolkit.cli import execute
from toolkit.importers import all_importers
from toolkit.metrics import open_store

TOML = """format = 1
[workspace]
id = "x"
[accounts.x]
network = "x"
id = "nordlichtkaffee"
[accounts.linkedin]
network = "linkedin"
id = "nordlicht-kaffee"
"""
NOW = ("--now", "2026-11-21T12:00+01:00")
X_DAYS = 'Date,Impressions,Likes,New follows,Unfollows\n"Tue, Jul 14, 2026",4000,50,9,2\n'
X_POSTS = 'Post id,Date,Post text,Impressions,Likes\n1900000000000000001,"Tue, Jul 14, 2026",Neu,500,20\n'
LINKEDIN = write_xls({"Metrics": [["Date", "Impressions (total)"], ["07/14/2026", 312.0]]})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "leitstand.toml").write_text(TOML)
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def leitstand(*args: str) -> int:
    return execute([*args, *NOW], {"LEITSTAND_LANG": "en"})


def answers(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    """File → what --json says of it."""
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {Path(one["file"]).name: one for one in lines}


def test_list_names_every_importer_and_where_to_get_its_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Name, title, both languages' menus, and the columns that it is recognised by."""
    assert execute(["importer", "list", "--json"], {"LEITSTAND_LANG": "en"}) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["name"] for one in found] == list(all_importers())
    assert all(one["menu"]["en"] and one["menu"]["de"] and one["title"] and one["documentation"] for one in found)
    assert next(one for one in found if one["name"] == "x-days")["recognised_by"] == [
        "Date",
        "Impressions",
        "Unfollows",
    ]
    assert execute(["importer", "list"], {"LEITSTAND_LANG": "en"}) == 0
    assert "where: Meta Business Suite → Insights" in capsys.readouterr().out


def test_a_trial_says_everything_and_stores_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Columns used, ignored and dropped, rows, period, and the first observations."""
    (folder / "a.csv").write_text(
        X_POSTS.replace("Likes\n", "Likes,Engagements,Posted by\n").replace(",20\n", ",20,30,E. M.\n")
    )
    assert leitstand("importer", "test", "a.csv", "--json") == 0
    answer = answers(capsys)["a.csv"]
    assert (answer["importer"], answer["rows"], answer["observations"]) == ("x-posts", 1, 2)
    assert answer["used"] == {
        "Post id": "id", "Date": "published_at", "Post text": "title", "Impressions": "views", "Likes": "likes"
    }  # fmt: skip
    assert (answer["ignored"], answer["dropped"]) == (["Engagements"], ["Posted by"])
    assert (answer["first"], answer["last"], answer["metrics"]) == ("2026-07-14", "2026-07-14", ["likes", "views"])
    assert not (folder / "state").exists()
    assert leitstand("importer", "test", "a.csv") == 0
    shown = capsys.readouterr().out
    assert "left out because they are about people: Posted by" in shown
    assert "E. M." not in shown


def test_a_file_that_nobody_knows_gets_the_nearest(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The nearest importer and the column that is missing for it; exit 1."""
    (folder / "a.csv").write_text("Post id,Date,Impressions\n1,2,3\n")
    assert leitstand("importer", "test", "a.csv", "--json") == 1
    answer = answers(capsys)["a.csv"]
    assert (answer["importer"], answer["nearest"], answer["missing"]) == ("", "x-posts", ["Post text"])


def test_a_dropped_folder_sorts_itself(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each file finds its importer and account, also inside an archive and below; one bad file keeps no other back."""
    drop = folder / "drop" / "july"
    drop.mkdir(parents=True)
    (drop / "overview.csv").write_text(X_DAYS)
    (drop / "content.xls").write_bytes(LINKEDIN)
    (drop / "strange.csv").write_text("a,b\n1,2\n")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo("posts.csv", (2026, 8, 1, 9, 0, 0)), X_POSTS)
    (folder / "drop" / "all.zip").write_bytes(stream.getvalue())
    assert leitstand("import", "drop", "--json") == 1
    found = answers(capsys)
    assert {name: (one["importer"], one["channels"], one["stored"]) for name, one in found.items()} == {
        "posts.csv": ("x-posts", ["x"], 2),
        "overview.csv": ("x-days", ["x"], 4),
        "content.xls": ("linkedin", ["linkedin"], 1),
        "strange.csv": ("", [], 0),
    }
    values = open_store(folder / "state").latest(subjects=["x:1900000000000000001"])
    assert {one.observed_at for one in values} == {datetime(2026, 8, 1, 7, tzinfo=UTC)}, "the member's own date"


def test_a_later_export_is_a_snapshot_and_the_same_rows_are_none(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another byte changes nothing where every value is known; later numbers are kept beside the earlier ones."""
    path = folder / "a.csv"
    for written, text, stored in ((1, X_POSTS, 2), (1, X_POSTS + "\n", 0), (3, X_POSTS.replace(",500,", ",700,"), 2)):
        path.write_text(text)
        moment = datetime(2026, 8, written, 9, tzinfo=UTC).timestamp()
        os.utime(path, (moment, moment))
        assert leitstand("import", "a.csv", "--json") == 0
        assert answers(capsys)["a.csv"]["stored"] == stored
    assert leitstand("import", "a.csv") == 0
    store = open_store(folder / "state")
    assert [one.value for one in store.latest(metrics=["views"])] == [700]
    early = store.at_age(24 * 19, metrics=["views"])
    assert [one.value for one in early] == [500]


def test_a_mapping_beside_the_file_is_used(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken one holds its file back with its own line; --mapping names another."""
    (folder / "clicks.csv").write_text("Beitrag;Wann;Herzen\n12;31.10.2026;1.204\n")
    (folder / "clicks.csv.toml").write_text('network = "x"\n[columns]\nid = "Beitrag"\nlikes = 3\n')
    assert leitstand("import", "clicks.csv", "--json") == 1
    problems = answers(capsys)["clicks.csv"]["problems"]
    assert isinstance(problems, list)
    assert [str(one).partition(" is ")[0] for one in problems] == ["clicks.csv.toml:4:1: likes"]
    good = 'network = "x"\n[columns]\nid = "Beitrag"\npublished_at = "Wann"\nlikes = "Herzen"\n'
    (folder / "my.toml").write_text(good)
    (folder / "clicks.csv.toml").write_text(good)
    assert leitstand("importer", "test", "clicks.csv", "--mapping", "my.toml", "--json") == 0
    assert answers(capsys)["clicks.csv"]["importer"] == "mapping"
    assert leitstand("import", "clicks.csv", "--json") == 0
    assert answers(capsys)["clicks.csv"]["stored"] == 1


def test_wrong_options_are_usage(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An account that is none is not founded by a slip; a network's name is kept for numbers of before."""
    (folder / "a.csv").write_text(X_DAYS)
    assert leitstand("import", "a.csv", "--account", "xx") == 2
    assert "did you mean" in capsys.readouterr().err
    assert leitstand("import", "a.csv", "--observed", "gestern") == 2
    assert "--observed: 'gestern' is not a date" in capsys.readouterr().err
    assert leitstand("import", "a.csv", "--observed", "2030-01-01") == 2
    assert leitstand("import", "a.csv", "--as", "nobody") == 2
    assert leitstand("import", "a.csv", "--account", "facebook", "--dry-run") == 0
    assert leitstand("import", "--mapping", "gone.toml", "a.csv") == 1


def test_what_is_no_file_or_no_table_is_one_problem_each(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pipe would never end, an empty file, a damaged workbook and archive say so once, and the good one is stored."""
    os.mkfifo(folder / "pipe.csv")
    (folder / "empty.csv").write_bytes(b"")
    (folder / "broken.xls").write_bytes(LINKEDIN[:700])
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    (folder / "good.csv").write_text(X_DAYS)
    names = ("pipe.csv", "empty.csv", "broken.xls", "broken.zip", "good.csv")
    assert leitstand("import", *names, "--json") == 1
    found = answers(capsys)
    assert {name: len(one["problems"]) for name, one in found.items() if isinstance(one["problems"], list)} == {
        "pipe.csv": 1, "empty.csv": 1, "broken.xls": 1, "broken.zip": 1, "good.csv": 0
    }  # fmt: skip
    assert [name for name, one in found.items() if one["stored"]] == ["good.csv"]


def test_posts_that_were_counted_late_are_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An export of last month counts posts when they are older than those that reports compare; nobody has to find out."""
    (folder / "a.csv").write_text(X_POSTS)
    assert leitstand("import", "a.csv", "--observed", "2026-08-03") == 0
    assert "a.csv: 1 post was more than 7 days old" in capsys.readouterr().out
    (folder / "b.csv").write_text(X_POSTS.replace("0001,", "0002,"))
    assert leitstand("import", "b.csv", "--observed", "2026-07-20") == 0
    assert "days old" not in capsys.readouterr().out
