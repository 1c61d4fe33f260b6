"""What somebody wrote just now, without what programs put below it: quoted history and signatures.

Quotes between new lines stay, for they say what is answered. What is cut off lies in the mailbox and, as mails of its
own, in the conversation; ``[…]`` says that there was more. Where nothing would be left, everything stays.
"""

from __future__ import annotations

import re
from typing import Final

CUT: Final = "[…]"
# A line after which everything is history.
_BARS: Final = re.compile(
    r"(?i)^\s*(?:-{2,}|_{5,}|\*{3,})\s*(?:(?:original|ursprüngliche|weitergeleitete|forwarded)\s*"
    r"(?:message|nachricht|mail|e-mail)?.*)?(?:-{2,}|_{5,}|\*{3,})?\s*$"
)
_FORWARDED: Final = re.compile(r"(?i)original|ursprüngliche|weitergeleitete|forwarded")
# The heads that Outlook writes above what it quotes, in German and English.
_FROM: Final = re.compile(r"(?i)^\s*\*?(?:von|from):\*?\s*\S")
_HEAD: Final = re.compile(
    r"(?i)^\s*\*?(?:gesendet|sent|datum|date|an|to|cc|kopie|betreff|subject|antwort an|reply-to):\*?"
)
_WROTE: Final = re.compile(r"(?i)\b(?:schrieb|wrote|hat[^:]{0,80} geschrieben)\b[^:]{0,120}:\s*$")
_BEGAN: Final = re.compile(r"(?i)^\s*(?:am|on|le|\d{1,2}\.|\d{4}-|.{0,80}<\S+@\S+>)")


def newest(text: str) -> str:
    """The new part of a mail's text."""
    lines = text.split("\n")
    kept, cut = _without_history(_without_signature(lines))
    while kept and (not kept[-1].strip() or (cut and _BARS.match(kept[-1]))):
        kept.pop()
    said = "\n".join(kept).strip("\n")
    if not said.strip():
        return text.strip("\n")
    return f"{said}\n\n{CUT}" if cut else said


def _without_signature(lines: list[str]) -> list[str]:
    """Up to the line ``-- `` (RFC 3676, 4.3), which some programs write without its blank; quoted ones do not count."""
    ends = [number for number, line in enumerate(lines) if line in ("-- ", "--")]
    if not ends:
        return lines
    # A signature stands at the end or above the history of somebody who writes on top.
    history = next((number for number in range(ends[0], len(lines)) if _begins_history(lines, number)), len(lines))
    return [*lines[: ends[0]], *lines[history:]]


def _without_history(lines: list[str]) -> tuple[list[str], bool]:
    for number in range(len(lines)):
        if _begins_history(lines, number):
            return lines[:number], True
    kept = _without_last_quote(lines)
    return kept, len(kept) < len(lines)


def _begins_history(lines: list[str], number: int) -> bool:
    line = lines[number]
    if _BARS.match(line) and _FORWARDED.search(line):
        return True
    below = [one for one in lines[number + 1 : number + 8] if one.strip()][:4]
    return bool(_FROM.match(line)) and sum(bool(_HEAD.match(one)) for one in below) >= 2


def _without_last_quote(lines: list[str]) -> list[str]:
    """Without the quotation at the end, and the line "Am … schrieb …:" above it."""
    end = _last_written(lines)
    if end == len(lines) or not any(line.lstrip().startswith(">") for line in lines[end:]):
        return lines
    first = _attribution(lines, end)
    return lines[:first]


def _last_written(lines: list[str]) -> int:
    """The number of lines up to the last one that is neither quoted nor empty."""
    written = [number for number, line in enumerate(lines) if line.strip() and not line.lstrip().startswith(">")]
    return written[-1] + 1 if written else 0


def _attribution(lines: list[str], end: int) -> int:
    """Where the sentence begins that introduces the quotation below line `end`; it may be broken into three lines."""
    for first in range(end - 1, max(end - 4, -1), -1):
        said = " ".join(line.strip() for line in lines[first:end])
        if _WROTE.search(said) and _BEGAN.match(said):
            return first
        if not lines[first].strip():
            break
    return end
