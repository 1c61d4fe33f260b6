"""Pictures written anew: a part of them, in a size, as one of the types that somebody takes, with nothing else in them.

The same bytes and wish make the same bytes again with the same Pillow. Pillow is imported with the first picture.
At most about four bytes for each pixel that is stored are in memory: a JPEG is unpacked no larger than it is needed,
the others are cut and made smaller in one step, and are turned only then.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from toolkit.messages import _
from toolkit.pictures.colours import eight_bits, on_white, shrink
from toolkit.pictures.facts import Facts, PictureError, upright
from toolkit.pictures.frame import Box, Sides, stored_box
from toolkit.pictures.reading import read_facts, refuse_bomb
from toolkit.values import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

JPEG, PNG, WEBP, AVIF = "image/jpeg", "image/png", "image/webp", "image/avif"
# What Pillow may open here: every further format is a further reader of hostile bytes.
FORMATS: Final = {JPEG: "JPEG", PNG: "PNG", "image/gif": "GIF", WEBP: "WEBP", AVIF: "AVIF"}
# Tried from the best on, until the file is small enough; then the picture is made smaller, and again.
_QUALITIES: Final = (92, 85, 75, 60, 45)
_ORIENTATION: Final = 0x0112  # AVIF's own boxes for it are read by Pillow as this EXIF tag
_SMALLER: Final = 0.75
_LEAST: Final = 64  # pixels; a picture whose longer side is shorter is not made smaller
_PLENTY: Final = 4_000_000  # pixels; more are not worth the time to find the smallest file


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be made of a picture."""

    box: Box  # of the upright picture
    sides: Sides  # of the result
    types: tuple[str, ...] = (JPEG,)  # the first that is small enough is taken
    most: int = 0  # bytes; 0 for any


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it was written, its size in pixels."""

    data: bytes
    width: int
    height: int
    media_type: str = JPEG


def look_inside(data: bytes) -> Facts:
    """`read_facts`, with the sides also of a type that only Pillow reads (AVIF); raises `PictureError`."""
    facts = read_facts(data)
    if facts.width or facts.media_type not in FORMATS:
        return facts
    with opened(data, facts) as image:
        turn = image.getexif().get(_ORIENTATION, 1)
        orientation = turn if isinstance(turn, int) and 1 <= turn <= 8 else 1
        sides = upright(*image.size, orientation)
        looked = Facts(facts.media_type, facts.size, *sides, animated=_moves(image), orientation=orientation)
    refuse_bomb(looked)
    return looked


def prove_readable(data: bytes) -> None:
    """Raise `PictureError` unless the first picture in `data` can be unpacked to its end."""
    with opened(data, read_facts(data)) as image:
        image.draft(None, (1, 1))
        image.load()


def write_picture(data: bytes, wish: Wish) -> Picture:
    """What `wish` says of the picture in `data`; raises `PictureError` for what is no picture, or cannot be so small."""
    facts = look_inside(data)
    with opened(data, facts) as image:
        part, profile = _part(image, facts, wish)
    while True:
        for media_type in wish.types:
            for written in _encodings(part, media_type, profile):
                if not wish.most or len(written) <= wish.most:
                    return Picture(written, *part.size, media_type)
        if max(part.size) * _SMALLER < _LEAST:
            message = _("the picture cannot be made as small as {most} bytes")
            raise PictureError(message.format(most=wish.most))
        part = part.resize((max(1, int(part.width * _SMALLER)), max(1, int(part.height * _SMALLER))))


@contextmanager
def opened(data: bytes, facts: Facts) -> Iterator[ImageFile]:
    """The picture, not unpacked yet; whatever goes wrong with it is a `PictureError`."""
    from PIL import Image

    name = FORMATS.get(facts.media_type)
    if name is None:
        raise PictureError(_("the picture cannot be read; save it as JPEG or PNG"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[name]) as image:
                # The bounds were kept by what the header says; a picture in the file may say more.
                refuse_bomb(Facts(facts.media_type, facts.size, *image.size))
                yield image
    # Pillow's readers raise more than they promise for bytes that were made to break them.
    except (ArithmeticError, EOFError, LookupError, MemoryError, OSError, SyntaxError, TypeError, ValueError) as error:
        raise PictureError(_("the picture cannot be read: {error}").format(error=error)) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError(_("the picture cannot be read: {error}").format(error=error)) from error


def _part(image: ImageFile, facts: Facts, wish: Wish) -> tuple[Image, bytes | None]:
    """The wished part in its size, upright, of eight bits a colour; and its colour profile, where one fits."""
    from PIL import Image as Images

    part: Image
    whole = facts.width, facts.height
    quarter = facts.orientation >= 5
    box, sides = stored_box(wish.box, whole, facts.orientation), wish.sides[::-1] if quarter else wish.sides
    stored = image.size
    scale = min(sides[0] / (box[2] - box[0]), sides[1] / (box[3] - box[1]))
    image.draft(None, (max(1, int(stored[0] * scale)), max(1, int(stored[1] * scale))))
    image.load()
    shrunk = image.size[0] / stored[0], image.size[1] / stored[1]
    inside = (box[0] * shrunk[0], box[1] * shrunk[1], box[2] * shrunk[0], box[3] * shrunk[1])
    part, profile = eight_bits(image)
    factor = int(min((inside[2] - inside[0]) / sides[0], (inside[3] - inside[1]) / sides[1]))
    if part.mode == "RGBA" and factor > 1:
        part = shrink(part, factor)
        inside = (inside[0] / factor, inside[1] / factor, inside[2] / factor, inside[3] / factor)
    if inside != (0, 0, *part.size) or sides != part.size:
        part = part.resize(sides, Images.Resampling.LANCZOS, box=inside, reducing_gap=2.0)
    methods = Images.Transpose
    turns = {
        2: methods.FLIP_LEFT_RIGHT,
        3: methods.ROTATE_180,
        4: methods.FLIP_TOP_BOTTOM,
        5: methods.TRANSPOSE,
        6: methods.ROTATE_270,
        7: methods.TRANSVERSE,
        8: methods.ROTATE_90,
    }
    return (part.transpose(turns[facts.orientation]) if facts.orientation in turns else part.copy()), profile


def _encodings(image: Image, media_type: str, profile: bytes | None) -> Iterator[bytes]:
    """The picture as that type, from the best quality on."""
    # `info` of what was opened would carry comments and metadata along.
    image.info.clear()
    quick = image.width * image.height > _PLENTY
    match media_type:
        case "image/png":
            yield _saved(image, "PNG", compress_level=3 if quick else 6, icc_profile=profile)
        case "image/webp" | "image/avif":
            for quality in _QUALITIES:
                yield _saved(image, FORMATS[media_type], quality=quality, method=2, icc_profile=profile)
        case _:
            flat = on_white(image)
            for quality in _QUALITIES:
                yield _saved(flat, "JPEG", quality=quality, optimize=True, progressive=not quick, icc_profile=profile)


def _saved(image: Image, name: str, **how: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, name, **{key: value for key, value in how.items() if value is not None})
    return stream.getvalue()


def _moves(image: ImageFile) -> bool:
    return bool(getattr(image, "is_animated", False))
