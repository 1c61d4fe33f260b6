from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from tests.pictures.galaxy import (
    HOSTILE,
    SECRET,
    colourful,
    exif,
    gif_of_everything,
    jpeg_of_everything,
    palette_png,
    png_of_everything,
    printers_jpeg,
    profile,
    saved,
    webp_of_everything,
)
from toolkit.pictures import Facts, PictureError, clean, look_inside, read_facts, sniff

SAMPLES = {
    "jpeg": jpeg_of_everything,
    "png": png_of_everything,
    "gif": gif_of_everything,
    "webp": webp_of_everything,
    "moving webp": HOSTILE["webp that moves"],
    "moving png": HOSTILE["png that moves"],
    "palette": palette_png,
    "cmyk": printers_jpeg,
}
SIDES = st.tuples(st.integers(1, 80), st.integers(1, 80))


def frames(data: bytes) -> list[Image.Image]:
    with Image.open(io.BytesIO(data)) as image:
        found = []
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            found.append(image.convert("RGBA"))
        return found


@pytest.mark.parametrize("name", SAMPLES)
def test_cleaning_touches_no_pixel(name: str) -> None:
    """Every frame is what it was, the colour profile stays, the secret is gone, and a second cleaning changes nothing."""
    data = SAMPLES[name]()
    cleaned = clean(data)
    assert SECRET not in cleaned
    before, after = frames(data), frames(cleaned)
    assert len(before) == len(after)
    assert all(
        ImageChops.difference(one, other).getbbox(alpha_only=False) is None
        for one, other in zip(before, after, strict=True)
    )
    with Image.open(io.BytesIO(data)) as old, Image.open(io.BytesIO(cleaned)) as new:
        assert old.info.get("icc_profile") == new.info.get("icc_profile")
        assert old.info.get("loop") == new.info.get("loop")
        assert old.info.get("duration") == new.info.get("duration")
    assert clean(cleaned) == cleaned


@settings(max_examples=60, deadline=None)
@given(
    sides=SIDES,
    format_=st.sampled_from(["JPEG", "PNG", "GIF", "WEBP"]),
    mode=st.sampled_from(["RGB", "L", "RGBA"]),
    orientation=st.integers(1, 8),
)
def test_facts_are_those_of_pillow(sides: tuple[int, int], format_: str, mode: str, orientation: int) -> None:
    """Type, sides, and how the picture is turned are what an independent library reads."""
    mode = "RGB" if format_ == "JPEG" and mode == "RGBA" else mode
    how = {"exif": exif(orientation)} if format_ != "GIF" else {}
    data = saved(colourful(*sides, mode), format_, **how)
    facts = read_facts(data)
    turned = orientation if how else 1
    assert facts == Facts(
        media_type=Image.MIME[format_],
        size=len(data),
        width=sides[1] if turned >= 5 else sides[0],
        height=sides[0] if turned >= 5 else sides[1],
        transparent=facts.transparent,
        orientation=turned,
    )
    if mode == "RGBA" and format_ == "PNG":
        assert facts.transparent


@pytest.mark.parametrize("name", ["gif", "moving webp", "moving png"])
def test_what_moves_is_known_to_move(name: str) -> None:
    """Three frames are an animation; one is not."""
    assert read_facts(SAMPLES[name]()).animated
    assert not read_facts(SAMPLES["webp"]()).animated
    assert not read_facts(SAMPLES["palette"]()).animated


def test_an_avif_is_read_by_its_library() -> None:
    """Its sides stand deep in its boxes; turned ones are upright."""
    data = saved(colourful(80, 60), "AVIF", exif=exif(6))
    assert read_facts(data).width == 0
    facts = look_inside(data)
    assert (facts.width, facts.height, facts.media_type) == (60, 80, "image/avif")


@settings(max_examples=300, deadline=None)
@given(
    name=st.sampled_from(list(SAMPLES)),
    length=st.integers(0, 4000),
    bytes_=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=6),
)
def test_no_bytes_break_the_readers(name: str, length: int, bytes_: list[tuple[int, int]]) -> None:
    """Cut and overwritten files are read or refused with a `PictureError`, never anything else."""
    hurt = bytearray(SAMPLES[name]()[:length])
    for at, byte in bytes_:
        if at < len(hurt):
            hurt[at] = byte
    for step in (read_facts, clean):
        try:
            step(bytes(hurt))
        except PictureError:
            continue


@given(
    st.sampled_from(
        [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBP", b"\0\0\0\x18ftypmp42", b""]
    ),
    st.binary(max_size=300),
)
def test_no_made_up_file_breaks_the_readers(magic: bytes, rest: bytes) -> None:
    """The right first bytes and anything behind them."""
    for step in (read_facts, clean):
        try:
            step(magic + rest)
        except PictureError:
            continue


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"\0\0\0\x1cftypavif", "image/avif"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"\0\0\0\x14ftypqt  ", "video/quicktime"),
        (b"\0\0\0\x18ftypisom", "video/mp4"),
        (b"\x1a\x45\xdf\xa3", "video/webm"),
        (b"%PDF-1.7", "application/pdf"),
        (b"<svg", ""),
    ],
)
def test_types_by_their_first_bytes(head: bytes, media_type: str) -> None:
    """A type is known by its first bytes, not by a name."""
    assert sniff(head) == media_type


def test_the_thumbnail_of_a_jpeg_goes() -> None:
    """It may show what was cut off: the header stays, its little picture does not."""
    data = saved(colourful(20, 20), "JPEG")
    thumbnail = SECRET + bytes(27 - len(SECRET) % 27)
    head = b"JFIF\0\1\1\0\0\1\0\1" + bytes((3, 3)) + (thumbnail * 2)[:27]
    at = 4 + int.from_bytes(data[4:6], "big")
    hidden = data[:2] + b"\xff\xe0" + (len(head) + 2).to_bytes(2, "big") + head + data[at:]
    assert SECRET[:20] in hidden
    assert SECRET[:20] not in clean(hidden)
    assert frames(hidden) == frames(clean(hidden))


def test_a_profile_is_no_metadata() -> None:
    """Colours would change without it."""
    data = saved(colourful(20, 20), "JPEG", icc_profile=profile())
    with Image.open(io.BytesIO(clean(data))) as image:
        assert image.info["icc_profile"] == profile()
