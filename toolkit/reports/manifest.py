"""What a report was made from and came out as, so that somebody else can make it again and compare."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from toolkit import __version__
from toolkit.errors import LeitstandError, UsageError
from toolkit.messages import _
from toolkit.source.tree import run_git
from toolkit.source.writing import replace_file
from toolkit.values import dataclass

NAME: Final = "manifest.json"
FORMAT: Final = 2
PACKAGES: Final = (
    "duckdb",
    "ibis-framework",
    "matplotlib",
    "nbconvert",
    "nbformat",
    "pandas",
    "papermill",
    "pyarrow",
    "scipy",
    "seaborn",
    "tzdata",
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest of one report. `basis` is a `Basis` as plain values, `key` its hash."""

    report: str
    key: str
    basis: Mapping[str, object]
    commit: str  # of the workspace; "" without git, with a plus sign when files differ from it
    made_at: str
    seconds: float  # on the clock
    cpu_seconds: float  # of the report's processes
    isolation: Mapping[str, object] | None
    failures: tuple[str, ...]
    outputs: Mapping[str, str]  # file → hash
    format: int = FORMAT

    def to_json(self) -> str:
        """The text of the file."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the report in a folder; raises `UsageError` when there is none that can be read."""
    path = folder / NAME
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(_("no report in {folder}; make it first").format(folder=folder)) from None
    except (OSError, ValueError) as error:
        raise UsageError(_("{path} cannot be read: {error}").format(path=path, error=error)) from None
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        message = _("{path} was written by another version of Leitstand; make the report again")
        raise UsageError(message.format(path=path))
    try:
        return Manifest(**{**raw, "failures": tuple(raw["failures"])})
    except (KeyError, TypeError) as error:
        raise UsageError(_("{path} cannot be read: {error}").format(path=path, error=error)) from None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put it into a folder in one step."""
    path = folder / NAME
    path.touch()
    replace_file(path, manifest.to_json().encode())


def altered(folder: Path, manifest: Manifest) -> tuple[str, ...]:
    """The files that are gone or no longer what the manifest says."""
    return tuple(
        name
        for name, digest in manifest.outputs.items()
        if not (folder / name).is_file() or file_hash(folder / name) != digest
    )


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


@cache
def versions() -> Mapping[str, str]:
    """Our own version, Python's and that of every package that makes numbers or pictures."""
    found = {"leitstand": __version__, "python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
