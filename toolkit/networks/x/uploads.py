"""Uploading media before the post that shows them: announced, sent in pieces, finished, described.

A failed upload publishes nothing. What was uploaded is noted under the hash of its bytes, its alt text and its
subtitles, and used again after a retry until shortly before X forgets it. The subtitles beside a film go up as a file
of their own, as SubRip, and are tied to the film before the post is made.
API: https://docs.x.com/x-api/media/quickstart/media-upload-chunked, https://docs.x.com/x-api/media/create-media-metadata
and https://docs.x.com/x-api/media/create-media-subtitles
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from toolkit.messages import _
from toolkit.model import Attachment, Clock
from toolkit.networks.answers import NotBegunError, refused, unreachable
from toolkit.networks.base import Notes, ReadMedia
from toolkit.networks.jsonvalues import fields, moment, number, text
from toolkit.networks.mediafile import MediaError, MediaFile, fit_attachment
from toolkit.networks.subtitles import find_subtitles
from toolkit.networks.x.answers import before_post
from toolkit.networks.x.api import Api
from toolkit.pictures import Captions, read_facts
from toolkit.values import dataclass
from toolkit.web import Reply, WebError

CHUNK: Final = 2 * 1024 * 1024  # bytes; X takes up to five million
WAITS: Final = 60.0  # seconds of patience with a film that X works on
SPARE: Final = timedelta(hours=1)  # before X forgets a file
IMAGE, GIF, VIDEO, SUBTITLES = "tweet_image", "tweet_gif", "tweet_video", "subtitles"


@dataclass(frozen=True, slots=True)
class Ready:
    """A file as X takes it, and what is said beside it."""

    file: MediaFile
    category: str
    alt: str
    subtitles: Captions | None = None  # of a film

    @property
    def digest(self) -> str:
        """Another one for other bytes, another alt text or other subtitles."""
        said = [self.file.data, self.alt.encode()]
        if self.subtitles is not None:
            said += [self.subtitles.language.encode(), self.subtitles.to_srt().encode()]
        return hashlib.sha256(b"\0".join(said)).hexdigest()


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that X has: its id, the note it is remembered by, and whether it is from an earlier try."""

    id: str
    note: str
    reused: bool = False


