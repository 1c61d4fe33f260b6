"""A mail's body as text, and the names of what is attached to it. Attachments are never opened.

RFC 2045 and 2046 (MIME), RFC 3676 (format=flowed), RFC 2183 (Content-Disposition).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message as Mime
from typing import Final

from toolkit.networks.mail.headers import clean, decode, decoded, line
from toolkit.networks.mail.pages import page_text

LONGEST: Final = 50_000  # characters of a text that are kept
LONGEST_PAGE: Final = 400_000  # characters of HTML that are read
MOST_PARTS: Final = 200
MOST_NAMES: Final = 50
# What the standard library raises on headers that somebody broke.
BROKEN: Final = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)


def body_text(mime: Mime) -> str:
    """What can be read of it: its plain texts; where it has none, its pages as plain text."""
    parts = [part for part in _leaves(mime) if not is_attached(part)]
    plain = [_plain(part) for part in parts if part.get_content_type() == "text/plain"]
    said = "\n\n".join(text for text in plain if text.strip())
    if not said:
        pages = (_content(part)[:LONGEST_PAGE] for part in parts if part.get_content_type() == "text/html")
        said = "\n\n".join(filter(None, (page_text(page) for page in pages)))
    return clean(said.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST].strip("\n")


def attached(mime: Mime) -> tuple[str, ...]:
    """The names of the files that came with it, those inside its text included."""
    names = [_name(part) for part in _leaves(mime) if is_attached(part)]
    return tuple(names[:MOST_NAMES])


def is_attached(part: Mime) -> bool:
    """Whether it is a file rather than something to read."""
    disposition = str(part.get("Content-Disposition", "")).strip().lower()
    return disposition.startswith("attachment") or part.get_content_maintype() != "text" or bool(_file_name(part))


def _leaves(mime: Mime) -> Iterator[Mime]:
    """The parts without parts; of a mail that was passed on whole, only that it is there."""
    waiting, seen = [mime], 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop()
        seen += 1
        inner = part.get_payload() if part.is_multipart() and part.get_content_maintype() == "multipart" else None
        if isinstance(inner, list):
            waiting.extend(reversed([one for one in inner if isinstance(one, Mime)]))
        else:
            yield part


def _plain(part: Mime) -> str:
    text = _content(part)
    if _param(part, "format").lower() == "flowed":
        return unflow(text, delete=_param(part, "delsp").lower() == "yes")
    return text


def _content(part: Mime) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    return decode(data, _param(part, "charset")).replace("\r\n", "\n")


def _param(part: Mime, name: str) -> str:
    """A parameter of Content-Type; "" where there is none, or none that can be read."""
    try:
        found = part.get_param(name, "")
    except BROKEN:
        return ""
    return found if isinstance(found, str) else str(found[-1])


def unflow(text: str, *, delete: bool) -> str:
    """Paragraphs whose lines were broken for the way, as the lines that they were; `delete` is DelSp."""
    lines: list[tuple[int, str, bool]] = []  # depth of quotation, words, whether the next line goes on
    for raw in text.split("\n"):
        bare = raw.lstrip(">")
        depth = len(raw) - len(bare)
        bare = bare.removeprefix(" ")
        soft = bare.endswith(" ") and bare != "-- "
        said = bare[:-1] if soft and delete else bare
        if lines and lines[-1][2] and lines[-1][0] == depth and bare != "-- ":
            lines[-1] = (depth, lines[-1][1] + said, soft)
        else:
            lines.append((depth, said, soft))
    return "\n".join((">" * depth + " " if depth else "") + said for depth, said, _soft in lines)


def _name(part: Mime) -> str:
    return _file_name(part) or part.get_content_type()


def _file_name(part: Mime) -> str:
    """RFC 2231, or what programs write instead: coded words, raw bytes. Never a path."""
    try:
        raw = part.get_filename("")
    except BROKEN:
        return ""
    return line(re.split(r"[/\\]", decoded(raw))[-1])[:200]
