from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageOps, ImageStat

from tests.pictures.galaxy import colourful, deep_png, exif, noise, palette_png, printers_jpeg, profile, saved
from toolkit.pictures import PictureError, Wish, find_box, look_inside, move_focus, write_picture

PNG, JPEG, WEBP = "image/png", "image/jpeg", "image/webp"


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@settings(max_examples=60, deadline=None)
@given(
    orientation=st.integers(1, 8),
    sides=st.tuples(st.integers(8, 60), st.integers(8, 60)),
    shape=st.sampled_from([0.5, 1.0, 2.0]),
    focus=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_a_turned_picture_is_cut_as_people_see_it(
    orientation: int, sides: tuple[int, int], shape: float, focus: tuple[float, float]
) -> None:
    """Cutting the stored pixels and turning them is what turning the whole and cutting it would be."""
    data = saved(colourful(*sides), "PNG", exif=exif(orientation))
    upright = ImageOps.exif_transpose(opened(data))
    box = find_box(upright.size, shape, focus)
    picture = write_picture(data, Wish(box, (box[2] - box[0], box[3] - box[1]), (PNG,)))
    wanted = upright.crop(box)
    assert opened(picture.data).size == wanted.size
    assert ImageChops.difference(opened(picture.data).convert("RGB"), wanted.convert("RGB")).getbbox() is None


def test_the_same_makes_the_same() -> None:
    """Two writings of one picture are one file, bit by bit."""
    data = saved(colourful(300, 200), "PNG", exif=exif(6))
    wish = Wish((0, 0, 200, 300), (100, 150), (JPEG,), 20_000)
    assert write_picture(data, wish).data == write_picture(data, wish).data


def test_the_first_type_that_is_small_enough_is_taken() -> None:
    """Noise is large as PNG and small as JPEG; without a bound the better type wins."""
    data = saved(noise(400), "PNG")
    box = (0, 0, 400, 400)
    assert write_picture(data, Wish(box, (400, 400), (PNG, JPEG))).media_type == PNG
    small = write_picture(data, Wish(box, (400, 400), (PNG, JPEG), 100_000))
    assert (small.media_type, small.width) == (JPEG, 400)
    assert len(small.data) <= 100_000


def test_what_is_still_too_large_gets_smaller_or_is_refused() -> None:
    """A bound that no quality keeps makes the picture smaller; one that nothing keeps is said."""
    data = saved(noise(900), "PNG")
    tiny = write_picture(data, Wish((0, 0, 900, 900), (900, 900), (JPEG,), 40_000))
    assert len(tiny.data) <= 40_000
    assert tiny.width < 900
    with pytest.raises(PictureError, match="as small as 100 bytes"):
        write_picture(data, Wish((0, 0, 900, 900), (900, 900), (JPEG,), 100))


def test_transparency_stays_where_the_type_has_it() -> None:
    """PNG and WebP keep it, a JPEG is white there, also from a palette."""
    for data in (saved(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG"), palette_png()):
        facts = look_inside(data)
        wish = ((0, 0, facts.width, facts.height), (20, 20))
        for media_type in (PNG, WEBP):
            kept = opened(write_picture(data, Wish(*wish, (media_type,))).data)
            assert kept.convert("RGBA").getchannel("A").histogram()[0] > 0
        assert opened(write_picture(data, Wish(*wish, (JPEG,))).data).mode == "RGB"
    white = opened(
        write_picture(saved(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG"), Wish((0, 0, 40, 40), (20, 20))).data
    )
    assert min(low for low, _high in ImageStat.Stat(white).extrema) > 250


def test_sixteen_bits_keep_their_greys() -> None:
    """From black to white in 64 steps: not everything above a 256th is white."""
    written = opened(write_picture(deep_png(), Wish((0, 0, 64, 16), (64, 16), (PNG,))).data).convert("L")
    assert [written.getpixel((column, 8)) for column in (0, 16, 32, 48, 63)] == [0, 64, 128, 192, 252]


def test_printers_colours_become_screen_colours() -> None:
    """A CMYK picture becomes RGB, and the profile of the one is not hung onto the other."""
    written = opened(write_picture(printers_jpeg(), Wish((0, 0, 64, 64), (64, 64))).data)
    assert written.mode == "RGB"
    assert "icc_profile" not in written.info
    original = colourful(64, 64)
    assert ImageStat.Stat(ImageChops.difference(written, original)).mean[0] < 40


def test_a_profile_stays_only_where_it_fits() -> None:
    """RGB keeps its profile; a profile for greys would break an RGB file."""
    kept = opened(
        write_picture(saved(colourful(40, 40), "PNG", icc_profile=profile()), Wish((0, 0, 40, 40), (20, 20))).data
    )
    assert ImageCms.getProfileName(ImageCms.ImageCmsProfile(io.BytesIO(kept.info["icc_profile"])))
    grey = bytearray(profile())
    grey[16:20] = b"GRAY"
    data = saved(colourful(40, 40, "L"), "PNG", icc_profile=bytes(grey))
    assert "icc_profile" not in opened(write_picture(data, Wish((0, 0, 40, 40), (20, 20))).data).info


def test_a_large_transparent_picture_is_shrunk_in_strips_like_in_one_piece() -> None:
    """The strips leave no seam."""
    image = colourful(1500, 1100, "RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    written = opened(write_picture(saved(image, "PNG"), Wish((0, 0, 1500, 1100), (300, 220), (PNG,))).data)
    wanted = image.resize((300, 220), Image.Resampling.LANCZOS)
    assert (
        max(
            high for _low, high in ImageStat.Stat(ImageChops.difference(written, wanted).crop((4, 4, 290, 210))).extrema
        )
        < 60
    )
    assert max(ImageStat.Stat(ImageChops.difference(written, wanted)).mean) < 2


@given(
    size=st.tuples(st.integers(2, 4000), st.integers(2, 4000)),
    shape=st.floats(0.3, 3),
    focus=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_the_focus_moves_with_the_cut(size: tuple[int, int], shape: float, focus: tuple[float, float]) -> None:
    """In what is left, the focus is the same pixel as before, and always inside."""
    box = find_box(size, shape, focus)
    across, down = move_focus(focus, size, box)
    assert 0 <= across <= 1
    assert 0 <= down <= 1
    assert abs(box[0] + across * (box[2] - box[0]) - focus[0] * size[0]) <= 1
    assert abs(box[1] + down * (box[3] - box[1]) - focus[1] * size[1]) <= 1
