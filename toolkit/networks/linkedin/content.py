"""The body of a post as the Posts API wants it, and the refusal of what it would not take.

API: https://learn.microsoft.com/linkedin/marketing/community-management/shares/posts-api
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from toolkit.messages import _
from toolkit.model import Attachment, MediaKind, Part
from toolkit.networks.limits import limit
from toolkit.networks.linkedin.littletext import little_text
from toolkit.networks.linkedin.polls import poll_content, refuse_poll
from toolkit.networks.linkedin.render import count, units
from toolkit.networks.linkedin.uploads import SORTS


def refuse_post(part: Part) -> str:
    """Why LinkedIn would refuse `part` as a post, "" if it would not."""
    length = count(part.text)
    if not length.valid:
        message = _("{length} characters, LinkedIn takes {limit}")
        return message.format(length=length.length, limit=length.limit)
    return _refuse_media(part.attachments) or _refuse_card(part) or refuse_poll(part)


def _refuse_media(attachments: Sequence[Attachment]) -> str:
    for attachment in attachments:
        if attachment.kind not in SORTS:
            message = _("{file}: a medium of the kind {kind} is not sent to LinkedIn")
            return message.format(file=attachment.file, kind=attachment.kind)
        most = limit("linkedin", "alt")
        if units(attachment.alt) > most:
            message = _("the alt text of {file} has {length} characters, LinkedIn takes {limit}")
            return message.format(file=attachment.file, length=units(attachment.alt), limit=most)
    if len(attachments) > limit("linkedin", "media"):
        message = _("{count} media, LinkedIn takes {limit}")
        return message.format(count=len(attachments), limit=limit("linkedin", "media"))
    if len(attachments) > 1 and _stands_alone(attachments):
        return _("a post on LinkedIn holds one document, or one film, or pictures")
    return ""


def _refuse_card(part: Part) -> str:
    if not part.fields.get("link"):
        return ""
    if len(part.attachments) > 1 or _stands_alone(part.attachments):
        return _("a link card on LinkedIn goes with one picture at most")
    return "" if part.fields.get("card_title") else _("a link card on LinkedIn needs a title (card_title)")


def _stands_alone(attachments: Sequence[Attachment]) -> bool:
    """Whether a document or a film is among them, which stand alone."""
    return any(attachment.kind in (MediaKind.DOCUMENT, MediaKind.VIDEO) for attachment in attachments)


def post_body(author: str, part: Part, urns: Sequence[str]) -> dict[str, object]:
    """The publishing request's body; `urns` are the uploaded media, in the order of the attachments."""
    body: dict[str, object] = {
        "author": author,
        "commentary": commentary(part),
        "visibility": part.fields.get("visibility") or "PUBLIC",
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": part.fields.get("resharing") == "no",
    }
    content = _content(part, urns)
    return body | ({"content": content} if content else {})


def commentary(part: Part) -> str:
    """The text in LinkedIn's format; what the rendition holds, for that was approved."""
    return part.fields.get("commentary") or little_text(part.text)


def _content(part: Part, urns: Sequence[str]) -> dict[str, object]:
    if part.fields.get("link"):
        return {"article": _article(part.fields, urns)}
    if not urns:
        return poll_content(part)
    if _stands_alone(part.attachments):
        file = PurePosixPath(part.attachments[0].file).name
        title = part.fields.get("media_title") or (file if part.attachments[0].kind == MediaKind.DOCUMENT else "")
        return {"media": {"id": urns[0]} | ({"title": title} if title else {})}
    pictures = [
        {"id": urn} | ({"altText": attachment.alt} if attachment.alt else {})
        for urn, attachment in zip(urns, part.attachments, strict=True)
    ]
    return {"media": pictures[0]} if len(pictures) == 1 else {"multiImage": {"images": pictures}}


def _article(options: Mapping[str, str], urns: Sequence[str]) -> dict[str, object]:
    wishes = {
        "source": options["link"],
        "title": options.get("card_title", ""),
        "description": options.get("card_description", ""),
        "thumbnail": urns[0] if urns else "",
    }
    return {name: value for name, value in wishes.items() if value}
