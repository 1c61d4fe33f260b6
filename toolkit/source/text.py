"""Bytes → text. What is not UTF-8 text is a problem with the place of the first bad byte, never an exception."""

from __future__ import annotations

import codecs

from toolkit.messages import _
from toolkit.model import Problem, Severity, SourceText, Span

BOM = "\ufeff"
RULE = "encoding"


def decode(path: str, data: bytes) -> tuple[SourceText | None, list[Problem]]:
    """The text of a file, without its byte order mark; None when the bytes are not text."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None, [_error(path, Span(), _("this is UTF-16; save the file as UTF-8"))]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = SourceText(path, data[: error.start].decode("utf-8", "replace"))
        span = before.span(len(before.text))
        byte = data[error.start]
        return None, [_error(path, span, _("byte 0x{byte:02x} is not UTF-8; save the file as UTF-8").format(byte=byte))]
    if "\0" in text:
        source = SourceText(path, text.removeprefix(BOM))
        at = source.text.index("\0")
        return None, [_error(path, source.span(at), _("a NUL character: this is a binary file or UTF-16, not a post"))]
    if text.startswith(BOM):
        message = _("a byte order mark stands before the text; harmless here, but other programs trip over it")
        hint = Problem(path, Span(), RULE, Severity.HINT, message)
        return SourceText(path, text[1:]), [hint]
    return SourceText(path, text), []


def _error(path: str, span: Span, message: str) -> Problem:
    return Problem(path, span, RULE, Severity.ERROR, message)
