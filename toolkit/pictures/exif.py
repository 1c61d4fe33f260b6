"""The one thing of a picture's EXIF block that is of use: how the picture is turned.

Format: TIFF 6.0, section 2 (image file directory); the tag is Exif 2.3, 4.6.4 A (Orientation).
"""

from __future__ import annotations

import struct
from typing import Final

_TAG: Final = 0x0112
_ORDERS: Final = {b"II*\0": "<", b"MM\0*": ">"}


def read_orientation(block: bytes) -> int:
    """1 (as stored) to 8; 1 for a block that says nothing, or nothing that makes sense."""
    block = block.removeprefix(b"Exif\0\0")
    order = _ORDERS.get(block[:4])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", block, 4)
        (entries,) = struct.unpack_from(f"{order}H", block, start)
        for index in range(entries):
            tag, kind, count, value = struct.unpack_from(f"{order}HHIH", block, start + 2 + 12 * index)
            if (tag, kind, count) == (_TAG, 3, 1):
                return int(value) if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1
