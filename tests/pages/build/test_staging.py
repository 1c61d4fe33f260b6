from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.pages.conftest import NOW
from toolkit.cli import execute
from toolkit.errors import UsageError
from toolkit.pages.build.staging import RECORD, Staged, stage_site
from toolkit.workspace import load_workspace

if TYPE_CHECKING:
    from tests.pages.conftest import Studio


def stage(studio: Studio, folder: Path, days: int = 0) -> Staged:
    moment = NOW + timedelta(days=days)
    return stage_site(folder, studio.render(moment), load_workspace(studio.root).settings, moment)


def test_only_what_changed_is_written(studio: Studio, tmp_path: Path) -> None:
    """A second run writes nothing; after a change of one text, only the pages that show it."""
    studio.post("Moin!")
    folder = tmp_path / "staged"
    first = stage(studio, folder)
    assert first.written > 10
    assert stage(studio, folder) == Staged(0, first.written, 0)
    studio.post("Moin, moin!")
    assert stage(studio, folder).written == 1


def test_what_is_gone_is_removed(studio: Studio, tmp_path: Path) -> None:
    """A deleted post leaves neither its page nor an empty folder; files of others stay."""
    folder = tmp_path / "staged"
    path = studio.post()
    stage(studio, folder)
    page = folder / "docs/posts/2026/12/tuer-1.md"
    assert page.is_file()
    (folder / "notes.txt").write_text("mine")
    (studio.root / path).unlink()
    assert stage(studio, folder).removed > 0
    assert not page.parent.parent.exists()
    assert (folder / "notes.txt").read_text() == "mine"


def test_a_folder_of_somebody_else_is_refused(studio: Studio, tmp_path: Path) -> None:
    """A folder with other files is not written into."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "thesis.md").write_text("important")
    with pytest.raises(UsageError, match="not empty"):
        stage(studio, folder)
    assert [path.name for path in folder.iterdir()] == ["thesis.md"]


def test_the_record_cannot_delete_outside(studio: Studio, tmp_path: Path) -> None:
    """A record that names a file outside the folder removes nothing there."""
    folder, outside = tmp_path / "staged", tmp_path / "outside.md"
    stage(studio, folder)
    outside.write_text("important")
    with (folder / RECORD).open("a") as record:
        record.write("../outside.md\n")
    stage(studio, folder)
    assert outside.is_file()


def test_the_staged_folder_builds_on_its_own(studio: Studio, tmp_path: Path) -> None:
    """MkDocs builds the folder strictly and without our plugin, and makes the page of the post."""
    studio.post("Moin **zusammen**")
    studio.write("guidelines/voice.md", "# Voice\n\n[home](../index.md)\n")
    folder = tmp_path / "staged"
    stage(studio, folder)
    assert "leitstand" not in yaml.safe_load((folder / "mkdocs.yml").read_text())["plugins"]
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q"]
    done = subprocess.run(
        command, check=False, cwd=folder, capture_output=True, text=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    )
    assert done.returncode == 0, done.stderr
    assert "Moin" in (folder / "site/posts/2026/12/tuer-1.html").read_text()
    assert (folder / "site/handbook/voice.html").is_file()


def test_the_verb_says_what_it_did(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`stage --json` counts what it wrote; a clock without offset and a strange folder are usage errors."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(studio.state))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    studio.post()
    target = str(tmp_path / "staged")
    workspace = ["-w", str(studio.root)]
    assert execute(["stage", target, *workspace, "--now", "2026-11-21T12:00+01:00", "--json"], os.environ) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["written"] == said["pages"] + 2, "a configuration and a template"
    assert said["removed"] == 0
    assert execute(["stage", target, *workspace, "--now", "2026-11-21"], os.environ) == 2
    assert execute(["stage", str(studio.root), *workspace], os.environ) == 2
    assert "not empty" in capsys.readouterr().err
