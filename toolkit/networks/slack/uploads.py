"""Uploading pictures before the message that shows them; nobody sees them until then.

An uploaded file is noted by its bytes and used again when the message has to wait. Slack looks at a new file in its
own time, and refuses a message that shows it earlier.
API: https://docs.slack.dev/messaging/working-with-files#uploading_files
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final

from toolkit.messages import _
from toolkit.model import Attachment, Clock
from toolkit.networks.answers import NotBegunError, not_begun, refused, unreachable
from toolkit.networks.base import Notes, ReadMedia
from toolkit.networks.jsonvalues import fields, text
from toolkit.networks.limits import limit
from toolkit.networks.mediafile import MediaError, MediaFile, fit_attachment
from toolkit.networks.slack.api import Said, Slack
from toolkit.values import dataclass

# Seconds between two looks at a file that Slack is still working on.
WAITS: Final = (0.5, 1, 2, 4, 8)
# https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object
SHOWN: Final = frozenset({"image/png", "image/jpeg", "image/gif"})
GONE: Final = frozenset({"file_not_found", "file_deleted"})


@dataclass(frozen=True, slots=True)
class Uploads:
    """Puts pictures into the workspace; `sleep` waits between two looks at one that is in work."""

    slack: Slack
    read_media: ReadMedia
    clock: Clock
    notes: Notes
    sleep: Callable[[float], None]

    def put(self, attachment: Attachment) -> str:
        """Slack's id of the uploaded file; raises `NotBegunError` and `WebError`."""
        file = self._read(attachment)
        name = _name(attachment)
        noted = self.notes.read(name)
        if noted and self._is_ready(noted, attachment):
            return noted
        identity = self._upload(file, attachment.alt)
        self.notes.write(name, identity)
        if not self._is_ready(identity, attachment):
            raise refused(_("the uploaded file is not there"))
        return identity

    def forget(self, attachment: Attachment) -> None:
        """What was uploaded for `attachment` is of no use any more."""
        self.notes.write(_name(attachment), "")

    def _read(self, attachment: Attachment) -> MediaFile:
        try:
            file = fit_attachment(attachment, self.read_media, "slack")
        except MediaError as error:
            raise refused(str(error)) from error
        if file.media_type not in SHOWN:
            message = _("{file} is {type}; a message of Slack shows PNG, JPEG and GIF")
            reason = message.format(file=attachment.file, type=file.media_type)
            raise refused(reason)
        return file

    def _upload(self, file: MediaFile, alt: str) -> str:
        described = {"alt_txt": alt} if 0 < len(alt) <= limit("slack", "upload_alt") else {}
        place = self._must(
            self.slack.ask("files.getUploadURLExternal", filename=file.name, length=str(len(file.data)), **described)
        )
        reply = self.slack.upload(text(place.body, "upload_url"), file.data)
        if reply.status != 200:
            raise NotBegunError(not_begun(reply, self.clock.now(), f"HTTP {reply.status}"))
        identity = text(place.body, "file_id")
        self._must(self.slack.write("files.completeUploadExternal", {"files": [{"id": identity, "title": file.name}]}))
        return identity

    def _is_ready(self, identity: str, attachment: Attachment) -> bool:
        """Whether the file is there, once Slack has looked at it; an app that may not look believes it."""
        for wait in (0, *WAITS):
            if wait:
                self.sleep(wait)
            said = self.slack.ask("files.info", file=identity)
            if said.error in GONE:
                return False
            if said.error == "missing_scope" or text(fields(said.body.get("file")), "mimetype"):
                return True
            if not said.ok:
                self._must(said)
        slow = TimeoutError(_("the server is still working on {file}").format(file=attachment.file))
        raise NotBegunError(unreachable(slow, self.clock.now()))

    def _must(self, said: Said) -> Said:
        if not said.ok:
            raise NotBegunError(said.declined(self.clock.now(), begun=False))
        return said


def _name(attachment: Attachment) -> str:
    """What an upload is noted under: another cut is another upload."""
    manner = hashlib.sha256(repr((attachment.crop, attachment.focus)).encode()).hexdigest()
    return f"slack-file:{attachment.sha256.removeprefix('sha256:')}:{manner[:16]}"
