"""What is only counted: once, under a pseudonym, not beside the message itself, and for a month. On both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.community.inbox.inboxes import LISTENER, START, hear, said
from toolkit.community.inbox import statements as sql
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.desk import Wanted
from toolkit.community.inbox.gathering import Listener
from toolkit.community.inbox.hits import KEPT, Hit, count_hits
from toolkit.community.inbox.schema import INBOX
from toolkit.database import to_text

SOURCE = "mastodon #kaffee"


def counted(inbox: Inbox) -> list[tuple[object, ...]]:
    """Source, moment, mood and dangers of what is in the curve."""
    values = {"since": to_text(START - timedelta(days=99)), "now": to_text(START + timedelta(days=99))}
    return [(raw["source"], raw["at"], raw["negative"], raw["risks"]) for raw in inbox.store.read(sql.HITS, values)]


def test_a_hit_counts_once_to_five_minutes(inbox: Inbox) -> None:
    """The same event by another address in the same place is the same; the moment is no finer than the curve."""
    one = Hit(
        said("1", at=START + timedelta(minutes=7, seconds=3)), "//a.example/1", negative=True, risks={"Glas", "Ä"}
    )
    assert count_hits(inbox, LISTENER.account_id, SOURCE, [one, replace(one, message=said("2"))], START) == 1
    assert count_hits(inbox, "other", "bluesky", [one], START) == 0
    assert counted(inbox) == [(SOURCE, to_text(START + timedelta(minutes=5)), 1, '["Glas", "Ä"]')]


def test_what_stands_in_the_inbox_is_not_counted_beside_it(inbox: Inbox) -> None:
    """Whichever came first; another account's message of that number is another one."""
    hits = [Hit(said(name), "") for name in ("1", "2", "3")]
    hear(inbox, said("1"))
    count_hits(inbox, LISTENER.account_id, SOURCE, hits, START)
    count_hits(inbox, "other", SOURCE, hits[:1], START)
    hear(inbox, said("3"))
    assert len(counted(inbox)) == 2


def test_a_month_later_it_is_gone(inbox: Inbox) -> None:
    """With the next round that counts anything, or nothing."""
    count_hits(inbox, "a", SOURCE, [Hit(said("1"), "")], START)
    count_hits(inbox, "a", SOURCE, [], START + KEPT)
    assert len(counted(inbox)) == 1
    count_hits(inbox, "a", SOURCE, [], START + KEPT + timedelta(minutes=6))
    assert counted(inbox) == []


def test_an_inbox_of_before_learns_that_nobody_waits_below_an_article(inbox: Inbox) -> None:
    """What its schema's change says of feeds: their mentions lose the clock, those of accounts keep theirs."""
    for account in ("feed:https://a.example/x", "mastodon:a"):
        inbox.gather(Listener(account, account), [said("1", at=START)], START)
    updates = [one for one in INBOX.migrations[7] if one.startswith("UPDATE")]
    assert len(updates) == 2
    with inbox.store.transaction() as transaction:
        for statement in updates:
            transaction.run(statement, {})
    found = {
        one.account_id[:4]: (one.waiting_since, inbox.entries(one)[0].message.answerable)
        for one in inbox.conversations(Wanted(frozenset()), now=START)
    }
    assert found == {"feed": (None, False), "mast": (START, True)}
