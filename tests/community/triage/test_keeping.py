"""Triage of a real inbox: what it knows, and what of the verdict is kept."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.community.triage.desks import NOW, Brand, rule
from tests.servers.postgres import Postgres
from toolkit.community.inbox.book import Inbox, open_inbox
from toolkit.community.inbox.conversation import Conversation, Stage
from toolkit.community.inbox.gathering import Listener
from toolkit.community.triage.keeping import examine, examine_ours, keep
from toolkit.database import Place
from toolkit.model import Message, MessageKind

LISTENER = Listener("mastodon:@probe@social.example.com", "toots", {"post": "01POST"})


COUNT = itertools.count()


@pytest.fixture(params=["sqlite", "postgres"])
def inbox(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Inbox]:
    place = Place(tmp_path / "inbox.sqlite")
    if request.param == "postgres":
        server: Postgres = request.getfixturevalue("postgres")
        place = Place(place.file, server.address, f"triage{next(COUNT)}_inbox")
    with open_inbox(place, now=NOW) as opened:
        yield opened


def hear(inbox: Inbox, name: str, text: str, *, author: str = "@kim@example.org", minutes: int = 30) -> Conversation:
    """The conversation of a comment below our post, so many minutes ago."""
    at = NOW - timedelta(minutes=minutes)
    said = Message(name, "toots", MessageKind.COMMENT, author, text, at, answers="post", below="post", author_id=author)
    (found,) = inbox.gather(LISTENER, [said], NOW).conversations
    return inbox.conversation(found, now=NOW)


def again(inbox: Inbox, seen: Conversation) -> Conversation:
    return inbox.conversation(seen.id, now=NOW)


def test_the_verdict_knows_what_the_inbox_knows(brand: Brand, inbox: Inbox) -> None:
    """The author's role, and whether they wrote before: the first of two conversations is a first contact."""
    brand.block("triage", rule("new", "{first_contact: true}", "{labels: [new]}"))
    brand.block("triage", rule("press", "{roles: [press]}", "{labels: [press]}"))
    first, second = hear(inbox, "1", "Hallo", minutes=50), hear(inbox, "2", "Moin")
    stranger = hear(inbox, "3", "Tach", author="@ada@example.org")
    inbox.set_roles(first, ["press", "teammate"], "mai", NOW)
    book = brand.book()
    labels = {
        name: examine(inbox, one, book, NOW).labels for name, one in (("1", first), ("2", second), ("3", stranger))
    }
    assert labels == {"1": ("new", "press"), "2": ("press",), "3": ("new",)}


def test_the_score_is_kept_and_orders_the_inbox(brand: Brand, inbox: Inbox) -> None:
    """What is more urgent comes first; a second time there is nothing to write."""
    brand.block("risk", "risk: Glas\nlevel: 3\nwords: [Splitter]\n")
    hear(inbox, "1", "Hallo", minutes=90)
    hear(inbox, "2", "Wann?", author="@ada@example.org", minutes=60)
    hear(inbox, "3", "Splitter!", author="@eve@example.org")
    book = brand.book()
    assert keep(inbox, examine_ours(inbox, book, NOW), NOW) == 2
    assert [one.score for one in inbox.conversations(now=NOW)] == [5, 1, 0]
    assert keep(inbox, examine_ours(inbox, book, NOW), NOW) == 0


def test_labels_and_an_assignee_are_proposed_and_nobody_has_looked(brand: Brand, inbox: Inbox) -> None:
    """The conversation is still new; the log says that it was the machine."""
    brand.block("triage", rule("order", "{words: [Paket]}", "{labels: [order, late], assign: community}"))
    seen = hear(inbox, "1", "Wo ist mein Paket?")
    keep(inbox, examine_ours(inbox, brand.book(), NOW), NOW)
    now = again(inbox, seen)
    assert (now.labels, now.assignee, now.stage) == (("late", "order"), "mai", Stage.NEW)
    assert [(act.by, act.what, act.detail) for act in inbox.acts(now)][-2:] == [
        ("", "labelled", "+order +late"),
        ("", "assigned", "mai"),
    ]


def test_what_a_person_decided_stays(brand: Brand, inbox: Inbox) -> None:
    """A label that somebody took away does not come back, and what somebody gave to nobody stays nobody's."""
    brand.block("triage", rule("order", "{words: [Paket]}", "{labels: [order], assign: mai}"))
    seen = hear(inbox, "1", "Paket?")
    book = brand.book()
    keep(inbox, examine_ours(inbox, book, NOW), NOW)
    seen = inbox.label(again(inbox, seen), ["own"], ["order"], "ole", NOW)
    seen = inbox.assign(seen, "", "ole", NOW)
    keep(inbox, examine_ours(inbox, book, NOW), NOW)
    assert (again(inbox, seen).labels, again(inbox, seen).assignee) == (("own",), "")
    seen = inbox.assign(seen, "tarek", "ole", NOW)
    keep(inbox, examine_ours(inbox, book, NOW), NOW)
    assert again(inbox, seen).assignee == "tarek"


def test_somebody_who_was_faster_is_not_overruled(brand: Brand, inbox: Inbox) -> None:
    """Between the verdict and its writing a person takes the conversation: it stays theirs."""
    brand.block("triage", rule("order", "{words: [Paket]}", "{assign: mai}"))
    seen = hear(inbox, "1", "Paket?")
    found = examine_ours(inbox, brand.book(), NOW)
    inbox.assign(seen, "ole", "ole", NOW)
    keep(inbox, found, NOW)
    assert again(inbox, seen).assignee == "ole"


def test_answered_conversations_are_left_alone(brand: Brand, inbox: Inbox) -> None:
    """What is done has no score to renew."""
    seen = hear(inbox, "1", "Wann?")
    inbox.set_stage(seen, Stage.DONE, "mai", NOW)
    assert examine_ours(inbox, brand.book(), NOW) == []
