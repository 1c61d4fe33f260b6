"""The body of a post as X's API wants it, and the refusal of what X would not take.

API: https://docs.x.com/x-api/posts/create-post
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from toolkit.messages import _
from toolkit.model import MediaKind
from toolkit.networks.base import Intent
from toolkit.networks.limits import limit
from toolkit.networks.x.polls import poll_body, refuse_poll
from toolkit.networks.x.render import EVERYONE, REPLY_SETTINGS, YES

KINDS: Final = frozenset({MediaKind.PHOTO, MediaKind.GRAPHIC, MediaKind.VIDEO})


def refuse_post(intent: Intent) -> str:
    """Why X would refuse the part, "" if it would not."""
    part = intent.content
    if not part.count.valid:
        message = _("{length} weighted characters, X takes {limit}")
        return message.format(length=part.count.length, limit=part.count.limit)
    settings = part.fields.get("reply_settings", "")
    if settings not in REPLY_SETTINGS:
        return _("reply_settings {value!r}: X knows {known}").format(
            value=settings, known=", ".join(REPLY_SETTINGS[1:])
        )
    return _refuse_media(intent) or refuse_poll(part)


def _refuse_media(intent: Intent) -> str:
    attachments = intent.content.attachments
    if len(attachments) > limit("x", "media"):
        return _("{count} media, X takes {limit}").format(count=len(attachments), limit=limit("x", "media"))
    for attachment in attachments:
        if attachment.kind not in KINDS:
            return _("{file}: X takes no {kind}").format(file=attachment.file, kind=attachment.kind)
        if len(attachment.alt) > limit("x", "alt"):
            message = _("the alt text of {file} has {length} characters, X takes {limit}")
            return message.format(file=attachment.file, length=len(attachment.alt), limit=limit("x", "alt"))
    return ""


def post_body(intent: Intent, media: Sequence[str]) -> dict[str, object]:
    """The publishing request's body; a part of a thread, a first comment and an answer are replies."""
    part = intent.content
    body: dict[str, object] = ({"text": part.text} if part.text else {}) | poll_body(part)
    if media:
        body["media"] = {"media_ids": list(media)}
    if intent.above:
        body["reply"] = {"in_reply_to_tweet_id": intent.above}
    settings = part.fields.get("reply_settings", "")
    # Who may reply is settled by the first post of a thread.
    if settings not in ("", EVERYONE) and not intent.above:
        body["reply_settings"] = settings
    return body | {name: True for name in ("made_with_ai", "paid_partnership") if part.fields.get(name) in YES}
