"""A short silent film without a video encoder: Pillow writes an AV1 image sequence, and this room puts it into an MP4.

An AVIF sequence and an MP4 are both ISO base media files (ISO/IEC 14496-12) around the same AV1 samples; only the
header differs: brand, handler (`vide`, not `pict`), durations, and where the samples begin.
"""

from __future__ import annotations

import io
import math
import struct
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.sample.canvas import Canvas
from toolkit.sample.goods import cup, steam
from toolkit.sample.landscapes import aurora, hills, stars
from toolkit.sample.palette import COPPER, DEEP, MINT, NIGHT

if TYPE_CHECKING:
    from PIL.Image import Image

FRAMES: Final = 48
MILLISECONDS: Final = 83  # a frame; about twelve a second, four seconds in all
SIZE: Final = (720, 720)


def film() -> bytes:
    """An MP4 (AV1, no sound): a cup steams below moving northern lights; the end meets the beginning."""
    return make_mp4([_frame(math.tau * index / FRAMES).finished() for index in range(FRAMES)])


def _frame(phase: float) -> Canvas:
    canvas = Canvas(*SIZE, (NIGHT, DEEP))
    stars(canvas, (0, 0, 720, 400), 60, 44)
    aurora(canvas, (-60, -40, 780, 430), strength=1.1, phase=phase)
    hills(canvas, 500, (40, 90, 50, 110, 60), "#173246")
    canvas.box((0, 540, 720, 720), ("#22313b", "#0d1822"))
    canvas.line([(0, 540), (720, 540)], 3, MINT, 0.3)
    cup(canvas, (350, 650), 230, (COPPER, "#6f3018"))
    steam(canvas, (350, 470), 210, 0.8, phase=phase)
    return canvas


def make_mp4(frames: Sequence[Image]) -> bytes:
    """The frames as an MP4. Raises `LeitstandError` when this Pillow cannot write AVIF."""
    from PIL import features

    if not features.check("avif"):
        raise LeitstandError(_("this Pillow cannot write AVIF; install the wheel from the package index"))
    sequence = io.BytesIO()
    frames[0].save(
        sequence, "AVIF", save_all=True, append_images=frames[1:], duration=MILLISECONDS, quality=58, speed=6,
        subsampling="4:2:0", range="limited", max_threads=1,
    )  # fmt: skip
    return _rewrap(sequence.getvalue(), frames[0].size, len(frames) * MILLISECONDS)


def _boxes(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = 0
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        yield kind.decode("ascii"), data[at + 8 : at + length]
        at += length


def _box(kind: str, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4s", len(body) + 8, kind.encode("ascii")) + body


def _inside(data: bytes, *path: str) -> dict[str, bytes]:
    for kind in path:
        data = dict(_boxes(data))[kind]
    return dict(_boxes(data))


def _rewrap(avif: bytes, size: tuple[int, int], duration: int) -> bytes:
    table = _inside(avif, "moov", "trak", "mdia", "minf", "stbl")
    count = struct.unpack_from(">I", table["stsz"], 8)[0]
    lengths = struct.unpack_from(f">{count}I", table["stsz"], 12)
    first = struct.unpack_from(">I", table["stco"], 8)[0]
    samples = avif[first : first + sum(lengths)]
    brand = _box("ftyp", b"isom", bytes(4), b"isomiso2av01mp41")
    header = _moov(table, size, duration, 0)
    # The samples follow the header, whose length does not depend on where they are.
    return brand + _moov(table, size, duration, len(brand) + len(header) + 8) + _box("mdat", samples)


def _moov(table: dict[str, bytes], size: tuple[int, int], duration: int, samples_at: int) -> bytes:
    matrix = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    movie = struct.pack(">5I", 0, 0, 0, 1000, duration) + struct.pack(">IH10x", 0x10000, 0x100) + matrix
    track = struct.pack(">6I", 3, 0, 0, 1, 0, duration) + bytes(16) + matrix
    language = 0x55C4  # "und"
    media = struct.pack(">5I2H", 0, 0, 0, 1000, duration, language, 0)
    kept = [_box(kind, table[kind]) for kind in ("stsd", "stts", "stss", "stsc", "stsz")]
    place = _box("stco", struct.pack(">3I", 0, 1, samples_at))
    source = _box("dinf", _box("dref", struct.pack(">2I", 0, 1), _box("url ", struct.pack(">I", 1))))
    information = _box("minf", _box("vmhd", struct.pack(">I8x", 1)), source, _box("stbl", *kept, place))
    handler = _box("hdlr", bytes(8), b"vide", bytes(12), b"film\0")
    corner = struct.pack(">2I", size[0] << 16, size[1] << 16)
    return _box(
        "moov",
        _box("mvhd", movie, bytes(24), struct.pack(">I", 2)),
        _box("trak", _box("tkhd", track, corner), _box("mdia", _box("mdhd", media), handler, information)),
    )
