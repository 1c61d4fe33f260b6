"""What is known of a medium from its bytes alone, and the error for bytes of which nothing can be known."""

from __future__ import annotations

from typing import Final

from toolkit.errors import LeitstandError
from toolkit.values import dataclass

# More is taken for an attack or a mistake: no network shows it, and unpacked it would fill the memory.
MOST_PIXELS: Final = 50_000_000
MOST_BYTES: Final = 25_000_000


class PictureError(LeitstandError):
    """The bytes are no picture that can be read, cut or sent."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the bytes of a picture, film or document say of themselves; 0 and "" where they do not."""

    media_type: str
    size: int  # bytes
    width: int = 0  # pixels, as it is shown: what is stored lying down and shown upright is upright
    height: int = 0
    animated: bool = False
    transparent: bool = False
    orientation: int = 1  # EXIF's 1 (stored as it is shown) to 8
    seconds: float = 0.0
    silent: bool = False  # a film that is known to have no sound
    codec: str = ""  # of the film: h264, hevc, av1, vp9 …

    @property
    def shape(self) -> float:
        """Width divided by height; 0 when it is not known."""
        return self.width / self.height if self.height else 0.0


def upright(width: int, height: int, orientation: int) -> tuple[int, int]:
    """The sides as they are shown; the EXIF orientations 5 to 8 are a quarter turn."""
    return (height, width) if orientation >= 5 else (width, height)
