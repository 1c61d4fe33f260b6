"""Columns of Arrow out of Python's values. ``pyarrow.array`` would import pandas at its first call: a third of a second."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def text_array(values: Sequence[str]) -> pa.Array:
    """Texts."""
    import pyarrow as pa

    encoded = [value.encode() for value in values]
    ends = array("i", [0])
    end = 0
    for one in encoded:
        end += len(one)
        ends.append(end)
    return pa.StringArray.from_buffers(len(encoded), pa.py_buffer(ends), pa.py_buffer(b"".join(encoded)))


def number_array(values: Sequence[float]) -> pa.Array:
    """Numbers with a fraction."""
    return _plain(array("d", values), "float64")


def whole_array(values: Sequence[int]) -> pa.Array:
    """Whole numbers of 64 bits."""
    return _plain(array("q", values), "int64")


def time_array(micros: Sequence[int | None]) -> pa.Array:
    """Times of UTC without a zone, from microseconds since 1970; None is a gap."""
    import pyarrow as pa

    numbers = array("q", (one or 0 for one in micros))
    gaps = pa.py_buffer(_bits(micros)) if None in micros else None
    return pa.Array.from_buffers(pa.timestamp("us"), len(numbers), [gaps, pa.py_buffer(numbers)])


def _bits(values: Sequence[object]) -> bytearray:
    """A bit for each value that is there, as Arrow keeps them."""
    bits = bytearray((len(values) + 7) // 8)
    for at, value in enumerate(values):
        if value is not None:
            bits[at >> 3] |= 1 << (at & 7)
    return bits


def _plain(values: array[float] | array[int], kind: str) -> pa.Array:
    import pyarrow as pa

    return pa.Array.from_buffers(pa.type_for_alias(kind), len(values), [None, pa.py_buffer(values)])
