"""`leitstand plan export` and `plan import`: the whole way through files, as people walk it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.planning.tables.conftest import DOOR, SETTINGS, edit, join, new_row
from toolkit.cli import execute

ENGLISH = {"LEITSTAND_LANG": "en"}
NOW = "2026-11-21T12:00+01:00"


@pytest.fixture
def brand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    root = tmp_path / "brand"
    (root / "content/posts").mkdir(parents=True)
    (root / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    (root / "content/posts/door.md").write_text(DOOR, encoding="utf-8")
    return root


def plan(brand: Path, *args: str) -> int:
    return execute(["plan", *args, "-w", str(brand)], ENGLISH)


def test_shown_first_and_written_when_asked(brand: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The diff comes first and writes nothing; with --write the file has the edit, and the table then changes nothing."""
    table = brand / "plan.csv"
    assert plan(brand, "export", str(table), "--delimiter", "semicolon") == 0
    table.write_bytes(edit(table.read_bytes(), 0, title="Tür 1"))
    capsys.readouterr()
    assert plan(brand, "import", str(table), "--now", NOW) == 0
    said = capsys.readouterr()
    assert '-title: "Tür 1: offen"   # as it is called in the shop' in said.out
    assert "+title: Tür 1   # as it is called in the shop" in said.out
    assert "1 post changed, 0 new, 0 posts as they are; to write it, say --write" in said.err
    door = brand / "content/posts/door.md"
    assert door.read_text(encoding="utf-8") == DOOR
    assert plan(brand, "import", str(table), "--write", "--now", NOW) == 0
    assert door.read_text(encoding="utf-8") == DOOR.replace('"Tür 1: offen"', "Tür 1")
    capsys.readouterr()
    assert plan(brand, "import", str(table), "--now", NOW) == 0
    assert "Nothing to write: 1 post as it is" in capsys.readouterr().err


