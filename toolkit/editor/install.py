"""Fetching the packages with `npm pack`, through whatever registry npm is set up for, checked before anything is used.

Only archives are fetched: nothing of a package is run, and what it depends on is not needed. They lie in
``.leitstand/editor`` of the workspace and can be deleted at any time.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from toolkit.editor.packages import PACKAGES, Package
from toolkit.errors import LeitstandError
from toolkit.messages import _

FOLDER: Final = ".leitstand/editor"
PATIENCE: Final = 300  # seconds for one archive
LARGEST: Final = 64 * 2**20  # bytes of one file in an archive


class PackageError(LeitstandError):
    """A package cannot be fetched, or is not what it should be."""


def installed_folder(root: Path) -> Path:
    """Where the archives of a workspace lie; need not exist."""
    return root / FOLDER


def install_packages(folder: Path) -> tuple[str, ...]:
    """Fetch what is not there yet; returns the names of what was fetched. Raises `PackageError`."""
    wanted = [package for package in PACKAGES if not is_installed(folder, package)]
    if not wanted:
        return ()
    npm = shutil.which("npm")
    if npm is None:
        raise PackageError(_("npm is needed once, to fetch the editor; install Node.js, or run this where it is"))
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        for package in wanted:
            archive = _pack(npm, package, Path(scratch))
            archive.replace(folder / package.archive)
    return tuple(package.name for package in wanted)


def is_installed(folder: Path, package: Package) -> bool:
    """Whether the archive lies there, with the right checksum."""
    archive = folder / package.archive
    return archive.is_file() and _digest(archive) == package.digest


def read_files(folder: Path, packages: Iterable[Package] = PACKAGES) -> dict[str, bytes]:
    """Path in the page's folder → bytes, from the archives. Raises `PackageError` when one is missing or changed."""
    found: dict[str, bytes] = {}
    for package in packages:
        if not is_installed(folder, package):
            raise PackageError(_("the editor is not installed here; run: leitstand editor install"))
        found |= _extract(folder / package.archive, package)
    return found


def _pack(npm: str, package: Package, scratch: Path) -> Path:
    command = [npm, "pack", "--silent", "--ignore-scripts", f"{package.name}@{package.version}"]
    try:
        done = subprocess.run(command, cwd=scratch, check=False, capture_output=True, text=True, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PackageError(_("npm cannot fetch {name}: {error}").format(name=package.name, error=error)) from error
    archive = scratch / package.archive
    if done.returncode or not archive.is_file():
        said = (done.stderr.strip() or done.stdout.strip()).rpartition("\n")[2]
        raise PackageError(_("npm cannot fetch {name}: {error}").format(name=package.name, error=said))
    if _digest(archive) != package.digest:
        message = _("{name} {version} is not the package that was checked; nothing was installed")
        raise PackageError(message.format(name=package.name, version=package.version))
    return archive


def _digest(archive: Path) -> str:
    with archive.open("rb") as file:
        return base64.b64encode(hashlib.file_digest(file, "sha512").digest()).decode()


def _extract(archive: Path, package: Package) -> dict[str, bytes]:
    with tarfile.open(archive, "r:gz") as files:
        return {target: _member(files, f"package/{source}") for source, target in package.files.items()}


def _member(files: tarfile.TarFile, name: str) -> bytes:
    member = files.extractfile(name)
    if member is None:
        raise PackageError(_("{name} is missing in its archive").format(name=name))
    return member.read(LARGEST)
