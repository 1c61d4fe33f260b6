"""Media as Meta's networks take them: pictures cut to the network's shape, as JPEG, without anything but the picture.

Instagram and Threads fetch media from an address, so they have to lie on the company's media host
(``[media_host]`` in leitstand.toml); Facebook takes the bytes. Videos lose their metadata and nothing else.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import Final

from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.model import Answer, Attachment, Outcome
from toolkit.networks.answers import BUSY, NotBegunError, refused
from toolkit.networks.base import Surroundings
from toolkit.networks.limits import limit, read_limits
from toolkit.networks.mediafile import MediaError, media_type, read_attachment
from toolkit.pictures import Frame, PictureError, clean, crop_picture
from toolkit.values import dataclass

JPEG: Final = "image/jpeg"
# What is cut; an animation or a drawing would be lost by it.
CUT: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".avif"})
VIDEOS: Final = frozenset({"video/mp4", "video/quicktime"})


@dataclass(frozen=True, slots=True)
class Sendable:
    """A medium as the network gets it."""

    name: str
    data: bytes
    media_type: str

    @property
    def is_video(self) -> bool:
        return self.media_type in VIDEOS

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def find_frame(network: str) -> Frame:
    """What the network takes of a picture, as far as its limits say."""
    known = {one.name: one.value for one in read_limits(network)}
    return Frame(
        width=known.get("image_width", Frame().width),
        narrowest=known.get("narrowest", 0) / 100,
        widest=known.get("widest", 0) / 100,
        size=known.get("image_size", 0),
    )


def make_sendable(attachment: Attachment, network: str, around: Surroundings, *, videos: bool = True) -> Sendable:
    """The medium, cut where it is a picture; raises `NotBegunError` for what the network does not take."""
    try:
        file = read_attachment(attachment, around.read_media)
    except MediaError as error:
        raise refused(str(error)) from error
    ending = PurePosixPath(file.name).suffix.lower()
    is_video = videos and media_type(attachment.file) in VIDEOS
    if not is_video and ending not in CUT:
        message = _("{file} is {type}, which the network does not take")
        raise refused(message.format(file=attachment.file, type=file.media_type))
    try:
        if is_video:
            return _checked(Sendable(file.name, clean(file.data), file.media_type), limit(network, "video_size"))
        picture = crop_picture(file.data, find_frame(network), attachment.crop, attachment.focus)
    except PictureError as error:
        raise refused(f"{attachment.file}: {error}") from error
    name = f"{PurePosixPath(file.name).stem}.jpg"
    return _checked(Sendable(name, picture.data, JPEG), limit(network, "image_size"))


def put_public(medium: Sendable, around: Surroundings) -> str:
    """The public address of the medium; raises `NotBegunError` while it has none."""
    host = around.media_host
    if host is None:
        message = _("{file} needs a public address; write the table [media_host] into leitstand.toml")
        raise refused(message.format(file=medium.name))
    try:
        return host.put(medium.name, medium.data, medium.media_type)
    except (OSError, LeitstandError) as error:
        # The folder may be on its way to the web server, the storage may be restarting.
        later = around.clock.now() + BUSY
        raise NotBegunError(Answer(Outcome.LATER, reason=str(error), retry_at=later)) from error


def _checked(medium: Sendable, most: int) -> Sendable:
    if len(medium.data) > most:
        message = _("{file} has {size} bytes, the network takes {limit}")
        raise refused(message.format(file=medium.name, size=len(medium.data), limit=most))
    return medium
