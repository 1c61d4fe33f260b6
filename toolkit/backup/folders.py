"""The folders of the state directory in a backup: numbers, labels, feeds, reports and research, in one tar file.

The numbers are of one moment: data files are never changed, and none is deleted while a reader may need it.
"""

from __future__ import annotations

import sqlite3
import tarfile
import tempfile
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Final

from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.metrics.catalogue import Catalogue, reading
from toolkit.source.writing import write_whole

METRICS: Final = "metrics"
CATALOGUE: Final = "catalogue.sqlite"
# Their files are replaced as a whole when they change.
PLAIN: Final = ("feeds", "reports", "research", "sentiment")
FOLDERS: Final = (METRICS, *PLAIN)
PRIVATE: Final = 0o600


def copy_folders(state: Path, target: Path) -> bool:
    """Write the folders that there are into the tar file `target`; False where there is none yet."""
    if not any((state / name).is_dir() for name in FOLDERS):
        return False

    def fill(draft: Path) -> None:
        with tarfile.open(draft, "w") as tar:
            with reading(state / METRICS) as catalogue:
                if catalogue is not None:
                    _add_metrics(tar, catalogue)
            for name in PLAIN:
                _add(tar, state, sorted(path for path in (state / name).rglob("*") if path.is_file()))

    write_whole(target, fill, mode=PRIVATE)
    return True


def is_folders(path: Path) -> bool:
    """Whether the file is one that `copy_folders` may have written."""
    return tarfile.is_tarfile(path)


def check_folders(backup: Path) -> None:
    """Raise `LeitstandError` when the tar file is damaged, or holds what no backup of these folders does."""
    try:
        with tarfile.open(backup) as tar:
            for one in tar.getmembers():
                path = PurePosixPath(one.name)
                if not one.isfile() or ".." in path.parts or path.parts[:1] not in {(name,) for name in FOLDERS}:
                    raise tarfile.TarError(one.name)
    except (tarfile.TarError, EOFError) as error:
        message = _("{path} is no backup of numbers and reports ({error}); nothing was restored")
        raise LeitstandError(message.format(path=backup, error=error)) from error


def restore_folders(state: Path, backup: Path, now: datetime) -> list[str]:
    """Put the folders of the tar file in the place of those that are there, which are kept beside; their names.

    Whatever happens on the way, each folder is as it was or as in the backup, or lies beside under its old name.
    """
    check_folders(backup)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=state) as folder:
        fresh = Path(folder)
        with tarfile.open(backup) as tar:
            tar.extractall(fresh, filter="data")
        names = [name for name in FOLDERS if (fresh / name).is_dir()]
        for name in names:
            if (state / name).exists():
                (state / name).rename(kept_folder(state, name, now))
            (fresh / name).rename(state / name)
    return names


def kept_folder(state: Path, name: str, now: datetime) -> Path:
    """Where a restore at `now` keeps the folder that was there."""
    return state / f"{name}-before-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _add_metrics(tar: tarfile.TarFile, catalogue: Catalogue) -> None:
    folder = catalogue.folder
    _add(tar, folder.parent, [folder / path for path in sorted(catalogue.every_path())])
    with tempfile.TemporaryDirectory() as scratch:
        copied = Path(scratch) / CATALOGUE
        with closing(sqlite3.connect(copied)) as copy:
            catalogue.connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        tar.add(copied, f"{METRICS}/{CATALOGUE}")


def _add(tar: tarfile.TarFile, state: Path, paths: Iterable[Path]) -> None:
    for path in paths:
        try:
            tar.add(path, path.relative_to(state).as_posix(), recursive=False)
        except FileNotFoundError:
            # A report that was made anew meanwhile; what the catalogue names cannot go.
            if path.is_relative_to(state / METRICS):
                raise
