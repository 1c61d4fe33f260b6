"""Pictures stand in the text of galaxy-social's posts, by their address: out of the text and into the post's media."""

from __future__ import annotations

import re
from typing import Final

from toolkit.values import dataclass

# As galaxy-social finds them; the numbers keep a hostile line from taking hours.
_PICTURE: Final = re.compile(r"!\[((?:(?!\]\().){0,2000}+)\]\(([^)\n]{0,4000}+)\)")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture at an address, and its description."""

    url: str
    alt: str = ""


def take_pictures(text: str) -> tuple[str, tuple[Picture, ...]]:
    """The text without its pictures, and the pictures."""
    found = tuple(Picture(url.strip(), " ".join(alt.split())) for alt, url in _PICTURE.findall(text))
    return _PICTURE.sub("", text).strip(), tuple(picture for picture in found if picture.url)
