"""Putting pictures, documents and films where a post can name them. A failed upload publishes nothing.

LinkedIn hands out an address and a URN, takes the file at the address, and works on it for a while. What was uploaded
is noted under the hash of its bytes and used again after a retry, as long as LinkedIn still has it.
A film goes up in the pieces that LinkedIn asks for; it may be in work for minutes, and then a later try finds it ready.
API: https://learn.microsoft.com/linkedin/marketing/community-management/shares/images-api, …/documents-api, …/videos-api
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from toolkit.messages import _
from toolkit.model import Attachment, Clock, MediaKind
from toolkit.networks.answers import NotBegunError, refused, unreachable
from toolkit.networks.base import Notes, ReadMedia
from toolkit.networks.jsonvalues import fields, items, number, text
from toolkit.networks.linkedin.answers import before_post
from toolkit.networks.linkedin.api import Api, coded
from toolkit.networks.mediafile import MediaError, MediaFile, fit_attachment
from toolkit.values import dataclass
from toolkit.web import Reply, WebError

# Seconds between two looks at a file that LinkedIn is still working on; one minute in all.
WAITS: Final = (0.5, 1, 1.5, 2, 5, 5, 5, 10, 10, 10, 10)
READY: Final = "AVAILABLE"
FAILED: Final = "PROCESSING_FAILED"
UNKNOWN: Final = "UNKNOWN"  # not LinkedIn's word: it does not let us look


@dataclass(frozen=True, slots=True)
class Sort:
    """One of LinkedIn's sorts of media: where it is uploaded, and what it is."""

    path: str
    name: str  # of its URN in LinkedIn's answer
    types: str  # how its media types begin


IMAGE: Final = Sort("/rest/images", "image", "image/")
DOCUMENT: Final = Sort("/rest/documents", "document", "application/")
VIDEO: Final = Sort("/rest/videos", "video", "video/")
SORTS: Final[Mapping[str, Sort]] = {
    MediaKind.PHOTO: IMAGE,
    MediaKind.GRAPHIC: IMAGE,
    MediaKind.DOCUMENT: DOCUMENT,
    MediaKind.VIDEO: VIDEO,
}


@dataclass(frozen=True, slots=True)
class Uploads:
    """Puts files on LinkedIn as `owner`; `sleep` waits between two looks at one that is in work."""

    api: Api
    owner: str
    read_media: ReadMedia
    notes: Notes
    clock: Clock
    sleep: Callable[[float], None]

    def put(self, attachment: Attachment, ends: float) -> str:
        """The URN of the uploaded file; raises `NotBegunError`, also when the clock passes `ends`."""
        sort = SORTS[attachment.kind]
        file = self._read(attachment, sort)
        note = f"upload:{sort.name}:{self.owner}:{hashlib.sha256(file.data).hexdigest()}"
        try:
            urn = self.notes.read(note)
            state = self._state(sort, urn) if urn else ""
            if state in ("", FAILED):
                urn = self._upload(sort, file, ends)
                self.notes.write(note, urn)
                state = self._state(sort, urn)
            self._wait(sort, urn, state, ends)
        except WebError as error:
            raise NotBegunError(unreachable(error, self.clock.now())) from error
        return urn

    def _read(self, attachment: Attachment, sort: Sort) -> MediaFile:
        try:
            file = fit_attachment(attachment, self.read_media, "linkedin")
        except MediaError as error:
            raise refused(str(error)) from error
        if not file.media_type.startswith(sort.types):
            message = _("{file} is {type}, which LinkedIn does not take as {sort}")
            raise refused(message.format(file=attachment.file, type=file.media_type, sort=sort.name))
        return file

    def _upload(self, sort: Sort, file: MediaFile, ends: float) -> str:
        wanted: dict[str, object] = {"owner": self.owner}
        if sort is VIDEO:
            wanted |= {"fileSizeBytes": len(file.data), "uploadCaptions": False, "uploadThumbnail": False}
        reply = self._good(self.api.write(f"{sort.path}?action=initializeUpload", {"initializeUploadRequest": wanted}))
        value = fields(fields(reply.json()).get("value"))
        urn, pieces = text(value, sort.name), list(_pieces(value, file.data))
        if not urn or b"".join(data for _address, data in pieces) != file.data:
            raise refused(_("LinkedIn gave no address to upload {file} to").format(file=file.name))
        replies = [self._put(address, data, file.media_type, ends) for address, data in pieces]
        if sort is VIDEO:
            parts = [reply.headers.get("etag", "").strip('"') for reply in replies]
            body = {"video": urn, "uploadToken": text(value, "uploadToken"), "uploadedPartIds": parts}
            self._good(self.api.write(f"{sort.path}?action=finalizeUpload", {"finalizeUploadRequest": body}))
        return urn

    def _put(self, address: str, data: bytes, media_type: str, ends: float) -> Reply:
        return self._good(self.api.upload(address, data, media_type, max(0.0, ends - self.clock.elapsed())))

    def _good(self, reply: Reply) -> Reply:
        if not reply.ok:
            raise NotBegunError(before_post(reply, self.clock.now(), self.api.said(reply)))
        return reply

    def _state(self, sort: Sort, urn: str) -> str:
        """How far LinkedIn is with a file; "" when it does not have it any more."""
        reply = self.api.ask(f"{sort.path}/{coded(urn)}")
        if reply.status in (404, 410):
            return ""
        if reply.status == 403:
            return UNKNOWN
        return text(self._good(reply).json(), "status") or UNKNOWN

    def _wait(self, sort: Sort, urn: str, state: str, ends: float) -> None:
        """Come back when the file can be used."""
        for wait in WAITS:
            if state in (READY, UNKNOWN, FAILED) or wait > ends - self.clock.elapsed():
                break
            self.sleep(wait)
            state = self._state(sort, urn)
        if state == FAILED:
            raise refused(_("LinkedIn could not read the {sort} that was uploaded").format(sort=sort.name))
        if state not in (READY, UNKNOWN):
            error = TimeoutError(_("LinkedIn is still working on a file; nothing was published"))
            raise NotBegunError(unreachable(error, self.clock.now()))


def _pieces(value: object, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Where each piece of `data` goes; the whole of it where LinkedIn gives one address."""
    if text(value, "uploadUrl"):
        yield text(value, "uploadUrl"), data
    for piece in items(fields(value).get("uploadInstructions")):
        first, last = number(piece, "firstByte"), number(piece, "lastByte")
        if first is not None and last is not None:
            yield text(piece, "uploadUrl"), data[int(first) : int(last) + 1]
