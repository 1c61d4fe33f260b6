"""Texts of other tools → Markdown that reads the same and means nothing that only Leitstand means.

`as_written` takes text that was sent letter by letter, `as_read` Markdown of blogs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from toolkit.migration.galaxy.texts import as_markdown
from toolkit.networks.markup import read_markup
from toolkit.networks.plain import plain_text

_MARKS: Final = re.compile(r"([\\`*\[\]<]|(?<!\w)_|_(?!\w))")
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_BREAK: Final = re.compile(r" {0,3}-(?:[ \t]*-){2,}[ \t]*")
_CHANNEL: Final = re.compile(r"^( {0,3}##[ \t]+)@")
_NUMBER: Final = re.compile(r"(?m)^([ \t]*\d{1,9})\\?([.)])")


def as_written(text: str) -> str:
    """Markdown that networks show as `text`; as it is where it reads so already."""
    plain = as_markdown(text.replace("\r\n", "\n").replace("\r", "\n"))
    if _reads_as(plain, text):
        return plain
    escaped = _NUMBER.sub(r"\1\\\2", _MARKS.sub(r"\\\1", text))
    return as_markdown(re.sub(r"(?m)^([ \t]*)([#>+=~-])", r"\1\\\2", escaped))


def as_read(markdown: str) -> str:
    """Markdown of a blog; its breaks separate no parts here, and its headings name no channels."""
    lines: list[str] = []
    for line, code in mark_code(markdown.replace("\r\n", "\n").replace("\r", "\n")):
        if code:
            lines.append(line)
            continue
        if _BREAK.fullmatch(line) and lines and lines[-1].strip() and not lines[-1].lstrip().startswith(("#", ">")):
            lines[-1] = f"## {lines[-1].strip()}"  # underlined: a heading
            continue
        if _BREAK.fullmatch(line):
            line = "***"  # noqa: PLW2901  # as it is to stand
        lines.append(_CHANNEL.sub(r"\1\\@", line))
    return "\n".join(lines).strip()


def mark_code(markdown: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it is code between fences, the fences included."""
    fence = ""
    for line in markdown.split("\n"):
        mark = _FENCE.match(line)
        yield line, bool(fence or mark)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) and not mark[2].strip() else fence
        elif mark:
            fence = mark[1]


def reads_as_written(markdown: str, text: str) -> bool:
    """Whether people see what the tool sent, white space aside."""
    return _reads_as(markdown, text)


def _reads_as(markdown: str, text: str) -> bool:
    return "".join(plain_text(read_markup(markdown)).split()) == "".join(text.split())
