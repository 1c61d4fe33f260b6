"""Pictures cut for a person who uploads them: a JPEG of the proportions and the size that a network shows.

And whole pictures made smaller for a page.
"""

from __future__ import annotations

from functools import lru_cache

from toolkit.messages import _
from toolkit.pictures.facts import PictureError
from toolkit.pictures.frame import CENTRE, Focus, Frame, find_box, find_shape, find_sides
from toolkit.pictures.writing import PNG, Picture, Wish, look_inside, write_picture


def crop_picture(data: bytes, frame: Frame, crop: str = "", focus: Focus | None = None) -> Picture:
    """The picture in `data` cut to `crop` (``4:5``), else to the nearest shape that `frame` takes, around `focus`.

    Raises `PictureError` for what is no picture, or one that would fill the memory.
    """
    return _crop(data, frame, crop, focus or CENTRE)


def fit_picture(data: bytes, longest: int, most: int) -> Picture:
    """The whole picture in its own type, upright, its longer side of `longest` pixels, in `most` bytes at the most.

    A PNG may have more bytes: it knows no lower quality, and drawings would blur. Raises `PictureError` for what is no
    picture or an animation, and for one that would fill the memory.
    """
    facts = look_inside(data)
    if facts.animated or not (facts.width and facts.height):
        raise PictureError(_("an animation would stand still; cut it in the program it was made with"))
    scale = min(1.0, longest / max(facts.width, facts.height))
    sides = max(1, round(facts.width * scale)), max(1, round(facts.height * scale))
    kind = facts.media_type
    return write_picture(data, Wish((0, 0, facts.width, facts.height), sides, (kind,), 0 if kind == PNG else most))


# A site that is shown while people write is made again and again from the same pictures.
@lru_cache(maxsize=64)
def _crop(data: bytes, frame: Frame, crop: str, focus: Focus) -> Picture:
    facts = look_inside(data)
    if facts.animated:
        raise PictureError(_("an animation would stand still; cut it in the program it was made with"))
    whole = facts.width or 1, facts.height or 1
    box = find_box(whole, find_shape(whole, frame, crop), focus)
    return write_picture(data, Wish(box, find_sides(box, frame), most=frame.size))
