"""A part as one request of the Bot API: a message, a single medium with a caption, or an album.

API: https://core.telegram.org/bots/api#sendmessage and https://core.telegram.org/bots/api#sendmediagroup
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Final

from toolkit.messages import _
from toolkit.model import Attachment, MediaKind, Part
from toolkit.networks.limits import limit
from toolkit.networks.mediafile import MediaFile
from toolkit.values import dataclass
from toolkit.web import Upload

SEPARATOR: Final = "+"  # between the message ids of an album, which together are its remote id
TOGETHER: Final = (frozenset({"photo", "video"}), frozenset({"document"}))


@dataclass(frozen=True, slots=True)
class Request:
    """A method of the Bot API with its fields and files."""

    method: str
    wishes: Mapping[str, object]
    files: Mapping[str, Upload] = field(default_factory=dict)


def chat_id(written: str) -> int | str:
    """The chat as the API takes it: a number, or ``@name``."""
    return int(written) if written.removeprefix("-").isdecimal() else written


def message_ids(remote_id: str) -> list[int]:
    """The messages that a remote id stands for."""
    return [int(number) for number in remote_id.split(SEPARATOR) if number.isdecimal()]


def refuse_part(part: Part, files: Sequence[MediaFile]) -> str:
    """Why Telegram would refuse `part`, "" if it would not."""
    if not part.count.valid:
        message = _("{length} characters, Telegram takes {limit}")
        return message.format(length=part.count.length, limit=part.count.limit)
    if not part.text.strip() and not files:
        return _("a message needs a text or a medium")
    if part.fields.get("topic", "0").isdecimal() is False:
        return _("topic must be a number, not {topic!r}").format(topic=part.fields["topic"])
    return _refuse_files(part.attachments, files)


def _refuse_files(attachments: Sequence[Attachment], files: Sequence[MediaFile]) -> str:
    if len(files) > limit("telegram", "media"):
        return _("{count} media, Telegram takes {limit}").format(count=len(files), limit=limit("telegram", "media"))
    kinds = [_kind(*pair) for pair in zip(attachments, files, strict=True)]
    if len(kinds) > 1 and not any(set(kinds) <= together for together in TOGETHER):
        return _("an album is photos and videos, or documents; Telegram takes no mixture and no GIF in it")
    return ""


def make_message(chat: str, part: Part, previous: str, files: Sequence[MediaFile]) -> Request:
    """The request that publishes `part`, as an answer to `previous` where there is one."""
    common = {"chat_id": chat_id(chat), **_manner(part), **_answering(previous)}
    kinds = [_kind(*pair) for pair in zip(part.attachments, files, strict=True)]
    uploads = {f"file{at}": (file.name, file.data, file.media_type) for at, file in enumerate(files)}
    if not files:
        return Request("sendMessage", {**common, **text_wishes(part)})
    if len(files) > 1:
        album = [_item(kind, f"file{at}", part, first=at == 0) for at, kind in enumerate(kinds)]
        return Request("sendMediaGroup", {**common, "media": album}, uploads)
    wishes = {**common, **caption_wishes(part), **_covered(kinds[0], part)}
    return Request(f"send{kinds[0].capitalize()}", wishes, {kinds[0]: uploads["file0"]})


def text_wishes(part: Part) -> dict[str, object]:
    """Text, styles and preview of a message."""
    preview = part.fields.get("link_preview", "")
    known = {
        "none": {"is_disabled": True},
        "small": {"prefer_small_media": True},
        "large": {"prefer_large_media": True},
    }
    wishes = {"text": part.text, "entities": _entities(part), "link_preview_options": known.get(preview)}
    return {name: value for name, value in wishes.items() if value}


def caption_wishes(part: Part) -> dict[str, object]:
    """Text and styles of a caption."""
    wishes = {"caption": part.text, "caption_entities": _entities(part)}
    return {name: value for name, value in wishes.items() if value}


def _entities(part: Part) -> object:
    return json.loads(part.fields.get("entities", "null"))


def _item(kind: str, name: str, part: Part, *, first: bool) -> dict[str, object]:
    """A medium of an album; the caption of the first is the album's."""
    caption = caption_wishes(part) if first else {}
    return {"type": kind, "media": f"attach://{name}", **caption, **_covered(kind, part)}


def _manner(part: Part) -> dict[str, object]:
    said = {"disable_notification": "silent", "protect_content": "protect"}
    wishes: dict[str, object] = {name: True for name, option in said.items() if _yes(part, option)}
    topic = part.fields.get("topic", "")
    return wishes | ({"message_thread_id": int(topic)} if topic else {})


def _answering(previous: str) -> dict[str, object]:
    ids = message_ids(previous)
    return {"reply_parameters": {"message_id": ids[0]}} if ids else {}


def _covered(kind: str, part: Part) -> dict[str, object]:
    return {"has_spoiler": True} if _yes(part, "spoiler") and kind != "document" else {}


def _yes(part: Part, option: str) -> bool:
    return part.fields.get(option, "").lower() in {"yes", "true", "on", "1"}


def _kind(attachment: Attachment, file: MediaFile) -> str:
    """What the bytes are; a picture that is meant as a document stays one."""
    if attachment.kind == MediaKind.DOCUMENT or not file.media_type.startswith(("image/", "video/")):
        return "document"
    if file.media_type.startswith("video/"):
        return "video"
    return "animation" if file.media_type == "image/gif" else "photo"
