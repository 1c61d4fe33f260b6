"""The bytes of an attachment as they go out: the ones that were rendered, without metadata, fit for the network.

No adapter reads media by another way. What an adapter may want of its own (a server's limits that are narrower than
the network's) it says in the `MediaRules` that it hands over.
"""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.model import Attachment
from toolkit.networks.base import ReadMedia
from toolkit.networks.mediarules import MediaRules, Refused, media_rules, prepare
from toolkit.pictures import (
    Box,
    Facts,
    Focus,
    PictureError,
    can_clean,
    clean,
    look_inside,
    move_focus,
    prove_readable,
    read_facts,
    sniff,
    write_picture,
)
from toolkit.values import dataclass

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
_ENDINGS: Final = {
    "application/pdf": ".pdf",
    "image/avif": ".avif",
    "image/gif": ".gif",
    "image/heic": ".heic",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "video/webm": ".webm",
}


class MediaError(LeitstandError):
    """A medium is missing, or is not the one that was rendered any more."""


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file as it is sent; the sides in pixels are 0 where they are not known."""

    name: str
    data: bytes
    media_type: str
    width: int = 0
    height: int = 0
    focus: Focus | None = None  # within what is sent, when the author set one


def read_attachment(attachment: Attachment, read_media: ReadMedia) -> MediaFile:
    """The file of `attachment` as it is shown, with its metadata gone; raises `MediaError`.

    For networks that take every size and shape; all others call `fit_attachment`. Only what the author cuts, what
    lies on its side, and what cannot be cleaned otherwise is encoded anew.
    """
    data = _read(attachment, read_media)
    try:
        facts = read_facts(data)
        anew = attachment.crop or facts.orientation != 1 or not can_clean(facts.media_type)
        if facts.media_type.startswith("image/") and anew:
            return _fit(attachment, data, MediaRules())
        return _named(attachment, clean(data))
    except PictureError as error:
        raise _unfit(attachment, data, str(error)) from error


def fit_attachment(attachment: Attachment, read_media: ReadMedia, network: str | MediaRules) -> MediaFile:
    """The file of `attachment` as `network` (a built-in's name, or rules) takes it; raises `MediaError`.

    Cut as the author or the network wants it, made smaller, saved as a type that is taken, where it has to be; a
    picture that fits keeps its pixels, bit by bit. Animations and films are sent as they are or refused. Metadata
    (EXIF, place, XMP, comments, what hides behind the end of the file) never goes out; the colour profile does, and
    how the picture is turned is applied. The same file makes the same bytes with the same Pillow.
    """
    rules = media_rules(network) if isinstance(network, str) else network
    data = _read(attachment, read_media)
    try:
        return _fit(attachment, data, rules)
    except PictureError as error:
        raise _unfit(attachment, data, str(error)) from error


def _fit(attachment: Attachment, data: bytes, rules: MediaRules) -> MediaFile:
    facts = look_inside(data)
    if not facts.media_type and not media_type(attachment.file).startswith(("image/", "video/")):
        return _named(attachment, data)  # a document or sound of a type that is not looked into
    ready = prepare(facts, rules, attachment.crop, attachment.focus)
    if isinstance(ready, Refused):
        raise PictureError(ready.reason)
    if ready.wish is None:
        sent = _named(attachment, clean(data))
        if facts.media_type.startswith("image/"):
            prove_readable(sent.data)
        return replace(sent, width=ready.sides[0], height=ready.sides[1], focus=attachment.focus)
    written = write_picture(data, ready.wish)
    file = _named(attachment, written.data)
    focus = _moved(attachment.focus, facts, ready.wish.box)
    return replace(file, width=written.width, height=written.height, focus=focus)


def _moved(focus: Focus | None, facts: Facts, box: Box) -> Focus | None:
    return None if focus is None else move_focus(focus, (facts.width, facts.height), box)


def _read(attachment: Attachment, read_media: ReadMedia) -> bytes:
    """The bytes that were rendered; raises `MediaError`."""
    try:
        data = read_media(attachment.file)
    except (OSError, LeitstandError) as error:
        raise MediaError(_("{file} cannot be read: {error}").format(file=attachment.file, error=error)) from error
    expected = attachment.sha256.removeprefix("sha256:")
    if expected and hashlib.sha256(data).hexdigest() != expected:
        message = _("{file} changed after it was rendered; plan the post again")
        raise MediaError(message.format(file=attachment.file))
    return data


def _named(attachment: Attachment, data: bytes) -> MediaFile:
    """The file under a name that fits its bytes: what they are counts, not what they are called."""
    path, found = PurePosixPath(attachment.file), sniff(data)
    if not found or media_type(attachment.file) == found:
        return MediaFile(path.name, data, found or media_type(attachment.file))
    return MediaFile(f"{path.stem}{_ENDINGS.get(found, path.suffix)}", data, found)


def _unfit(attachment: Attachment, data: bytes, reason: str) -> MediaError:
    message = _("{file} ({type}, {size} bytes) cannot be sent: {reason}")
    kind = sniff(data) or media_type(attachment.file)
    return MediaError(message.format(file=attachment.file, type=kind, size=len(data), reason=reason))


def media_type(file: str) -> str:
    """The media type that a file's ending stands for."""
    ending = PurePosixPath(file).suffix.lower()
    return TYPES.get(ending) or mimetypes.guess_type(file)[0] or "application/octet-stream"
