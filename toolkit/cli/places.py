"""Files and folders named on the command line → paths of the workspace."""

from __future__ import annotations

import os
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from toolkit.cli.context import HERE
from toolkit.cli.findings import Origin
from toolkit.errors import UsageError
from toolkit.messages import _


def path_from_here(path: Path) -> str:
    """The path as the shell can use it where the user is; whole when it lies elsewhere."""
    here = Path.cwd()
    return os.path.relpath(path, here) if path.is_relative_to(here) else str(path)


def nearest_folder(folder: Path, paths: Sequence[Path]) -> Path:
    """The folder whose workspace is meant: the one that was named, else the first path's."""
    if folder != HERE or not paths:
        return folder
    first = paths[0]
    return first if first.is_dir() else first.parent if first.parent.is_dir() else folder


def find_paths(paths: Sequence[Path], workspace: Origin) -> frozenset[str]:
    """The files that `paths` (relative to the current folder) mean, relative to the workspace; empty means all.

    Raises `UsageError` for what does not exist or lies outside.
    """
    found: set[str] = set()
    for path in paths:
        if not path.exists():
            raise UsageError(_missing(path))
        inside = _inside(path, workspace.root)
        if inside == ".":
            return frozenset()
        found.add(inside)  # also of a folder: an empty one means no file, not all of them
        if path.is_dir():
            found.update(workspace.tree.paths(inside))
    return frozenset(found)


def _inside(path: Path, root: Path) -> str:
    # Only the folder is resolved: a link in it is checked as the link that it is.
    full = path.resolve() if path.is_dir() else path.parent.resolve() / path.name
    if not full.is_relative_to(root):
        raise UsageError(_("{path} lies outside the workspace {root}").format(path=path, root=root))
    return full.relative_to(root).as_posix()


def _missing(path: Path) -> str:
    folder = path.parent
    siblings = [sibling.name for sibling in folder.iterdir()] if folder.is_dir() else []
    close = get_close_matches(path.name, siblings, n=1, cutoff=0.6)
    if close:
        return _("there is no {path}; did you mean {close}?").format(path=path, close=folder / close[0])
    return _("there is no {path}").format(path=path)
