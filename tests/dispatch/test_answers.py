"""Replies under the dispatcher's promise: checked again right before the intent, sent once, told to the inbox."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.community.inbox.inboxes import LISTENER, hear, said
from tests.community.replies.written import NOW, approved, ask
from tests.dispatch.fakes import Crash, FakeNetwork, find_place
from toolkit.community import PAUSE_FILE
from toolkit.community.inbox.book import Inbox, open_inbox
from toolkit.community.inbox.conversation import Stage
from toolkit.community.inbox.fetching import mark_deleted
from toolkit.community.inbox.forgetting import find_author, forget
from toolkit.community.inbox.place import find_inbox
from toolkit.community.replies.book import Replies, Wish
from toolkit.community.replies.reply import Reply, ReplyState
from toolkit.dispatch import Desk, Lease, Line, Orders, Shelf, TickResult, tick
from toolkit.dispatch.answers import finish, join, open_answers
from toolkit.dispatch.gate import Gate
from toolkit.ledger import Ledger, Row, State, open_ledger
from toolkit.model import Promise, SetClock
from toolkit.settings import Account
from toolkit.workspace import load_workspace

TOML = """\
format = 1

[workspace]
id = "probe"
timezone = "Europe/Berlin"

[accounts.mastodon]
network = "mastodon"
id = "@nordlicht@social.example"
"""


@dataclass
class Room:
    """A workspace with an inbox, a ledger, one account's network, and a clock that is moved by hand."""

    root: Path
    network: FakeNetwork
    clock: SetClock
    crash: Callable[[str], None] = lambda _point: None
    lost: bool = False  # whether the inbox cannot be read

    @property
    def state(self) -> Path:
        return self.root / "state"

    @contextmanager
    def inbox(self) -> Iterator[Inbox]:
        settings = load_workspace(self.root).settings
        with open_inbox(find_inbox(self.state, settings, {}), now=self.clock.now()) as inbox:
            yield inbox

    def ledger(self) -> Ledger:
        return open_ledger(find_place(self.state), now=self.clock.now())

    def tick(self, *, rehearsal: bool = False) -> TickResult:
        """As `publish_due` does it, with another network."""
        workspace = load_workspace(self.root)
        with self.ledger() as ledger:
            gate = Gate(workspace, ledger, self.clock)
            lease = Lease(self.clock.elapsed)
            bare = Orders({}, ((LISTENER.account_id, "mastodon", "mastodon"),))
            shelf = Shelf(lambda _file: b"")
            desk = Desk(ledger, bare, self.line, shelf, self.clock, lease, crash=self.crash, rehearsal=rehearsal)
            with open_answers(self.state, workspace.settings, {}, gate, rehearsal=rehearsal) as answers:
                result = tick(join(desk, None if self.lost else answers))
                finish(answers, ledger, self.clock.now())
        return result

    def line(self, _account_id: str) -> Line:
        account = Account("mastodon", "mastodon", "@nordlicht@social.example")
        return Line(account, self.network, self.network.promise, timedelta(seconds=60), timedelta(hours=1))

    def wait(self, **delta: float) -> None:
        passed = timedelta(**delta)
        self.clock.moment += passed
        self.clock.seconds += passed.total_seconds()

    def rows(self) -> list[Row]:
        with self.ledger() as ledger:
            return ledger.rows()

    def reply(self, reply: Reply) -> Reply:
        with self.inbox() as inbox:
            return Replies(inbox).reply(reply.id)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """The ledger has known the account for a while."""
    return make_room(tmp_path)


def make_room(root: Path, promise: Promise = Promise.READ_BACK) -> Room:
    root.mkdir(exist_ok=True)
    (root / "leitstand.toml").write_text(TOML)
    (root / "content").mkdir()
    clock = SetClock(NOW - timedelta(days=1))
    room = Room(root, FakeNetwork(clock, promise), clock)
    room.tick()
    room.wait(days=1)
    return room


