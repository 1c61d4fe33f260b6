"""`leitstand doctor`: whether a workspace's files are of this version."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.probe import PROBE
from toolkit import __version__
from toolkit.cli import execute
from toolkit.cli.doctor.formats import NOTES, check_formats
from toolkit.cli.health import Finding, Health
from toolkit.settings.tables import FORMAT

ROOT = Path(__file__).parents[2]


def looked(folder: Path, settings: str) -> list[Finding]:
    (folder / "leitstand.toml").write_text(settings, encoding="utf-8")
    return list(check_formats(folder))


@pytest.mark.parametrize(
    ("number", "health", "said", "remedy"),
    [
        (FORMAT, Health.FINE, "the present one", ""),
        (FORMAT - 1, Health.WRONG, "which is older", NOTES),
        (FORMAT + 1, Health.WRONG, "which is newer", "pip install --upgrade"),
    ],
)
def test_older_and_newer_formats_are_told(tmp_path: Path, number: int, health: Health, said: str, remedy: str) -> None:
    """An older format leads to the notes that say what to change, a newer one to a newer Leitstand."""
    [found] = looked(tmp_path, PROBE.replace("format = 1", f"format = {number}"))
    assert found.health is health
    assert said in found.text
    assert remedy in found.remedy


@pytest.mark.parametrize("settings", ["", "format = true", 'format = "1"', "format = [", "[workspace]"])
def test_what_is_no_format_is_for_those_who_read_it(tmp_path: Path, settings: str) -> None:
    """Settings without a number that can be read get no second complaint."""
    assert looked(tmp_path, settings) == []


def test_doctor_says_it_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With an older format doctor fails, and the remedy stands below the finding."""
    looked(tmp_path, PROBE.replace("format = 1", "format = 0"))
    assert execute(["doctor", "-w", str(tmp_path)], {"LEITSTAND_LANG": "en"}) == 1
    assert f"→ go through {NOTES}" in capsys.readouterr().out


def test_the_forge_installs_the_version_that_is_here(tmp_path: Path) -> None:
    """The file that `init` wrote for a forge pins a version; doctor notes when it is another one than here."""
    call = ["init", str(tmp_path / "a"), "--ci", "gitlab", "--now", "2026-11-21T12:00+01:00"]
    assert execute(call, {"LEITSTAND_LANG": "en"}) == 0
    assert [one.health for one in check_formats(tmp_path / "a")] == [Health.FINE, Health.FINE]
    file = tmp_path / "a/.gitlab-ci.yml"
    file.write_text(file.read_text("utf-8").replace(f"=={__version__}", "==0.0.9"), encoding="utf-8")
    _format, forge = check_formats(tmp_path / "a")
    assert (forge.health, forge.remedy) == (Health.NOTE, f"write leitstand=={__version__} there")


def test_the_notes_know_the_present_format() -> None:
    """The page that doctor names is there, and has a section for the format of today."""
    assert f"## Format {FORMAT}\n" in (ROOT / NOTES).read_text(encoding="utf-8")
