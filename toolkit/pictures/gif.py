"""GIF files: their blocks, read without unpacking the pictures, and written again without comments and metadata.

Format: GIF89a (CompuServe, 1990). How often an animation repeats is an application's block and stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from toolkit.messages import _
from toolkit.pictures.facts import Facts, PictureError

_PICTURE, _EXTENSION, _END = 0x2C, 0x21, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF
_LOOPS: Final = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_HEAD: Final = 13


def read_gif(data: bytes) -> Facts:
    """The facts of a GIF; raises `PictureError`."""
    pictures, transparent = 0, False
    for kind, block in blocks(data):
        pictures += kind == _PICTURE
        transparent |= kind == _EXTENSION and block[1] == _CONTROL and bool(block[3] & 1)
    if not pictures:
        raise PictureError(_("the GIF has no picture in it"))
    width, height = (int.from_bytes(data[at : at + 2], "little") for at in (6, 8))
    return Facts("image/gif", len(data), width, height, animated=pictures > 1, transparent=transparent)


def clean_gif(data: bytes) -> bytes:
    """The same pictures and their timing, bit by bit, and nothing else; raises `PictureError`."""
    kept = b"".join(block for kind, block in blocks(data) if _belongs(kind, block))
    return data[: _first_block(data)] + kept + bytes((_END,))


def blocks(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and bytes of each block up to the end; raises `PictureError` for a file that is cut short."""
    at = _first_block(data)
    while at < len(data) and data[at] != _END:
        kind, start = data[at], at
        if kind == _PICTURE and at + 10 <= len(data):
            at += 11 + _table_size(data[at + 9])  # the byte after the table is the code size
        elif kind == _EXTENSION:
            at += 2
        else:
            raise _damaged()
        at = _blocks_end(data, at)
        if kind != _EXTENSION or at - start >= 4:
            yield kind, data[start:at]
    if at >= len(data):
        raise _damaged()


def _first_block(data: bytes) -> int:
    if len(data) < _HEAD:
        raise _damaged()
    return _HEAD + _table_size(data[10])


def _table_size(flags: int) -> int:
    """Bytes of the colour table that `flags` announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(data: bytes, at: int) -> int:
    """Behind the chain of sub-blocks that begins at `at`."""
    while at < len(data) and data[at]:
        at += data[at] + 1
    if at >= len(data):
        raise _damaged()
    return at + 1


def _belongs(kind: int, block: bytes) -> bool:
    if kind == _PICTURE or block[1] == _CONTROL:
        return True
    return block[1] == _APPLICATION and block[3:14] in _LOOPS


def _damaged() -> PictureError:
    return PictureError(_("the picture is cut short or damaged; export it again"))
