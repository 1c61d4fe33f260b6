"""The feed line: valid by both specifications, read by an independent parser, whole after a kill at any point."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypedDict

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree

from tests.networks.connections.makers import attach, make_intent, make_picture
from toolkit.model import Outcome, Presence, SetClock
from toolkit.networks.base import Surroundings
from toolkit.networks.feed.atom import make_atom
from toolkit.networks.feed.channel import Channel
from toolkit.networks.feed.connection import FeedConnection, connect
from toolkit.networks.feed.entries import SHOWN, Enclosure, Entry
from toolkit.networks.feed.jsonfeed import make_json
from toolkit.settings import Account
from toolkit.web import Web

HERE = Path(__file__).parent
NOW = datetime(2026, 12, 1, 7, 30, tzinfo=UTC)
ACCOUNT = Account(
    "news", "feed", "news@nordlicht", title="Nordlicht Kaffee", language="de", server="https://example.com/feeds/"
)
PICTURE = make_picture()
ATOM = {"a": "http://www.w3.org/2005/Atom"}

check_json = Draft202012Validator(json.loads((HERE / "jsonfeed.schema.json").read_text("utf-8")))


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
def line(tmp_path: Path, clock: SetClock) -> FeedConnection:
    return open_line(tmp_path, clock)


def open_line(
    state: Path, clock: SetClock, account: Account = ACCOUNT, read: Callable[[str], bytes] | None = None
) -> FeedConnection:
    files = {"media/tür 1.png": PICTURE, "media/film.mp4": b"film"}
    return connect(account, "", Surroundings(Web(), clock, read or files.__getitem__, str(state)))


def check_atom(document: bytes) -> "etree._Element":
    """Assert RFC 4287: the schema, and the rules that a schema cannot say."""
    schema = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
    root = etree.fromstring(document)
    assert schema.validate(root), schema.error_log
    ids = root.xpath("//a:id/text()", namespaces=ATOM)
    assert len(set(ids)) == len(ids)  # 4.2.6: permanent and universally unique
    for entry in root.xpath("a:entry", namespaces=ATOM):
        links = [
            (link.get("type"), link.get("hreflang"))
            for link in entry.xpath("a:link[@rel='alternate']", namespaces=ATOM)
        ]
        assert len(set(links)) == len(links)  # 4.1.2
    assert len(root.xpath("a:link[@rel='self']", namespaces=ATOM)) <= 1
    return root


def documents(state: Path) -> tuple[bytes, bytes]:
    """Both feeds, valid by their specifications."""
    atom, feed = (state / "feeds" / "news.atom").read_bytes(), (state / "feeds" / "news.json").read_bytes()
    check_atom(atom)
    check_json.validate(json.loads(feed))
    return atom, feed


def test_the_validators_can_fail() -> None:
    """Missing ids, wrong dates, unknown elements and empty items are noticed."""
    good = make_atom(Channel("n", "n", "N", "de", "", "2026-12-01T07:30:00Z"), [entry_of("x")])
    check_atom(good)
    for old, new in (
        (b"<updated>2026", b"<updated>26"),
        (b"<title>", b"<titel>"),
        (b'type="html"', b'type="markdown"'),
        (b"<author>", b"<x/><author>"),
        (b"<id>urn:uuid:1</id>", b""),
    ):
        assert old in good
        with pytest.raises((AssertionError, etree.XMLSyntaxError)):
            check_atom(good.replace(old, new))
    empty: dict[str, object] = {"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": []}
    check_json.validate(empty)
    wrong: list[dict[str, object]] = [
        {"version": "1"},
        {"items": [{"id": "1"}]},
        {"items": [{"content_text": "x"}]},
        {"item": []},
    ]
    for change in wrong:
        assert list(check_json.iter_errors(empty | change)), change


def entry_of(text: str, title: str = "T") -> Entry:
    stamp = "2026-12-01T07:30:00Z"
    medium = Enclosure("n/media/a.png", "image/png", 5, text)
    return Entry("urn:uuid:1", title, "", text, text, "de", stamp, stamp, (medium,))


def test_an_entry_is_in_both_feeds_and_read_by_a_foreign_parser(tmp_path: Path, line: FeedConnection) -> None:
    """Title, HTML, dates, picture with alt text and summary, as feedparser and the JSON say them."""
    picture = attach("media/tür 1.png", PICTURE, 'Eine "Tür" & <Hand>')
    intent = make_intent(
        ACCOUNT,
        "Hinter Tür 1 🎄",
        title="Adventskalender, Tür 1 & mehr",
        html='<p>Hinter <a href="https://example.com/?a=1&amp;b=2">Tür 1</a> 🎄</p>',
        attachments=(picture,),
        fields={"summary": "Kurz"},
    )
    sent = line.send(intent)
    assert (sent.outcome, sent.url) == (Outcome.ACCEPTED, "https://example.com/feeds/news.atom")
    atom, feed = documents(tmp_path)
    parsed = feedparser.parse(atom)
    assert not parsed.bozo
    assert parsed.feed.title == "Nordlicht Kaffee"
    assert parsed.feed.author == "Nordlicht Kaffee"
    entry = parsed.entries[0]
    assert (entry.id, entry.title) == (sent.remote_id, "Adventskalender, Tür 1 & mehr")
    assert entry.summary == "Kurz"
    assert tuple(entry.published_parsed)[:6] == (2026, 12, 1, 7, 30, 0)
    assert entry.content[0].language == "de"
    assert 'href="https://example.com/?a=1&amp;b=2"' in entry.content[0].value
    enclosure = entry.enclosures[0]
    assert (enclosure.type, enclosure.length, enclosure.title) == (
        "image/png",
        str(len(PICTURE)),
        'Eine "Tür" & <Hand>',
    )
    item = json.loads(feed)["items"][0]
    assert item["id"] == sent.remote_id
    assert item["content_text"] == "Hinter Tür 1 🎄"
    assert item["attachments"][0] == {
        "url": enclosure.href,
        "mime_type": "image/png",
        "size_in_bytes": len(PICTURE),
        "title": 'Eine "Tür" & <Hand>',
    }
    assert f'<img src="{enclosure.href}" alt="Eine &quot;Tür&quot; &amp; &lt;Hand&gt;">' in item["content_html"]
    local = enclosure.href.removeprefix("https://example.com/feeds/").replace("%C3%BC", "ü").replace("%20", " ")
    assert (tmp_path / "feeds" / local).read_bytes() == PICTURE


def test_a_film_is_an_enclosure_and_a_link(tmp_path: Path, line: FeedConnection) -> None:
    """What is no picture is linked, under its description."""
    line.send(make_intent(ACCOUNT, "Film", attachments=(attach("media/film.mp4", b"film", "Röstung im Film"),)))
    _atom, feed = documents(tmp_path)
    item = json.loads(feed)["items"][0]
    assert ">Röstung im Film</a>" in item["content_html"]
    assert "image" not in item


def test_the_same_intent_is_one_entry(tmp_path: Path, clock: SetClock) -> None:
    """Sending twice, from two processes' views, changes not a byte; another key is another entry."""
    first = open_line(tmp_path, clock).send(make_intent(ACCOUNT, "Eins", key="k1"))
    before = documents(tmp_path)
    clock.moment += timedelta(hours=1)
    again = open_line(tmp_path, clock).send(make_intent(ACCOUNT, "Eins", key="k1"))
    assert again == first
    assert documents(tmp_path) == before
    other = open_line(tmp_path, clock).send(make_intent(ACCOUNT, "Eins", key="k2"))
    assert other.remote_id != first.remote_id
    assert len(feedparser.parse(documents(tmp_path)[0]).entries) == 2


