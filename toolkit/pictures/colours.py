"""Pictures of any depth and colour model as what networks show: red, green and blue of eight bits each."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

# Bytes 16 to 19 of a colour profile say which colours it is for (ICC.1:2022, 7.2.6).
_SPACE: Final = slice(16, 20)
_STRIP: Final = 128  # rows of what comes out
_DEEP: Final = ("I;16", "I;16L", "I;16B", "I", "F")


def eight_bits(image: Image) -> tuple[Image, bytes | None]:
    """`image` as RGB, or RGBA where something is transparent, and the colour profile that still fits it."""
    found = image.info.get("icc_profile")
    profile = found if isinstance(found, bytes) else b""
    if image.mode in _DEEP:
        return _shallow(image).convert("RGB"), None
    if image.mode == "CMYK":
        return _from_print(image, profile), None
    fits = profile[_SPACE] == b"RGB "
    mode = "RGBA" if image.has_transparency_data else "RGB"
    return (image if image.mode == mode else image.convert(mode)), profile if fits else None


def on_white(image: Image) -> Image:
    """The picture without transparency; what was transparent is white, as on the networks' own pages."""
    from PIL import Image as Images

    if image.mode != "RGBA":
        return image.convert("RGB")
    ground = Images.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def shrink(image: Image, factor: int) -> Image:
    """A transparent picture by a whole number smaller, strip by strip: Pillow would copy the whole of it first."""
    from PIL import Image as Images

    small = Images.new("RGBA", (-(-image.width // factor), -(-image.height // factor)))
    rows = factor * _STRIP
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(top + rows, image.height)))
        small.paste(strip.reduce(factor), (0, top // factor))
    return small


def _shallow(image: Image) -> Image:
    """16 bits as 8: Pillow's own conversion cuts off whatever is brighter than 255."""
    return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def _from_print(image: Image, profile: bytes) -> Image:
    """Printers' colours as a screen shows them, by the picture's own profile where it has a readable one."""
    from PIL import ImageCms

    if profile[_SPACE] == b"CMYK":
        try:
            screen = ImageCms.createProfile("sRGB")
            seen = ImageCms.profileToProfile(image, io.BytesIO(profile), screen, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            return image.convert("RGB")
        if seen is not None:
            return seen
    return image.convert("RGB")