@dataclass(frozen=True, slots=True)
class Uploads:
    """Puts files on X; `sleep` waits between two looks at one that is in work."""

    api: Api
    read_media: ReadMedia
    notes: Notes
    clock: Clock
    sleep: Callable[[float], None]

    def put_all(
        self, attachments: tuple[Attachment, ...], owner: str, ends: float, language: str = ""
    ) -> list[Uploaded]:
        """All files of a post by the person `owner`; raises `NotBegunError`, also when the clock passes `ends`."""
        files = [self._read(attachment, language) for attachment in attachments]
        if len(files) > 1 and {one.category for one in files} != {IMAGE}:
            raise refused(_("a post on X holds four pictures, or one animation, or one film"))
        try:
            return [self._put(one, owner, ends) for one in files]
        except WebError as error:
            raise NotBegunError(unreachable(error, self.clock.now())) from error

    def forget(self, uploaded: Uploaded) -> None:
        """X does not have it any more."""
        self.notes.write(uploaded.note, "")

    def _read(self, attachment: Attachment, language: str) -> Ready:
        try:
            file = fit_attachment(attachment, self.read_media, "x")
            if file.media_type.startswith("video/"):
                return Ready(file, VIDEO, attachment.alt, self._subtitles(attachment, language))
        except MediaError as error:
            raise refused(str(error)) from error
        if not file.media_type.startswith("image/"):
            raise refused(_("{file} is {type}, which X does not take").format(file=file.name, type=file.media_type))
        return Ready(file, GIF if read_facts(file.data).animated else IMAGE, attachment.alt)

    def _subtitles(self, attachment: Attachment, language: str) -> Captions | None:
        """The subtitles beside a film; those whose name says no language are in the post's."""
        found = find_subtitles(attachment, self.read_media, language)
        return found if found is None or found.language else replace(found, language=language)

    def _put(self, ready: Ready, owner: str, ends: float) -> Uploaded:
        note = f"upload:{owner}:{ready.category}:{ready.digest}"
        noted = self._noted(note)
        if noted:
            return Uploaded(noted, note, reused=True)
        identity, state = self._send(ready.file, ready.category, ends)
        if ready.alt and ready.category != VIDEO:
            body = {"id": identity, "metadata": {"alt_text": {"text": ready.alt}}}
            self._good(self.api.write("POST", "/2/media/metadata", body))
        if ready.subtitles is not None:
            self._subtitle(identity, ready.subtitles, ends)
        self._note(note, identity, state)
        return Uploaded(identity, note)

    def _subtitle(self, film: str, subtitles: Captions, ends: float) -> None:
        """Tie subtitles to a film; a post without those that were approved with it does not go out."""
        file = MediaFile("subtitles.srt", subtitles.to_srt().encode(), "text/srt")
        identity, _state = self._send(file, SUBTITLES, ends)
        code = subtitles.language.partition("-")[0].upper()
        body = {"id": film, "media_category": "TweetVideo", "subtitles": {"id": identity, "language_code": code}}
        self._good(self.api.write("POST", "/2/media/subtitles", body))

    def _send(self, file: MediaFile, category: str, ends: float) -> tuple[str, object]:
        """The id of the file that X has now, and what it said about it last."""
        identity = self._announce(file, category)
        for index in range(0, len(file.data), CHUNK):
            path = f"/2/media/upload/{identity}/append"
            left = max(0.0, ends - self.clock.elapsed())
            self._good(self.api.append(path, index // CHUNK, file.data[index : index + CHUNK], left))
        finished = self._good(self.api.write("POST", f"/2/media/upload/{identity}/finalize"))
        state = fields(finished.json()).get("data")
        self._wait(identity, state, ends)
        return identity, state

    def _announce(self, file: MediaFile, category: str) -> str:
        body = {"media_type": file.media_type, "total_bytes": len(file.data), "media_category": category}
        reply = self._good(self.api.write("POST", "/2/media/upload/initialize", body))
        identity = text(fields(reply.json()).get("data"), "id")
        if not identity.isdigit():
            raise refused(_("X gave {file} no id").format(file=file.name))
        return identity

    def _wait(self, identity: str, state: object, ends: float) -> None:
        """Come back when X has worked through the file."""
        patience = min(ends, self.clock.elapsed() + WAITS)
        slept = 0.0
        while True:
            working = fields(fields(state).get("processing_info"))
            if text(working, "state") in ("", "succeeded"):
                return
            if text(working, "state") == "failed":
                said = text(working.get("error"), "message") or text(working.get("error"), "detail")
                raise refused(_("X could not use the file: {said}").format(said=said or "failed"))
            nap = min(max(number(working, "check_after_secs") or 1.0, 0.5), 15.0)
            if self.clock.elapsed() + nap > patience or slept + nap > WAITS:
                error = TimeoutError(_("X is still working on a file; nothing was published"))
                raise NotBegunError(unreachable(error, self.clock.now()))
            self.sleep(nap)
            slept += nap
            reply = self.api.ask("/2/media/upload", {"command": "STATUS", "media_id": identity})
            state = fields(self._good(reply).json()).get("data")

    def _good(self, reply: Reply) -> Reply:
        if not reply.ok:
            raise NotBegunError(before_post(reply, self.clock.now(), self.api.said(reply)))
        return reply

    def _noted(self, note: str) -> str:
        try:
            kept = json.loads(self.notes.read(note) or "{}")
        except ValueError:
            return ""
        until = moment(text(kept, "until"))
        return text(kept, "id") if until is not None and self.clock.now() < until else ""

    def _note(self, note: str, identity: str, state: object) -> None:
        seconds = number(state, "expires_after_secs") or 0.0
        until = self.clock.now() + timedelta(seconds=min(seconds, 10**6)) - SPARE
        self.notes.write(note, json.dumps({"id": identity, "until": until.isoformat()}))
