"""A folder of a process goes with it, or with the next one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from toolkit.source.held import held_folder, held_temporary

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no locks on folders")
HOLDER = """
import sys, pathlib
from toolkit.source.held import held_folder
with held_folder(pathlib.Path(sys.argv[1]), "report-") as folder:
    (folder / "data").write_text("x")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_what_a_killed_process_left_is_swept_by_the_next(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    """While it lives its folder stays, whoever makes another; after SIGKILL the next one takes it away."""
    with holder:
        assert holder.stdout is not None
        left = Path(holder.stdout.readline().strip())
        with held_folder(tmp_path, "report-") as ours:
            assert sorted(tmp_path.iterdir()) == sorted([left, ours])
        assert (left / "data").read_text() == "x"
        holder.kill()
    assert list(tmp_path.iterdir()) == [left]
    with held_folder(tmp_path, "report-") as ours:
        assert list(tmp_path.iterdir()) == [ours]
    assert list(tmp_path.iterdir()) == []


def test_others_are_left_alone(tmp_path: Path) -> None:
    """Folders of another prefix, and files of the same, stay."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "report-a").write_text("a file")
    with held_folder(tmp_path, "report-"):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report-a", "reports"]


def test_a_folder_of_ours_that_somebody_else_made_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours bears our number and nobody else can write into it; where others can, the folder lies beside it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ours = tmp_path / f"leitstand-{os.getuid()}"
    with held_temporary("run-") as folder:
        assert folder.parent == ours
        assert ours.stat().st_mode & 0o777 == 0o700
    ours.chmod(0o777)
    with held_temporary("run-") as folder:
        assert folder.parent == tmp_path
    ours.rmdir()
    ours.symlink_to(tmp_path)
    with held_temporary("run-") as folder:
        assert folder.parent == tmp_path
    assert list(tmp_path.iterdir()) == [ours]
