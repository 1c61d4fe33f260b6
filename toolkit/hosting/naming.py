"""What a public file is called: the SHA-256 of its bytes, with the ending of its type."""

from __future__ import annotations

import hashlib
from typing import Final

from toolkit.errors import LeitstandError

# Only what networks fetch; anything else keeps no ending, so that a web server never takes it for a page.
ENDINGS: Final = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
}


class HostingError(LeitstandError):
    """A medium could not be put where networks can fetch it."""


def public_name(data: bytes, media_type: str, prefix: str = "") -> str:
    """The file's name below the place's address; the same bytes have the same one."""
    return prefix + hashlib.sha256(data).hexdigest() + ENDINGS.get(media_type, "")
