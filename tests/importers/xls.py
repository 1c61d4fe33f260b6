"""A minimal writer of real XLS files (BIFF8 in a compound file), because LinkedIn exports no other and nobody writes them any more.

Records after [MS-XLS], container after [MS-CFB].
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

SECTOR = 512
Value = str | float


def write_xls(sheets: Mapping[str, Sequence[Sequence[Value]]]) -> bytes:
    """The bytes of a workbook with these sheets."""
    return _container(_workbook(sheets))


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _bof(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _workbook(sheets: Mapping[str, Sequence[Sequence[Value]]]) -> bytes:
    bodies = [_sheet(rows) for rows in sheets.values()]
    names = [name.encode("latin-1") for name in sheets]
    head = _bof(5) + _record(0x0042, struct.pack("<H", 1200))
    at = len(head) + sum(4 + 8 + len(name) for name in names) + 4
    book = head
    for name, body in zip(names, bodies, strict=True):
        book += _record(0x0085, struct.pack("<IBBBB", at, 0, 0, len(name), 0) + name)
        at += len(body)
    return book + _record(0x000A) + b"".join(bodies)


def _sheet(rows: Sequence[Sequence[Value]]) -> bytes:
    width = max(map(len, rows))
    body = _bof(0x10) + _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for down, row in enumerate(rows):
        for right, value in enumerate(row):
            place = struct.pack("<HHH", down, right, 0)
            if isinstance(value, str):
                text = value.encode("utf-16-le")
                body += _record(0x0204, place + struct.pack("<HB", len(value), 1) + text)
            else:
                body += _record(0x0203, place + struct.pack("<d", value))
    return body + _record(0x000A)


def _container(stream: bytes) -> bytes:
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    sectors = len(stream) // SECTOR
    # Sector 0 is the table, sector 1 the directory, the stream follows.
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    if len(table) > SECTOR // 4:
        raise ValueError("a test's workbook is small")
    header = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16
    header += struct.pack(
        "<HHHHHHIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
    )
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1) + _entry("Workbook", 2, 2, len(stream))
    return header + fat + directory.ljust(SECTOR, b"\0") + stream


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    text = name.encode("utf-16-le")
    entry = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return entry + b"\0" * 36 + struct.pack("<IQ", start, size)
