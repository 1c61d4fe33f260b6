"""What the last commit says about the posts' uids: one git call for all files."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

from toolkit.errors import LeitstandError
from toolkit.source.tree import run_git
from toolkit.workspace import POSTS

# So many fit into a command line; for more, all posts are asked about.
FEW: Final = 50


def committed_uids(root: Path, paths: Collection[str] = ()) -> Mapping[str, str]:
    """Path → the uid that the post has in HEAD; empty when the workspace does not lie in git.

    Without `paths` of all posts; with them of these, and perhaps of others.
    """
    # Lines of dashes come along, so that a uid in the text is not taken for the front matter's.
    args = ("grep", "-z", "-I", "-E", "--no-color", "-e", r"^uid:", "-e", r"^---[[:space:]]*$", "HEAD", "--")
    asked = paths if 0 < len(paths) <= FEW else [POSTS]
    try:
        found = run_git(root, *args, *asked).decode("utf-8", "replace")
    except LeitstandError:
        return {}
    uids: dict[str, str] = {}
    dashes: dict[str, int] = {}
    for row in found.split("\n"):
        name, _nul, line = row.partition("\0")
        path = name.removeprefix("HEAD:")
        if line.startswith("---"):
            dashes[path] = dashes.get(path, 0) + 1
        elif dashes.get(path) == 1:
            uids.setdefault(path, _value(line))
    return uids


def _value(line: str) -> str:
    return line.removeprefix("uid:").partition(" #")[0].strip().strip("'\"")
