"""The files in deploy/: they call commands that exist, and systemd understands the unit."""

from __future__ import annotations

import configparser
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from toolkit.cli import VERBS, load_verb

DEPLOY = Path(__file__).parents[1] / "deploy"


def unit() -> configparser.ConfigParser:
    """The unit file; systemd allows a key more than once, which this reader does not need."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys keep their capitals
    parser.read(DEPLOY / "leitstand.service", encoding="utf-8")
    return parser


def options(verb: str) -> set[str]:
    assert verb in VERBS
    return {option for parameter in load_verb(verb).params for option in parameter.opts}


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    """`systemd-analyze verify` has nothing to say about the unit."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    text = (DEPLOY / "leitstand.service").read_text(encoding="utf-8")
    # The program is not installed where the unit expects it.
    (tmp_path / "leitstand.service").write_text(text.replace("/opt/leitstand/bin/leitstand", "/bin/true"), "utf-8")
    command = ["systemd-analyze", "verify", "--man=no", str(tmp_path / "leitstand.service")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_unit_runs_the_daemon() -> None:
    """It runs `leitstand run`, is told how the daemon is, keeps its state and cannot write elsewhere."""
    service = unit()["Service"]
    assert service["ExecStart"].split()[1:] == ["run"]
    assert service["Type"] == "notify"
    assert "WatchdogSec" in service
    assert service["ProtectSystem"] == "strict"
    assert service["StateDirectory"] == "leitstand"
    assert options("run")


def test_the_container_is_healthy_by_its_ticks() -> None:
    """The health check of the container is a command with an option that exists, run by a user who is not root."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    found = re.search(r"^HEALTHCHECK .*CMD (\[.*\])$", text, re.MULTILINE)
    assert found is not None
    program, verb, option = json.loads(found[1])
    assert (program, verb) == ("leitstand", "doctor")
    assert option in options(verb)
    assert re.search(r"^USER leitstand$", text, re.MULTILINE)
    assert all((DEPLOY.parent / name).exists() for name in ("pyproject.toml", "README.md", "LICENSE", "toolkit"))
