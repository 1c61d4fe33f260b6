"""`leitstand man`: a page that man can show, with everything that the commands say of themselves."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.servers.absent import without_server
from toolkit.cli import VERBS, execute, load_verb
from toolkit.cli.man.roff import section, sentence, tagged
from toolkit.cli.usage import every_verb, is_called

NOW = ("--now", "2026-11-21T12:00+01:00")


def mandoc(page: str, *how: str) -> str:
    """What mandoc makes of a page; skipped by name where it is missing."""
    if shutil.which("mandoc") is None:
        without_server("mandoc is not installed", "apt-get install mandoc")
    done = subprocess.run(["mandoc", *how], input=page, capture_output=True, text=True, check=False, timeout=60)
    return done.stdout


@pytest.fixture
def page(capsys: pytest.CaptureFixture[str]) -> str:
    assert execute(["man", *NOW], {"LEITSTAND_LANG": "en"}) == 0
    return capsys.readouterr().out


def test_mandoc_has_nothing_against_it(page: str) -> None:
    """The check of mandoc itself finds neither an error nor a warning."""
    assert mandoc(page, "-T", "lint", "-W", "warning") == ""


def test_it_says_what_every_command_says(page: str) -> None:
    """Each command and each of its options stands on the page."""
    for verb in VERBS:
        for name, command in every_verb(verb, load_verb(verb)):
            assert f".SS {name}".replace("-", "\\-") in page
            shown = [one for one in command.params if not getattr(one, "hidden", False) and one.name != "help"]
            for option in (one.opts[0] for one in shown if is_called(command) and one.opts[0].startswith("-")):
                assert f"\\fB{option}".replace("-", "\\-") in page, f"{name} {option}"


def test_it_is_put_where_man_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The German page goes into the folder of German pages, readable for everybody."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert execute(["man", "--install", *NOW], {"LEITSTAND_LANG": "de"}) == 0
    file = tmp_path / "man/de/man1/leitstand.1"
    assert file.read_text(encoding="utf-8").startswith(".TH LEITSTAND 1")
    assert file.stat().st_mode & 0o777 == 0o644


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40))
def test_no_text_becomes_a_request(said: str) -> None:
    """Whatever a help says: no line of the page begins with a dot or an apostrophe that is not ours."""
    for made in (section("A") + sentence(said), tagged("--x", said), tagged(said, "x")):
        requests = [line.split()[0] for line in made.splitlines() if line.startswith((".", "'"))]
        assert set(requests) <= {".SH", ".TP"}
