"""What is said of replies, as lines for people and as objects for programs."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.cli.context import Context
from toolkit.cli.rows import local_time
from toolkit.community.inbox.ids import short
from toolkit.community.inbox.saying import readable
from toolkit.community.replies.reply import Reply
from toolkit.community.replies.saying import state_word
from toolkit.messages import _


def reply_lines(reply: Reply, context: Context) -> Iterator[str]:
    """Where it stands, to whom it can be read, and its text."""
    room = _("private") if reply.private else _("public")
    told = [
        state_word(reply.state),
        reply.channel,
        room,
        reply.author,
        _("conversation {id}").format(id=short(reply.conversation)),
    ]
    if reply.send_after is not None:
        told.append(_("not before {moment}").format(moment=local_time(reply.send_after, context)))
    if reply.approved_by:
        told.append(_("approved by {person}").format(person=reply.approved_by))
    if reply.state.written or reply.state.going:
        told.append(_("until {moment}").format(moment=local_time(reply.expires_at, context)))
    yield f"{short(reply.id)}  {', '.join(told)}"
    if reply.note:
        yield f"  ! {readable(reply.note)}"
    yield from (f"  {line}" for line in readable(reply.text).splitlines())


def reply_json(reply: Reply) -> dict[str, object]:
    """Stable keys; moments with their offset."""
    return {
        "id": reply.id,
        "conversation": reply.conversation,
        "account": reply.channel,
        "answers": reply.target,
        "state": reply.state.value,
        "text": reply.text,
        "language": reply.language,
        "private": reply.private,
        "author": reply.author,
        "approved_by": reply.approved_by,
        "created_at": reply.created_at.isoformat(),
        "send_after": reply.send_after.isoformat() if reply.send_after else None,
        "expires_at": reply.expires_at.isoformat(),
        "note": reply.note,
        "remote_id": reply.remote_id,
    }
