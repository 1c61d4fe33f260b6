"""A file as it was exported: what kind of bytes it has, and the sheets in them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from toolkit.importers.encoding import read_text
from toolkit.importers.problems import file_problem
from toolkit.importers.sheet import Sheet, sheet_of_text
from toolkit.importers.workbook import read_workbook
from toolkit.messages import _
from toolkit.model import Problem
from toolkit.values import dataclass

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # XLS, and XLSX behind a password
ZIP: Final = b"PK\x03\x04"
_PAGES: Final = (b"<html", b"<!doctype html", b"<table")


@dataclass(frozen=True, slots=True)
class Export:
    """A file that was opened: its bytes, and its tables if it has any."""

    path: str
    data: bytes
    sheets: tuple[Sheet, ...] = ()
    problems: tuple[Problem, ...] = ()
    modified: datetime | None = None  # aware; when the file says that it was written


def open_export(path: str, data: bytes, modified: datetime | None = None, *, most: int | None = None) -> Export:
    """The tables in `data`, told by its first bytes and not by its name; never raises for what stands in it.

    With `most` only so many rows of a text are read, which is enough to recognise it.
    """
    sheets: tuple[Sheet, ...] = ()
    refusal = _refuse(data)
    if refusal:
        return Export(path, data, (), (file_problem(path, refusal),), modified)
    if data.startswith((OLE, ZIP)):
        sheets, problems = read_workbook(path, data)
    else:
        source, problems = read_text(path, data)
        sheets = (sheet_of_text(source, most),) if source is not None else ()
    return Export(path, data, sheets, tuple(problems), modified)


def _refuse(data: bytes) -> str:
    if not data.strip():
        return _("the file is empty")
    if data.startswith(b"%PDF"):
        return _("a PDF is for reading; choose CSV or Excel when you export")
    if data.lstrip()[:64].lower().startswith(_PAGES):
        return _("a web page and no export, whatever its name says; sign in to the network and download it again")
    return ""
