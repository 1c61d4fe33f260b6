"""What machines wrote: kept and shown, and nobody waits for an answer; an inbox of before learns to tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from toolkit.community.inbox.book import open_inbox
from toolkit.community.inbox.desk import Wanted
from toolkit.community.inbox.gathering import Listener
from toolkit.community.inbox.schema import INBOX
from toolkit.database import Place
from toolkit.database.opening import open_to_write
from toolkit.model import Message, MessageKind

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
