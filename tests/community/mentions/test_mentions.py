"""Feeds from a real server: what is asked, what becomes a mention, and what does not a second time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import hypothesis
import hypothesis.strategies as st
import pytest

from tests.community.mentions.papers import Paper, entry, serving
from toolkit.community.inbox.book import Inbox, open_inbox
from toolkit.community.mentions.entries import read_entries
from toolkit.community.mentions.hearing import EVERY, EXCERPT, FeedHeard, hear_feeds
from toolkit.community.mentions.memory import Memory, read_memory, write_memory
from toolkit.community.mentions.terms import mentioned
from toolkit.database import Place
from toolkit.language.sameness import canonical, same_title, title_words
from toolkit.model import MessageKind
from toolkit.web import Web
from toolkit.workspace.feeds import Feed, Reading, Term

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TERMS = (Term("Nordlicht Kaffee"), Term("Nordlicht", ("Polarlicht",)))


@pytest.fixture
def paper() -> Iterator[Paper]:
    made = Paper()
    with serving(made):
        yield made


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    with open_inbox(Place(tmp_path / "inbox.sqlite"), now=NOW) as opened:
        yield opened


@dataclass
class House:
    """Rounds of one house, a quarter of an hour apart."""

    paper: Paper
    inbox: Inbox
    memory: Memory = field(default_factory=Memory)
    now: datetime = NOW

    def round(self, *feeds: Feed, after: timedelta = EVERY) -> list[FeedHeard]:
        self.now += after
        web = Web(allowed_hosts=frozenset({self.paper.url.removeprefix("http://")}))
        return hear_feeds(web, self.inbox, Reading(feeds, TERMS), self.memory, self.now)


@pytest.fixture
def house(paper: Paper, inbox: Inbox) -> House:
    return House(paper, inbox)


def test_a_new_entry_that_names_the_house_is_a_mention(house: House) -> None:
    """Not those of the first round, not those about somebody else; title, link and at most 300 characters are kept."""
    feed = house.paper.feed("blog", entry(1, "Nordlicht Kaffee ist alt"))
    assert [one.gathered.new for one in house.round(feed)] == [0]
    long = "&lt;p&gt;Die &lt;b&gt;Rösterei&lt;/b&gt; " + "lang " * 100 + "Nordlicht Kaffees&lt;/p&gt;"
    house.paper.feed("blog", entry(2, "Besuch in Kiel", long), entry(3, "Nordlicht und Polarlicht"), entry(4, "Tee"))
    assert [one.gathered.new for one in house.round(feed)] == [1]
    (conversation,) = house.inbox.conversations(now=house.now)
    (found,) = house.inbox.entries(conversation)
    message = found.message
    assert (message.kind, message.channel, message.language) == (MessageKind.MENTION, "blog", "de")
    assert (message.url, message.at) == ("https://blog.example/2", datetime(2026, 11, 22, 2, 0, tzinfo=UTC))
    title, said = message.text.split("\n\n")
    assert title == "Besuch in Kiel"
    assert said.startswith("Die Rösterei lang lang")
    assert len(said) == EXCERPT


def test_an_unchanged_feed_is_not_sent_again(house: House) -> None:
    """The entity tag goes back, and what was heard comes once; within a quarter of an hour nobody is asked."""
    feed = house.paper.feed("blog", entry(1, "Tee"))
    house.round(feed)
    house.paper.feed("blog", entry(2, "Nordlicht Kaffee"))
    assert [one.gathered.new for one in house.round(feed)] == [1]
    assert [one.gathered.new for one in house.round(feed)] == [0]
    assert [status for _path, _tag, status in house.paper.asked] == [200, 200, 304]
    (again,) = house.round(feed, after=timedelta(minutes=5))
    assert again.waiting
    assert len(house.paper.asked) == 3


def test_one_event_in_many_papers_is_one_message(house: House) -> None:
    """The same address with another tracking, and nearly the same title."""
    feeds = [house.paper.feed(name) for name in ("eins", "zwei", "drei")]
    house.round(*feeds)
    house.paper.feed(
        "eins", entry(2, "Nordlicht Kaffee ruft Winterröster zurück", link="https://www.a.example/x?utm_source=rss")
    )
    house.paper.feed("zwei", entry(3, "Nordlicht: Rückruf", link="http://a.example/x/#top"))
    house.paper.feed("drei", entry(4, "Kiel: Nordlicht Kaffee ruft Winterröster zurück"))
    assert [one.gathered.new for one in house.round(*feeds)] == [1, 0, 0]


def test_who_is_killed_before_the_memory_is_written_tells_nothing_twice(house: House) -> None:
    """The same entries are heard again, and the inbox knows them."""
    feed = house.paper.feed("blog", entry(1, "Tee"))
    house.round(feed)
    house.paper.feed("blog", entry(2, "Nordlicht Kaffee"))
    before = house.memory
    house.memory = Memory(dict(before.feeds), events=list(before.events))
    assert [one.gathered.new for one in house.round(feed)] == [1]
    house.memory = before
    assert [one.gathered.new for one in house.round(feed)] == [0]


def test_a_feed_that_fails_waits_longer_and_leaves_the_others_alone(house: House) -> None:
    """404, a web page and a server that is not there; after a week it is said that it may have moved."""
    good, bad = house.paper.feed("gut"), house.paper.feed("schlecht")
    page, nowhere = house.paper.feed("seite"), Feed("weg", "http://127.0.0.1:1/feed")
    house.paper.raw["/schlecht"] = (404, b"")
    house.paper.raw["/seite"] = (200, b"<!doctype html><html><title>x</title></html>")
    heard = {one.feed: one for one in house.round(good, bad, page, nowhere)}
    assert heard["gut"].failure == ""
    assert "answers 404" in heard["schlecht"].failure
    assert "is no feed" in heard["seite"].failure
    assert "127.0.0.1" in heard["weg"].failure
    waits = []
    for _round in range(3):
        (told,) = house.round(bad, after=timedelta(hours=6))
        assert told.again_at is not None
        waits.append(told.again_at - house.now)
    assert waits == [timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2)]
    (told,) = house.round(bad, after=timedelta(days=7))
    assert told.dead
    assert "nothing for 7 days" in told.failure


def test_the_memory_survives_and_may_be_lost(tmp_path: Path, house: House) -> None:
    """What is written is read back; without it a feed begins anew, without a flood."""
    feed = house.paper.feed("blog", entry(1, "Nordlicht Kaffee"))
    house.round(feed)
    write_memory(tmp_path, house.memory)
    assert read_memory(tmp_path) == house.memory
    (tmp_path / "feeds.json").write_text("{", encoding="utf-8")
    house.memory = read_memory(tmp_path)
    assert house.memory == Memory()
    assert [one.gathered.new for one in house.round(feed)] == [0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zu Besuch bei NORDLICHT\nKAFFEE.", "Nordlicht Kaffee"),
        ("Nordlicht Kaffees Röster", "Nordlicht Kaffee"),
        ("Nordlicht's new roast", "Nordlicht"),
        ("Nordlichter über Kiel", ""),
        ("Nordlicht, auch Polarlicht", ""),
        ("Kaffee Nordlichtung", ""),
    ],
)
def test_whole_words_are_found(text: str, found: str) -> None:
    """In any case and spacing, with a genitive; not inside others, and not beside what tells of something else."""
    assert mentioned(text, TERMS) == found


def test_addresses_and_titles_are_compared_by_what_they_mean() -> None:
    """Tracking, scheme, www and slash do not count, other parameters do; short titles are alike only when equal."""
    assert canonical("https://www.a.example/x/?utm_source=a&id=2#top") == canonical("http://a.example/x?id=2")
    assert canonical("https://a.example/x?id=2") != canonical("https://a.example/x?id=3")
    assert canonical("javascript:alert(1)") == ""
    assert not same_title(title_words("Rückruf Kaffee"), title_words("Rückruf Tee"))


def test_a_feed_is_bytes_and_never_an_address(tmp_path: Path) -> None:
    """What looks like a path or an address is neither opened nor asked for."""
    secret = tmp_path / "feed.xml"
    secret.write_text(
        "<rss version='2.0'><channel><item><title>geheim</title></item></channel></rss>", encoding="utf-8"
    )
    assert read_entries(str(secret).encode()) is None
    assert read_entries(b"http://127.0.0.1:1/feed") is None


@hypothesis.given(st.binary(max_size=200), st.text(max_size=120))
@hypothesis.settings(max_examples=100, deadline=None)
def test_whatever_a_feed_holds_nothing_is_raised(data: bytes, text: str) -> None:
    """Arbitrary bytes, and a feed with arbitrary text in it."""
    read_entries(data)
    shell = f"<rss version='2.0'><channel><item><title>{text}</title><pubDate>{text}</pubDate></item></channel></rss>"
    for found in read_entries(shell.encode("utf-8", "replace")) or ():
        (found.title + found.text + found.guid + found.url).encode()


def test_entries_without_a_time_are_spread_over_the_time_since_the_last_round(house: House) -> None:
    """A feed that was away for six hours brings no wave with it."""
    feed = house.paper.feed("blog", entry(1, "Tee"))
    house.round(feed)
    house.paper.feed(
        "blog", *(re.sub("<pubDate>.*</pubDate>", "", entry(n, f"Nordlicht Kaffee {n} {n}{n}{n}")) for n in range(2, 7))
    )
    house.round(feed, after=timedelta(hours=6))
    found = [house.inbox.entries(one)[0].message.at for one in house.inbox.conversations(now=house.now)]
    assert sorted(found) == [house.now - timedelta(hours=number) for number in range(5, 0, -1)]
