"""Fetching the branch that is published, where it is a remote one (``origin/main``).

A fetch that fails changes nothing: the last commit that is known stays what is published, and it is said once.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.model import Clock
from toolkit.source import FolderTree
from toolkit.source.tree import INERT, run_git
from toolkit.workspace import load_settings

# Seconds between two fetches, and the longest one may take.
PAUSE: Final = 60.0
LONGEST: Final = 30.0
# Nobody is there to type a password.
_UNATTENDED: Final = {"GIT_TERMINAL_PROMPT": "0", "GCM_INTERACTIVE": "never"}


@dataclass(slots=True)
class Fetcher:
    """Fetches at most once a minute; remembers what it said."""

    root: Path
    clock: Clock
    environ: Mapping[str, str]
    _last: float | None = None
    _said: str = field(default="")

    def refresh(self) -> str:
        """Fetch when it is time; what went wrong, when that has not been said yet."""
        if self._last is not None and self.clock.elapsed() - self._last < PAUSE:
            return ""
        self._last = self.clock.elapsed()
        problem = self._fetch()
        news = problem if problem != self._said else ""
        self._said = problem
        return news

    def _fetch(self) -> str:
        try:
            ref = load_settings(FolderTree(self.root))[0].ref
            remote, branch = remote_branch(self.root, ref)
        except LeitstandError:
            # The tick itself will say what is wrong with settings or git.
            return ""
        return fetch(self.root, remote, branch, self.environ) if remote else ""


def remote_branch(root: Path, ref: str) -> tuple[str, str]:
    """``origin/main`` as remote and branch; two empty texts when `ref` is no remote branch."""
    if "/" not in ref:
        return "", ""
    name = ref.removeprefix("refs/remotes/")
    for remote in run_git(root, "remote").decode("utf-8", "replace").split():
        if name.startswith(f"{remote}/"):
            return remote, name.removeprefix(f"{remote}/")
    return "", ""


def fetch(root: Path, remote: str, branch: str, environ: Mapping[str, str]) -> str:
    """Bring the remote branch up to date; returns what went wrong, "" when nothing did."""
    refs = f"+refs/heads/{branch}:refs/remotes/{remote}/{branch}"
    options = [*INERT, "-c", "gc.auto=0"]
    command = ["git", "-C", str(root), *options, "fetch", "--quiet", "--no-tags", "--end-of-options", remote, refs]
    surroundings = {**environ, **_UNATTENDED, "GIT_SSH_COMMAND": environ.get("GIT_SSH_COMMAND", "ssh -o BatchMode=yes")}
    try:
        done = subprocess.run(
            command, capture_output=True, check=False, stdin=subprocess.DEVNULL, timeout=LONGEST, env=surroundings
        )
    except subprocess.TimeoutExpired:
        said = _("no answer within {seconds} s").format(seconds=int(LONGEST))
    else:
        if done.returncode == 0:
            return ""
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        said = lines[0] if lines else str(done.returncode)
    message = _("cannot fetch {remote}/{branch}, publishing the last commit that is known: {said}")
    return message.format(remote=remote, branch=branch, said=said)
