"""What a conversation is at a moment, and which message a reply in it answers: its stamp changes when anybody says anything."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Conversation, Entry
from toolkit.community.inbox.pseudonyms import read_pseudonyms
from toolkit.database import to_text
from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import Message


def stamp_of(inbox: Inbox, conversation: Conversation, entries: Iterable[Entry]) -> str:
    """A pseudonym of all that stands in it: of their messages and changes to them, and of what we said elsewhere."""
    told = sorted(
        f"{one.message.remote_id} {'' if one.message.own else to_text(one.message.edited_at)}"
        for one in entries
        if one.deleted_at is None
    )
    return read_pseudonyms(inbox.store.read).of("\n".join(["standing", conversation.account_id, *told]))


def find_target(entries: Iterable[Entry]) -> Message:
    """Their last message that is still there; raises `UsageError` where there is none to answer."""
    theirs = [one for one in entries if not one.message.own and not one.forgotten and one.deleted_at is None]
    if not theirs:
        raise UsageError(_("nothing of theirs is left in this conversation, so there is nothing to answer"))
    return max(theirs, key=lambda one: (one.message.at, one.message.remote_id)).message
