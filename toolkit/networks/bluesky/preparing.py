"""Everything before the publishing request: who we are, what is refused anyway, uploads, the record and its key.

The finished record is noted before it is sent, so that a retry sends the same bytes: the server then changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

from toolkit.messages import _
from toolkit.model import Attachment, Part
from toolkit.networks.answers import refused
from toolkit.networks.base import Intent, Surroundings
from toolkit.networks.bluesky.answering import above, make_reply
from toolkit.networks.bluesky.card import AUTO, make_card, pictures_of
from toolkit.networks.bluesky.client import Client
from toolkit.networks.bluesky.identity import RESOLVE
from toolkit.networks.bluesky.record import (
    IMAGES,
    LABELS,
    POST,
    Place,
    Record,
    make_record,
    mentioned,
    read_labels,
    read_place,
)
from toolkit.networks.bluesky.tids import created_at, is_tid, make_tid
from toolkit.networks.bluesky.uploads import Uploads
from toolkit.networks.bluesky.xrpc import RefusedError
from toolkit.networks.jsonvalues import fields, text
from toolkit.networks.limits import limit
from toolkit.values import dataclass

GET: Final = "com.atproto.repo.getRecord"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record and the key that it will always have."""

    rkey: str
    record: Record


@dataclass(frozen=True, slots=True)
class Preparation:
    """Prepares parts. Raises `NotBegunError` and `WebError`."""

    client: Client
    surroundings: Surroundings
    uploads: Uploads

    def prepare(self, intent: Intent) -> Prepared:
        """The record of the intent: the noted one, else a new one that is noted from now on."""
        session = self.client.confirm()
        refusal = refuse_part(intent.content)
        if refusal:
            raise refused(refusal)
        noted, request = self._noted(intent), intent.rendition.request_hash(intent.part)
        if text(noted, "request") == request and fields(noted.get("record")):
            return Prepared(text(noted, "rkey"), dict(fields(noted.get("record"))))
        rkey = self.rkey(intent) or self._new_rkey(intent, session.did)
        record = self._record(intent, rkey)
        self._note(intent, {"rkey": rkey, "request": request, "record": record})
        return Prepared(rkey, record)

    def rkey(self, intent: Intent) -> str:
        """The key that was noted for the intent, "" for none."""
        found = text(self._noted(intent), "rkey")
        return found if is_tid(found) else ""

    def settled(self, intent: Intent, rkey: str) -> None:
        """The record is out; only its key is still worth remembering."""
        self._note(intent, {"rkey": rkey})

    def forget(self, intent: Intent) -> None:
        """Nothing is out: the next try makes the record anew, with a key of its time unless an earlier one may land."""
        rkey = self.rkey(intent) if intent.first_tried_at is not None else ""
        self._note(intent, {"rkey": rkey} if rkey else {})

    def dids(self, parts: tuple[Part, ...]) -> dict[str, str]:
        """Who the mentioned handles are; one that nobody has is left out, and stays text."""
        found = {handle: self._did(handle) for handle in mentioned(parts)}
        return {handle: did for handle, did in found.items() if did}

    def _did(self, handle: str) -> str:
        try:
            return text(self.client.read(RESOLVE, {"handle": handle}), "did")
        except RefusedError as error:
            if error.reply.status in (400, 404):
                return ""
            raise

    def _new_rkey(self, intent: Intent, did: str) -> str:
        before = read_place(intent.previous)
        after = before.rkey if before is not None and before.repo == did else ""
        return make_tid(intent.key, self.surroundings.clock.now(), after)

    def _record(self, intent: Intent, rkey: str) -> Record:
        part = intent.content
        language = intent.rendition.language
        record = make_record(part, language, created_at(rkey), self.dids((part,)))
        if above(intent):
            record["reply"] = make_reply(self.client, intent)
        images = [self.uploads.image(attachment) for attachment in pictures_of(part)]
        embed = {"$type": IMAGES, "images": images} if images else make_card(part, self.surroundings.web, self.uploads)
        return record | ({"embed": embed} if embed else {})

    def _noted(self, intent: Intent) -> Mapping[str, object]:
        try:
            return fields(json.loads(self.surroundings.notes.read(note_name(intent)) or "{}"))
        except ValueError:
            return {}

    def _note(self, intent: Intent, value: Mapping[str, object]) -> None:
        self.surroundings.notes.write(note_name(intent), json.dumps(value) if value else "")


def note_name(intent: Intent) -> str:
    """Under which name an intent's record is remembered."""
    return f"record:{hashlib.sha256(intent.key.encode()).hexdigest()}"


def refuse_part(part: Part) -> str:
    """Why Bluesky would refuse `part`, "" if it would not."""
    if not part.count.valid:
        message = _("{length} {unit}, Bluesky takes {limit}")
        return message.format(length=part.count.length, unit=part.count.unit, limit=part.count.limit)
    pictures: tuple[Attachment, ...] = pictures_of(part)
    if len(pictures) > limit("bluesky", "media"):
        message = _("{count} pictures, Bluesky takes {limit}")
        return message.format(count=len(pictures), limit=limit("bluesky", "media"))
    wrong = [label for label in read_labels(part) if label not in LABELS]
    if wrong:
        message = _("Bluesky knows no label {label}; it knows {known}")
        return message.format(label=wrong[0], known=", ".join(LABELS))
    if any(_outside(attachment.file) for attachment in part.attachments):
        return _("the picture of a card lies below content/, such as {example}").format(example="media/shop.jpg")
    if part.fields.get("card", AUTO) != AUTO:
        return _("card is auto or none, not {value!r}").format(value=part.fields["card"])
    return ""


def _outside(file: str) -> bool:
    """Whether a path leads out of content/; media of posts were checked, an option was not."""
    path = PurePosixPath(file)
    return path.is_absolute() or ".." in path.parts or "\\" in file


def post_place(did: str, rkey: str) -> Place:
    """Where a post of ours lies."""
    return Place(did, POST, rkey)
