"""The bytes of an attachment, checked to be the ones that were rendered, with their media type."""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.model import Attachment
from toolkit.networks.base import ReadMedia

# Python's own table depends on its release and on the system; these are what posts carry.
TYPES: Final = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".heic": "image/heic",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".m4a": "audio/mp4",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webm": "video/webm",
    ".webp": "image/webp",
}


class MediaError(LeitstandError):
    """A medium is missing, or is not the one that was rendered any more."""


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file as it is sent."""

    name: str
    data: bytes
    media_type: str


def read_attachment(attachment: Attachment, read_media: ReadMedia) -> MediaFile:
    """The file of `attachment`; raises `MediaError`."""
    try:
        data = read_media(attachment.file)
    except (OSError, LeitstandError) as error:
        raise MediaError(_("{file} cannot be read: {error}").format(file=attachment.file, error=error)) from error
    expected = attachment.sha256.removeprefix("sha256:")
    if expected and hashlib.sha256(data).hexdigest() != expected:
        message = _("{file} changed after it was rendered; plan the post again")
        raise MediaError(message.format(file=attachment.file))
    return MediaFile(PurePosixPath(attachment.file).name, data, media_type(attachment.file))


def media_type(file: str) -> str:
    """The media type that a file's ending stands for."""
    ending = PurePosixPath(file).suffix.lower()
    return TYPES.get(ending) or mimetypes.guess_type(file)[0] or "application/octet-stream"
