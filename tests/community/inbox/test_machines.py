"""What machines wrote: kept and shown, and nobody waits for an answer; an inbox of before learns to tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from toolkit.community.crisis.hearing import hear
from toolkit.community.inbox.book import open_inbox
from toolkit.community.inbox.conversation import Stage
from toolkit.community.inbox.desk import Wanted
from toolkit.community.inbox.gathering import Listener
from toolkit.community.inbox.schema import INBOX
from toolkit.database import Place
from toolkit.database.opening import open_to_write
from toolkit.model import Message, MessageKind, Showing

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MAIL = Message(
    "<1@x.example>", "service", MessageKind.DIRECT, "max@x.example", "Bin im Urlaub", NOW, subject="Abwesend"
)


def test_an_automatic_reply_starts_no_clock(tmp_path: Path) -> None:
    """In an inbox whose schema is of before: it is brought up to date, and the mail is no turn of theirs."""
    place = Place(tmp_path / "inbox.sqlite")
    open_to_write(place, replace(INBOX, migrations={1: INBOX.migrations[1]}), NOW).close()
    with open_inbox(place, now=NOW) as inbox:
        person = replace(MAIL, remote_id="<2@x.example>", thread="<2@x.example>")
        machine = replace(MAIL, automatic=True, thread="<1@x.example>")
        inbox.gather(Listener("mail:service", "service"), [person, machine], NOW)
        found = {
            inbox.entries(one)[0].message.automatic: one for one in inbox.conversations(Wanted(frozenset()), now=NOW)
        }
    assert found[False].waiting_since == NOW
    assert found[True].waiting_since is None
    assert not found[True].stage.ours


def test_an_answer_that_came_back_opens_its_conversation(tmp_path: Path) -> None:
    """It is our turn again, though nobody waits; once somebody has answered anew, it is theirs."""
    place = Place(tmp_path / "inbox.sqlite")
    listener = Listener("mail:service", "service")
    theirs = replace(MAIL, thread="t")
    ours = replace(theirs, remote_id="<2@x.example>", own=True, at=NOW + timedelta(minutes=1))
    bounce = replace(
        theirs, remote_id="<3@mx.example>", author="mailer-daemon@mx.example", automatic=True, bounced=True,
        text="Undelivered", at=NOW + timedelta(minutes=2),
    )  # fmt: skip
    again = replace(ours, remote_id="<4@x.example>", at=NOW + timedelta(minutes=9))
    stages = []
    with open_inbox(place, now=NOW) as inbox:
        for message in (theirs, ours, bounce, again):
            inbox.gather(listener, [message], NOW + timedelta(minutes=10))
            (found,) = inbox.conversations(Wanted(frozenset()), now=NOW)
            stages.append((found.stage, found.waiting_since is not None))
            if message is bounce:
                assert inbox.last_words([found]) == {found.id: "Undelivered"}
    assert stages == [(Stage.NEW, True), (Stage.WAITING, False), (Stage.OPEN, False), (Stage.WAITING, False)]


def test_what_the_network_keeps_from_others_is_no_mention(tmp_path: Path) -> None:
    """Held or hidden there: read and kept with that, and in no curve; once it is shown it counts."""
    with open_inbox(Place(tmp_path / "inbox.sqlite"), now=NOW) as inbox:
        for number, showing in enumerate(Showing):
            comment = Message(f"{number}", "blog", MessageKind.COMMENT, "max", "Hallo", NOW, showing=showing)
            inbox.gather(Listener("blog", "blog"), [comment], NOW)
        assert len(hear(inbox, NOW).mentions) == 1
        shown = [inbox.entries(one)[0].message.showing for one in inbox.conversations(now=NOW)]
        assert sorted(shown) == sorted(Showing)
        inbox.gather(Listener("blog", "blog"), [replace(comment, showing=Showing.SHOWN)], NOW)
        assert len(hear(inbox, NOW).mentions) == 2