def test_a_lost_text_is_never_written(brand: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --write and an error in a cell the file keeps its bytes, and the cell is named on the way."""
    table = brand / "plan.csv"
    plan(brand, "export", str(table), "--delimiter", "semicolon")
    table.write_bytes(edit(table.read_bytes(), 0, text="#NAME?", title="Neu"))
    capsys.readouterr()
    assert plan(brand, "import", str(table), "--write", "--now", NOW) == 1
    said = capsys.readouterr().err
    assert "row 2, text: #NAME?: the program took a text" in said
    assert "Nothing was written" in said
    assert (brand / "content/posts/door.md").read_text(encoding="utf-8") == DOOR


def test_a_row_that_is_gone_is_counted(brand: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Deleting a row deletes nothing, and the import says so with its number, for people and for programs."""
    other = brand / "content/posts/other.md"
    other.write_text(DOOR.replace("A0B1C2D3", "A0B1C2D9"), encoding="utf-8")
    table = brand / "plan.csv"
    plan(brand, "export", str(table), "--delimiter", "semicolon")
    rows = list(csv.reader(io.StringIO(table.read_bytes().decode("utf-8-sig"), newline=""), delimiter=";"))
    table.write_bytes(join(rows[:2]))
    capsys.readouterr()
    assert plan(brand, "import", str(table), "--write", "--now", NOW) == 0
    assert (
        "1 post has no row in the table and stays as it is; who wants it gone deletes its file"
        in capsys.readouterr().err
    )
    assert other.is_file()
    assert plan(brand, "import", str(table), "--json", "--now", NOW) == 0
    assert json.loads(capsys.readouterr().out)["unlisted"] == 1


def test_what_the_rules_will_find_is_told_before(brand: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A text that is too long for its channel is told in the preview already, and bars nobody's way."""
    table = brand / "plan.csv"
    plan(brand, "export", str(table), "--delimiter", "semicolon")
    table.write_bytes(edit(table.read_bytes(), 0, text_at_x="lang " * 200))
    capsys.readouterr()
    assert plan(brand, "import", str(table), "--json", "--now", NOW) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["written"] is False
    assert [cell["column"] for cell in found["changed"][0]["cells"]] == ["text @x"]
    assert any("content/posts/door.md" in problem for problem in found["check"])


def test_one_bad_cell_and_nothing_is_written(brand: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1 with row and column, and the good row beside it is not written either."""
    table = brand / "plan.csv"
    plan(brand, "export", str(table), "--delimiter", "semicolon")
    data = new_row(edit(table.read_bytes(), 0, status="fertig"), 1, title="Gut", text="Gut")
    table.write_bytes(data)
    assert plan(brand, "import", str(table), "--write") == 1
    assert "row 2, status: status must be one of draft, review, ready, not 'fertig'" in capsys.readouterr().err
    assert [path.name for path in brand.rglob("*.md")] == ["door.md"]


def test_a_post_that_is_out_says_so(brand: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Editing what is published changes the file alone: the import names the accounts and the way to correct it."""
    door = brand / "content/posts/door.md"
    past = DOOR.replace("2026-12-01", "2026-11-01").replace("  - mastodon\n  - x\n", "  - feed\n")
    door.write_text(past, encoding="utf-8")
    assert execute(["publish", "-w", str(brand), "--now", NOW], ENGLISH) == 0
    table = brand / "plan.csv"
    plan(brand, "export", str(table), "--delimiter", "semicolon")
    table.write_bytes(edit(table.read_bytes(), 0, title="Neu"))
    capsys.readouterr()
    assert plan(brand, "import", str(table), "--now", NOW) == 0
    assert "content/posts/door.md is out on feed: the file changes" in capsys.readouterr().err


def test_a_workbook_that_somebody_edited(brand: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Edited with another program's library: times are times, a typed day is read, texts like formulas are texts."""
    from openpyxl import load_workbook

    table = brand / "plan.xlsx"
    assert plan(brand, "export", str(table)) == 0
    book = load_workbook(table)
    sheet = book.active
    assert sheet is not None
    names = [cell.value for cell in sheet[1]]
    assert sheet["A2"].value.isoformat() == "2026-12-01T07:30:00"
    assert sheet.cell(2, names.index("text") + 1).data_type == "s"
    assert sheet.column_dimensions["X"].hidden or any(d.hidden for d in sheet.column_dimensions.values())
    sheet["A2"].value = sheet["A2"].value.replace(hour=9, minute=10)
    sheet.cell(2, names.index("due") + 1).value = "30.11.2026"
    book.save(table)
    assert plan(brand, "import", str(table), "--write", "--now", NOW) == 0
    text = (brand / "content/posts/door.md").read_text(encoding="utf-8")
    assert text == DOOR.replace("2026-12-01 7:30:00", "2026-12-01 09:10").replace("ask\n", "ask\ndue: 2026-11-30\n")


def test_nobodys_table_is_written_over(brand: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is there is refused without --force; so is one of another kind, and days that are none."""
    table = brand / "plan.csv"
    table.write_text("von Mai", encoding="utf-8")
    assert plan(brand, "export", str(table)) == 2
    assert table.read_text(encoding="utf-8") == "von Mai"
    assert plan(brand, "export", str(brand / "plan.txt")) == 2
    assert plan(brand, "export", str(brand / "b.csv"), "--from", "bald") == 2
    assert plan(brand, "export", str(table), "--force") == 0
    assert plan(brand, "export", str(brand / "c.csv"), "--from", "2026-12-02", "--json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["posts"] == 0
    assert plan(brand, "import", str(brand / "nowhere.csv")) == 2


def test_a_german_workspace_writes_what_a_german_excel_opens(brand: Path) -> None:
    """Semicolons and the mark of UTF-8; an English one gets commas."""
    settings = brand / "leitstand.toml"
    for language in ("en", "de"):
        named = SETTINGS.replace("timezone", f'interface = "{language}"\ntimezone', 1)
        settings.write_text(named, encoding="utf-8")
        plan(brand, "export", str(brand / f"{language}.csv"))
    assert (brand / "en.csv").read_bytes().startswith(b"\xef\xbb\xbfpublish,status,")
    assert (brand / "de.csv").read_bytes().startswith(b"\xef\xbb\xbfpublish;status;")