def somebody_asks(room: Room, text: str = "Er ist unterwegs.") -> Reply:
    """And the answer has its yes."""
    with room.inbox() as inbox:
        return approved(inbox, ask(inbox), text)


def test_an_approved_reply_goes_out_once_and_it_is_their_turn(room: Room) -> None:
    """With the author's name, below the message; the conversation waits for them, and hearing it again changes nothing."""
    reply = somebody_asks(room)
    for _again in range(3):
        room.tick()
    ((key, part, text, _at),) = room.network.published
    (row,) = room.rows()
    assert (row.uid, row.occurrence, row.action, row.path) == (reply.id, reply.conversation, "answer", "")
    assert (key, part, text) == (row.key, 0, "@c1@far.example Er ist unterwegs.")
    after = room.reply(reply)
    assert (after.state, after.remote_id) == (ReplyState.SENT, "1")
    with room.inbox() as inbox:
        hear(inbox, said("1", answers="c1", own=True, text="Er ist unterwegs."))
        seen = inbox.conversation(reply.conversation, now=NOW)
        assert (seen.stage, seen.waiting_since) == (Stage.WAITING, None)
        assert [one.message.remote_id for one in inbox.entries(seen)] == ["c1", "1"]


def test_a_newer_message_sends_it_back(room: Room) -> None:
    """They wrote again: nothing is sent, the yes is void; looked at once more and approved, it goes out below the newer one."""
    reply = somebody_asks(room)
    with room.inbox() as inbox:
        hear(inbox, said("c2", answers="c1", minute=5, text="Hat sich erledigt!"))
    room.tick()
    after = room.reply(reply)
    assert (room.network.published, after.state, after.target, after.approved) == ([], ReplyState.STALE, "c2", False)
    with room.inbox() as inbox:
        Replies(inbox).approve(after, "tarek", room.clock.now())
    room.wait(minutes=1)
    room.tick()
    assert [post[2] for post in room.network.published] == ["@ada@far.example Er ist unterwegs."]


def test_a_message_in_the_last_moment_stops_it(room: Room) -> None:
    """It is heard after the plan and before the intent: not a byte leaves."""
    reply = somebody_asks(room)

    def crash(point: str) -> None:
        if point == "C1":
            with room.inbox() as inbox:
                hear(inbox, said("c2", answers="c1", minute=5, text="Hat sich erledigt!"))

    room.crash = crash
    room.tick()
    assert room.network.requests == 0
    assert room.reply(reply).state is ReplyState.STALE


@pytest.mark.parametrize("change", ["dropped", "rewritten", "expired", "deleted", "forgotten"])
def test_what_is_not_wanted_any_more_is_not_sent(room: Room, change: str) -> None:
    """Between plan and intent; its row is cancelled, or waits with the reason."""
    room.network.moods = ["not sent"]
    reply = somebody_asks(room)
    room.tick()
    with room.inbox() as inbox:
        replies, now = Replies(inbox), room.clock.now()
        current = replies.reply(reply.id)
        match change:
            case "dropped":
                replies.drop(current, "mai", now)
            case "rewritten":
                replies.change(current, replace(current, text="Anders."), "mai", "rewritten")
            case "deleted":
                mark_deleted(inbox, LISTENER.account_id, ["c1"], {"c1"}, now)
            case "forgotten":
                forget(inbox, None, find_author(inbox, "@c1@far.example"), now)
            case _:
                room.wait(hours=73)
    room.wait(minutes=10)
    room.tick()
    assert room.network.requests == 0
    assert room.rows()[0].state in (State.CANCELLED, State.PLANNED)
    assert room.reply(reply).state is not ReplyState.SENT


