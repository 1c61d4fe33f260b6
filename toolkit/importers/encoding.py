"""Bytes of an export → text. Networks and spreadsheets write UTF-8, UTF-16 and, on German Windows, Windows-1252.

What is not certain is said: text that is no UTF-8 is read as Windows-1252 with a warning at its first such byte.
"""

from __future__ import annotations

import codecs
from typing import Final

from toolkit.importers.problems import RULE
from toolkit.messages import _
from toolkit.model import Problem, Severity, SourceText

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOK: Final = 4096  # bytes in which UTF-16 without a mark shows itself


def read_text(path: str, data: bytes) -> tuple[SourceText | None, list[Problem]]:
    """The text of `data` without its byte order mark; None when the bytes are no text."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode(path, data[len(mark) :], name)
    wide = _wide(data[:_LOOK])
    if wide:
        return _decode(path, data, wide)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _windows(path, data, error.start)
    return _checked(SourceText(path, text), [])


def _decode(path: str, data: bytes, name: str) -> tuple[SourceText | None, list[Problem]]:
    try:
        return _checked(SourceText(path, data.decode(name)), [])
    except UnicodeDecodeError as error:
        before = SourceText(path, data[: error.start].decode(name, "replace"))
        message = _("the file says that it is {encoding}, but here it is not; download it again")
        return None, [_problem(before, len(before.text), Severity.ERROR, message.format(encoding=name.upper()))]


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: Latin letters leave every second byte zero."""
    half = len(head) // 2
    if half < 2:
        return ""
    if head[1::2].count(0) > half * 0.7 and head[::2].count(0) == 0:
        return "utf-16-le"
    if head[::2].count(0) > half * 0.7 and head[1::2].count(0) == 0:
        return "utf-16-be"
    return ""


def _windows(path: str, data: bytes, first: int) -> tuple[SourceText | None, list[Problem]]:
    before = SourceText(path, data[:first].decode("utf-8", "replace"))
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        message = _("byte 0x{byte:02x} is neither UTF-8 nor Windows-1252; save the file as UTF-8")
        return None, [_problem(before, len(before.text), Severity.ERROR, message.format(byte=data[first]))]
    message = _("not UTF-8 but read as Windows-1252, as older Excel saves it; look whether “{sample}” is right")
    sample = text[max(0, first - 12) : first + 12].replace("\r", " ").replace("\n", " ").strip()
    problem = _problem(before, len(before.text), Severity.WARNING, message.format(sample=sample))
    return _checked(SourceText(path, text), [problem])


def _checked(source: SourceText, problems: list[Problem]) -> tuple[SourceText | None, list[Problem]]:
    at = source.text.find("\0")
    if at < 0:
        return source, problems
    message = _("a NUL character: this is no text; export the file as CSV or XLSX")
    return None, [_problem(source, at, Severity.ERROR, message)]


def _problem(source: SourceText, at: int, severity: Severity, message: str) -> Problem:
    return Problem(source.path, source.span(at), RULE, severity, message)
