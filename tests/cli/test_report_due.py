"""Reports that come by themselves, as real processes: side by side, killed in the middle, and beside publishing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
import pytest

from tests.cli.test_run import lines_until
from tests.reports.runs.presses import BERLIN, deliver, write_settings
from tests.servers.postgres import Postgres
from toolkit.dispatch import publish_due
from toolkit.ledger.runs import LEASE
from toolkit.model import SetClock

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM ends a process there without asking")
DUE = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)
PAGE = "from IPython.display import HTML, display\ndisplay(HTML('<p class=\"banner stage provisional\">Provisional.</p>'))\n"
BUSY = "import time\nend = time.monotonic() + 120\nwhile time.monotonic() < end: pass\n"
FEED = '[accounts.news]\nnetwork = "feed"\nid = "https://example.com/feed"\n[reports]\nday = 1\ntime = "00:00"\n[state]\ndir = "state"\n'
LIMIT = 120.0  # seconds


def write_notebook(root: Path, code: str) -> None:
    """A report of the brand's own."""
    cells = [nbformat.v4.new_code_cell("", metadata={"tags": ["parameters"]}), nbformat.v4.new_code_cell(code)]  # type: ignore[no-untyped-call]  # nbformat is untyped
    (root / "notebooks").mkdir(exist_ok=True)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)  # type: ignore[no-untyped-call]  # nbformat is untyped
    nbformat.write(notebook, root / "notebooks/monthly.ipynb")  # type: ignore[no-untyped-call]  # nbformat is untyped


@pytest.fixture
def brand(tmp_path: Path) -> Path:
    """Mastodon has delivered October, X September only; its notebook is a short one."""
    write_settings(tmp_path, '[state]\ndir = "state"\n')
    write_notebook(tmp_path, PAGE)
    deliver(tmp_path / "state", "x", "2026-09-01", "2026-09-30")
    deliver(tmp_path / "state", "mastodon", "2026-10-01", "2026-10-31")
    return tmp_path


@contextmanager
def leitstand(root: Path, *words: str, ledger: str = "") -> Iterator[subprocess.Popen[str]]:
    """A command in a process of its own, which ends with the test."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith("LEITSTAND_")}
    environ |= {"LEITSTAND_LEDGER": ledger} if ledger else {}
    command = [sys.executable, "-m", "toolkit", *words, "--json", "-w", str(root)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=environ) as process:
        over = threading.Timer(LIMIT, process.kill)
        over.start()
        try:
            yield process
        finally:
            over.cancel()
            process.kill()


def due(root: Path, now: datetime, ledger: str = "") -> list[Mapping[str, object]]:
    """What `report due` says that it did at this moment."""
    with leitstand(root, "report", "due", "--now", now.isoformat(), ledger=ledger) as process:
        said, complaints = process.communicate()
    assert process.returncode == 0, complaints
    return [json.loads(line) for line in said.splitlines()]


def runs(root: Path, now: datetime) -> dict[str, Mapping[str, object]]:
    """What `report runs` knows."""
    with leitstand(root, "report", "runs", "--now", now.isoformat()) as process:
        said, complaints = process.communicate()
    assert said, complaints
    return {f"{run['month']} {run['stage']}": run for run in json.loads(said)["runs"]}


def wait_for(what: Callable[[], bool]) -> None:
    """Until it is so; fails when that takes too long."""
    pause = threading.Event()
    for _look in range(int(LIMIT / 0.05)):
        if what():
            return
        pause.wait(0.05)
    raise AssertionError("it never came about")


def staged(root: Path) -> list[Path]:
    """The folders of reports that are being made."""
    return list((root / "state/reports/monthly").glob(".leitstand-*"))


def begun(root: Path) -> bool:
    """Whether a notebook runs."""
    return any(True for folder in staged(root) for _path in folder.rglob("monthly.ipynb"))


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_several_machines_make_it_once(brand: Path, kind: str, request: pytest.FixtureRequest) -> None:
    """Three look at the same moment: one makes the report, the others leave it alone; later nobody makes it again."""
    ledger = ""
    if kind == "postgres":
        server: Postgres = request.getfixturevalue("postgres")
        ledger = server.new_database()
    said: list[list[Mapping[str, object]]] = []
    threads = [threading.Thread(target=lambda: said.append(due(brand, DUE, ledger))) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    made = [run for one in said for run in one]
    assert [(run["month"], run["stage"], run["state"], run["tries"]) for run in made] == [
        ("2026-10", "provisional", "made", 1)
    ]
    assert due(brand, DUE + timedelta(minutes=5), ledger) == []


def test_who_is_killed_in_the_middle_is_followed_by_one_report(brand: Path) -> None:
    """It is waited for as long as it might be alive; then another makes the one report, and nothing half-made stays."""
    write_notebook(brand, BUSY)
    with leitstand(brand, "report", "due", "--now", DUE.isoformat()) as process:
        wait_for(lambda: begun(brand))
        process.send_signal(signal.SIGKILL)
        process.wait()
    write_notebook(brand, PAGE)
    assert due(brand, DUE + timedelta(minutes=1)) == []
    assert runs(brand, DUE)["2026-10 provisional"]["state"] == "making"
    (run,) = due(brand, DUE + LEASE)
    assert (run["state"], run["tries"]) == ("made", 2)
    assert (brand / "state/reports/monthly/2026-10/manifest.json").is_file()
    assert staged(brand) == []
    assert due(brand, DUE + 2 * LEASE) == []


def test_who_is_ended_in_order_leaves_it_to_the_next_at_once(brand: Path) -> None:
    """The claim is given back, the notebook's processes end, and no try is lost."""
    write_notebook(brand, BUSY)
    with leitstand(brand, "report", "due", "--now", DUE.isoformat()) as process:
        wait_for(lambda: begun(brand))
        process.send_signal(signal.SIGTERM)
        process.wait()
        assert process.returncode == 130
    assert staged(brand) == []
    write_notebook(brand, PAGE)
    (run,) = due(brand, DUE + timedelta(minutes=1))
    assert (run["state"], run["tries"]) == ("made", 1)


