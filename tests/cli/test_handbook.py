"""`leitstand handbook`: the whole handbook in one file."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from toolkit.cli import execute

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = 'format = 1\n[workspace]\nid = "n"\nname = "N"\ntimezone = "Europe/Berlin"\ninterface = "en"\n'


@pytest.fixture
def brand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a handbook of two pages."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    root = tmp_path / "brand"
    (root / "guidelines").mkdir(parents=True)
    (root / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    for name in ("index", "voice"):
        (root / f"guidelines/{name}.md").write_text(f"# {name.title()}\n\nText.\n", encoding="utf-8")
    return root


def test_the_handbook_is_one_file(brand: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A PDF or a page, by the name's ending; programs are told file, chapters and bytes."""
    for name, start in (("book.html", b"<!doctype html>"), ("book.pdf", b"%PDF-")):
        target = tmp_path / name
        assert execute(["handbook", str(target), "--workspace", str(brand), "--json"], dict(os.environ)) == 0
        told = json.loads(capsys.readouterr().out)
        assert told == {"file": str(target), "chapters": 2, "bytes": target.stat().st_size}
        assert target.read_bytes().startswith(start)


def test_what_cannot_be_written_is_said_in_one_sentence(
    brand: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another ending, a folder that is not there, a workspace without a handbook: exit 2, and nothing is written."""
    for name, words in (("book.docx", "must end in .pdf or .html"), ("no/book.html", "No such file")):
        assert execute(["handbook", str(tmp_path / name), "--workspace", str(brand)], dict(os.environ)) == 2
        assert words in capsys.readouterr().err
    for page in (brand / "guidelines").iterdir():
        page.unlink()
    assert execute(["handbook", str(tmp_path / "book.html"), "--workspace", str(brand)], dict(os.environ)) == 2
    assert "there is no handbook here" in capsys.readouterr().err
    assert not list(tmp_path.glob("book.*"))
