"""Pictures cut to what a network shows: its proportions, its size, and nothing in the file but the picture.

Where the picture was taken, with which camera and when (EXIF, GPS, XMP, IPTC) is left out, because whoever gets the
file may put it anywhere; how it is turned is applied before. Pillow is imported when the first picture is cut.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from toolkit.errors import LeitstandError
from toolkit.messages import _

if TYPE_CHECKING:
    from PIL.Image import Image

Focus = tuple[float, float]  # 0..1 from the left, from the top
CENTRE: Final[Focus] = (0.5, 0.5)
# Tried from the best on, until the file is small enough.
_QUALITIES: Final = (92, 85, 75, 60, 45)


class PictureError(LeitstandError):
    """The bytes are no picture that can be cut."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a network takes of a picture; 0 stands for "any"."""

    width: int = 2048  # pixels, of the longer side
    narrowest: float = 0.0  # width divided by height
    widest: float = 0.0
    size: int = 0  # bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG that was cut, its size in pixels."""

    data: bytes
    width: int
    height: int


def crop_picture(data: bytes, frame: Frame, crop: str = "", focus: Focus | None = None) -> Picture:
    """The picture in `data` cut to `crop` (``4:5``), else to the nearest shape that `frame` takes, around `focus`.

    Raises `PictureError` for what is no picture, or one that would fill the memory.
    """
    return _crop(data, frame, crop, focus or CENTRE)


# A site that is shown while people write is made again and again from the same pictures.
@lru_cache(maxsize=64)
def _crop(data: bytes, frame: Frame, crop: str, focus: Focus) -> Picture:
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as opened:
                whole = ImageOps.exif_transpose(opened)
                profile = opened.info.get("icc_profile")
                cut = _on_white(whole).crop(find_box(whole.size, find_shape(whole.size, frame, crop), focus))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError(_("the picture cannot be read: {error}").format(error=error)) from error
    cut.thumbnail((frame.width, frame.width), Image.Resampling.LANCZOS)
    return Picture(_write(cut, frame.size, profile if isinstance(profile, bytes) else None), *cut.size)


def find_shape(size: tuple[int, int], frame: Frame, crop: str) -> float:
    """Width divided by height of what will be left: of `crop`, else of the picture, within the frame's bounds."""
    width, height = size
    left, _colon, right = crop.partition(":")
    wanted = int(left) / int(right) if left.isdigit() and right.isdigit() and int(right) else width / height
    wanted = max(wanted, frame.narrowest)
    return min(wanted, frame.widest) if frame.widest else wanted


def find_box(size: tuple[int, int], shape: float, focus: Focus) -> tuple[int, int, int, int]:
    """The largest box of that shape inside `size` whose middle is as near to `focus` as the edges let it."""
    width, height = size
    inner_width = max(1, min(width, round(height * shape)))
    inner_height = max(1, min(height, round(width / shape)))
    left = round(min(max(focus[0] * width - inner_width / 2, 0), width - inner_width))
    top = round(min(max(focus[1] * height - inner_height / 2, 0), height - inner_height))
    return left, top, left + inner_width, top + inner_height


def _on_white(image: Image) -> Image:
    """The picture in red, green and blue; what was transparent is white, as on the networks' own pages."""
    from PIL import Image as Images

    if not image.has_transparency_data:
        return image.convert("RGB")
    whole = image.convert("RGBA")
    ground = Images.new("RGBA", whole.size, "white")
    return Images.alpha_composite(ground, whole).convert("RGB")


def _write(image: Image, most: int, profile: bytes | None) -> bytes:
    """As a JPEG of at most `most` bytes, where one of the qualities gets there; the best picture otherwise."""
    # A fresh image: `info` of the opened one would carry comments and metadata along.
    image.info.clear()
    data = b""
    for quality in _QUALITIES:
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=quality, optimize=True, progressive=True, icc_profile=profile)
        data = stream.getvalue()
        if not most or len(data) <= most:
            break
    return data
