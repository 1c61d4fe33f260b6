"""Which time zone database the wall times are read with."""

from __future__ import annotations

import zoneinfo
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


@cache
def tzdata_version() -> str:
    """The version of the database that `zoneinfo` uses, such as ``2026f``: the system's, else the package's."""
    for folder in zoneinfo.TZPATH:
        found = _system_version(Path(folder))
        if found:
            return found
    try:
        return version("tzdata")
    except PackageNotFoundError:
        return ""


def _system_version(folder: Path) -> str:
    for name in ("+VERSION", "tzdata.zi", "version"):
        try:
            with (folder / name).open(encoding="ascii", errors="replace") as file:
                first = file.readline().strip()
        except OSError:
            continue
        if first:
            return first.removeprefix("# version ").strip()
    return ""
