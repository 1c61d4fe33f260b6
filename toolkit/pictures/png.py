"""PNG files: their chunks, read without unpacking the picture, and written again without what is not the picture.

Format: PNG Specification, Third Edition (W3C, 2025). Kept are the picture, its animation, and what says how its colours
are meant; texts, times, EXIF and private chunks go, and so does what follows the end of the file.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from toolkit.messages import _
from toolkit.pictures.exif import read_orientation
from toolkit.pictures.facts import Facts, PictureError, upright

MAGIC: Final = b"\x89PNG\r\n\x1a\n"
_KEPT: Final = frozenset(
    b"IHDR PLTE IDAT IEND tRNS bKGD cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI pHYs acTL fcTL fdAT".split()
)
_WITH_ALPHA: Final = frozenset({4, 6})


def read_png(data: bytes) -> Facts:
    """The facts of a PNG; raises `PictureError`."""
    found = dict(chunks(data))
    header = found.get(b"IHDR", b"")
    if len(header) != 13 or b"IDAT" not in found:
        raise PictureError(_("the PNG has no picture in it"))
    orientation = read_orientation(found.get(b"eXIf", b""))
    sides = upright(int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big"), orientation)
    return Facts(
        "image/png",
        len(data),
        *sides,
        animated=int.from_bytes(found.get(b"acTL", b"")[:4], "big") > 1,
        transparent=header[9] in _WITH_ALPHA or b"tRNS" in found,
        orientation=orientation,
    )


def clean_png(data: bytes) -> bytes:
    """The same picture, bit by bit, and nothing else; raises `PictureError`."""
    return MAGIC + b"".join(_written(name, content) for name, content in chunks(data) if name in _KEPT)


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each chunk up to the end; raises `PictureError` for a file that is damaged."""
    at, name = len(MAGIC), b""
    while name != b"IEND":
        size = int.from_bytes(data[at : at + 4], "big")
        name, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        checksum = data[at + 8 + size : at + 12 + size]
        if len(checksum) != 4 or zlib.crc32(content, zlib.crc32(name)) != int.from_bytes(checksum, "big"):
            raise PictureError(_("the picture is cut short or damaged; export it again"))
        yield name, content
        at += 12 + size


def _written(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(content, zlib.crc32(name))
    return len(content).to_bytes(4, "big") + name + content + checksum.to_bytes(4, "big")
