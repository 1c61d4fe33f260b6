"""The server's own limits, and the refusal of what is over them before anything is sent.

Servers differ widely (500 characters here, 100,000 there), so the limits are read from the server:
https://docs.joinmastodon.org/entities/Instance/#configuration
"""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.messages import _
from toolkit.model import Part
from toolkit.networks.jsonvalues import fields, items, number
from toolkit.networks.mastodon.api import Api, RefusedError
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What the server takes; None where it does not say."""

    characters: int | None = None
    media: int | None = None
    alt: int | None = None
    image_bytes: int | None = None
    video_bytes: int | None = None
    media_types: frozenset[str] = frozenset()
    poll_answers: int | None = None
    poll_answer: int | None = None  # characters
    poll_shortest: int | None = None  # seconds
    poll_longest: int | None = None


def read_limits(api: Api) -> Limits:
    """The limits from version 2 of the instance description, else from version 1; raises what `Api.read` raises."""
    try:
        return parse_limits(api.read("/api/v2/instance"))
    except RefusedError as error:
        if error.reply.status not in (401, 403, 404, 405, 410):
            raise
    return parse_limits(api.read("/api/v1/instance"))


def parse_limits(instance: object) -> Limits:
    """The limits in an instance description of either version."""
    said = fields(fields(instance).get("configuration"))
    statuses, media = fields(said.get("statuses")), fields(said.get("media_attachments"))
    polls = fields(said.get("polls"))
    return Limits(
        # Pleroma and its kin keep the older name.
        characters=_whole(statuses, "max_characters") or _whole(fields(instance), "max_toot_chars"),
        media=_whole(statuses, "max_media_attachments"),
        alt=_whole(media, "description_limit"),
        image_bytes=_whole(media, "image_size_limit"),
        video_bytes=_whole(media, "video_size_limit"),
        media_types=frozenset(kind for kind in items(media.get("supported_mime_types")) if isinstance(kind, str)),
        poll_answers=_whole(polls, "max_options"),
        poll_answer=_whole(polls, "max_characters_per_option"),
        poll_shortest=_whole(polls, "min_expiration"),
        poll_longest=_whole(polls, "max_expiration"),
    )


def _whole(value: Mapping[str, object], key: str) -> int | None:
    found = number(value, key)
    return int(found) if found and found > 0 else None


def refuse_part(part: Part, limits: Limits) -> str:
    """Why the server would refuse `part`, "" if it would not."""
    if limits.characters is not None and part.count.length > limits.characters:
        message = _("{length} characters, the server takes {limit}")
        return message.format(length=part.count.length, limit=limits.characters)
    if limits.media is not None and len(part.attachments) > limits.media:
        message = _("{count} media, the server takes {limit}")
        return message.format(count=len(part.attachments), limit=limits.media)
    for attachment in part.attachments:
        if limits.alt is not None and len(attachment.alt) > limits.alt:
            message = _("the alt text of {file} has {length} characters, the server takes {limit}")
            return message.format(file=attachment.file, length=len(attachment.alt), limit=limits.alt)
    return ""


def refuse_file(file: str, size: int, media_type: str, limits: Limits) -> str:
    """Why the server would refuse a file of `size` bytes, "" if it would not."""
    if limits.media_types and media_type not in limits.media_types:
        return _("{file} is {type}, which the server does not take").format(file=file, type=media_type)
    limit = limits.image_bytes if media_type.startswith("image/") else limits.video_bytes
    if limit is not None and size > limit:
        return _("{file} has {size} bytes, the server takes {limit}").format(file=file, size=size, limit=limit)
    return ""