def test_a_refused_reply_comes_back_with_the_reason_and_goes_out_anew(room: Room) -> None:
    """The message is gone there, say: a person sees why, writes anew, approves, and it is tried again."""
    room.network.moods = ["refuse"]
    reply = somebody_asks(room)
    room.tick()
    after = room.reply(reply)
    assert (after.state, after.note) == (ReplyState.STALE, "text too long")
    room.tick()
    assert room.network.requests == 1
    room.wait(minutes=2)
    with room.inbox() as inbox:
        Replies(inbox).approve(after, "tarek", room.clock.now())
    room.tick()
    room.tick()
    assert len(room.network.published) == 1
    assert room.reply(reply).state is ReplyState.SENT


@pytest.mark.parametrize(
    ("pause", "sent"),
    [
        ("- {scope: all, reason: Rückruf, owner: mai}", 0),
        ("- {scope: all, reason: Rückruf, owner: mai, allow: [replies]}", 1),
        ("- {scope: 'channel:mastodon', reason: Rückruf, owner: mai}", 0),
        ("- {scope: 'channel:other', reason: Rückruf, owner: mai}", 1),
        ("- {scope: 'campaign:advent', reason: Rückruf, owner: mai}", 1),
        ("- {scope: [", 0),
    ],
)
def test_a_pause_stops_replies_unless_it_lets_them_out(room: Room, pause: str, sent: int) -> None:
    """What it stops comes back to a person and never bursts out when the pause is over."""
    reply = somebody_asks(room)
    (room.root / PAUSE_FILE).write_text(pause)
    room.tick()
    assert len(room.network.published) == sent
    (room.root / PAUSE_FILE).unlink()
    room.wait(minutes=5)
    room.tick()
    assert len(room.network.published) == sent
    assert room.reply(reply).state is (ReplyState.SENT if sent else ReplyState.STALE)


def test_it_is_not_sent_before_its_time(room: Room) -> None:
    """`send_after` counts."""
    with room.inbox() as inbox:
        seen, replies = ask(inbox), Replies(inbox)
        wish = Wish("Guten Morgen!", "mai", private=False, send_after=NOW + timedelta(hours=9))
        replies.approve(replies.write(seen, wish, NOW), "tarek", NOW)
    room.tick()
    room.wait(hours=8)
    room.tick()
    assert room.network.published == []
    room.wait(hours=1, seconds=1)
    room.tick()
    assert len(room.network.published) == 1


def test_a_rehearsal_writes_nothing(room: Room) -> None:
    """Neither to the network nor to the inbox."""
    reply = somebody_asks(room)
    result = room.tick(rehearsal=True)
    assert [event.state for event in result.events][-1] is State.CONFIRMED
    assert room.network.requests == 0
    assert room.reply(reply) == reply


def test_the_same_thanks_are_for_many(room: Room) -> None:
    """Two people get the same words, each once."""
    with room.inbox() as inbox:
        for name in ("c1", "x1"):
            approved(inbox, ask(inbox, name), "Danke!")
    room.tick()
    assert sorted(post[2] for post in room.network.published) == ["@c1@far.example Danke!", "@x1@far.example Danke!"]


def test_an_inbox_that_cannot_be_read_loses_nothing(room: Room) -> None:
    """What is planned stays planned, what is unknown stays so, and both go on when it can be read again."""
    room.network.moods = ["not sent"]
    reply = somebody_asks(room)
    room.tick()
    room.lost = True
    room.wait(minutes=10)
    room.tick()
    assert room.rows()[0].state is State.PLANNED
    room.lost = False
    room.network.moods = ["reply lost"]
    room.wait(minutes=10)
    room.tick()
    assert room.rows()[0].state is State.UNKNOWN
    room.lost = True
    room.wait(minutes=10)
    room.tick()
    assert room.rows()[0].state is State.UNKNOWN
    room.lost = False
    room.tick()
    assert len(room.network.published) == 1
    assert room.reply(reply).state is ReplyState.SENT


