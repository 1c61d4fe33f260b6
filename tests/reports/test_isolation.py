"""What a notebook cannot do: reach a secret, the network, other files, the state; and the page says what walls stood."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.reports.test_runner import ignore, write_notebook
from toolkit.model import SetClock
from toolkit.reports.isolation.landlock import version
from toolkit.reports.kernels import open_runner
from toolkit.reports.making import Place, Report, make_report
from toolkit.reports.orders import Order
from toolkit.workspace import load_workspace

CANARY = "canary-51c0de-never-shown"
NOW = datetime.fromisoformat("2026-11-21T19:00:00+01:00")
LANDLOCK = pytest.mark.skipif(not version(), reason="this system has no Landlock")

# Each line is tried on its own, and the cell shows what came of it.
TRY = """
import os, glob, socket, subprocess
def attempt(name, action):
    try:
        print(name, "->", action())
    except BaseException as error:
        print(name, "-> refused", type(error).__name__)
def everything(pattern):
    return [open(path, errors="replace").read() for path in glob.glob(pattern, recursive=True) if os.path.isfile(path)]
"""


@pytest.fixture(scope="module")
def place(filled: Any) -> Iterator[Place]:
    secrets = [
        filled.root / ".env",
        filled.root / "secrets.toml",
        filled.state / "credentials" / "mastodon.json",
        filled.state / "keyring.cfg",
    ]
    for path in secrets:
        path.parent.mkdir(exist_ok=True)
        path.write_text(CANARY)
    with pytest.MonkeyPatch.context() as patch:
        for name in (
            "LEITSTAND_TOKEN_MASTODON",
            "AWS_SECRET_ACCESS_KEY",
            "LEITSTAND_CREDENTIALS_DIR",
            "PYTHON_KEYRING_BACKEND",
        ):
            patch.setenv(name, CANARY)
        yield Place(load_workspace(filled.root), filled.state, SetClock(NOW, ticking=True))


def tried(place: Place, folder: Path, *attempts: str) -> tuple[dict[str, str], Report]:
    """What came of each attempt, by its number."""
    lines = [f"attempt({number!r}, lambda: {code})" for number, code in enumerate(attempts)]
    write_notebook(place.workspace.root, "canary", TRY, "\n".join(lines))
    runner = open_runner(os.environ, place.state / "cache")
    try:
        report = make_report(place, Order("canary", "2026-10", output=folder / "out"), runner, ignore)
    finally:
        runner.close()
    notebook = json.loads(report.notebook.read_text())
    said = "".join(text for cell in notebook["cells"] for output in cell["outputs"] for text in output.get("text", ""))
    return dict(line.split(" -> ", 1) for line in said.splitlines() if " -> " in line), report


def all_text(folder: Path) -> str:
    return "".join(path.read_text(errors="replace") for path in folder.rglob("*") if path.is_file())


@LANDLOCK
def test_no_secret_reaches_any_output(place: Place, filled: Any, tmp_path: Path) -> None:
    """Environment, other processes' environments, credentials, keyring and what lies beside leitstand.toml stay unread."""
    _said, report = tried(
        place,
        tmp_path,
        "dict(os.environ)",
        "everything('/proc/[0-9]*/environ')",
        f"everything({str(filled.root)!r} + '/**')",
        f"everything({str(filled.root)!r} + '/.*')",
        f"open({str(filled.root / '.env')!r}).read()",
        f"open({str(filled.state / 'credentials' / 'mastodon.json')!r}).read()",
        f"subprocess.run(['cat', {str(filled.state / 'keyring.cfg')!r}], capture_output=True, text=True).stdout",
        f"open('/proc/{os.getpid()}/environ').read()",
    )
    assert CANARY not in all_text(report.folder)


@LANDLOCK
def test_other_files_are_closed(place: Place, filled: Any, tmp_path: Path) -> None:
    """Neither read outside nor write into state and workspace; the own folder and the workspace's own files are open."""
    (tmp_path / "private.txt").write_text("private")
    said, report = tried(
        place,
        tmp_path,
        f"open({str(tmp_path / 'private.txt')!r}).read()",
        "open('/etc/shadow').read()",
        f"open({str(filled.state / 'metrics' / 'new')!r}, 'w')",
        f"open({str(filled.root / 'content' / 'new.md')!r}, 'w')",
        f"os.remove({str(filled.root / 'leitstand.toml')!r})",
        f"os.kill({os.getpid()}, 0)",
        f"open({str(filled.root / 'leitstand.toml')!r}).read()[:0]",
        "open(os.environ['HOME'] + '/own', 'w').write('1')",
    )
    assert [said[str(number)] for number in range(6)] == ["refused PermissionError"] * 6
    assert (said["6"], said["7"]) == ("", "1")
    assert (filled.root / "leitstand.toml").is_file()
    isolation = json.loads(report.manifest.read_text())["isolation"]
    assert isolation["files"] == f"Landlock {version()}"
    assert {"memory", "cpu"} <= set(isolation["limits"])


@LANDLOCK
def test_there_is_no_network(place: Place, pretend: Any, tmp_path: Path) -> None:
    """A server of this machine that answers everybody else is not reached."""
    host, port = pretend.address.removeprefix("http://").rstrip("/").split(":")
    said, report = tried(place, tmp_path, f"socket.create_connection(({host!r}, {port}), timeout=5)")
    assert json.loads(report.manifest.read_text())["isolation"]["network"]
    assert said["0"].startswith("refused")
    assert pretend.requests == []


def test_a_path_of_python_never_opens_the_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the program is run from a checkout that is a workspace, its package is open and the checkout is not."""
    from toolkit.reports.isolation import open_places

    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    places = open_places([tmp_path / "content"], tmp_path / "home")
    assert tmp_path not in places.readable
    assert tmp_path / "content" in places.readable
    assert places.writable == (tmp_path / "home", Path("/dev/null"))
