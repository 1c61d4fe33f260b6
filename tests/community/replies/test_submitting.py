"""Giving a reply back to its author, and looking at it again when somebody has written since."""

from __future__ import annotations

import pytest

from tests.community.inbox.inboxes import hear, said
from tests.community.replies.written import NOW, approved, ask, write
from toolkit.community.inbox.book import Inbox
from toolkit.community.replies.book import Replies
from toolkit.community.replies.reply import ReplyState
from toolkit.community.replies.submitting import give_back, look_again
from toolkit.errors import InboxError, UsageError


def test_who_gives_a_reply_back_says_why(inbox: Inbox) -> None:
    """The note stands in the reply, its words stay, the log names the person; without a note nothing changes."""
    replies, seen = Replies(inbox), ask(inbox)
    reply = replies.hand_in(write(inbox, seen), "mai", NOW)
    with pytest.raises(UsageError, match="say what"):
        give_back(replies, reply, "  ", "tarek", NOW)
    back = give_back(replies, reply, " Bitte duzen. ", "tarek", NOW)
    assert (back.state, back.note, back.text) == (ReplyState.STALE, "Bitte duzen.", reply.text)
    assert [(one.by, one.what) for one in inbox.acts(seen)][-1] == ("tarek", "reply returned")
    assert replies.is_current(back, NOW)


def test_a_yes_is_void_with_it(inbox: Inbox) -> None:
    """What was approved and is given back goes out no more."""
    replies = Replies(inbox)
    back = give_back(replies, approved(inbox, ask(inbox)), "Doch nicht.", "tarek", NOW)
    assert (back.approved, replies.going()) == (False, [])


def test_a_draft_cannot_be_given_back(inbox: Inbox) -> None:
    """Nobody has handed it in."""
    with pytest.raises(InboxError, match="sent back"):
        give_back(Replies(inbox), write(inbox, ask(inbox)), "Kürzer", "tarek", NOW)


def test_a_newer_message_sends_a_draft_back(inbox: Inbox) -> None:
    """Current: nothing happens. They write again: it waits for another look and says why."""
    replies, reply = Replies(inbox), write(inbox, ask(inbox))
    assert look_again(replies, reply, NOW) is None
    hear(inbox, said("c2", answers="c1", author="@c1@far.example", minute=5))
    again = look_again(replies, replies.reply(reply.id), NOW)
    assert again is not None
    assert (again.state, bool(again.note), replies.is_current(again, NOW)) == (ReplyState.STALE, True, True)
