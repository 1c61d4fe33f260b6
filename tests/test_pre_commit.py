"""The hooks for pre-commit: their commands exist and do to the files of a commit what their names say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from toolkit.cli import execute

ROOT = Path(__file__).parents[1]
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
POST = "content/posts/neu.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with a post that has no uid, and another with an error, which is not in the commit."""
    assert execute(["init", str(tmp_path / "w"), "--now", "2026-11-21T12:00+01:00"], {"LEITSTAND_LANG": "en"}) == 0
    (tmp_path / "w" / POST).write_text("---\ntitle: Neu\nchannels: [feed]\n---\n\nEin Text.\n", encoding="utf-8")
    (tmp_path / "w/content/posts/alt.md").write_text("---\nstatus: fertig\n---\n", encoding="utf-8")
    return tmp_path / "w"


def commit(hook: str, root: Path, *paths: str) -> tuple[int, str]:
    """The exit code and the words of a hook that is called as pre-commit calls it."""
    chosen = [path for path in paths if re.search(HOOKS[hook]["files"], path)]
    environ = {**os.environ, "LEITSTAND_LANG": "en", "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    command = [*HOOKS[hook]["entry"].split(), *chosen]
    done = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True, env=environ, timeout=60)
    return done.returncode, done.stdout


def test_a_commit_is_minted_and_checked(root: Path) -> None:
    """The check misses the uid, the fix writes it; then there is nothing to say, whatever is wrong with other posts."""
    assert "no uid" in commit("leitstand-check", root, POST)[1]
    assert commit("leitstand-fix", root, POST, "README.md")[0] == 0
    assert "uid: " in (root / POST).read_text(encoding="utf-8")
    code, said = commit("leitstand-check", root, POST)
    assert code == 0
    assert "no uid" not in said
    assert commit("leitstand-check", root, "content/posts/alt.md")[0] == 1


@pytest.mark.parametrize("hook", HOOKS)
def test_only_posts_are_handed_over(hook: str) -> None:
    """Posts of a workspace in a folder of the repository count; other Markdown does not."""
    pattern = re.compile(HOOKS[hook]["files"])
    assert pattern.search("marken/nordlicht/content/posts/2026/12/a.md")
    assert not pattern.search("guidelines/index.md")
    assert not pattern.search("content/posts/bild.jpg")
