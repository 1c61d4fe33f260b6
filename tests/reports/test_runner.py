"""Running notebooks: an interrupt, a kernel that dies, hangs or takes too much, and what is left then: nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from toolkit.errors import ReportError
from toolkit.model import SetClock
from toolkit.reports.isolation import Limits
from toolkit.reports.kernels import Alone, Nursery, Runner
from toolkit.reports.making import Place, make_report
from toolkit.reports.orders import Order
from toolkit.reports.snapshot import frozen_state
from toolkit.workspace import load_workspace

NOW = datetime.fromisoformat("2026-11-21T19:00:00+01:00")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks kernels")


def ignore(_done: int, _total: int) -> None:
    """Nobody watches."""


def write_notebook(root: Path, name: str, *cells: str) -> None:
    """A notebook of the workspace with these cells, c1, c2 and so on."""
    code = [
        ("parameters", "month = ''", {"tags": ["parameters"]}),
        *((f"c{n}", text, {}) for n, text in enumerate(cells, 1)),
    ]
    whole: list[dict[str, object]] = [
        {"cell_type": "code", "id": one, "source": text, "metadata": about, "execution_count": None, "outputs": []}
        for one, text, about in code
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    text = json.dumps({"cells": whole, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})
    (root / "notebooks").mkdir(exist_ok=True)
    (root / "notebooks" / f"{name}.ipynb").write_text(text)


@pytest.fixture(scope="module")
def place(filled: Any) -> Place:
    return Place(load_workspace(filled.root), filled.state, SetClock(NOW, ticking=True))


@pytest.fixture(scope="module")
def nursery(filled: Any) -> Iterator[Nursery]:
    if sys.platform != "linux":
        pytest.skip("only Linux forks kernels")
    runner = Nursery(os.environ, filled.state / "cache")
    yield runner
    runner.close()


@pytest.fixture(scope="module", params=["nursery", "alone"])
def runner(request: pytest.FixtureRequest, filled: Any) -> Iterator[Runner]:
    """Both ways to run."""
    if request.param == "nursery":
        yield request.getfixturevalue("nursery")
        return
    found = Alone(os.environ, filled.state / "cache")
    yield found
    found.close()


def make(
    place: Place, runner: Runner, folder: Path, *cells: str, limits: Limits | None = None
) -> tuple[tuple[str, ...], str]:
    """Run a notebook of these cells; returns what failed and the page."""
    write_notebook(place.workspace.root, folder.name, *cells)
    order = Order(folder.name, "2026-10", output=folder / "out", limits=limits or Limits(60.0))
    report = make_report(place, order, runner, ignore)
    return report.failures, report.html.read_text()


def test_charts_come_out(place: Place, runner: Runner, tmp_path: Path) -> None:
    """A chart of matplotlib, drawn as analysts draw it, is a picture in the page; one per cell, whichever way it is run."""
    draw = "import matplotlib.pyplot as plt\nplt.plot([1, 2]);"
    failures, html = make(
        place, runner, tmp_path, draw, draw, "import seaborn as sns\nsns.barplot(x=['a', 'b'], y=[1, 2]);"
    )
    assert failures == ()
    assert html.count("data:image/png;base64,") == 3


@LINUX
def test_a_chart_is_drawn_as_often_as_its_picture_takes(place: Place, nursery: Nursery, tmp_path: Path) -> None:
    """Once to find its edges and once for good, and not a third time for a window that nobody has."""
    chart = """
import matplotlib.pyplot as plt
drawn = []
figure, axes = plt.subplots()
axes.plot([1, 2])
figure.canvas.mpl_connect("draw_event", drawn.append);"""
    failures, html = make(place, nursery, tmp_path, chart, "print('drawn:', len(drawn))")
    assert failures == ()
    assert html.count("data:image/png;base64,") == 1
    assert "drawn: 2" in html


@LINUX
def test_a_kernel_loads_no_debugger(place: Place, nursery: Nursery, tmp_path: Path) -> None:
    """Nobody could reach it, and importing it costs more than the kernel's start."""
    cell = "import sys; print(sorted(name for name in sys.modules if 'pydevd' in name or name == 'debugpy'))"
    failures, html = make(place, nursery, tmp_path, cell, "import debugpy; print(debugpy.__name__)")
    assert failures == ()
    assert "<pre>[]\n" in html
    assert "<pre>debugpy\n" in html


def test_a_kernel_that_kills_itself_ends_its_own_report_only(place: Place, runner: Runner, tmp_path: Path) -> None:
    """What was reached is shown under a banner that names the signal, and the next report is made."""
    failures, html = make(
        place, runner, tmp_path, "print('reached')", "import os; os.kill(os.getpid(), 9)", "print('later')"
    )
    assert len(failures) == 1
    assert "ended by SIGKILL" in failures[0]
    assert "reached" in html
    assert "This report is incomplete" in html
    assert make(place, runner, tmp_path, "print('fine')")[0] == ()


