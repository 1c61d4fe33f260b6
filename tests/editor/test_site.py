from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers.absent import without_server
from toolkit.editor import PACKAGES, installed_folder
from toolkit.editor.install import is_installed

ROOT = Path(__file__).parents[2]
SETTINGS = """format = 1
[workspace]
id = "a"
interface = "en"
[forge]
kind = "github"
project = "nordlicht/social"
[editor]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with a site and an editor."""
    (tmp_path / "guidelines").mkdir()
    (tmp_path / "guidelines/index.md").write_text("# Handbook\n")
    (tmp_path / "leitstand.toml").write_text(SETTINGS)
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: A\ndocs_dir: guidelines\nsite_dir: site\ntheme: material\nplugins: [leitstand]\n"
    )
    return tmp_path


def mkdocs(root: Path) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "LEITSTAND_STATE_DIR": str(root / "state")}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-f", str(root / "mkdocs.yml")]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=environ, timeout=120)


def test_the_site_brings_the_editor(root: Path) -> None:
    """`mkdocs build` writes the editor beside the pages when leitstand.toml has [editor]."""
    archives = installed_folder(ROOT)
    if not all(is_installed(archives, package) for package in PACKAGES):
        without_server("the browser editor", "run: leitstand editor install")
    (root / ".leitstand").mkdir()
    (root / ".leitstand/editor").symlink_to(archives)
    done = mkdocs(root)
    assert done.returncode == 0, done.stderr
    assert (root / "site/editor/index.html").is_file()
    assert '"repo": "nordlicht/social"' in (root / "site/editor/config.json").read_text("utf-8")


def test_a_site_without_the_packages_says_how_to_get_them(root: Path) -> None:
    """The build fails with the command that helps, and not with a page that does not work."""
    done = mkdocs(root)
    assert done.returncode != 0
    assert "run: leitstand editor install" in done.stderr + done.stdout
