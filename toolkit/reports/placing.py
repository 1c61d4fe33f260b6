"""A report's files are made beside their place and put there when all are complete, so that nobody reads half of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from toolkit.reports.manifest import NAME
from toolkit.source.held import held_folder


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """An empty folder on the same disk as `target`, gone in the end."""
    with held_folder(target.parent, f".leitstand-{target.name}-") as folder:
        inside = folder / target.name
        inside.mkdir()
        yield inside


def aside(target: Path) -> Path:
    """Where a report goes that must not take the place of the one at `target`; not among the finished ones."""
    return target.parent / "incomplete" / target.name


def clear(folder: Path) -> None:
    """Remove what was put aside, and the folder for it when nothing else is in it."""
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        folder.parent.rmdir()


def put_new(staging: Path, target: Path) -> None:
    """Move what was made to its place, with nothing of an earlier one left."""
    clear(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    put(staging, target)


def put(staging: Path, target: Path) -> None:
    """Move what was made to its place.

    A new report is there in one step. Over an earlier one each file is replaced in one step; the manifest goes first
    and comes last, so that a report with a manifest is whole.
    """
    with suppress(OSError):  # an empty folder may be replaced; another one cannot
        staging.rename(target)
        return
    target.mkdir(parents=True, exist_ok=True)
    (target / NAME).unlink(missing_ok=True)
    for path in sorted(staging.iterdir(), key=lambda path: path.name == NAME):
        path.replace(target / path.name)