@pytest.fixture
def daily(tmp_path: Path) -> Path:
    """A brand with a feed whose report of last month is due today, whatever day it is; its notebook takes two minutes."""
    write_settings(tmp_path, FEED)
    write_notebook(tmp_path, BUSY)
    (tmp_path / "content/posts").mkdir(parents=True)
    now = datetime.now(BERLIN)
    if (now + timedelta(minutes=10)).month != now.month:
        pytest.skip("the month ends within minutes, and another report falls due")
    this = now.date().replace(day=1)
    last = this - timedelta(days=1)
    before = last.replace(day=1) - timedelta(days=1)
    deliver(tmp_path / "state", "x", f"{before.replace(day=1)}", f"{before}")
    deliver(tmp_path / "state", "mastodon", f"{last.replace(day=1)}", f"{last}")
    publish_due(tmp_path, clock=SetClock(datetime.now(UTC) - timedelta(days=1)), environ={})
    return tmp_path


def write_post(root: Path, name: str, when: datetime) -> None:
    uid = f"01JDK3V7Q2M8X4T6R9A0B1C2D{name}"
    head = f"uid: {uid}\ntitle: Post {name}\nauthor: ines\nstatus: ready\nchannels: [news]\nlanguage: en\n"
    text = f"---\n{head}publish: {when:%Y-%m-%d %H:%M:%S}Z\n---\nHello {name}\n"
    (root / f"content/posts/{name}.md").write_text(text, encoding="utf-8")


def test_publishing_waits_for_no_report_and_a_report_for_no_dead_daemon(daily: Path) -> None:
    """Posts go out in time while a notebook keeps a processor busy.

    A daemon that is killed takes its report along, and the next one makes it, once.
    """
    with leitstand(daily, "run", "--interval", "1", "--no-measure") as daemon:
        wait_for(lambda: begun(daily))
        late = []
        for name in "345":
            moment = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=2)
            write_post(daily, name, moment)
            said = lines_until(daemon, "confirmed")[-1]
            late.append((datetime.fromisoformat(str(said["at"])) - moment).total_seconds())
        assert begun(daily), "the report is still being made"
        assert max(late) < 10, late
        assert min(late) >= 0, late
        daemon.send_signal(signal.SIGKILL)
        daemon.wait()
    wait_for(lambda: staged(daily) == [])
    (run,) = [run for run in runs(daily, datetime.now(UTC)).values() if run["stage"] == "provisional"]
    assert run["state"] == "waiting"
    write_notebook(daily, PAGE)
    with leitstand(daily, "run", "--interval", "1", "--no-measure") as daemon:
        reported = lines_until(daemon, "reported")[-1]
        daemon.send_signal(signal.SIGTERM)
        daemon.communicate()
        assert daemon.returncode == 0
    assert "made" in str(reported["text"])
    (run,) = [run for run in runs(daily, datetime.now(UTC)).values() if run["stage"] == "provisional"]
    assert (run["state"], run["tries"], run["mailed"]) == ("made", 1, True)


def test_a_daemon_that_is_stopped_ends_its_report(daily: Path) -> None:
    """Within seconds, and in order: nothing of it runs on, and nothing is lost."""
    with leitstand(daily, "run", "--interval", "1", "--no-measure") as daemon:
        wait_for(lambda: begun(daily))
        daemon.send_signal(signal.SIGTERM)
        daemon.communicate()
        assert daemon.returncode == 0
    assert staged(daily) == []
    (run,) = [run for run in runs(daily, datetime.now(UTC)).values() if run["stage"] == "provisional"]
    assert (run["state"], run["tries"]) == ("waiting", 0)
