from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.desk.conftest import NOW, open_house, write_settings
from toolkit.cli import execute
from toolkit.cli.desk.lines import pick_person
from toolkit.desk.audit import Deed, write_deed
from toolkit.errors import UsageError
from toolkit.model import SetClock


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_settings(tmp_path)
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    # Not the git of whoever runs the tests.
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    return tmp_path


def run(*arguments: str) -> int:
    return execute(["desk", *arguments], {"LEITSTAND_LANG": "en"})


def test_git_knows_who_signs_in(root: Path) -> None:
    """Among several people it is whose e-mail git has here; without it the verb asks, with all names."""
    settings = open_house(root, SetClock(NOW)).settings
    with pytest.raises(UsageError, match="--person NAME, one of mara, carla"):
        pick_person("", settings, root)
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    subprocess.run(["git", "-C", str(root), "config", "user.email", "Lena@Example.com"], check=True)
    assert pick_person("", settings, root).key == "lena"
    assert pick_person("otto", settings, root).key == "otto"
    with pytest.raises(UsageError, match="carla"):
        pick_person("karla", settings, root)


def test_the_audit_for_people_and_programs(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The verb lists who did what on the workspace's clock; --json has the same with stable keys."""
    with open_house(root, SetClock(NOW)).book() as store:
        write_deed(store, Deed(NOW, "carla", "hold post", "01ABC", "loopback", "done"))
    assert run("audit", "-w", str(root)) == 0
    assert capsys.readouterr().out == "2026-11-21 12:00:00  carla  hold a post  01ABC  loopback  done\n"
    assert run("audit", "-w", str(root), "--json") == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "at": "2026-11-21T11:00:00+00:00",
            "person": "carla",
            "action": "hold post",
            "subject": "01ABC",
            "origin": "loopback",
            "outcome": "done",
        }
    ]
    assert run("audit", "-w", str(root), "--person", "mara") == 0
    assert capsys.readouterr().out == "nobody did anything yet\n"


def test_no_links_behind_the_company_login(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a login is in front, there is no second way in."""
    desk = '[desk]\nuser_header = "X-Forwarded-User"\nproxies = ["10.0.0.5"]\norigin = "https://desk.example.com"\n'
    write_settings(root, desk)
    assert run("link", "-w", str(root), "--person", "carla") == 2
    assert "the company's login is in front of the desk" in capsys.readouterr().err


@pytest.mark.parametrize("who", [("--person", "carla"), ()])
def test_an_open_address_is_refused(root: Path, who: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """The verb does not listen where others could reach login links, and says so before it asks who comes."""
    assert run("-w", str(root), *who, "--host", "0.0.0.0", "--no-open") == 2
    assert "user_header, proxies, origin" in capsys.readouterr().err
