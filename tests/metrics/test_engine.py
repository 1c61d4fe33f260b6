"""The engine stays within its bounds: memory, files on disk, and what is left of it when it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from toolkit.metrics import Limits, TooLargeError
from toolkit.metrics.engine import open_engine

# Far more than the memory that it is given.
LARGE = "CREATE TEMP TABLE large AS SELECT hash(i) AS a, hash(i + 1)::VARCHAR AS b FROM range(3000000) AS t(i)"
SPILLED = "SELECT sum(size) FROM duckdb_temporary_files()"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files."""
    folder = tmp_path / "tmp [1]*"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


def left(temporary: Path) -> list[str]:
    return sorted(path.name for path in temporary.rglob("*") if not path.name.startswith("leitstand-"))


def test_what_does_not_fit_into_memory_is_spilled_and_taken_away(temporary: Path) -> None:
    """What is larger than the memory goes into files of the engine's own folder, and none is left behind."""
    with open_engine(Limits(memory=60)) as engine:
        assert engine.execute(LARGE).fetchone() == (3_000_000,)
        (size,) = engine.execute(SPILLED).fetchone() or (0,)
        assert size > 4 * 1024**2
        assert left(temporary)
    assert left(temporary) == []


def test_what_is_spilled_is_bounded(temporary: Path) -> None:
    """Beyond memory and disk the question is refused in words that name both and the folder."""
    told = r"60 MiB of memory and 4 MiB of files below .*leitstand-"
    with pytest.raises(TooLargeError, match=told), open_engine(Limits(memory=60, spill=4)) as engine:
        engine.execute(LARGE).fetchone()
    assert left(temporary) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no such locks")
def test_what_a_killed_engine_leaves_goes_with_the_next(temporary: Path) -> None:
    """The folder of a process that was killed is swept by the next engine; that of a living one stays."""
    script = """
import sys
from toolkit.metrics.engine import Limits, open_engine
with open_engine(Limits()):
    print("open", flush=True)
    sys.stdin.read()
"""
    command = [sys.executable, "-c", script]
    root = Path(__file__).parents[2]
    environ = {**os.environ, "TMPDIR": str(temporary)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "cwd": root, "env": environ}
    with subprocess.Popen(command, **pipes) as killed, subprocess.Popen(command, **pipes) as living:  # type: ignore[call-overload]  # keywords of one call
        try:
            for process in (killed, living):
                assert process.stdout.readline() == b"open\n"
            assert len(left(temporary)) == 2
            killed.send_signal(signal.SIGKILL)
            killed.wait(timeout=30)
            with open_engine(Limits()):
                assert len(left(temporary)) == 2, "its own and the living one's"
            assert len(left(temporary)) == 1
        finally:
            living.communicate(b"", timeout=30)
    assert left(temporary) == []


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="users have other names there")
def test_a_folder_that_somebody_else_put_there_is_not_used(temporary: Path, tmp_path: Path) -> None:
    """A link or an open folder in the place of ours might be read or filled by others."""
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    ours = temporary / f"leitstand-{os.getuid()}"
    ours.symlink_to(foreign)
    with open_engine(Limits(memory=60)) as engine:
        engine.execute(LARGE)
        assert not list(foreign.iterdir())
    ours.unlink()
    ours.mkdir()
    ours.chmod(0o777)
    with open_engine(Limits()):
        assert not list(ours.iterdir())