def test_what_was_forgotten_in_the_air_asks_a_person(room: Room) -> None:
    """Nobody knows whether it is out, and whom it was for is not known any more: it is never sent again."""
    room.network.moods = ["reply lost"]
    room.network.blind_spots = 1
    somebody_asks(room)
    room.tick()
    with room.inbox() as inbox, room.ledger() as ledger:
        forget(inbox, ledger, find_author(inbox, "@c1@far.example"), room.clock.now())
    room.wait(minutes=10)
    room.tick()
    assert room.rows()[0].state is State.HELD
    assert len(room.network.published) == 1


def test_a_long_answer_is_a_thread_of_its_own(room: Room) -> None:
    """The second part stands below the first and goes on, though the first was heard as our own meanwhile."""
    room.network.moods = ["accept", "not sent"]
    reply = somebody_asks(room, "Erstens.\n\n---\n\nZweitens.")
    room.tick()
    with room.inbox() as inbox:
        hear(inbox, said("1", answers="c1", own=True, minute=61))
    room.wait(minutes=10)
    room.tick()
    assert [(post[1], post[2]) for post in room.network.published] == [
        (0, "@c1@far.example Erstens."),
        (1, "Zweitens."),
    ]
    assert room.reply(reply).state is ReplyState.SENT


POINTS = ("C1", "C2", "C3", "C4", "C5", "C6")
MOODS = ("accept", "reply lost", "500", "reset before")
ASKABLE = (Promise.KEY, Promise.RKEY, Promise.TWO_STEP, Promise.READ_BACK)


@pytest.mark.parametrize("promise", ASKABLE)
def test_killed_at_any_point_there_is_one_answer(tmp_path: Path, promise: Promise) -> None:
    """Every crash point by every mood of the network: later ticks bring it out exactly once, and the inbox knows it."""
    met = set()
    for number, (point, mood) in enumerate(itertools.product(POINTS, MOODS)):
        room = make_room(tmp_path / str(number), promise)
        room.network.moods = [mood]
        reply = somebody_asks(room)
        left = [point]

        def crash(here: str, left: list[str] = left) -> None:
            if left and here == left[0]:
                met.add(left.pop())
                raise Crash(here)

        room.crash = room.network.crash = crash
        for _tick in range(12):
            with suppress(Crash):
                room.tick()
            room.wait(minutes=2)
            if room.reply(reply).state is ReplyState.SENT:
                break
        room.tick()
        assert len(room.network.published) == 1, (point, mood, room.rows())
        assert room.reply(reply).state is ReplyState.SENT, (point, mood)
    # Whoever replays a key in time need not look.
    assert met >= set(POINTS) - ({"C6"} if promise is Promise.KEY else set())


def test_forgetting_them_takes_the_words_out_of_what_was_sent(room: Room) -> None:
    """Of the row it stays that it was sent, also when its conversation has turned out to be part of another."""
    reply = somebody_asks(room)
    room.tick()
    with room.inbox() as inbox:
        hear(inbox, said("c0", minute=-5, author="@c1@far.example"))
        hear(inbox, said("c1", answers="c0", author="@c1@far.example"))
        moved = inbox.conversation(reply.conversation, now=room.clock.now())
        assert moved.id != reply.place
        with room.ledger() as ledger:
            found = forget(inbox, ledger, find_author(inbox, "@c1@far.example"), room.clock.now())
    assert (found.sent.rows, found.sent.left) == (1, 0)
    (row,) = room.rows()
    assert (row.state, row.rendition) == (State.CONFIRMED, "{}")
    assert room.reply(reply).text == ""


def test_an_account_that_is_new_to_the_ledger_answers_at_its_first_tick(tmp_path: Path) -> None:
    """A reply that was written here is no history, however new its account: it goes out at once, and once."""
    (tmp_path / "leitstand.toml").write_text(TOML)
    (tmp_path / "content").mkdir()
    clock = SetClock(NOW)
    room = Room(tmp_path, FakeNetwork(clock, Promise.READ_BACK), clock)
    somebody_asks(room)
    for _again in range(2):
        room.wait(seconds=1)
        room.tick()
        assert len(room.network.published) == 1
