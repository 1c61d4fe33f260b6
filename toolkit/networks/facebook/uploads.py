"""Pictures on their way to a post: uploaded once, unpublished, each with its alt text.

Facebook keeps an unpublished photo for about a day, so a retry uses it again; one that is gone is uploaded anew.
API: https://developers.facebook.com/docs/graph-api/reference/page/photos
"""

from __future__ import annotations

import hashlib

from toolkit.messages import _
from toolkit.model import Attachment
from toolkit.networks.answers import refused
from toolkit.networks.base import Intent, Surroundings
from toolkit.networks.facebook.page import Page
from toolkit.networks.graph.answers import is_gone
from toolkit.networks.graph.api import RefusedError
from toolkit.networks.graph.line import Me
from toolkit.networks.graph.pictures import Sendable, make_sendable
from toolkit.networks.jsonvalues import text
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Uploads:
    """Puts pictures on a page without showing them."""

    page: Page
    around: Surroundings

    def put(self, me: Me, intent: Intent, attachment: Attachment) -> str:
        """The id of the unpublished photo; raises `NotBegunError` and the errors of `toolkit.web`."""
        medium = make_sendable(attachment, "facebook", self.around, videos=False)
        name = _name(intent, medium, attachment.alt)
        kept = self.around.notes.read(name)
        if kept and self._is_there(kept):
            return kept
        form = {"published": "false"} | ({"alt_text_custom": attachment.alt} if attachment.alt else {})
        reply = self.page.api.upload(f"{me.id}/photos", form, (medium.name, medium.data, medium.media_type))
        made = text(self.page.api.sound(reply).json(), "id")
        if not made:
            raise refused(_("the network gave the picture no id"))
        self.around.notes.write(name, made)
        return made

    def forget(self, intent: Intent) -> None:
        """After a refusal the photos may be what was refused: the next try uploads them anew."""
        for attachment in intent.content.attachments:
            medium = make_sendable(attachment, "facebook", self.around, videos=False)
            self.around.notes.write(_name(intent, medium, attachment.alt), "")

    def _is_there(self, photo: str) -> bool:
        try:
            self.page.api.read(photo, fields="id")
        except RefusedError as error:
            if is_gone(error):
                return False
            raise
        return True


def _name(intent: Intent, medium: Sendable, alt: str) -> str:
    """A photo belongs to one post: another post with the same picture needs one of its own."""
    return "photo:" + hashlib.sha256(f"{intent.key}\n{medium.sha256}\n{alt}".encode()).hexdigest()
