"""ZIP archives of exports: their files, within bounds. Names inside an archive are shown and never used as paths."""

from __future__ import annotations

import zipfile
import zlib
from datetime import datetime
from io import BytesIO
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.importers.export import ZIP
from toolkit.importers.leftovers import leftover
from toolkit.importers.problems import file_problem
from toolkit.messages import _
from toolkit.model import Problem
from toolkit.values import dataclass

MEMBERS: Final = 500
MOST: Final = 256 << 20  # bytes, unpacked, all members together
_WORKBOOKS: Final = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive. `path` is ``archive.zip/member.csv``, for people."""

    path: str
    data: bytes
    modified: datetime | None


def is_archive(data: bytes) -> bool:
    """Whether the bytes are an archive of files; an XLSX is a ZIP too, but one file to people."""
    if not data.startswith(ZIP):
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return not any(name in archive.NameToInfo for name in _WORKBOOKS)
    except _BROKEN:
        # It may have been a workbook as well; its reader says the same of a file that is not whole.
        return False


def read_archive(path: str, data: bytes, zone: ZoneInfo) -> tuple[list[Member], list[Problem]]:
    """The files of an archive; one that is too large or damaged yields none of them."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            inside = [info for info in archive.infolist() if not info.is_dir() and not _hidden(info.filename)]
            if len(inside) > MEMBERS:
                message = _("{count} files in one archive, but at most {most} are read; unpack it and import a folder")
                return [], [file_problem(path, message.format(count=len(inside), most=MEMBERS))]
            return _unpack(path, archive, inside, zone)
    except _BROKEN:
        return [], [file_problem(path, _("the archive is damaged, not whole or has a password; download it again"))]


def _unpack(
    path: str, archive: zipfile.ZipFile, inside: list[zipfile.ZipInfo], zone: ZoneInfo
) -> tuple[list[Member], list[Problem]]:
    members: list[Member] = []
    left = MOST
    for info in inside:
        # What the archive claims about sizes is not believed: it is read up to what is left.
        with archive.open(info) as stream:
            data = stream.read(left + 1)
        left -= len(data)
        if left < 0:
            message = _("the archive unpacks to more than {size} MB; unpack it yourself and import the files")
            return [], [file_problem(path, message.format(size=MOST >> 20))]
        if is_archive(data):
            message = _("{name} in it is an archive itself; unpack it and import the files")
            return [], [file_problem(path, message.format(name=_shown(info.filename)))]
        members.append(Member(f"{path}/{_shown(info.filename)}", data, _modified(info, zone)))
    return members, []


def _hidden(name: str) -> bool:
    """Whether a computer put it there, as macOS packs its own notes beside the files, or it is for people to read."""
    return name.startswith("__MACOSX/") or leftover(name.replace("\\", "/").rsplit("/", 1)[-1]) is not None


def _shown(name: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in name.replace("\\", "/").rsplit("/", 1)[-1])


def _modified(info: zipfile.ZipInfo, zone: ZoneInfo) -> datetime | None:
    try:
        return datetime(*info.date_time, tzinfo=zone)
    except ValueError:
        return None
