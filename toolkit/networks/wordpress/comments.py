"""Writing comments below the blog's posts: a first one of ours, and answers to what others wrote.

A comment that the blog does not show is not answered: the answer would stand below nothing, and whether strangers'
words appear in the blog is for a person to decide. API: https://developer.wordpress.org/rest-api/reference/comments/
"""

from __future__ import annotations

from datetime import datetime, timedelta
from html import escape
from typing import Final

from toolkit.messages import _
from toolkit.model import Answer, Outcome
from toolkit.networks.answers import declined, refused
from toolkit.networks.base import Intent
from toolkit.networks.limits import limit
from toolkit.networks.wordpress.api import Api, error_code, read_entry, said
from toolkit.networks.wordpress.lookup import COMMENT, Place, comment_place
from toolkit.web import BadReply, Reply

SHOWN: Final = "approved"
TRASH: Final = "trash"


def comment_body(api: Api, intent: Intent) -> dict[str, object]:
    """The comment of `intent` below the post or the comment that it belongs to.

    Raises `NotBegunError` where nothing can stand there, and what `Api.read` raises.
    """
    refusal = refuse_comment(intent.content.text)
    if refusal:
        raise refused(refusal)
    place = comment_place(api, intent.above)
    _must_be_shown(place)
    return {"post": place.post, "content": comment_text(intent)} | ({"parent": place.parent} if place.parent else {})


def refuse_comment(written: str) -> str:
    """Why the blog would not take this comment, "" if it would."""
    size, most = len(_as_html(written).encode("utf-8", "surrogatepass")), limit("wordpress", "comment")
    message = _("the comment has {length} bytes, the blog takes {limit}")
    return message.format(length=size, limit=most) if size > most else ""


def comment_text(intent: Intent) -> str:
    """The comment as WordPress wants it: HTML, in which line breaks and addresses are seen to."""
    return _as_html(intent.content.text)


def commented(reply: Reply, now: datetime) -> Answer:
    """The answer to a request that writes a comment."""
    if error_code(reply) == "comment_duplicate":
        return Answer(Outcome.DUPLICATE, reason=said(reply))
    if error_code(reply) == "comment_flood":  # turned away for the moment, with a status that says for good
        return Answer(Outcome.LATER, reason=said(reply), retry_at=now + timedelta(minutes=1))
    if reply.status not in (200, 201):
        return declined(reply, now, said(reply))
    try:
        entry = read_entry(reply.json())
    except BadReply as error:
        return Answer(Outcome.UNKNOWN, reason=str(error))
    if not entry.id:
        return Answer(Outcome.UNKNOWN, reason=_("{status}: no comment in the answer").format(status=reply.status))
    held = _("the blog holds the comment for moderation") if entry.status == "hold" else ""
    return Answer(Outcome.ACCEPTED, COMMENT + entry.id, entry.url, held)


def _as_html(written: str) -> str:
    return escape(written, quote=False)


def _must_be_shown(place: Place) -> None:
    if not place.parent:
        return
    if place.status in ("", TRASH):
        raise refused(_("the message is not there any more, so it cannot be answered"))
    if place.status != SHOWN:
        message = _("the blog does not show the comment ({status}); approve it there, then answer it")
        raise refused(message.format(status=place.status))
