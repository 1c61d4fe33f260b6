"""SIGKILL at every step, of every process: nothing half is in place, nobody is left, and the next run sweeps the rest."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.reports.test_runner import descendants, ignore, is_alive, nursery, wait_until, write_notebook
from toolkit.errors import ReportError
from toolkit.model import SetClock
from toolkit.reports.kernels import Nursery
from toolkit.reports.making import Place, make_report
from toolkit.reports.manifest import altered, read_manifest
from toolkit.reports.orders import Order
from toolkit.source.held import held_temporary
from toolkit.workspace import load_workspace

__all__ = ["nursery"]  # a fixture
NOW = datetime.fromisoformat("2026-11-21T19:00:00+01:00")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc")

# One report as the command line makes it; at one step the process kills itself, as a power of the system would.
MAKER = """
import importlib, os, sys
from datetime import datetime
from pathlib import Path
from toolkit.model import SetClock
from toolkit.reports.orders import Order
from toolkit.reports.making import Place, make_report
from toolkit.reports import kernels
from toolkit.workspace import load_workspace

root, state, output, runner, step = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4], sys.argv[5]

def die(*_args, **_named):
    os.kill(os.getpid(), 9)

def after(function):
    def call(*args, **named):
        function(*args, **named)
        die()
    return call

def watch(done, of):
    if step == f"cell {done}":
        die()

if ":" in step:
    when, place, name = step.split(":")
    module = importlib.import_module("toolkit.reports." + place)
    for part in name.split(".")[:-1]:
        module = getattr(module, part)
    name = name.split(".")[-1]
    setattr(module, name, die if when == "before" else after(getattr(module, name)))
runs = getattr(kernels, runner)(os.environ, state / "cache")
place = Place(load_workspace(root), state, SetClock(datetime.fromisoformat("2026-11-21T19:00:00+01:00")))
try:
    report = make_report(place, Order("own", "2026-10", output=output), runs, watch)
finally:
    runs.close()
print(report.failures)
"""
STEPS = (
    ("Nursery", "after:snapshot:_copy"),
    ("Nursery", "before:making:find_basis"),
    ("Nursery", "after:kernels.nursery:subprocess.Popen"),
    ("Nursery", "after:kernels.nursery:Nursery._send"),
    ("Nursery", "cell 0"),
    ("Nursery", "cell 3"),
    ("Nursery", "before:making:write_manifest"),
    ("Nursery", "before:making:put"),
    ("Nursery", "after:placing:Path.rename"),
    ("Alone", "after:kernels.alone:Alone._start"),
    ("Alone", "cell 3"),
)
VICTIMS = (("zygote", 0), ("zygote", 2), ("report", 0), ("report", 2), ("report", 4), ("kernel", 0), ("kernel", 2))


class Made:
    """A workspace whose report can be made and killed."""

    def __init__(self, filled: Any, folder: Path) -> None:
        self.filled = filled
        self.folder = folder
        self.output = folder / "out"
        self.temporary = folder / "t"
        self.temporary.mkdir()
        write_notebook(filled.root, "own", "'reached'", "import subprocess; subprocess.Popen(['sleep', '600']);", "3")

    @property
    def place(self) -> Place:
        return Place(load_workspace(self.filled.root), self.filled.state, SetClock(NOW, ticking=True))

    @property
    def order(self) -> Order:
        return Order("own", "2026-10", output=self.output)

    def make(self, runner: str, step: str) -> int:
        """One run, in a process of its own; returns how it ended."""
        arguments = [self.filled.root, self.filled.state, self.output, runner, step]
        environ = {**os.environ, "TMPDIR": str(self.temporary), "LEITSTAND_LANG": "en"}
        command = [sys.executable, "-c", MAKER, *map(str, arguments)]
        return subprocess.run(command, env=environ, capture_output=True, timeout=120, check=False).returncode

    def left(self) -> list[int]:
        """The processes that work in its folders."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                where = str((entry / "cwd").readlink())
            except OSError:
                continue
            if where.startswith(str(self.temporary)) and is_alive(int(entry.name)):
                found.append(int(entry.name))
        return found

    def rests(self) -> list[str]:
        """What lies about beside the report."""
        beside = [path.name for path in self.folder.glob(".leitstand-*")]
        views = [path.name for path in (self.filled.state / "cache").glob("report-*")]
        return beside + views + [path.name for path in self.temporary.glob("*/*")]


@pytest.fixture
def made(filled: Any, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(filled, tmp_path_factory.mktemp("k"))


def is_whole(folder: Path) -> bool:
    """Whether there is a report with all its files as its manifest has them."""
    manifest = read_manifest(folder)
    return not altered(folder, manifest) and not manifest.failures


@pytest.mark.parametrize(("runner", "step"), STEPS)
def test_whoever_asks_is_killed(
    runner: str, step: str, made: Made, nursery: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All processes go; a report is there whole or not at all; the next run makes it and leaves nothing beside it."""
    assert made.make(runner, step) == -signal.SIGKILL
    wait_until(lambda: not made.left(), 60.0)
    assert not made.output.exists() or is_whole(made.output)
    assert make_report(made.place, made.order, nursery, ignore).failures == ()
    assert is_whole(made.output)
    # The runner of this test was there before; what one does when it begins is this.
    monkeypatch.setattr("tempfile.tempdir", str(made.temporary))
    with held_temporary("run-"), held_temporary("alone-"):
        pass
    assert made.rests() == []


@pytest.mark.parametrize(("victim", "cell"), VICTIMS)
def test_one_below_is_killed(victim: str, cell: int, made: Made, nursery: Nursery) -> None:
    """The report says that it is not complete, or that it could not be run; the same runner makes the next one."""
    chain: list[int] = []

    def kill(done: int, _of: int) -> None:
        if done == cell and nursery.process is not None and not chain:
            chain.append(nursery.process.pid)
            while len(chain) < 3 and (below := [pid for pid in descendants(chain[-1]) if parent(pid) == chain[-1]]):
                chain.append(min(below))
            os.kill(chain[("zygote", "report", "kernel").index(victim)], signal.SIGKILL)

    try:
        report = make_report(made.place, made.order, nursery, kill)
    except ReportError as error:
        assert "ended" in str(error)  # noqa: PT017  # both are right, it depends on how far it was
        assert not made.output.exists()
    else:
        assert len(report.failures) == 1
        assert json.loads(report.manifest.read_text())["failures"] == list(report.failures)
    wait_until(lambda: not any(map(is_alive, chain[1:])))
    assert make_report(made.place, made.order, nursery, ignore).failures == ()
    assert is_whole(made.output)
    assert made.rests() == []


def parent(pid: int) -> int:
    """Whose child it is."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
