"""Replies as rows: one yes per conversation, bound to what stands there, and nobody overwrites anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.community.inbox.inboxes import LISTENER, hear, said
from tests.community.replies.written import NOW, approved, ask, write
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.fetching import mark_deleted
from toolkit.community.inbox.forgetting import find_author, forget
from toolkit.community.inbox.retention import forget_old
from toolkit.community.replies.book import Replies, Wish
from toolkit.community.replies.reply import ReplyState
from toolkit.errors import InboxError, UsageError
from toolkit.settings import InboxPolicy


def test_a_reply_is_read_as_it_was_written(inbox: Inbox) -> None:
    """Every field comes back, and its first and its last letters find it."""
    reply = write(inbox, ask(inbox))
    replies = Replies(inbox)
    assert replies.reply(reply.id[-6:]) == replies.reply(reply.id.lower()) == replies.find(reply.id) == reply
    assert (reply.target, reply.state, reply.expires_at) == ("c1", ReplyState.DRAFT, NOW + timedelta(hours=72))


@pytest.mark.parametrize("name", ["", "abc", "ZZZZZZ", "01" * 30])
def test_what_is_no_reply_is_said(inbox: Inbox, name: str) -> None:
    """Too short, unknown, too long."""
    with pytest.raises(UsageError):
        Replies(inbox).reply(name)


def test_who_comes_second_changes_nothing(inbox: Inbox) -> None:
    """A change names the version that its person saw."""
    reply, replies = write(inbox, ask(inbox)), Replies(inbox)
    replies.hand_in(reply, "mai", NOW)
    with pytest.raises(InboxError, match="changed meanwhile"):
        replies.drop(reply, "jo", NOW)
    assert replies.reply(reply.id).state is ReplyState.REVIEW


def test_of_two_replies_the_second_is_told_the_first(inbox: Inbox) -> None:
    """At most one of a conversation has its yes; dropped, it makes room."""
    seen, replies = ask(inbox), Replies(inbox)
    first, second = approved(inbox, seen, "Er kommt morgen."), write(inbox, seen, "Er kommt nie.", "jo")
    with pytest.raises(InboxError, match=r"mai has already .*\nEr kommt morgen\."):
        replies.approve(second, "tarek", NOW)
    replies.drop(first, "mai", NOW)
    assert replies.approve(second, "tarek", NOW).approved


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Er ist da."},
        {"private": True},
        {"target": "c2"},
        {"stamp": "other"},
        {"language": "en"},
        {"account_id": "another"},
        {"send_after": NOW},
    ],
)
def test_a_yes_is_for_what_stands_there(inbox: Inbox, change: dict[str, object]) -> None:
    """Another word, reader, place or time is not approved."""
    reply = approved(inbox, ask(inbox))
    assert reply.approved
    assert not replace(reply, **change).approved  # type: ignore[arg-type]  # one field at a time


def test_whoever_says_anything_makes_it_old(inbox: Inbox) -> None:
    """A new message, a change, something taken back, our own answer elsewhere: each. Heard again: nothing."""
    hear(inbox, said("c1"), said("c2", answers="c1", minute=1))
    replies = Replies(inbox)
    seen = ask(inbox, "c1")
    for change in ("new", "edited", "own", "gone"):
        reply = write(inbox, inbox.conversation(seen.id, now=NOW))
        hear(inbox, said("c2", answers="c1", minute=1))
        assert replies.is_current(reply, NOW)
        match change:
            case "new":
                hear(inbox, said("c3", answers="c1", minute=3))
            case "edited":
                hear(inbox, said("c3", answers="c1", minute=3, text="anders", edited_at=NOW))
            case "own":
                hear(inbox, said("o1", answers="c1", minute=4, own=True))
            case _:
                mark_deleted(inbox, LISTENER.account_id, ["c3"], {"c3"}, NOW)
        assert not replies.is_current(reply, NOW)
        replies.drop(reply, "mai", NOW)


def test_rewriting_takes_the_yes_away(inbox: Inbox) -> None:
    """Also when not a word is changed: it is a draft for the conversation as it is now."""
    seen, replies = ask(inbox), Replies(inbox)
    reply = approved(inbox, seen)
    again = replies.rewrite(reply, seen, Wish(reply.text, "mai", private=False), NOW)
    assert (again.state, again.approved_by, again.approved) == (ReplyState.DRAFT, "", False)


def test_what_turns_out_to_be_one_keeps_its_replies(inbox: Inbox) -> None:
    """Two conversations become one: the reply moves, and its row in the ledger is the same as before."""
    hear(inbox, said("m2", answers="m1", minute=2, below=""), said("m9", minute=1))
    reply = write(inbox, ask(inbox, "m2"))
    hear(inbox, said("m1", answers="m9", minute=1), said("m2", answers="m1", minute=2))
    moved = Replies(inbox).reply(reply.id)
    assert moved.conversation != reply.conversation
    assert (moved.place, moved.text) == (reply.place, reply.text)
    assert Replies(inbox).of(inbox.conversation(moved.conversation, now=NOW)) == [moved]


def test_forgetting_somebody_forgets_what_we_wrote_to_them(inbox: Inbox) -> None:
    """Text, message and yes are gone; that there was a reply stays; others' replies stay as they are."""
    gone, kept = approved(inbox, ask(inbox, "c1")), approved(inbox, ask(inbox, "x1"))
    forget(inbox, None, find_author(inbox, "@c1@far.example"), NOW)
    replies = Replies(inbox)
    after = replies.find(gone.id)
    assert after is not None
    assert (after.state, after.text, after.target, after.stamp, after.approved) == (
        ReplyState.DROPPED,
        "",
        "",
        "",
        False,
    )
    assert replies.find(kept.id) == kept


def test_what_is_over_is_forgotten_with_its_conversation(inbox: Inbox) -> None:
    """The retention period takes replies, too."""
    seen = ask(inbox)
    reply = write(inbox, seen)
    Replies(inbox).drop(reply, "mai", NOW)
    inbox.set_stage(seen, type(seen.stage).DONE, "mai", NOW)
    assert forget_old(inbox, None, InboxPolicy(), NOW + timedelta(days=400)) == 1
    after = Replies(inbox).find(reply.id)
    assert after is not None
    assert after.text == ""
