"""MP4 and QuickTime films: length, size and codec from their boxes, and the same film without place, camera and author.

Format: ISO/IEC 14496-12 (boxes of a length and a type). What holds metadata is overwritten in its place by an empty
`free` box, so that every offset in the file stays right and no frame is touched.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from toolkit.messages import _
from toolkit.pictures.facts import Facts, PictureError
from toolkit.values import dataclass

_FOLDERS: Final = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})
# User data (with QuickTime's place and camera), item metadata, XMP.
_EXTRAS: Final = frozenset({b"udta", b"meta", b"uuid"})
_CODECS: Final = {
    "avc1": "h264",
    "avc3": "h264",
    "hvc1": "hevc",
    "hev1": "hevc",
    "av01": "av1",
    "vp09": "vp9",
    "vp08": "vp8",
    "mp4v": "mpeg4",
}
# A track header's end: the matrix (36 bytes), width and height as 16.16 numbers.
_TURN: Final = struct.Struct(">9i2I")
_DEPTH: Final = 8


@dataclass(frozen=True, slots=True)
class Box:
    """A box: where it begins, where its content does, where it ends."""

    kind: bytes
    start: int
    inside: int
    end: int


def read_film(data: bytes) -> Facts:
    """The facts of an MP4 or QuickTime film; raises `PictureError`."""
    found = list(boxes(data))
    if not any(box.kind == b"moov" for box in found):
        raise PictureError(_("the film is cut short or damaged; export it again"))
    media_type = "video/quicktime" if data[8:12] == b"qt  " else "video/mp4"
    width, height = max((_sides(data, box) for box in found if box.kind == b"tkhd"), default=(0, 0))
    seconds = max((_seconds(data, box) for box in found if box.kind == b"mvhd"), default=0.0)
    codecs = [codec for box in found if box.kind == b"stsd" if (codec := _codec(data, box))]
    silent = not any(data[box.inside + 8 : box.inside + 12] == b"soun" for box in found if box.kind == b"hdlr")
    codec = next(iter(codecs), "")
    return Facts(media_type, len(data), width, height, seconds=seconds, silent=silent, codec=codec)


def clean_film(data: bytes) -> bytes:
    """The same film without its metadata, of the same length; raises `PictureError`."""
    film = bytearray(data)
    for box in boxes(data):
        if box.kind in _EXTRAS:
            film[box.start + 4 : box.start + 8] = b"free"
            film[box.inside : box.end] = bytes(box.end - box.inside)
    return bytes(film)


def boxes(data: bytes) -> Iterator[Box]:
    """All boxes that may hold facts or metadata, folders before what is in them; raises `PictureError`."""
    return _walk(data, 0, len(data), 0)


def _walk(data: bytes, at: int, end: int, depth: int) -> Iterator[Box]:
    while at + 8 <= end:
        box = _box(data, at, end)
        yield box
        if box.kind in _FOLDERS and depth < _DEPTH:
            yield from _walk(data, box.inside, box.end, depth + 1)
        at = box.end


def _box(data: bytes, at: int, end: int) -> Box:
    size, kind, inside = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], at + 8
    if size == 1:
        size, inside = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
    elif size == 0:  # to the end of the file
        size = end - at
    if size < inside - at or at + size > end:
        raise PictureError(_("the film is cut short or damaged; export it again"))
    return Box(kind, at, inside, at + size)


def _seconds(data: bytes, box: Box) -> float:
    """The length in a movie header; its version 1 has longer numbers."""
    form, at = (">IQ", box.inside + 20) if data[box.inside : box.inside + 1] == b"\1" else (">II", box.inside + 12)
    if at + struct.calcsize(form) > box.end:
        return 0.0
    scale, duration = struct.unpack_from(form, data, at)
    return duration / scale if scale else 0.0


def _sides(data: bytes, box: Box) -> tuple[int, int]:
    """Width and height as they are shown: a track that is turned by a quarter has its sides exchanged."""
    at = box.end - _TURN.size
    if at < box.inside:
        return 0, 0
    first, second, *_matrix, width, height = _TURN.unpack_from(data, at)
    sides = width >> 16, height >> 16
    return sides[::-1] if first == 0 and second else sides


def _codec(data: bytes, box: Box) -> str:
    """The codec of a track with pictures; "" for sound."""
    name = data[box.inside + 12 : box.inside + 16].decode("latin-1")
    return _CODECS.get(name, "")
