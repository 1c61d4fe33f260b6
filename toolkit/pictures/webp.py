"""WebP files: their chunks, read without unpacking the picture, and written again without what is not the picture.

Format: https://developers.google.com/speed/webp/docs/riff_container
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from toolkit.messages import _
from toolkit.pictures.exif import read_orientation
from toolkit.pictures.facts import Facts, PictureError, upright

_KEPT: Final = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_FRAME_HEAD: Final = 16
# Flags of VP8X.
_XMP, _EXIF, _ALPHA = 0x04, 0x08, 0x10


def read_webp(data: bytes) -> Facts:
    """The facts of a WebP; raises `PictureError`."""
    found: dict[bytes, bytes] = {}
    frames = 0
    for name, content in chunks(data):
        found.setdefault(name, content)
        frames += name == b"ANMF"
    orientation = read_orientation(found.get(b"EXIF", b""))
    width, height, transparent = _look(found)
    return Facts(
        "image/webp",
        len(data),
        *upright(width, height, orientation),
        animated=frames > 1,
        transparent=transparent,
        orientation=orientation,
    )


def clean_webp(data: bytes) -> bytes:
    """The same picture, bit by bit, and nothing else; raises `PictureError`."""
    body = b"WEBP" + b"".join(_written(name, _clean(name, content)) for name, content in chunks(data) if name in _KEPT)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each chunk of the file; raises `PictureError` for one that is cut short."""
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise _damaged()
    return _walk(data, 12, end)


def _walk(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    while at + 8 <= end:
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + size > end:
            raise _damaged()
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _look(found: dict[bytes, bytes]) -> tuple[int, int, bool]:
    """Width, height, and whether something is transparent."""
    extended, lossless, lossy = found.get(b"VP8X", b""), found.get(b"VP8L", b""), found.get(b"VP8 ", b"")
    if len(extended) >= 10:
        width, height = (int.from_bytes(extended[at : at + 3], "little") + 1 for at in (4, 7))
        return width, height, bool(extended[0] & _ALPHA)
    if len(lossless) >= 5 and lossless[0] == 0x2F:
        bits = int.from_bytes(lossless[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, bool(bits >> 28 & 1)
    if len(lossy) >= 10 and lossy[3:6] == b"\x9d\x01\x2a":
        width, height = (int.from_bytes(lossy[at : at + 2], "little") & 0x3FFF for at in (6, 8))
        return width, height, False
    raise PictureError(_("the WebP has no picture in it"))


def _clean(name: bytes, content: bytes) -> bytes:
    if name == b"VP8X" and content:
        return bytes((content[0] & ~(_XMP | _EXIF),)) + content[1:]
    if name == b"ANMF":
        inside = _walk(content, _FRAME_HEAD, len(content))
        return content[:_FRAME_HEAD] + b"".join(_written(one, inner) for one, inner in inside if one in _KEPT)
    return content


def _written(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)


def _damaged() -> PictureError:
    return PictureError(_("the picture is cut short or damaged; export it again"))
