from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import feedparser
from hypothesis import given
from hypothesis import strategies as some

from tests.pages.conftest import NOW
from toolkit.model import Count, Part, Rendition
from toolkit.pages.feeds.atom import Item, make_feed
from toolkit.pages.markup import para
from toolkit.pages.paths import news_feed
from toolkit.pages.rendering import render_site

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
ATOM = "{http://www.w3.org/2005/Atom}"
DUE = "2026-11-20 07:30"
URL = 'url = "https://site.example.com"'


def publish(studio: Studio, path: str, account: str, text: str, at: datetime) -> None:
    """Let the ledger know that a post went out."""
    with studio.ledger(at - timedelta(days=1)) as ledger:
        studio.plan(path, ledger, account, at - timedelta(days=1))
        (row,) = [one for one in ledger.rows() if one.account == account and one.path == path]
        rendition = Rendition(
            network=row.network,
            account=account,
            parts=(Part(text, Count(len(text), 500, "characters")),),
            language="de",
        )
        sending = ledger.begin(row, at, rendition=rendition.to_json(), hashes=["sha256:x"], commit="")
        assert sending is not None
        ledger.confirm(sending, at, "1", f"https://{account}.example.com/1")


def read(studio: Studio, kind: str = "", name: str = "") -> feedparser.FeedParserDict:
    """A feed of the site as another program's parser reads it."""
    data = studio.render()[news_feed(kind, name)]
    assert isinstance(data, bytes)
    ET.fromstring(data)  # our own file: it must be well formed
    found = feedparser.parse(data)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def with_address(studio: Studio) -> None:
    file = studio.root / "leitstand.toml"
    file.write_text(file.read_text().replace('id = "nordlicht"', f'id = "nordlicht"\n{URL}', 1))


def test_what_went_out_stands_in_the_feed_as_it_was_sent(studio: Studio) -> None:
    """Its text, not the file's of today; where it can be read; on which channel; a draft and a planned post do not stand there."""
    with_address(studio)
    path = studio.post(publish=DUE, channels="mastodon, bluesky")
    studio.post(path="b.md", uid=UID[:-1] + "4", title="Planned")
    publish(studio, path, "mastodon", "Moin <b> &\nzweite Zeile\n\nEnde", NOW - timedelta(days=1))
    found = read(studio)
    (entry,) = found.entries
    assert entry.title == "Tür 1"
    assert entry.link == "https://site.example.com/posts/2026/12/tuer-1/"
    # The parser cleans the HTML; what was text is text.
    assert "<p>Moin &lt;b&gt; &amp;<br />zweite Zeile</p><p>Ende</p>" in entry.content[0].value
    assert 'href="https://mastodon.example.com/1"' in entry.content[0].value
    assert [one.term for one in entry.tags] == ["Mastodon"]
    assert entry.published_parsed[:5] == (2026, 11, 20, 6, 30)
    links = {link.rel: link.href for link in found.feed.links}
    assert links == {"self": "https://site.example.com/feeds/news/all.atom", "alternate": "https://site.example.com/"}
    assert read(studio, "channel", "bluesky").entries == []
    assert len(read(studio, "channel", "mastodon").entries) == 1


def test_an_item_is_the_same_for_ever(studio: Studio) -> None:
    """Another title, another file, another address of the site: the same id, which readers know it by."""
    path = studio.post(publish=DUE)
    publish(studio, path, "mastodon", "Moin", NOW - timedelta(days=1))
    before = read(studio).entries[0].id
    assert before.startswith("urn:uuid:")
    with_address(studio)
    (studio.root / path).unlink()
    studio.post(path="anders.md", title="Anders", publish=DUE)
    again = read(studio).entries[0]
    assert (again.id, again.title) == (before, "Anders")


def test_each_language_has_a_feed(studio: Studio) -> None:
    """Who reads only English gets the English posts, and each says its language."""
    path = studio.post(publish=DUE, more="language: en\n")
    other = studio.post(path="b.md", uid=UID[:-1] + "4", publish=DUE, title="B")
    for one in (path, other):
        publish(studio, one, "mastodon", "Moin", NOW - timedelta(days=1))
    assert [entry.title for entry in read(studio, "language", "en").entries] == ["Tür 1"]
    assert [entry.title for entry in read(studio, "language", "de").entries] == ["B"]
    data = studio.render()[news_feed("language", "en")]
    assert isinstance(data, bytes)
    assert b'<entry xml:lang="en">' in data


def test_nothing_went_out_yet(studio: Studio) -> None:
    """An empty feed is a feed; the same bytes at any time."""
    studio.post()
    assert read(studio).entries == []
    assert studio.render()[news_feed()] == studio.render(NOW + timedelta(hours=5))[news_feed()]


def test_people_outside_follow_posts_and_not_the_handbook(studio: Studio) -> None:
    """What was published is public; what the house writes down for itself is not."""
    studio.post()
    feeds = [path for path in render_site(studio.gather(partner=True)) if path.endswith(".atom")]
    assert news_feed() in feeds
    assert news_feed("handbook") not in feeds


@given(some.text(), some.text(), some.datetimes(datetime(1990, 1, 1), datetime(2199, 1, 1), timezones=some.just(UTC)))  # noqa: DTZ001
def test_any_text_makes_a_well_formed_feed(title: str, words: str, at: datetime) -> None:
    """Whatever people or networks write stays text: one entry, its title as it was but for what XML cannot hold."""
    data = make_feed("a", title, title, [Item(words, title, at, para(words), at, title, categories=(title,))])
    feed = ET.fromstring(data)
    (entry,) = feed.findall(f"{ATOM}entry")
    content = entry.find(f"{ATOM}content")
    assert content is not None
    assert list(content) == []
    told = entry.findtext(f"{ATOM}title") or ""
    possible = [
        sign
        for sign in title
        if sign in "\t\n\r" or " " <= sign <= "\ud7ff" or "\ue000" <= sign <= "\ufffd" or sign > "\uffff"
    ]
    assert told == "".join(possible).replace("\r\n", "\n").replace("\r", "\n")
    assert json.dumps(at.year) in (entry.findtext(f"{ATOM}updated") or "")
