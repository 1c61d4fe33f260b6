"""What `pip install leitstand` brings: everything the program reads, and a core that works without any extra."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from toolkit.cli import EXTRAS

ROOT = Path(__file__).parents[1]

# Runs the command line as if no extra were installed.
WITHOUT_EXTRAS = """
import sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {extras!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Blocker())
from toolkit.cli import execute
sys.exit(execute(sys.argv[1:], {{}}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [path] = folder.glob("*.whl")
    return zipfile.ZipFile(path)


@pytest.mark.parametrize(
    "needed",
    [
        "toolkit/py.typed",
        "toolkit/locale/de/LC_MESSAGES/leitstand.mo",
        "toolkit/networks/limits/mastodon.yml",
        "toolkit/sentiment/models/de.weights",
        "monthly.ipynb",
        ".css",
    ],
)
def test_the_wheel_holds_what_the_program_reads(wheel: zipfile.ZipFile, needed: str) -> None:
    """Data files travel with the code."""
    assert [name for name in wheel.namelist() if name.endswith(needed)], needed


def test_the_wheel_holds_no_workspace(wheel: zipfile.ZipFile) -> None:
    """The sample's posts and the tests are not installed into people's environments."""
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert tops == {"toolkit", next(top for top in tops if top.endswith(".dist-info"))}


@pytest.mark.parametrize(
    "args",
    [
        ("check", "--now", "2026-11-21T12:00+01:00"),
        ("plan", "--now", "2026-11-21T12:00+01:00"),
        ("preview", "tuer-01"),
        ("status", "--now", "2026-11-21T12:00+01:00"),
        ("networks", "list"),
        ("rules", "list"),
    ],
)
def test_the_light_core_works_without_extras(args: tuple[str, ...], tmp_path: Path) -> None:
    """Reading, checking, planning and previewing need no HTTP client, no picture library, no database engine."""
    code = WITHOUT_EXTRAS.format(extras=set(EXTRAS))
    environ = {
        "LEITSTAND_STATE_DIR": str(tmp_path),
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
    }
    command = [sys.executable, "-c", code, *args]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "pip install" not in done.stderr


def test_a_verb_without_its_extra_says_what_to_install(tmp_path: Path) -> None:
    """A report in a light installation exits 2 and names the extra."""
    code = WITHOUT_EXTRAS.format(extras=set(EXTRAS))
    environ = {"LEITSTAND_STATE_DIR": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, "report", "monthly", "--month", "2026-10"]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "pip install 'leitstand[reports]'" in done.stderr or "pip install 'leitstand[metrics]'" in done.stderr
