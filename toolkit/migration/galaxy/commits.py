"""When posts came into the repository: galaxy-social publishes a file when the pull request with it is merged."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from toolkit.source.tree import in_git, run_git

# Who adds so many posts at once moved or restored them.
_BULK: Final = 20
_MARK: Final = "commit "


def read_arrivals(folder: Path) -> dict[str, datetime]:
    """Path → when it was first merged, with an offset; nothing where there is no history, or not all of it."""
    if not in_git(folder) or run_git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true":
        return {}
    wanted = ("--first-parent", "-m", "--diff-filter=A", "--no-renames", "--name-only", "--relative")
    said = run_git(
        folder, "-c", "core.quotepath=off", "log", "--reverse", *wanted, f"--format={_MARK}%cI", "--", "posts"
    )
    arrivals: dict[str, datetime] = {}
    for commit in said.decode("utf-8", "replace").split(_MARK)[1:]:
        moment, *names = commit.splitlines()
        added = [name for name in names if name.startswith("posts/")]
        if len(added) < _BULK:
            arrivals = dict.fromkeys(added, datetime.fromisoformat(moment)) | arrivals
    return arrivals
