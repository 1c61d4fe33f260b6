"""A desk that runs: a copy of the sample workspace with a believable day in it, served by `leitstand desk` itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

ROOT: Final = Path(__file__).parents[1]
NOW: Final = "2026-11-21T12:00+01:00"
BEFORE: Final = "2026-11-21T11:00+01:00"
PARTS: Final = ("content", "guidelines", "leitstand.toml")
PATIENCE: Final = 30.0  # seconds until the desk answers


@dataclass(frozen=True, slots=True)
class DeskHouse:
    """A workspace with its state, both in a folder that is thrown away."""

    folder: Path
    environ: Mapping[str, str] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        return self.folder / "workspace"

    def run(self, *args: str, now: str = NOW, fails: bool = False) -> str:
        """What a command of the command line prints; a failure is one of ours, unless it `fails` on purpose."""
        command = [sys.executable, "-m", "toolkit", *args, "--workspace", str(self.root)]
        command += ["--now", now] if now else []
        environ = {**os.environ, **self.environ}
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, env=environ, cwd=self.root, timeout=300
        )
        if done.returncode and not fails:
            raise SystemExit(f"{' '.join(args)}: {done.stdout}{done.stderr}")
        return done.stdout


def make_house(folder: Path) -> DeskHouse:
    """The sample workspace, copied; nothing has happened in it yet."""
    # Its own list of who sends for which account: else another copy's ledger would send for the sample's, and nothing here.
    places = {"LEITSTAND_STATE_DIR": str(folder / "state"), "LEITSTAND_ACCOUNTS_DIR": str(folder / "accounts")}
    house = DeskHouse(folder, {**places, "LEITSTAND_NOW": NOW})
    house.root.mkdir(parents=True)
    for name in PARTS:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, house.root / name)
    return house


def live_through(house: DeskHouse) -> None:
    """A morning: what was due went out, people wrote, the team answered, one post is held."""
    house.run("publish", now=BEFORE)
    house.run("publish", fails=True)
    house.run("sample", "inbox")
    house.run("hold", "content/posts/2026/11/hafenleuchten.md", "--reason", "Der Hafen ist gesperrt.", fails=True)


@dataclass(frozen=True, slots=True)
class RunningDesk:
    """A desk that answers at `url`."""

    house: DeskHouse
    url: str
    pid: int

    def cpu(self) -> float:
        """Milliseconds of the processor that it has used so far, as Linux counts them."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def link(self, person: str) -> str:
        """A login link for somebody."""
        return str(json.loads(self.house.run("desk", "link", "--person", person, "--json"))["link"])


@contextmanager
def running(house: DeskHouse, person: str = "mai") -> Iterator[RunningDesk]:
    """`leitstand desk` as a process of its own, ended at the end."""
    command = [sys.executable, "-m", "toolkit", "desk", "--no-open", "--person", person]
    command += ["--workspace", str(house.root), "--now", NOW]
    environ = {**os.environ, **house.environ, "PYTHONUNBUFFERED": "1"}
    log = house.folder / "desk.log"
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):
        try:
            yield RunningDesk(house, _wait_for(process, log), process.pid)
        finally:
            process.terminate()
            process.wait(10)


def _wait_for(process: subprocess.Popen[str], log: Path) -> str:
    """Where it answers."""
    assert process.stdout is not None
    line = next((line.strip() for line in process.stdout if line.startswith("http")), "")
    if not line:
        raise SystemExit(f"the desk does not start: {log.read_text('utf-8')}")
    url = line.partition("/login/")[0]
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            urlopen(f"{url}/login", timeout=5).close()
        except URLError:
            time.sleep(0.05)
        else:
            return url
    raise SystemExit(f"the desk does not answer at {url}")
