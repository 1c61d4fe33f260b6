"""Inboxes for tests: messages as networks tell them, in an inbox of either kind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Conversation, Stage
from toolkit.community.inbox.desk import Wanted
from toolkit.community.inbox.gathering import Gathered, Listener
from toolkit.model import Message, MessageKind

START = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
POST = "post-1"
LISTENER = Listener("mastodon:@nordlicht@social.example", "mastodon", {POST: "01POST"})
EVERYTHING = Wanted(stages=(), limit=10_000)


def said(
    remote_id: str,
    *,
    kind: MessageKind = MessageKind.COMMENT,
    minute: int = 0,
    author: str = "@ada@far.example",
    answers: str = "",
    own: bool = False,
    **more: object,
) -> Message:
    """A message; a comment that answers nothing stands below our post."""
    comment = kind is MessageKind.COMMENT
    told = Message(
        remote_id=remote_id,
        channel="mastodon",
        kind=kind,
        author="@nordlicht@social.example" if own else author,
        author_id="" if own else f"id of {author}",
        name="" if own else author.strip("@").partition("@")[0].title(),
        text=f"words of {remote_id}",
        at=START + minute * MINUTE,
        answers=answers or (POST if comment else ""),
        below=POST if comment else "",
        own=own,
    )
    return Message(**{name: getattr(told, name) for name in Message.__slots__} | more)


def hear(inbox: Inbox, *messages: Message, now: datetime = START + timedelta(hours=1)) -> Gathered:
    """As a fetch hears them."""
    return inbox.gather(LISTENER, messages, now)


def all_of(inbox: Inbox, now: datetime = START + timedelta(hours=1)) -> list[Conversation]:
    """Every conversation, the oldest first."""
    return sorted(inbox.conversations(EVERYTHING, now=now), key=lambda one: (one.opened_at, one.id))


def the_only(inbox: Inbox, stage: Stage | None = None) -> Conversation:
    """The one conversation that there is."""
    (found,) = all_of(inbox)
    assert stage is None or found.stage is stage
    return found