def test_ids_depend_on_account_and_key_alone(tmp_path: Path, clock: SetClock) -> None:
    """Renaming the account or moving the feed changes no id; another remote identity does."""
    intent = make_intent(ACCOUNT, "Eins", key="k1")
    same = Account("renamed", "feed", "news@nordlicht", server="https://other.example")
    other = Account("news", "feed", "other")
    first = open_line(tmp_path / "1", clock).send(intent).remote_id
    assert first == open_line(tmp_path / "2", clock, same).send(intent).remote_id
    assert first != open_line(tmp_path / "3", clock, other).send(intent).remote_id
    assert first == "urn:uuid:b6426eda-c942-59ce-bea3-692a6eb7e7b2"


def test_a_look_is_certain(line: FeedConnection) -> None:
    """Found by key after a send, absent before it and after a deletion."""
    intent = make_intent(ACCOUNT, "Eins")
    assert line.find(intent).presence is Presence.ABSENT
    sent = line.send(intent)
    seen = line.find(intent)
    assert (seen.presence, seen.remote_id, seen.url) == (Presence.FOUND, sent.remote_id, sent.url)
    line.delete(sent.remote_id)
    assert line.find(intent).presence is Presence.ABSENT


def test_an_edit_keeps_id_and_date(tmp_path: Path, line: FeedConnection, clock: SetClock) -> None:
    """Readers see a changed entry, not a new one."""
    sent = line.send(make_intent(ACCOUNT, "Mit Fehlr", title="T"))
    clock.moment += timedelta(hours=2)
    assert (
        line.edit(sent.remote_id, make_intent(ACCOUNT, "Ohne Fehler", title="T", key="edit")).outcome
        is Outcome.ACCEPTED
    )
    entry = feedparser.parse(documents(tmp_path)[0]).entries[0]
    assert entry.id == sent.remote_id
    assert "Ohne Fehler" in entry.content[0].value
    assert (entry.published, entry.updated) == ("2026-12-01T07:30:00.000000Z", "2026-12-01T09:30:00.000000Z")
    assert line.edit("urn:uuid:nosuch", make_intent(ACCOUNT, "x")).outcome is Outcome.REFUSED


