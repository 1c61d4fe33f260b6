"""Files that somebody asks for later are made from what was run, and the manifest knows them."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from toolkit.errors import ReportError, UsageError
from toolkit.reports.files.adding import add_files
from toolkit.reports.manifest import altered, read_manifest


def test_files_are_added_once_and_known_to_the_manifest(report_folder: Path) -> None:
    """PDF, workbook and CSV come from the executed notebook; asked for again, nothing is written."""
    root = report_folder.parents[3]
    made = add_files(report_folder, root, ["pdf", "xlsx", "csv"])
    assert [path.name for path in made] == ["monthly-2026-10.pdf", "monthly-2026-10.xlsx", "monthly-2026-10.zip"]
    manifest = read_manifest(report_folder)
    assert {path.name for path in made} < set(manifest.outputs)
    assert altered(report_folder, manifest) == ()
    stamps = [path.stat().st_mtime_ns for path in made]
    add_files(report_folder, root, ["pdf", "xlsx", "csv"])
    assert [path.stat().st_mtime_ns for path in made] == stamps


def test_the_workbook_says_where_its_numbers_come_from(report_folder: Path) -> None:
    """Brand, period and moment stand on the first sheet; where workspace and state lie does not."""
    (path,) = add_files(report_folder, report_folder.parents[3], ["xlsx"])
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    said = " ".join(str(value) for row in book.worksheets[0].values for value in row if value is not None)
    assert "Probe & Söhne" in said
    assert "2026-10" in said
    assert "2026-11-21 12:00:00" in said
    assert str(report_folder.parents[3]) not in said
    assert "/secret/place" not in said


def test_a_report_that_somebody_changed_is_not_added_to(report_folder: Path) -> None:
    """A PDF of other numbers than the manifest vouches for is not made."""
    (report_folder / "monthly.ipynb").write_text("{}")
    with pytest.raises(UsageError, match="are not what was made; make the report again with --force"):
        add_files(report_folder, report_folder.parents[3], ["pdf"])


def test_without_a_report_there_is_nothing_to_add_to(tmp_path: Path) -> None:
    """The sentence says what to do."""
    with pytest.raises(UsageError, match="make it first"):
        add_files(tmp_path, tmp_path, ["pdf"])


def test_a_pdf_that_cannot_be_made_leaves_the_report_as_it_was(
    report_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine without the layout library's own libraries gets a sentence, and no half of a file."""

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr("weasyprint.HTML", refuse)
    with pytest.raises(ReportError, match="the PDF cannot be made: cannot load library 'libpango"):
        add_files(report_folder, report_folder.parents[3], ["pdf"])
    assert sorted(path.name for path in report_folder.iterdir()) == ["index.html", "manifest.json", "monthly.ipynb"]
