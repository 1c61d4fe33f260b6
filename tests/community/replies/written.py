"""Replies for tests: somebody asks, somebody of us writes an answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.community.inbox.inboxes import START, hear, said
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Conversation
from toolkit.community.replies.book import Replies, Wish
from toolkit.community.replies.reply import Reply

NOW = START + timedelta(hours=1)


def ask(inbox: Inbox, remote_id: str = "c1", text: str = "Wo bleibt mein Kaffee?", minute: int = 0) -> Conversation:
    """Somebody comments; the conversation that it opens."""
    hear(inbox, said(remote_id, text=text, minute=minute, author=f"@{remote_id}@far.example"))
    (raw,) = inbox.store.read("SELECT conversation FROM entries WHERE remote_id = :id", {"id": remote_id})
    return inbox.conversation(str(raw["conversation"]), now=NOW)


def write(inbox: Inbox, conversation: Conversation, text: str = "Er ist unterwegs.", author: str = "mai") -> Reply:
    """A draft in answer to it."""
    return Replies(inbox).write(conversation, Wish(text, author, conversation.private), NOW)


def approved(inbox: Inbox, conversation: Conversation, text: str = "Er ist unterwegs.", at: datetime = NOW) -> Reply:
    """A draft that has its yes."""
    return Replies(inbox).approve(write(inbox, conversation, text), "tarek", at)