def test_a_deletion_empties_the_feed_and_can_be_repeated(tmp_path: Path, line: FeedConnection) -> None:
    """An empty feed is a valid feed; deleting what is gone is fine; foreign ids touch no foreign file."""
    sent = line.send(make_intent(ACCOUNT, "Eins"))
    for remote_id in (sent.remote_id, sent.remote_id, "../../../etc/passwd", ""):
        assert line.delete(remote_id).outcome is Outcome.ACCEPTED
    atom, feed = documents(tmp_path)
    assert feedparser.parse(atom).entries == []
    assert json.loads(feed)["items"] == []


def test_newest_first_and_not_without_end(tmp_path: Path, line: FeedConnection, clock: SetClock) -> None:
    """The feeds show the newest hundred; older ones are still found."""
    for number in range(SHOWN + 3):
        clock.moment += timedelta(minutes=1)
        line.send(make_intent(ACCOUNT, f"Nummer {number}", key=str(number)))
    titles = [entry.title for entry in feedparser.parse(documents(tmp_path)[0]).entries]
    assert titles == [f"Nummer {number}" for number in range(SHOWN + 2, 2, -1)]
    assert line.find(make_intent(ACCOUNT, "Nummer 0", key="0")).presence is Presence.FOUND


def test_without_an_address_everything_is_relative(tmp_path: Path, clock: SetClock) -> None:
    """A feed that is not published anywhere yet is valid and can be opened from its folder."""
    account = Account("news", "feed", "news")
    picture = attach("media/tür 1.png", PICTURE, "Tür")
    sent = open_line(tmp_path, clock, account).send(make_intent(account, "Eins\nzwei", attachments=(picture,)))
    assert sent.url == ""
    atom, feed = documents(tmp_path)
    root = check_atom(atom)
    assert root.xpath("a:link", namespaces=ATOM) == []
    assert root.xpath("string(a:entry/a:title)", namespaces=ATOM) == "Eins"
    assert json.loads(feed)["items"][0]["image"].startswith("news/media/")


@pytest.mark.parametrize("problem", [FileNotFoundError("gone"), PermissionError("no")])
def test_a_medium_that_cannot_be_read_is_refused(tmp_path: Path, clock: SetClock, problem: OSError) -> None:
    """The entry is not published without its picture."""

    def fail(_file: str) -> bytes:
        raise problem

    line = open_line(tmp_path, clock, read=fail)
    answer = line.send(make_intent(ACCOUNT, "x", attachments=(attach("media/tür 1.png", PICTURE, "Tür"),)))
    assert answer.outcome is Outcome.REFUSED
    assert line.find(make_intent(ACCOUNT, "x")).presence is Presence.ABSENT


