"""What a report was made from, so that somebody else can make it again and compare."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from toolkit import __version__
from toolkit.errors import LeitstandError
from toolkit.metrics import Store
from toolkit.source.tree import run_git

PACKAGES: Final = (
    "duckdb",
    "ibis-framework",
    "matplotlib",
    "nbconvert",
    "nbformat",
    "pandas",
    "papermill",
    "pyarrow",
    "seaborn",
)


def data_hashes(store: Store) -> dict[str, str]:
    """Each data file, relative to the store, and the SHA-256 of its bytes."""
    return {path.relative_to(store.folder).as_posix(): file_hash(path) for path in store.files()}


def file_hash(path: Path) -> str:
    """``sha256:…`` of a file's bytes."""
    with path.open("rb") as file:
        return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()


def find_commit(root: Path) -> str:
    """The commit of the workspace; "" where there is no git, with a plus sign when files differ from it."""
    try:
        commit = run_git(root, "rev-parse", "HEAD").decode().strip()
        changed = run_git(root, "status", "--porcelain", "--untracked-files=no")
    except LeitstandError:
        return ""
    return f"{commit}+" if changed else commit


def versions() -> Mapping[str, str]:
    """Our own version, Python's and that of every package that makes numbers or pictures."""
    found = {"leitstand": __version__, "python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
