"""Media in the blog's library, uploaded before the post that shows them, once.

What was uploaded is noted under the hash of its bytes and its description, so that a later try, or another post with
the same picture, uses it again as long as the blog still has it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from html import escape
from typing import Final

from toolkit.messages import _
from toolkit.model import Attachment, Clock
from toolkit.networks.answers import NotBegunError, not_begun, refused
from toolkit.networks.base import Notes, ReadMedia
from toolkit.networks.jsonvalues import number, text
from toolkit.networks.mediafile import MediaError, MediaFile, fit_attachment
from toolkit.networks.wordpress.api import Api, said
from toolkit.values import dataclass
from toolkit.web import BadReply

MEDIA: Final = "/wp/v2/media"


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A medium in the blog's library."""

    id: int
    url: str
    media_type: str
    alt: str
    name: str

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class Uploads:
    """Puts files into the library."""

    api: Api
    read_media: ReadMedia
    notes: Notes
    clock: Clock

    def put(self, attachment: Attachment, ends: float) -> Uploaded:
        """The medium in the library; raises `NotBegunError`, also when the clock passes `ends`."""
        file = self._read(attachment)
        key = "media:" + hashlib.sha256(file.data + b"\0" + attachment.alt.encode()).hexdigest()
        known = self._known(self.notes.read(key), attachment.alt)
        if known is not None:
            return known
        uploaded = self._upload(file, attachment.alt, ends)
        self.notes.write(key, json.dumps([uploaded.id, uploaded.url, uploaded.media_type, uploaded.name]))
        return uploaded

    def _known(self, note: str, alt: str) -> Uploaded | None:
        """What was noted, if the blog still has it; raises what `Api.ask` raises."""
        if not note:
            return None
        identity, url, media_type, name = json.loads(note)
        reply = self.api.ask(f"{MEDIA}/{identity}")
        return Uploaded(identity, url, media_type, alt, name) if reply.status == 200 else None

    def _upload(self, file: MediaFile, alt: str, ends: float) -> Uploaded:
        left = max(0.0, ends - self.clock.elapsed())
        form = {"alt_text": alt} if alt else {}
        reply = self.api.upload(MEDIA, (file.name, file.data, file.media_type), form, left)
        if reply.status != 201:
            words = _("{file} was not uploaded: {said}").format(file=file.name, said=said(reply))
            raise NotBegunError(not_begun(reply, self.clock.now(), words))
        made = reply.json()
        identity, url = number(made, "id"), text(made, "source_url")
        if not identity or not url:
            raise BadReply(_("the blog took {file} and did not say where it is").format(file=file.name))
        return Uploaded(int(identity), url, text(made, "mime_type") or file.media_type, alt, file.name)

    def _read(self, attachment: Attachment) -> MediaFile:
        try:
            return fit_attachment(attachment, self.read_media, "wordpress")
        except MediaError as error:
            raise refused(str(error)) from error


def inline(media: Iterable[Uploaded]) -> str:
    """The HTML that shows `media` below the text; one element per line."""
    return "".join(f"\n{_figure(medium)}" for medium in media)


def _figure(medium: Uploaded) -> str:
    address = escape(medium.url)
    if medium.is_picture:
        return f'<figure><img src="{address}" alt="{escape(medium.alt)}" class="wp-image-{medium.id}"></figure>'
    if medium.media_type.startswith("video/"):
        return f'<figure><video controls src="{address}"></video></figure>'
    return f'<p><a href="{address}">{escape(medium.alt or medium.name, quote=False)}</a></p>'
