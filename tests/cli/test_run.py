"""`leitstand run` as a real process: it publishes to a real feed and stops when asked."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest

from toolkit.dispatch import publish_due
from toolkit.model import SetClock

SETTINGS = """\
format = 1
[workspace]
id = "probe"
timezone = "Europe/Berlin"
languages = ["de"]
[people.redaktion]
roles = ["editor"]
[accounts.news]
network = "feed"
id = "https://example.com/feed"
[state]
dir = "state"
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM ends a process there without asking")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace whose ledger met the account yesterday and whose post fell due a minute ago."""
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    publish_due(tmp_path, clock=SetClock(datetime.now(UTC) - timedelta(days=1)), environ={})
    write(tmp_path, "a", "01JDK3V7Q2M8X4T6R9A0B1C2D3")
    return tmp_path


def write(folder: Path, name: str, uid: str) -> None:
    head = f"uid: {uid}\ntitle: Post {name}\nauthor: redaktion\nstatus: ready\nchannels: [news]\nlanguage: de\n"
    moment = datetime.now(UTC) - timedelta(minutes=1)
    text = f"---\n{head}publish: {moment:%Y-%m-%d %H:%M:%S}Z\n---\nHallo {name}\n"
    (folder / f"content/posts/{name}.md").write_text(text, encoding="utf-8")


@pytest.fixture
def daemon(folder: Path) -> Iterator[subprocess.Popen[str]]:
    environ = {key: value for key, value in os.environ.items() if not key.startswith("LEITSTAND_")}
    command = [sys.executable, "-m", "toolkit", "run", "--interval", "1", "--json", "-w", str(folder)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ | {"TZ": "Europe/Berlin"}
    ) as process:
        # Whatever goes wrong, no process stays and no test waits for ever.
        with_limit = subprocess.Popen(
            [sys.executable, "-c", f"import time, os; time.sleep(180); os.kill({process.pid}, 9)"]
        )
        yield process
        with_limit.kill()
        with_limit.wait()
        process.kill()


def lines_until(process: subprocess.Popen[str], kind: str) -> list[dict[str, object]]:
    assert process.stdout is not None
    seen = []
    for line in process.stdout:
        seen.append(json.loads(line))
        if seen[-1]["kind"] == kind:
            return seen
    raise AssertionError(f"the daemon ended before it said {kind}: {seen}")


def test_it_publishes_reloads_and_stops(daemon: subprocess.Popen[str], folder: Path) -> None:
    """Due posts land in the feed once, a post written meanwhile too, and SIGTERM ends it with exit code 0."""
    started = lines_until(daemon, "confirmed")
    assert started[0]["kind"] == "started"
    write(folder, "b", "01JDK3V7Q2M8X4T6R9A0B1C2D4")
    assert lines_until(daemon, "confirmed")[-1]["path"] == "content/posts/b.md"
    daemon.send_signal(signal.SIGTERM)
    said, complaints = daemon.communicate(timeout=30)
    assert daemon.returncode == 0, complaints
    last = json.loads(said.splitlines()[-1])
    assert (last["kind"], last["failures"]) == ("stopped", 0)
    feed = feedparser.parse((folder / "state/feeds/news.atom").read_bytes())
    assert sorted(entry.title for entry in feed.entries) == ["Post a", "Post b"]


def test_broken_settings_do_not_end_it(daemon: subprocess.Popen[str], folder: Path) -> None:
    """A tick that fails because somebody is editing leitstand.toml is one line; the next one publishes again."""
    lines_until(daemon, "confirmed")
    (folder / "leitstand.toml").write_text("format = \n", encoding="utf-8")
    failed = lines_until(daemon, "failed")[-1]
    assert "leitstand.toml:1" in str(failed["text"])
    (folder / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    write(folder, "b", "01JDK3V7Q2M8X4T6R9A0B1C2D4")
    lines_until(daemon, "confirmed")
    daemon.send_signal(signal.SIGINT)
    daemon.communicate(timeout=30)
    assert daemon.returncode == 0
