"""Files as they lie on the disk → what is to be imported: their bytes, of an archive each file in it, and the mapping beside.

A file that cannot be opened, or that somebody is still writing, is a problem and leaves the others alone.
"""

from __future__ import annotations

from datetime import UTC, datetime
from os import stat_result
from pathlib import Path
from stat import S_ISREG
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.errors import LeitstandError
from toolkit.importers.archive import is_archive, read_archive
from toolkit.importers.mapping import SUFFIX, Mapped, read_mapping
from toolkit.importers.problems import file_problem
from toolkit.messages import _
from toolkit.model import Problem
from toolkit.values import dataclass

LARGEST: Final = 512 << 20  # bytes of one file


@dataclass(frozen=True, slots=True)
class Source:
    """One file to import; of an archive, one of its members."""

    path: str  # as the user wrote it, for an archive ``archive.zip/member.csv``
    data: bytes
    modified: datetime | None = None
    problems: tuple[Problem, ...] = ()  # why it could not even be opened
    mapping: Mapped | None = None  # the one that lies beside it

    @property
    def name(self) -> str:
        return self.path.replace("\\", "/").rsplit("/", 1)[-1]


def read_sources(path: Path, zone: str) -> list[Source]:
    """The file, or the files of an archive; one that cannot be opened is a problem and leaves the others alone."""
    try:
        return _open_sources(path, zone)
    except OSError as error:
        return [_refused(path, _("the file cannot be opened: {error}").format(error=error.strerror or str(error)))]


def read_mapping_file(path: Path) -> Mapped:
    """The mapping of that file. Raises `LeitstandError` with every problem in it, and OSError."""
    mapping, problems = read_mapping(str(path), path.read_bytes())
    if mapping is None:
        raise LeitstandError("\n".join(map(str, problems)))
    return mapping


def _open_sources(path: Path, zone: str) -> list[Source]:
    about = path.stat()
    if not S_ISREG(about.st_mode):
        # A pipe or a device might never end.
        return [_refused(path, _("this is no regular file"))]
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        return [_refused(path, _("the file is larger than {size} MB; split it by months").format(size=LARGEST >> 20))]
    if _is_growing(about, path.stat(), len(data)):
        return [_refused(path, _("the file changed while it was read; import it when its download is complete"))]
    if is_archive(data):
        return _members(path, data, zone)
    mapping, problems = _mapping_beside(path)
    modified = datetime.fromtimestamp(about.st_mtime, UTC)
    return [Source(str(path), data, modified, tuple(problems), mapping)]


def _is_growing(before: stat_result, after: stat_result, length: int) -> bool:
    """Whether the bytes may be those of two states of the file, which would be an import of neither."""
    return (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or length != after.st_size


def _members(path: Path, data: bytes, zone: str) -> list[Source]:
    members, problems = read_archive(str(path), data, ZoneInfo(zone))
    refused = [Source(str(path), b"", problems=(problem,)) for problem in problems]
    return refused + [Source(member.path, member.data, member.modified) for member in members]


def _mapping_beside(path: Path) -> tuple[Mapped | None, list[Problem]]:
    beside = path.with_name(path.name + SUFFIX)
    return read_mapping(str(beside), beside.read_bytes()) if beside.is_file() else (None, [])


def _refused(path: Path, message: str) -> Source:
    return Source(str(path), b"", problems=(file_problem(str(path), message),))
