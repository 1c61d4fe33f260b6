from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from toolkit.pictures import Frame, PictureError, crop_picture, find_box, find_shape

INSTAGRAM = Frame(width=1440, narrowest=0.8, widest=1.91)
RED, BLUE = (220, 20, 20), (20, 20, 220)
TURNED, MAKER, GPS, LATITUDE = 0x0112, 0x010F, 0x8825, 2


def halves(width: int, height: int, *, format_: str = "PNG", exif: Image.Exif | None = None) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    stream = io.BytesIO()
    image.save(stream, format_, **({"exif": exif} if exif else {}))
    return stream.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def is_near(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(one - other) < 12 for one, other in zip(pixel, colour, strict=True))


@pytest.mark.parametrize(
    ("focus", "colour"), [((0.0, 0.5), RED), ((1.0, 0.5), BLUE), ((0.2, 0.5), RED), ((0.8, 0.5), BLUE)]
)
def test_the_focus_stays_in_the_picture(focus: tuple[float, float], colour: tuple[int, int, int]) -> None:
    """Cut to a narrow shape, the picture shows the half in which the focus lies, and nothing else."""
    picture = crop_picture(halves(1000, 400), Frame(), "1:1", focus)
    image = opened(picture.data)
    assert image.size == (picture.width, picture.height) == (400, 400)
    assert is_near(image.getpixel((40, 200)), colour)
    assert is_near(image.getpixel((360, 200)), colour)


@given(
    width=st.integers(1, 5000),
    height=st.integers(1, 5000),
    shape=st.floats(0.2, 5),
    focus=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_a_box_lies_inside_and_has_its_shape(width: int, height: int, shape: float, focus: tuple[float, float]) -> None:
    """No box leaves the picture, none is empty, one side is the picture's own, and the proportions hold to a pixel."""
    left, top, right, bottom = find_box((width, height), shape, focus)
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert right - left == width or bottom - top == height
    assert abs((right - left) - (bottom - top) * shape) <= max(1.0, shape)


@pytest.mark.parametrize(
    ("size", "crop", "shape"),
    [
        ((1200, 1200), "4:5", 0.8),
        ((1200, 1200), "", 1.0),
        ((1000, 3000), "", 0.8),
        ((3000, 1000), "", 1.91),
        ((1200, 1200), "9:16", 0.8),
        ((1200, 1200), "nonsense", 1.0),
        ((1200, 1200), "4:0", 1.0),
    ],
)
def test_the_network_bounds_the_shape(size: tuple[int, int], crop: str, shape: float) -> None:
    """What the author wants is taken, as far as the network shows it."""
    assert find_shape(size, INSTAGRAM, crop) == pytest.approx(shape)


def test_nothing_but_the_picture_is_in_the_file() -> None:
    """Camera, place and comment are gone, and how the picture was turned has been applied before."""
    exif = Image.Exif()
    exif[TURNED] = 6  # a quarter turn to the right
    exif[MAKER] = "Spycam"
    exif.get_ifd(GPS)[LATITUDE] = (54.0, 19.0, 0.0)
    data = halves(400, 200, format_="JPEG", exif=exif)
    assert b"Spycam" in data
    picture = crop_picture(data, Frame())
    image = opened(picture.data)
    assert image.size == (200, 400)
    assert is_near(image.getpixel((100, 40)), RED)
    assert is_near(image.getpixel((100, 360)), BLUE)
    assert dict(image.getexif()) == {}
    assert b"Spycam" not in picture.data
    assert b"Exif" not in picture.data
    assert not {"exif", "xmp", "comment", "photoshop"} & set(image.info)


def test_a_large_picture_becomes_small_enough() -> None:
    """Neither side is longer than the frame, a small one is not blown up, and the file keeps to its size."""
    noise = Image.effect_noise((1600, 1600), 90)
    stream = io.BytesIO()
    noise.save(stream, "PNG")
    large = crop_picture(stream.getvalue(), Frame(width=1440))
    assert (large.width, large.height) == (1440, 1440)
    limit = len(large.data) // 2
    assert len(crop_picture(stream.getvalue(), Frame(width=1440, size=limit)).data) <= limit
    assert crop_picture(halves(100, 100), Frame(width=1440)).width == 100


def test_what_is_transparent_becomes_white() -> None:
    """A JPEG knows no transparency; black ground would be nobody's wish."""
    image = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    stream = io.BytesIO()
    image.save(stream, "PNG")
    assert is_near(opened(crop_picture(stream.getvalue(), Frame()).data).getpixel((25, 25)), (255, 255, 255))


@pytest.mark.parametrize("data", [b"", b"no picture", b"\xff\xd8\xff\xe0" + bytes(40), halves(200, 200)[:120]])
def test_what_is_no_picture_is_said(data: bytes) -> None:
    """Rubbish and half a file are refused in a sentence."""
    with pytest.raises(PictureError, match=r"read|damaged"):
        crop_picture(data, Frame())


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture with more pixels than Pillow takes for harmless is not unpacked."""
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    with pytest.raises(PictureError, match="cannot be read"):
        crop_picture(halves(31, 37), Frame())


@settings(max_examples=30, deadline=None)
@given(size=st.tuples(st.integers(1, 60), st.integers(1, 60)), focus=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_every_picture_can_be_cut(size: tuple[int, int], focus: tuple[float, float]) -> None:
    """From one pixel on, the result is a JPEG within the network's bounds, as far as whole pixels allow."""
    picture = crop_picture(halves(*size), INSTAGRAM, "4:5", focus)
    image = opened(picture.data)
    assert image.format == "JPEG"
    assert abs(picture.width - 0.8 * picture.height) <= 1