def test_a_picture_that_changed_is_refused(line: FeedConnection) -> None:
    """What was approved is published, or nothing."""
    answer = line.send(make_intent(ACCOUNT, "x", attachments=(attach("media/tür 1.png", b"other", "Tür"),)))
    assert answer.outcome is Outcome.REFUSED
    assert "changed after it was rendered" in answer.reason


def test_a_folder_that_cannot_be_written_leaves_the_outcome_open(tmp_path: Path, clock: SetClock) -> None:
    """A full disk or a file in the way is UNKNOWN, and a look says what is really there."""
    (tmp_path / "feeds").write_text("in the way")
    line = open_line(tmp_path, clock)
    intent = make_intent(ACCOUNT, "x")
    assert line.send(intent).outcome is Outcome.UNKNOWN
    assert line.find(intent).presence is Presence.UNCLEAR
    assert line.delete("urn:uuid:1").outcome is Outcome.UNKNOWN


def test_a_broken_entry_is_unclear_and_not_overwritten(tmp_path: Path, line: FeedConnection) -> None:
    """Whoever damaged the file keeps it; nobody is told that the entry is absent."""
    intent = make_intent(ACCOUNT, "x")
    line.send(intent)
    file = next((tmp_path / "feeds" / "news" / "entries").glob("*.json"))
    for broken in ("{", "[]", '{"id": "x"}', "null"):
        file.write_text(broken)
        assert line.find(intent).presence is Presence.UNCLEAR
        assert line.send(intent).outcome is Outcome.UNKNOWN
        assert file.read_text() == broken


def test_feeds_count_nothing(line: FeedConnection) -> None:
    """Missing is not zero."""
    assert line.counts(["urn:uuid:1"]) == {}


TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)


@given(text=TEXTS, title=TEXTS)
def test_any_text_makes_a_valid_feed(text: str, title: str) -> None:
    """Control characters, markup, quotes and emoji in text, title and alt never break either format."""
    channel = Channel("n", "n", "N", "de", "https://example.com/feeds", "2026-12-01T07:30:00Z")
    root = check_atom(make_atom(channel, [entry_of(text, title)]))
    check_json.validate(json.loads(make_json(channel, [entry_of(text, title)])))
    allowed = [char for char in text if char in "\t\n\r" or (char >= " " and char not in "\ufffe\uffff")]
    summary = root.xpath("string(a:entry/a:summary)", namespaces=ATOM)
    assert summary.replace("\r", "\n") == "".join(allowed).replace("\r\n", "\n").replace("\r", "\n") or "\r" in text


class Seen(TypedDict):
    """What `feed_crash` prints."""

    killed: bool
    touch: str
    torn: tuple[list[str], list[str]]
    presence: str
    after: tuple[list[str], list[str]]
    again: str
    end: tuple[list[str], list[str]]


def crash(tmp_path: Path, step: str) -> list[Seen]:
    """What was seen after a SIGKILL before each touch of the file system, and after none."""
    root = HERE.parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "tests.networks.connections.feed_crash", str(tmp_path), step],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(row) for row in done.stdout.splitlines()]


@pytest.mark.storm
def test_a_send_survives_a_kill_at_any_point(tmp_path: Path) -> None:
    """Both feeds are whole at every moment; a look is certain and heals them; sending again makes one entry."""
    reports = crash(tmp_path, "send")
    assert len(reports) > 15
    assert [report["killed"] for report in reports] == [True] * (len(reports) - 1) + [False]
    assert {report["presence"] for report in reports[:-1]} == {"absent", "found"}
    for report in reports:
        atom, feed = report["after"]
        assert atom == feed, report
        assert len(atom) == (2 if report["presence"] == "found" else 1), report
        assert report["again"] == "accepted"
        assert [len(ids) for ids in report["end"]] == [2, 2], report
    print(f"killed before each of {len(reports) - 1} touches")


@pytest.mark.storm
@pytest.mark.parametrize("step", ["edit", "delete"])
def test_edits_and_deletions_survive_a_kill_at_any_point(tmp_path: Path, step: str) -> None:
    """The entry is old, new or gone, never torn, and the feeds agree after a look."""
    reports = crash(tmp_path, step)
    assert len(reports) > 5
    for report in reports:
        if report["presence"] == "found":
            atom, feed = report["after"]
            assert atom == feed == report["torn"][0], report
