from __future__ import annotations

import io

import pytest
from PIL import Image

from toolkit.pictures import PictureError, dominant_colours

FJORD, COPPER = (43, 103, 119), (168, 78, 40)


def stripes(kind: str, mode: str = "RGB", size: tuple[int, int] = (400, 300)) -> bytes:
    """Three quarters fjord, the rest copper."""
    image = Image.new(mode, size, FJORD)
    image.paste(COPPER, (0, 0, size[0] // 4, size[1]))
    stream = io.BytesIO()
    image.save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_colours_and_their_shares_are_found(kind: str) -> None:
    """The two colours of a picture fill it by three quarters and one, in every format."""
    found = dominant_colours(stripes(kind))
    big = [share for rgb, share in found if all(abs(a - b) < 12 for a, b in zip(rgb, FJORD, strict=True))]
    small = [share for rgb, share in found if all(abs(a - b) < 12 for a, b in zip(rgb, COPPER, strict=True))]
    assert sum(big) == pytest.approx(0.75, abs=0.04)
    assert sum(small) == pytest.approx(0.25, abs=0.04)
    assert sum(share for _rgb, share in found) == pytest.approx(1)
    assert found[0][1] == max(share for _rgb, share in found)


def test_what_is_transparent_is_white() -> None:
    """As on the networks' own pages."""
    image = Image.new("RGBA", (1200, 900), (0, 0, 0, 0))
    stream = io.BytesIO()
    image.save(stream, "PNG")
    assert dominant_colours(stream.getvalue()) == (((255, 255, 255), 1.0),)


def test_a_bomb_is_refused_unopened() -> None:
    """A file of some kilobytes that would be gigabytes in memory is a problem, not a crash."""
    stream = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(stream, "PNG")
    with pytest.raises(PictureError, match="pixels"):
        dominant_colours(stream.getvalue())


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"%PDF-1.7", stripes("PNG")[:200]])
def test_what_is_no_picture_says_so(data: bytes) -> None:
    """Nothing, half of something and something else."""
    with pytest.raises(PictureError):
        dominant_colours(data)
