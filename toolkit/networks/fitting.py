"""Pictures as a network that takes their bytes is sent them: cut as the post says, a type it takes, small enough.

What fits as it is keeps every pixel; only what says where and with what it was taken is left out of the file.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePosixPath

from toolkit.messages import _
from toolkit.model import Attachment
from toolkit.networks.mediafile import MediaError, MediaFile
from toolkit.pictures import Frame, PictureError, clean, crop_picture, read_facts


def fit_picture(file: MediaFile, attachment: Attachment, types: Collection[str], most: int = 0) -> MediaFile:
    """`file` as one of `types` in at most `most` bytes (0: any number); raises `MediaError`."""
    try:
        facts = read_facts(file.data)
        if not facts.media_type.startswith("image/"):
            raise MediaError(_("{file} is no picture").format(file=attachment.file))
        fits = facts.media_type in types and not attachment.crop and facts.orientation == 1
        plain = clean(file.data) if fits else b""
        if plain and (not most or len(plain) <= most):
            return MediaFile(file.name, plain, facts.media_type)
        picture = crop_picture(file.data, Frame(width=4096, size=most), attachment.crop, attachment.focus)
    except PictureError as error:
        raise MediaError(f"{attachment.file}: {error}") from error
    return MediaFile(f"{PurePosixPath(file.name).stem}.jpg", picture.data, picture.media_type)
