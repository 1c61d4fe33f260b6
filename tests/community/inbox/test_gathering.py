from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.community.inbox.inboxes import LISTENER, MINUTE, POST, START, all_of, hear, said, the_only
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Conversation, Stage
from toolkit.community.inbox.schema import INBOX
from toolkit.database import Place
from toolkit.database.sqlite import open_in_memory
from toolkit.model import Message, MessageKind

DIRECT = MessageKind.DIRECT
MENTION = MessageKind.MENTION
BOB = "@bob@far.example"

# Everything that an account can hear: threads below a post, a mention with its thread, direct messages of two people
# with and without a thread of the network's, mails, our own answers, an edit, and a comment whose answer is a comment.
WORLD: Sequence[Message] = (
    said("c1", minute=1),
    said("c2", minute=2, author=BOB, answers="c1"),
    said("c3", minute=3, own=True, answers="c2"),
    said("c4", minute=4, answers="c3"),
    said("c5", minute=5, author=BOB),
    replace(said("c5", minute=5, author=BOB), text="now put better", edited_at=START + 9 * MINUTE),
    said("m1", kind=MENTION, minute=6, answers="stranger"),
    said("m2", kind=MENTION, minute=7, author=BOB, answers="stranger"),
    said("m3", kind=MENTION, minute=8, thread="root"),
    said("m4", kind=MENTION, minute=9, own=True, thread="root"),
    said("m5", minute=19, answers="m4", below=""),
    said("d1", kind=DIRECT, minute=10),
    said("d2", kind=DIRECT, minute=11, own=True, answers="d1"),
    said("d3", kind=DIRECT, minute=12),
    said("d4", kind=DIRECT, minute=13, author=BOB),
    said("d5", kind=DIRECT, minute=14, answers="c1", thread="ada+bob"),
    said("d6", kind=DIRECT, minute=15, author=BOB, thread="ada+bob"),
    said("x1", kind=DIRECT, minute=16, subject="Lieferung", thread="<1@mail>"),
    said("x2", kind=DIRECT, minute=17, subject="Rechnung", thread="<2@mail>"),
    said("x3", kind=DIRECT, minute=18, subject="Re: Lieferung", answers="x1"),
)


def _inbox() -> Inbox:
    return Inbox(open_in_memory(INBOX, START), Place(Path("none")))


def _seen(inbox: Inbox) -> list[tuple[Conversation, list[Message]]]:
    """Every conversation with its messages, without what is given by chance or by the number of visits."""
    found = [(replace(one, id="", version=0), [entry.message for entry in inbox.entries(one)]) for one in all_of(inbox)]
    return sorted(found, key=lambda pair: [message.remote_id for message in pair[1]])


def _groups(inbox: Inbox) -> set[str]:
    return {" ".join(entry.message.remote_id for entry in inbox.entries(one)) for one in all_of(inbox)}


def test_what_belongs_together_is_one_conversation() -> None:
    """A comment with its answers, a mention with its thread, direct messages with the same people, a mail's thread."""
    inbox = _inbox()
    hear(inbox, *WORLD)
    assert _groups(inbox) == {"c1 c2 c3 c4", "c5", "m1 m2", "m3 m4 m5", "d1 d2 d3", "d4", "d5 d6", "x1 x3", "x2"}


@settings(max_examples=150)
@given(st.data())
def test_every_order_and_repetition_ends_in_the_same_conversations(data: st.DataObject) -> None:
    """However often messages are heard, in whatever order and in however many visits, the inbox is the same."""
    expected = _inbox()
    hear(expected, *WORLD)
    heard = data.draw(st.permutations(WORLD)) + data.draw(st.lists(st.sampled_from(WORLD), max_size=8))
    inbox = _inbox()
    while heard:
        count = data.draw(st.integers(1, len(heard)))
        hear(inbox, *heard[:count])
        heard = heard[count:]
    assert _seen(inbox) == _seen(expected)


def test_nothing_that_a_server_says_breaks_the_inbox(inbox: Inbox) -> None:
    """NUL and half a pair, absurd numbers and years: it is stored as far as it can be, and hearing it again is no change."""
    strange = said(
        "c\0\ud800",
        text="a\0b\udfffc",
        name="\ud83d",
        reach=10**40,
        media=("x\0y\udc00",),
        at=datetime(1, 1, 1, tzinfo=UTC),
        edited_at=datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
    )
    hear(inbox, strange, said("d1", reach=-5), said("", text=""))
    again = hear(inbox, strange, said("d1", reach=-5), said("", text=""))
    assert (again.new, again.changed) == (0, 0)
    (first, *_rest) = all_of(inbox)
    (entry,) = inbox.entries(first)
    assert (entry.message.text, entry.message.reach, entry.message.at.year) == ("a\ufffdb\ufffdc", 10**12, 1)


