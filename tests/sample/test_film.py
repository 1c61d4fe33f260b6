"""The film: AV1 frames by Pillow in an MP4 whose tables lead to exactly those frames."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
from PIL import Image, features

from toolkit.sample.film import FRAMES, MILLISECONDS, SIZE, _boxes, _inside, make_mp4
from toolkit.sample.pictures import FILM

FILE = Path(__file__).parents[2] / "content/media" / FILM

needs_avif = pytest.mark.skipif(not features.check("avif"), reason="this Pillow cannot write AVIF")


def frames() -> list[Image.Image]:
    return [Image.new("RGB", (64, 48), (20 * index, 80, 120)) for index in range(6)]


def sample_lengths(film: bytes) -> tuple[int, ...]:
    sizes = _inside(film, "moov", "trak", "mdia", "minf", "stbl")["stsz"]
    count = struct.unpack_from(">I", sizes, 8)[0]
    return struct.unpack_from(f">{count}I", sizes, 12)


@needs_avif
def test_a_film_is_the_same_every_time() -> None:
    """Two films of the same frames have the same bytes; no clock is in them."""
    assert make_mp4(frames()) == make_mp4(frames())


@needs_avif
def test_the_tables_lead_to_the_frames_that_pillow_made() -> None:
    """The samples of the MP4 are, byte for byte, those of Pillow's own sequence."""
    film = make_mp4(frames())
    start = struct.unpack_from(">I", _inside(film, "moov", "trak", "mdia", "minf", "stbl")["stco"], 8)[0]
    samples = film[start : start + sum(sample_lengths(film))]
    assert samples == dict(_boxes(film))["mdat"]
    sequence = io.BytesIO()
    first, *rest = frames()
    first.save(
        sequence, "AVIF", save_all=True, append_images=rest, duration=MILLISECONDS, quality=58, speed=6,
        subsampling="4:2:0", range="limited", max_threads=1,
    )  # fmt: skip
    assert samples in sequence.getvalue()


def test_the_committed_film_says_how_long_and_how_large_it_is() -> None:
    """An MP4 for video players: brand, handler, four seconds, 720 by 720, one sample a frame."""
    film = FILE.read_bytes()
    assert film[4:12] == b"ftypisom"
    assert _inside(film, "moov", "trak", "mdia")["hdlr"][8:12] == b"vide"
    assert struct.unpack_from(">2I", _inside(film, "moov")["mvhd"], 12) == (1000, FRAMES * MILLISECONDS)
    width, height = struct.unpack(">2I", _inside(film, "moov", "trak")["tkhd"][-8:])
    assert (width >> 16, height >> 16) == SIZE
    assert len(sample_lengths(film)) == FRAMES
