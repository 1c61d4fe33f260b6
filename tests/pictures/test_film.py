from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pictures.galaxy import SECRET
from tests.pictures.movies import box, film
from toolkit.pictures import Facts, PictureError, clean, read_facts


def test_a_film_tells_length_sides_and_codec() -> None:
    """Out of its boxes, without any program."""
    data = film(seconds=12.5, sides=(1280, 720), codec=b"avc1", sound=True)
    assert read_facts(data) == Facts("video/mp4", len(data), 1280, 720, seconds=12.5, codec="h264")


def test_the_sample_film_is_read() -> None:
    """A real one: the workspace's own, silent and a few seconds long."""
    from pathlib import Path

    data = (Path(__file__).parents[2] / "content/media/nordlicht-tasse.mp4").read_bytes()
    facts = read_facts(data)
    assert (facts.width, facts.height, facts.silent) == (720, 720, True)
    assert 1 < facts.seconds < 10
    assert facts.codec


def test_a_film_held_upright_is_upright() -> None:
    """A quarter turn stands in the track's matrix."""
    facts = read_facts(film(sides=(1920, 1080), turned=True))
    assert (facts.width, facts.height) == (1080, 1920)


def test_sound_is_known() -> None:
    """A film without a sound track needs no subtitles."""
    assert read_facts(film(sound=False)).silent
    assert not read_facts(film(sound=True)).silent


def test_place_and_camera_go_and_every_offset_stays() -> None:
    """User data, item metadata and XMP become empty boxes in their place; the frames lie where they lay."""
    extras = box(b"udta", b"\xa9xyz" + SECRET) + box(b"meta", bytes(4) + SECRET)
    data = (
        film(extras=extras)
        + box(b"uuid", bytes(16) + SECRET)
        + struct.pack(">I", 1)
        + b"uuid"
        + struct.pack(">Q", 16 + 40)
        + SECRET.ljust(40)
    )
    cleaned = clean(data)
    assert SECRET in data
    assert SECRET not in cleaned
    assert len(cleaned) == len(data)
    assert cleaned.index(b"mdat") == data.index(b"mdat")
    assert read_facts(cleaned) == read_facts(data)
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize("cut", [12, 40, 200])
def test_half_a_film_is_refused(cut: int) -> None:
    """A box that is longer than the file."""
    with pytest.raises(PictureError, match="cut short"):
        read_facts(film()[:cut])


@given(st.binary(max_size=400), st.integers(0, 300), st.integers(0, 255))
def test_no_bytes_break_the_reader(rest: bytes, at: int, byte: int) -> None:
    """Boxes of made-up sizes, nested or not, are read or refused."""
    hurt = bytearray(film())
    hurt[at] = byte
    for data in (bytes(hurt), b"\0\0\0\x18ftypmp42" + bytes(12) + rest):
        for step in (read_facts, clean):
            try:
                step(data)
            except PictureError:
                continue


def test_boxes_in_boxes_without_end_are_no_trap() -> None:
    """A thousand folders in each other."""
    deep = b""
    for _level in range(1000):
        deep = box(b"trak", deep)
    data = box(b"ftyp", b"mp42\0\0\0\0") + box(b"moov", deep)
    assert read_facts(data).seconds == 0