def test_a_message_from_the_future_was_written_when_it_was_heard(inbox: Inbox) -> None:
    """Whatever its author's machine claims: an answer of ours counts, and hearing it again is no change."""
    claimed = said("c1", at=START + timedelta(days=9000))
    hear(inbox, claimed, now=START)
    assert the_only(inbox).waiting_since == START
    assert hear(inbox, claimed, now=START + MINUTE).changed == 0
    hear(inbox, said("c2", minute=5, answers="c1", own=True))
    assert the_only(inbox, Stage.WAITING).answered_at == START + 5 * MINUTE


def test_what_is_heard_again_writes_nothing(inbox: Inbox) -> None:
    """The overlap of two visits changes no conversation, so that nobody's work meets another's."""
    hear(inbox, *WORLD)
    before = [(one.id, one.version) for one in all_of(inbox)]
    again = hear(inbox, *WORLD)
    assert (again.new, again.changed) == (0, 0)
    assert [(one.id, one.version) for one in all_of(inbox)] == before


def test_private_words_never_join_public_ones(inbox: Inbox) -> None:
    """Also not when the network says that one answers the other, or tells a public message as a private one later."""
    hear(inbox, said("c1"), said("d1", kind=DIRECT, answers="c1", minute=1))
    assert _groups(inbox) == {"c1", "d1"}
    hear(inbox, replace(said("c1"), kind=DIRECT))
    assert _groups(inbox) == {"c1", "d1"}
    assert all(one.private for one in all_of(inbox))


def test_an_edit_changes_text_and_moment_and_an_older_telling_does_not(inbox: Inbox) -> None:
    """The latest version counts, whichever was heard last."""
    first = said("c1")
    edited = replace(first, text="put better", edited_at=START + MINUTE)
    hear(inbox, edited)
    hear(inbox, first)
    (entry,) = inbox.entries(the_only(inbox))
    assert entry.message == edited


def test_two_that_turn_out_to_be_one_lose_nothing(inbox: Inbox) -> None:
    """The answer of an answer was heard before what lies between: remarks, labels, assignee, acts come together."""
    hear(inbox, said("c1", minute=1))
    hear(inbox, said("c3", minute=3, answers="c2"))
    one, two = all_of(inbox)
    inbox.remark(one, "first", "mai", START)
    two = inbox.assign(two, "mai", "mai", START)
    two = inbox.label(two, ["lieferung"], [], "mai", START)
    inbox.remark(two, "second", "mai", START)
    hear(inbox, said("c2", minute=2, answers="c1"))
    joined = the_only(inbox, Stage.OPEN)
    assert (joined.id, joined.assignee, joined.labels) == (one.id, "mai", ("lieferung",))
    assert [remark.text for remark in inbox.remarks(joined)] == ["first", "second"]
    assert [act.what for act in inbox.acts(joined)] == ["noted", "assigned", "labelled", "noted"]
    assert inbox.conversation(two.id, now=START).id == one.id


def test_what_people_know_stays_when_an_older_message_joins_it(inbox: Inbox) -> None:
    """The beginning of a thread that is heard last does not take the conversation's id away."""
    hear(inbox, said("c3", minute=3, answers="c2"))
    known = inbox.snooze(the_only(inbox), START + timedelta(days=2), "mai", START)
    hear(inbox, said("c1", minute=1), said("c2", minute=2, answers="c1"))
    joined = the_only(inbox)
    assert joined.id == known.id
    assert joined.opened_at == START + MINUTE


def test_our_answer_in_the_networks_app_counts(inbox: Inbox) -> None:
    """It is their turn then, and ours again when they write; the first answer ever stays noted."""
    hear(inbox, said("c1"))
    assert the_only(inbox, Stage.NEW).waiting_since == START
    hear(inbox, said("c2", minute=5, answers="c1", own=True))
    answered = the_only(inbox, Stage.WAITING)
    assert (answered.waiting_since, answered.answered_at) == (None, START + 5 * MINUTE)
    hear(inbox, said("c3", minute=9, answers="c2"))
    assert the_only(inbox, Stage.OPEN).waiting_since == START + 9 * MINUTE


def test_it_opens_again_when_they_write(inbox: Inbox) -> None:
    """Out of snoozed and done; our own words open nothing, and an edit of old ones does not either."""
    hear(inbox, said("c1"))
    done = inbox.set_stage(the_only(inbox), Stage.DONE, "mai", START)
    hear(inbox, replace(said("c1"), text="again", edited_at=START + MINUTE))
    assert the_only(inbox, Stage.DONE).version == done.version + 1
    hear(inbox, said("c2", minute=2, answers="c1", own=True))
    the_only(inbox, Stage.DONE)
    hear(inbox, said("c3", minute=3, answers="c1"))
    reopened = the_only(inbox, Stage.OPEN)
    inbox.snooze(reopened, START + timedelta(days=1), "mai", START)
    hear(inbox, said("c4", minute=4, answers="c1"))
    assert the_only(inbox, Stage.OPEN).snoozed_until is None


def test_it_stands_below_the_post_that_the_ledger_knows(inbox: Inbox) -> None:
    """The uid of the post, for the desk and for statistics by post."""
    hear(inbox, said("c1"), said("m1", kind=MENTION))
    assert {one.uid for one in all_of(inbox)} == {LISTENER.posts[POST], ""}
