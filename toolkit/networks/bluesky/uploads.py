"""Pictures on the server, before the record that shows them; once each, also when the record is tried again."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Final

from toolkit.messages import _
from toolkit.model import Attachment
from toolkit.networks.answers import refused
from toolkit.networks.base import Surroundings
from toolkit.networks.bluesky.client import Client
from toolkit.networks.jsonvalues import fields, moment, text
from toolkit.networks.limits import limit
from toolkit.networks.mediafile import MediaError, fit_attachment
from toolkit.networks.mediarules import media_rules
from toolkit.pictures import Picture
from toolkit.values import dataclass
from toolkit.web import BadReply

# A server keeps a blob that no record shows for some hours; the same bytes get the same name again.
KEPT: Final = timedelta(hours=1)
# Which blobs the server lost, and what it takes where that is less than the lexicon says.
SINCE: Final = "blobs:since"
SMALLER: Final = "blobs:limit"
# The words of a server whose limit is smaller than ours; it was 1 MB until 2026.
TOO_LARGE: Final = re.compile(r"blob too big \(maximum (\d{4,9}), got \d+\)")


@dataclass(frozen=True, slots=True)
class Uploads:
    """Puts an account's pictures on its server. Raises `NotBegunError` and `WebError`."""

    client: Client
    surroundings: Surroundings

    def image(self, attachment: Attachment) -> dict[str, object]:
        """The image of a record: the uploaded picture, its alt text and its proportions."""
        picture = self.picture(attachment, self._limit())
        ratio = {"width": picture.width, "height": picture.height}
        return {"image": self.blob(picture), "alt": attachment.alt, "aspectRatio": ratio}

    def picture(self, attachment: Attachment, most: int) -> Picture:
        """The picture of `attachment` as the network shows it, in at most `most` bytes."""
        usual = media_rules("bluesky")
        rules = replace(usual, frame=replace(usual.frame, size=most))
        try:
            file = fit_attachment(attachment, self.surroundings.read_media, rules)
        except MediaError as error:
            raise refused(str(error)) from error
        if not file.media_type.startswith("image/"):
            message = _("{file} is {type}; only pictures are sent to Bluesky")
            raise refused(message.format(file=attachment.file, type=file.media_type))
        return Picture(file.data, file.width, file.height, file.media_type)

    def blob(self, picture: Picture) -> object:
        """The server's reference to the picture, of an earlier try where it still has it."""
        name = f"blob:{self.client.session().did}:{hashlib.sha256(picture.data).hexdigest()}"
        kept = self._kept(name)
        if kept:
            return kept
        blob = self.client.upload(picture.data, picture.media_type)
        if not fields(fields(blob).get("ref")):
            raise BadReply(_("the server took a picture and gave no reference to it"))
        at = self.surroundings.clock.now().isoformat()
        self.surroundings.notes.write(name, json.dumps({"at": at, "blob": blob}))
        return blob

    def forget(self) -> None:
        """The server does not have a blob any more: those of before now are uploaded again."""
        self.surroundings.notes.write(SINCE, self.surroundings.clock.now().isoformat())

    def shrink(self, words: str) -> bool:
        """Whether `words` say that the server takes less than it was sent; from now on pictures are made that small."""
        found = TOO_LARGE.search(words)
        if found is None or int(found[1]) >= self._limit():
            return False
        self.surroundings.notes.write(SMALLER, found[1])
        return True

    def _limit(self) -> int:
        return int(self.surroundings.notes.read(SMALLER) or limit("bluesky", "image_size"))

    def _kept(self, name: str) -> object:
        try:
            noted = json.loads(self.surroundings.notes.read(name) or "null")
        except ValueError:
            return None
        at, now = moment(text(noted, "at")), self.surroundings.clock.now()
        since = moment(self.surroundings.notes.read(SINCE))
        if at is None or not now - KEPT < at <= now or (since is not None and at <= since):
            return None
        return fields(noted).get("blob")
