"""Which files a notebook may read: Python, fonts, the workspace's own folders and the store of observations."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from toolkit.values import dataclass

# Beside these a workspace may hold what is nobody's business, such as a `.env`.
OF_WORKSPACE: Final = ("leitstand.toml", "content", "guidelines", "notebooks")
OF_STATE: Final = ("metrics",)
_SYSTEM: Final = (
    "/usr",
    "/bin",
    "/lib",
    "/lib64",
    "/nix/store",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/timezone",
    "/var/cache/fontconfig",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/self",
    "/proc/stat",
    "/proc/sys/vm/overcommit_memory",
    "/sys/devices/system/cpu",
    "/sys/fs/cgroup",
    "/dev/random",
    "/dev/urandom",
    "/dev/zero",
)
_PACKAGE: Final = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Places:
    """What is open to a notebook; everything else is not."""

    readable: tuple[Path, ...]
    writable: tuple[Path, ...]


def open_places(readable: Iterable[Path], home: Path) -> Places:
    """Python, fonts, and `readable`, read only; and an empty folder to write into."""
    own = tuple(readable)
    return Places(tuple(dict.fromkeys([*map(Path, _SYSTEM), *_python(own), *own])), (home, Path("/dev/null")))


def _python(own: Iterable[Path]) -> Iterator[Path]:
    """Where Python and its packages are; of a source tree that holds a workspace too, our package alone."""
    yield from (Path(sys.prefix), Path(sys.base_prefix), _PACKAGE)
    for entry in filter(None, sys.path):
        path = Path(entry).resolve()
        if not any(place.resolve().is_relative_to(path) for place in (*own, _PACKAGE)):
            yield path
