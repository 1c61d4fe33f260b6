"""Files on the disk: whole, half, growing, links, pipes, archives in archives."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from toolkit.collect import sources
from toolkit.collect.sources import read_sources

ZONE = "Europe/Berlin"


def said(path: Path) -> str:
    (source,) = read_sources(path, ZONE)
    assert source.data == b""
    (problem,) = source.problems
    return str(problem)


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of it would be an import of nothing that ever was; the next call finds it whole."""
    file = tmp_path / "a.csv"
    file.write_bytes(b"Date,Impressions\n")
    open_file = Path.open

    def write_meanwhile(path: Path, mode: str) -> object:
        opened = open_file(path, mode)
        with open_file(path, "ab") as other:
            other.write(b"2026-07-14,4000\n")
        return opened

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", write_meanwhile)
        assert "import it when its download is complete" in said(file)
    assert read_sources(file, ZONE)[0].data.endswith(b"4000\n")


def test_a_file_without_an_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe is not opened at all, and of a large file no more is read than is allowed."""
    os.mkfifo(tmp_path / "pipe.csv")
    assert "no regular file" in said(tmp_path / "pipe.csv")
    monkeypatch.setattr(sources, "LARGEST", 10)
    (tmp_path / "a.csv").write_bytes(b"x" * 11)
    assert "split it by months" in said(tmp_path / "a.csv")


def test_an_archive_in_an_archive_says_what_to_do(tmp_path: Path) -> None:
    """It would look like a damaged workbook otherwise."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.csv", "x")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
    assert "inner.zip in it is an archive itself; unpack it" in said(tmp_path / "all.zip")


def test_notes_in_an_archive_are_no_exports(tmp_path: Path) -> None:
    """Data sets come with a README and a licence."""
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name in ("a.csv", "README.md", "docs/LICENSE", "Thumbs.db"):
            archive.writestr(name, "x")
    assert [source.name for source in read_sources(tmp_path / "all.zip", ZONE)] == ["a.csv"]
