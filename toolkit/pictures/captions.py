"""Subtitles beside a film: ``film.vtt`` or ``film.srt``, with a language ``film.de.vtt``; read, checked, converted.

Formats: WebVTT (W3C, 2019) and SubRip, which has no standard: numbered cues of a line of times and lines of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.values import dataclass

ENDINGS: Final = (".vtt", ".srt")
MOST: Final = 1_000_000  # bytes; the subtitles of a day are shorter

_CLOCK: Final = r"(?:(\d{1,3}):)?([0-5]\d):([0-5]\d)[.,](\d{3})"
_TIMES: Final = re.compile(rf"\s*{_CLOCK}\s+-->\s+{_CLOCK}(?:\s.*)?")
_LANGUAGE: Final = re.compile(r"(?i)\.([a-z]{2,3}(?:-[a-z0-9]+)*)\.(?:vtt|srt)$")
_ASIDE: Final = ("NOTE", "STYLE", "REGION")


class CaptionsError(LeitstandError):
    """A file of subtitles that no player would read; the sentence names the line."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Lines that are shown from `start` to `end`, in milliseconds."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Captions:
    """Subtitles in one language, "" when the file's name says none."""

    language: str
    cues: tuple[Cue, ...]

    def to_vtt(self) -> str:
        """As WebVTT."""
        return "WEBVTT\n\n" + "\n".join(_written(cue, ".") for cue in self.cues)

    def to_srt(self) -> str:
        """As SubRip."""
        return "\n".join(f"{number}\n{_written(cue, ',')}" for number, cue in enumerate(self.cues, 1))


def caption_names(film: str, language: str = "") -> tuple[str, ...]:
    """The names under which subtitles of `film` may lie beside it, the best first."""
    stem = PurePosixPath(film).with_suffix("")
    languages = (language, language.partition("-")[0]) if language else ()
    names = [f"{stem}.{one}{ending}" for one in languages for ending in ENDINGS]
    return tuple(dict.fromkeys([*names, *(f"{stem}{ending}" for ending in ENDINGS)]))


def read_captions(name: str, data: bytes, seconds: float = 0.0) -> Captions:
    """The subtitles in a file called `name`, of a film of so many seconds (0: not known); raises `CaptionsError`."""
    if len(data) > MOST:
        raise CaptionsError(_("these are no subtitles: the file has {size} bytes").format(size=len(data)))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaptionsError(_("not UTF-8: {error}; save it as UTF-8").format(error=error)) from None
    path, named = PurePosixPath(name), _LANGUAGE.search(name)
    if path.suffix.lower() == ".vtt" and not re.match(r"WEBVTT(?:[ \t\r\n]|\Z)", text):
        raise CaptionsError(_("line 1: a .vtt file begins with WEBVTT"))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cues = tuple(_cues(lines))
    if not cues:
        raise CaptionsError(_("there is no subtitle in it"))
    if seconds and cues[-1].start > seconds * 1000 + 1000:
        message = _("a subtitle begins at {start} s, the film ends at {end} s; do they belong together?")
        raise CaptionsError(message.format(start=cues[-1].start // 1000, end=round(seconds)))
    return Captions(named[1] if named else "", cues)


def _cues(lines: list[str]) -> Iterator[Cue]:
    """The cues, in order; what stands above a line of times (number, name) is not shown."""
    before = 0
    for number, block in _blocks(lines):
        if block[0].startswith((*_ASIDE, "WEBVTT")):
            continue
        at = next((index for index, line in enumerate(block[:2]) if "-->" in line), None)
        if at is None:
            raise CaptionsError(
                _("line {line}: times like 00:00:01,000 --> 00:00:03,500 are missing").format(line=number)
            )
        cue = _cue(number + at, block[at], block[at + 1 :])
        if cue.start < before:
            raise CaptionsError(_("line {line}: begins before the one above it").format(line=number + at))
        before = cue.start
        yield cue


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Lines that stand together, and the number of the first, from 1."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue(number: int, times: str, text: list[str]) -> Cue:
    found = _TIMES.fullmatch(times)
    if found is None:
        raise CaptionsError(_("line {line}: times look like 00:00:01,000 --> 00:00:03,500").format(line=number))
    values = [int(value or 0) for value in found.groups()]
    start, end = (
        ((hours * 60 + minutes) * 60 + seconds) * 1000 + parts
        for hours, minutes, seconds, parts in (values[:4], values[4:])
    )
    if end <= start:
        raise CaptionsError(_("line {line}: ends before it begins").format(line=number))
    return Cue(start, end, "\n".join(line.rstrip() for line in text))


def _written(cue: Cue, point: str) -> str:
    return f"{_clock(cue.start, point)} --> {_clock(cue.end, point)}\n{cue.text}\n"


def _clock(moment: int, point: str) -> str:
    seconds, parts = divmod(moment, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{parts:03}"