def test_a_notebook_that_ignores_interrupts_is_ended(place: Place, nursery: Nursery, tmp_path: Path) -> None:
    """When the time is over the kernel goes, whatever it thinks of SIGINT."""
    stubborn = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    began = time.monotonic()
    failures, html = make(place, nursery, tmp_path, "print('reached')", stubborn, limits=Limits(8.0))
    assert failures == ("the time was over after 8 seconds; --timeout allows more",)
    assert "reached" in html
    assert time.monotonic() - began < 60


@LINUX
def test_memory_is_limited(place: Place, nursery: Nursery, tmp_path: Path) -> None:
    """A cell that wants more fails by name, and the later ones still run."""
    limits = Limits(60.0, memory=500)
    failures, html = make(place, nursery, tmp_path, "b = bytearray(700 * 1024 * 1024)", "print('later')", limits=limits)
    assert failures == ("c1: MemoryError: ",)
    assert "later" in html


@LINUX
def test_processor_time_is_limited(place: Place, nursery: Nursery, tmp_path: Path) -> None:
    """A notebook that computes for longer than it may is ended with the reason and the remedy."""
    failures, _html = make(place, nursery, tmp_path, "while True: pass", limits=Limits(120.0, cpu=2))
    assert failures == ("the notebook used up its 2 seconds of processor time; --cpu allows more",)


@LINUX
def test_nothing_that_a_notebook_starts_outlives_it(place: Place, nursery: Nursery, tmp_path: Path) -> None:
    """A process that left its group, its session and its parent is ended all the same."""
    hide = "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        time.sleep(600)\n    os._exit(0)"
    mark = "import subprocess; subprocess.Popen(['sleep', '98765.4321'], start_new_session=True);"
    assert make(place, nursery, tmp_path, hide, mark)[0] == ()
    wait_until(
        lambda: (
            "98765.4321" not in subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
        )
    )


@LINUX
def test_an_interrupt_leaves_no_process_and_no_half_report(place: Place, filled: Any, tmp_path: Path) -> None:
    """^C in the middle of a second run: the first run's files stand, nothing lies beside them, all processes are gone."""
    write_notebook(filled.root, "slow", "import os; print(os.getpid())", "import time; time.sleep(600)")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "index.html").write_text("the first run's")
    runner = Nursery(os.environ, filled.state / "cache")
    below: set[int] = set()
    # Another test of this process kills a worker, whose view of the store lies there until the next is made.
    with frozen_state(filled.state) as view:
        assert list(view.parent.glob("report-*")) == [view]

    def interrupt(done: int, _total: int) -> None:
        if done >= 2:
            assert runner.process is not None
            below.update(descendants(runner.process.pid))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_report(place, Order("slow", "2026-10", output=tmp_path / "out"), runner, interrupt)
    assert len(below) >= 3, "the zygote, the report and its kernel ran"
    runner.close()
    assert not [pid for pid in below if Path(f"/proc/{pid}").exists()]
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "index.html"]
    assert list((filled.state / "cache").glob("report-*")) == []
    with pytest.raises(ReportError, match="the run was ended"):
        make_report(place, Order("slow", "2026-10", output=tmp_path / "out"), runner, ignore)


@LINUX
def test_when_we_are_killed_everything_below_goes(place: Place, filled: Any, tmp_path: Path) -> None:
    """The zygote that is killed takes its reports and their kernels with it."""
    write_notebook(filled.root, "slow", "1", "import time; time.sleep(600)")
    runner = Nursery(os.environ, filled.state / "cache")
    below: set[int] = set()

    def kill(done: int, _total: int) -> None:
        if done >= 2 and runner.process is not None:
            below.update(descendants(runner.process.pid))
            runner.process.kill()

    try:
        report = make_report(place, Order("slow", "2026-10", output=tmp_path / "out"), runner, kill)
        assert report.failures == ("its process was ended",)
        wait_until(lambda: not [pid for pid in below if is_alive(pid)])
        assert len(below) >= 3
    finally:
        runner.close()


@LINUX
def test_the_zygote_has_one_thread(place: Place, nursery: Nursery, tmp_path: Path) -> None:
    """After all imports it still has none beside its own: a fork would inherit locks that nobody opens."""
    make(place, nursery, tmp_path, "1")
    assert nursery.process is not None
    assert len(list(Path(f"/proc/{nursery.process.pid}/task").iterdir())) == 1


def descendants(pid: int) -> set[int]:
    """The process and everything below it."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return {pid}.union(*(descendants(child) for child in map(int, text.split())))


def is_alive(pid: int) -> bool:
    """Whether the process is there and more than a name that waits to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until(reached: Any, seconds: float = 20.0) -> None:
    """Real processes need a moment; fails when it takes too long."""
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end
        os.sched_yield()
