"""The facts of any medium, and the medium without metadata: each format by its own module, told by the first bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from toolkit.messages import _
from toolkit.pictures.facts import MOST_BYTES, MOST_PIXELS, Facts, PictureError
from toolkit.pictures.film import clean_film, read_film
from toolkit.pictures.gif import clean_gif, read_gif
from toolkit.pictures.jpeg import clean_jpeg, read_jpeg
from toolkit.pictures.png import clean_png, read_png
from toolkit.pictures.webp import clean_webp, read_webp

_READERS: Final[dict[str, Callable[[bytes], Facts]]] = {
    "image/gif": read_gif,
    "image/jpeg": read_jpeg,
    "image/png": read_png,
    "image/webp": read_webp,
    "video/mp4": read_film,
    "video/quicktime": read_film,
}
_CLEANERS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "image/gif": clean_gif,
    "image/jpeg": clean_jpeg,
    "image/png": clean_png,
    "image/webp": clean_webp,
    "video/mp4": clean_film,
    "video/quicktime": clean_film,
}
_STARTS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
    (b"%PDF-", "application/pdf"),
)
_BRANDS: Final = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
}


def sniff(data: bytes) -> str:
    """The media type that the first bytes tell; "" for anything else."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12], "video/mp4")
    return next((media_type for start, media_type in _STARTS if data.startswith(start)), "")


def read_facts(data: bytes) -> Facts:
    """What `data` is; sides are 0 for formats that only their own library reads. Nothing is unpacked.

    Raises `PictureError` for a damaged file, and for a picture of more than 50 million pixels or 25 million bytes.
    """
    media_type = sniff(data)
    reader = _READERS.get(media_type)
    facts = reader(data) if reader else Facts(media_type, len(data))
    if media_type.startswith("image/"):
        refuse_bomb(facts)
    return facts


def refuse_bomb(facts: Facts) -> None:
    """Raise `PictureError` for what would fill the memory."""
    if facts.width * facts.height > MOST_PIXELS:
        message = _("{width} x {height} pixels are more than anybody shows; at most {most} million are read")
        raise PictureError(message.format(width=facts.width, height=facts.height, most=MOST_PIXELS // 1_000_000))
    if facts.size > MOST_BYTES:
        message = _("the picture has {size} MB; at most {most} MB are read")
        raise PictureError(message.format(size=facts.size // 1_000_000, most=MOST_BYTES // 1_000_000))


def can_clean(media_type: str) -> bool:
    """Whether metadata can be taken out of this type without touching the picture."""
    return media_type in _CLEANERS


def clean(data: bytes) -> bytes:
    """The medium without what is not the picture, the frames untouched; other types as they are.

    Raises `PictureError` for a damaged file.
    """
    cleaner = _CLEANERS.get(sniff(data))
    return cleaner(data) if cleaner else data
