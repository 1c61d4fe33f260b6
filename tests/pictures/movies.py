"""Films made of boxes: what a reader looks at is there, the frames are not."""

from __future__ import annotations

import struct


def box(kind: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def film(
    *,
    seconds: float = 4.0,
    sides: tuple[int, int] = (640, 360),
    codec: bytes = b"avc1",
    sound: bool = False,
    turned: bool = False,
    extras: bytes = b"",
) -> bytes:
    """An MP4 of one track with pictures and, with `sound`, one with sound; `extras` are boxes beside the tracks."""
    head = box(b"mvhd", bytes(12) + struct.pack(">II", 1000, int(seconds * 1000)) + bytes(80))
    tracks = _track(b"vide", codec, sides, turned=turned) + (_track(b"soun", b"mp4a", (0, 0)) if sound else b"")
    moov = box(b"moov", head + tracks + extras)
    return box(b"ftyp", b"mp42" + bytes(4) + b"mp42isom") + moov + box(b"mdat", b"frames")


def _track(handler: bytes, codec: bytes, sides: tuple[int, int], *, turned: bool = False) -> bytes:
    one = 0x10000
    matrix = (0, one, 0, -one, 0, 0, 0, 0, 0x40000000) if turned else (one, 0, 0, 0, one, 0, 0, 0, 0x40000000)
    head = box(b"tkhd", bytes(40) + struct.pack(">9i2I", *matrix, sides[0] << 16, sides[1] << 16))
    table = box(b"stbl", box(b"stsd", bytes(4) + struct.pack(">I", 1) + box(codec, bytes(70))))
    return box(b"trak", head + box(b"mdia", box(b"hdlr", bytes(8) + handler + bytes(12)) + box(b"minf", table)))
