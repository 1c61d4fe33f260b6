"""Which colours a picture is made of, and how much of it each one fills."""

from __future__ import annotations

from typing import Final

from toolkit.pictures.colours import eight_bits, on_white, shrink
from toolkit.pictures.writing import look_inside, opened

# A larger picture would say the same, more slowly.
_SIDE: Final = 160
_MOST: Final = 8
_SAME: Final = 6  # of 255, in each of red, green and blue

Share = tuple[tuple[int, int, int], float]


def dominant_colours(data: bytes, most: int = _MOST) -> tuple[Share, ...]:
    """At most `most` colours, as (red, green, blue) with a share from 0 to 1, the largest first; by median cut.

    Of an animation the first picture counts, and what is transparent counts as white. Raises `PictureError` for what
    cannot be read or is larger than anybody shows, and ImportError without Pillow.
    """
    with opened(data, look_inside(data)) as image:
        image.draft(None, (_SIDE, _SIDE))
        image.load()
        part, _profile = eight_bits(image)
        factor = min(part.size) // _SIDE
        if part.mode == "RGBA" and factor > 1:
            part = shrink(part, factor)
        part = on_white(part)
        part.thumbnail((_SIDE, _SIDE))
        few = part.quantize(most)
    table, counts = few.getpalette() or [], few.getcolors() or []
    total = sum(count for count, _index in counts)
    found = [(_entry(table, index), count / total) for count, index in counts if isinstance(index, int)]
    return tuple(_merge(sorted(found, key=lambda share: -share[1])))


def _merge(shares: list[Share]) -> list[Share]:
    """The shares, the largest first, with what median cut split although nobody could tell it apart."""
    kept: dict[tuple[int, int, int], float] = {}
    for rgb, share in shares:
        like = next((one for one in kept if all(abs(a - b) <= _SAME for a, b in zip(one, rgb, strict=True))), rgb)
        kept[like] = kept.get(like, 0.0) + share
    return sorted(kept.items(), key=lambda share: -share[1])


def _entry(table: list[int], index: int) -> tuple[int, int, int]:
    red, green, blue = table[3 * index : 3 * index + 3]
    return red, green, blue
