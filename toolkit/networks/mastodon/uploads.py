"""Uploading media before the status that shows them. A failed upload publishes nothing.

What was uploaded is noted and used again when the status has to wait; a server that has thrown it away, or shows it
in a status already, gets it anew.

API: https://docs.joinmastodon.org/methods/media/#v2
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import field, replace
from typing import Final

from toolkit.messages import _
from toolkit.model import Attachment, Clock
from toolkit.networks.answers import NotBegunError, not_begun, refused, unreachable
from toolkit.networks.base import Memory, Notes, ReadMedia
from toolkit.networks.jsonvalues import text
from toolkit.networks.mastodon.api import Api, said
from toolkit.networks.mastodon.instance import Limits, refuse_file
from toolkit.networks.mediafile import MediaError, MediaFile, fit_attachment
from toolkit.networks.mediarules import MediaRules, media_rules
from toolkit.values import dataclass
from toolkit.web import Reply, Upload, WebError

# Seconds between two looks at a medium that the server is still working on; one minute in all.
WAITS: Final = (0.5, 1, 1.5, 2, 5, 5, 5, 10, 10, 10, 10)
# https://docs.joinmastodon.org/methods/media/: 200 ready, 206 and 202 still in work.
IN_WORK: Final = frozenset({202, 206})


@dataclass(frozen=True, slots=True)
class Uploads:
    """Puts files on the server; `sleep` waits between two looks at one that is in work."""

    api: Api
    read_media: ReadMedia
    clock: Clock
    sleep: Callable[[float], None]
    notes: Notes = field(default_factory=Memory)

    def put(self, attachment: Attachment, limits: Limits, ends: float) -> str:
        """The server's id of the uploaded file; raises `NotBegunError`, also when the clock passes `ends`."""
        file = self._read(attachment, limits)
        try:
            noted = self._noted(attachment, ends)
            identity = noted or self._upload(file, attachment, ends)
        except WebError as error:
            raise NotBegunError(unreachable(error, self.clock.now())) from error
        self.notes.write(_name(attachment), identity)
        return identity

    def forget(self, attachments: Iterable[Attachment]) -> None:
        """The media are shown now, and no other status can show the same upload."""
        for attachment in attachments:
            self.notes.write(_name(attachment), "")

    def _noted(self, attachment: Attachment, ends: float) -> str:
        """The id of an earlier upload that is still there; "" when there is none."""
        identity = self.notes.read(_name(attachment))
        if not identity:
            return ""
        reply = self.api.ask(f"/api/v1/media/{identity}")
        return self._ready(reply, attachment, ends) if reply.status in (200, *IN_WORK) else ""

    def _upload(self, file: MediaFile, attachment: Attachment, ends: float) -> str:
        form = {"description": attachment.alt} if attachment.alt else {}
        if file.focus is not None:
            form["focus"] = focus(file.focus)
        upload: Upload = file.name, file.data, file.media_type
        reply = self.api.upload("/api/v2/media", upload, form, self._left(ends))
        if reply.status in (404, 405):
            reply = self.api.upload("/api/v1/media", upload, form, self._left(ends))
        return self._ready(reply, attachment, ends)

    def _left(self, ends: float) -> float:
        return max(0.0, ends - self.clock.elapsed())

    def _read(self, attachment: Attachment, limits: Limits) -> MediaFile:
        try:
            file = fit_attachment(attachment, self.read_media, narrowed(limits))
        except MediaError as error:
            raise refused(str(error)) from error
        reason = refuse_file(attachment.file, len(file.data), file.media_type, limits)
        if reason:
            raise refused(reason)
        return file

    def _ready(self, reply: Reply, attachment: Attachment, ends: float) -> str:
        """Wait until the server has looked at the medium."""
        self._must_be(reply, 200, 201, *IN_WORK)
        identity = text(reply.json(), "id")
        if not identity:
            raise refused(_("the server gave the medium no id"))
        for wait in WAITS:
            if reply.status not in IN_WORK or wait > self._left(ends):
                break
            self.sleep(wait)
            reply = self.api.ask(f"/api/v1/media/{identity}")
        if reply.status in IN_WORK:
            error = TimeoutError(_("the server is still working on {file}").format(file=attachment.file))
            raise NotBegunError(unreachable(error, self.clock.now()))
        self._must_be(reply, 200, 201)
        return identity

    def _must_be(self, reply: Reply, *statuses: int) -> None:
        if reply.status not in statuses:
            raise NotBegunError(not_begun(reply, self.clock.now(), said(reply)))


def narrowed(limits: Limits) -> MediaRules:
    """The usual rules with what this server says of itself; it decides."""
    usual = media_rules("mastodon")
    types = tuple(sorted(limits.media_types))
    size = limits.image_bytes or usual.frame.size
    return replace(
        usual,
        image_types=tuple(one for one in types if one.startswith("image/")) or usual.image_types,
        frame=replace(usual.frame, size=size),
        video_types=tuple(one for one in types if one.startswith("video/")) or usual.video_types,
        video_size=limits.video_bytes or usual.video_size,
    )


def _name(attachment: Attachment) -> str:
    """What an upload is noted under: another alt text, cut or focal point is another upload."""
    manner = hashlib.sha256(repr((attachment.alt, attachment.crop, attachment.focus)).encode()).hexdigest()
    return f"mastodon-media:{attachment.sha256.removeprefix('sha256:')}:{manner[:16]}"


def focus(point: tuple[float, float]) -> str:
    """The focal point as the API wants it: -1 to 1 from left to right and from bottom to top."""
    left, top = point
    return f"{2 * left - 1:.3f},{1 - 2 * top:.3f}"
