"""A workspace as it was: the files of a commit, unpacked into a folder of its own."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from toolkit.errors import LeitstandError
from toolkit.reports.isolation.places import OF_WORKSPACE
from toolkit.reports.manifest import file_hash
from toolkit.source.held import held_temporary
from toolkit.source.tree import run_git


@contextmanager
def workspace_then(root: Path, commit: str, files: Mapping[str, str]) -> Iterator[Path]:
    """The folder in which `files` have the hashes of then: `root` itself, else what git has of `commit`, else `root`."""
    if not commit or commit.endswith("+") or not changed_files(root, files):
        yield root
        return
    # Its name stands in no report: a notebook is given the path as a parameter, which is not shown.
    with held_temporary("workspace-") as folder:
        try:
            _unpack(root, commit, folder)
        except (LeitstandError, tarfile.TarError):
            yield root
            return
        yield folder


def changed_files(root: Path, files: Mapping[str, str]) -> list[str]:
    """The paths that are no longer what they were."""
    return [path for path, digest in files.items() if not (root / path).is_file() or file_hash(root / path) != digest]


def _unpack(root: Path, commit: str, folder: Path) -> None:
    inside = run_git(root, "rev-parse", "--show-prefix").decode().strip().rstrip("/")
    listed = run_git(root, "ls-tree", "--name-only", f"{commit}:{inside}").decode().splitlines()
    wanted = [name for name in OF_WORKSPACE if name in listed]
    archive = run_git(root, "archive", "--format=tar", f"{commit}:{inside}", *wanted)
    with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
        packed.extractall(folder, filter="data")
