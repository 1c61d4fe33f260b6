"""JPEG files: their segments, read without unpacking the picture, and written again without what is not the picture.

Format: ITU-T T.81, annex B. Kept are the picture, the JFIF header (without its thumbnail), the colour profile (ICC) and
Adobe's marker, without which the colours of CMYK pictures would turn. Everything else an application may have put
there goes: EXIF with place and camera, XMP, IPTC, comments, and whatever follows the end of the picture (a second
picture, a film, a ZIP archive).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from toolkit.messages import _
from toolkit.pictures.exif import read_orientation
from toolkit.pictures.facts import Facts, PictureError, upright
from toolkit.values import dataclass

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
# Markers without a length: TEM and the restart markers.
_BARE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
# Frame headers, which know width and height; C4, C8 and CC are tables.
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JFIF_SIZE: Final = 14  # of the header's content without a thumbnail
# Segments of applications, reserved ones (JPGn) and comments.
_EXTRAS: Final = frozenset({*range(0xE0, 0xF0), *range(0xF0, 0xFE), 0xFE})


@dataclass(frozen=True, slots=True)
class Segment:
    """One marker with its content, and for a scan the compressed picture that follows it."""

    marker: int
    content: bytes
    scan: bytes = b""


def read_jpeg(data: bytes) -> Facts:
    """The facts of a JPEG; raises `PictureError`."""
    frame, orientation = b"", 1
    for segment in segments(data):
        if segment.marker in _FRAMES and not frame:
            frame = segment.content
        elif segment.marker == 0xE1 and segment.content.startswith(b"Exif\0\0"):
            orientation = read_orientation(segment.content)
    if len(frame) < 5:
        raise PictureError(_("the JPEG has no picture in it"))
    sides = upright(int.from_bytes(frame[3:5], "big"), int.from_bytes(frame[1:3], "big"), orientation)
    return Facts("image/jpeg", len(data), *sides, orientation=orientation)


def clean_jpeg(data: bytes) -> bytes:
    """The same picture, bit by bit, and nothing else; raises `PictureError`."""
    return b"\xff\xd8" + b"".join(_written(one) for one in segments(data) if _belongs(one)) + b"\xff\xd9"


def segments(data: bytes) -> Iterator[Segment]:
    """The segments between start and end of the picture; raises `PictureError` for a file that is cut short."""
    at = 2
    while True:
        marker, at = _marker(data, at)
        if marker == _END:
            return
        if marker in _BARE or marker == _START:
            continue
        end = at + int.from_bytes(data[at : at + 2], "big")
        if end > len(data) or end < at + 2:
            raise _short()
        content, at = data[at + 2 : end], end
        if marker == _SCAN:
            at = _scan_end(data, end)
        yield Segment(marker, content, data[end:at])


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """The marker at `at` and where its segment goes on; bytes FF before it are padding."""
    if data[at : at + 1] != b"\xff":
        raise _short()
    while data[at : at + 1] == b"\xff":
        at += 1
    if at >= len(data):
        raise _short()
    return data[at], at + 1


def _scan_end(data: bytes, at: int) -> int:
    """Where the next marker stands that is neither a stuffed byte nor a restart."""
    while (at := data.find(b"\xff", at)) >= 0:
        following = data[at + 1 : at + 2]
        if not following:
            break
        if following[0] not in _BARE and following[0] not in (0x00, 0xFF):
            return at
        at += 1 if following == b"\xff" else 2
    raise _short()


def _belongs(segment: Segment) -> bool:
    match segment.marker:
        case 0xE0:
            return segment.content.startswith(b"JFIF\0") and len(segment.content) >= _JFIF_SIZE
        case 0xE2:
            return segment.content.startswith(b"ICC_PROFILE\0")
        case 0xEE:
            return segment.content.startswith(b"Adobe")
    return segment.marker not in _EXTRAS


def _written(segment: Segment) -> bytes:
    content = segment.content
    if segment.marker == 0xE0:
        content = content[: _JFIF_SIZE - 2] + b"\0\0"  # no thumbnail: it may show what was cut off
    elif segment.marker == 0xEE:
        content = content[:12]
    return bytes((0xFF, segment.marker)) + (len(content) + 2).to_bytes(2, "big") + content + segment.scan


def _short() -> PictureError:
    return PictureError(_("the picture is cut short or damaged; export it again"))
