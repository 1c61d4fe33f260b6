"""Hashtags and words, round by round over a real inbox: what is counted, what is kept, what is doubled by nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from tests.community.mentions.splinters import RULES
from toolkit.community.crisis.hearing import House, hear
from toolkit.community.crisis.house import dangers_of, find_house
from toolkit.community.inbox.book import Inbox, open_inbox
from toolkit.community.inbox.gathering import Listener
from toolkit.community.mentions.memory import Known, Memory, read_memory, write_memory
from toolkit.community.mentions.searching import EVERY, Lookout, SoughtHeard
from toolkit.community.mentions.sought import Sought, list_sought
from toolkit.community.mentions.weighing import Scales
from toolkit.community.triage.book import read_book
from toolkit.database import Place
from toolkit.ledger import account_key
from toolkit.model import Answer, Message, MessageKind, Outcome
from toolkit.networks.base import Connection, Searched, Seeking
from toolkit.sentiment import Judgement, Sentiment
from toolkit.settings import Account
from toolkit.web import WebError
from toolkit.workspace import Workspace, load_workspace
from toolkit.workspace.feeds import read_feeds

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SETTINGS = """\
format = 1
[workspace]
id = "ohr"
timezone = "Europe/Berlin"
languages = ["de"]
[people.mai]
roles = ["community"]
[accounts.toots]
network = "mastodon"
id = "@haus@social.example"
[accounts.shop]
network = "mastodon"
id = "@laden@social.example"
[accounts.sky]
network = "bluesky"
id = "@haus.example"
"""
FEEDS = """\
hashtags:
  - {tag: kaffee, accounts: [toots], language: de, without: [Kaffeesatz]}
  - {tag: rivale, accounts: [toots], kind: competitor}
terms:
  - {term: Nordlicht Kaffee, accounts: [sky]}
"""


@dataclass
class Network:
    """What is said there, by hashtag or words; every question is noted, and trouble is raised once."""

    said: dict[str, list[Message]] = field(default_factory=dict)
    asked: list[tuple[str, datetime]] = field(default_factory=list)
    trouble: list[Exception] = field(default_factory=list)
    again: datetime | None = None
    whole: bool = True

    def search(self, what: Seeking, words: str, since: datetime) -> Searched:
        self.asked.append((words, since))
        if self.trouble:
            raise self.trouble.pop()
        found = [one for one in self.said.get(words, []) if one.at >= since]
        assert what is (Seeking.WORDS if " " in words else Seeking.HASHTAG)
        return Searched(tuple(sorted(found, key=lambda one: one.at, reverse=True)), self.whole)

    def explain(self, error: WebError) -> Answer:
        return Answer(Outcome.LATER, reason=str(error), retry_at=self.again)


class Grump:
    """Hears everything with an exclamation mark as negative."""

    def judge_many(self, texts: Sequence[str], languages: Sequence[str | None] | None = None) -> list[Judgement]:
        assert languages is not None
        moods = (Sentiment.NEGATIVE if "!" in text else Sentiment.NEUTRAL for text in texts)
        return [Judgement(mood, language="de") for mood in moods]


@dataclass
class Brand:
    """One house, its inbox and its memory on disk, as each round of the daemon finds them."""

    root: Path
    network: Network = field(default_factory=Network)
    now: datetime = NOW
    dies: bool = False

    @property
    def workspace(self) -> Workspace:
        return load_workspace(self.root)

    def open(self) -> Inbox:
        return open_inbox(Place(self.root / "inbox.sqlite"), now=self.now)

    def round(self, after: timedelta = EVERY) -> dict[str, SoughtHeard]:
        self.now += after
        memory, workspace = read_memory(self.root), self.workspace
        scales = Scales(read_book(workspace), dangers_of(workspace), Grump())
        accounts = workspace.settings.accounts
        with self.open() as inbox:
            lookout = Lookout(
                inbox, accounts, lambda _account: cast("Connection", self.network), scales, memory, self.now
            )
            found = lookout.look(list(list_sought(read_feeds(workspace.tree)[0])))
        if not self.dies:
            write_memory(self.root, memory)
        return {one.sought.key: one for one in found}

    def say(
        self, words: str, text: str, *, ago: int = 1, author: str = "@kim@far.example", language: str = ""
    ) -> Message:
        at = self.now - timedelta(minutes=ago) + EVERY
        count = sum(map(len, self.network.said.values()))
        found = Message(
            f"m{count}",
            "toots",
            MessageKind.MENTION,
            author,
            text,
            at,
            f"https://far.example/{count}",
            language=language,
        )
        self.network.said.setdefault(words, []).append(found)
        return found

    def account(self, name: str) -> Account:
        return self.workspace.settings.accounts[name]

    def counted(self) -> list[tuple[bool, bool]]:
        """What is in the curve: whether it sounds negative, whether it tells of a danger."""
        with self.open() as inbox:
            later = self.now + timedelta(days=3)
            found = hear(inbox, later, find_house(self.workspace, inbox, self.root))
        return [(one.negative, one.danger) for one in found.mentions]


@pytest.fixture
def brand(tmp_path: Path) -> Brand:
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "guidelines").mkdir()
    (tmp_path / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "content/feeds.yml").write_text(FEEDS, encoding="utf-8")
    (tmp_path / "guidelines/dringlich.md").write_text(RULES, encoding="utf-8")
    made = Brand(tmp_path)
    made.say("kaffee", "von früher", ago=30)
    made.round()
    return made


def conversations(brand: Brand) -> list[str]:
    with brand.open() as inbox:
        return [inbox.entries(one)[0].message.text for one in inbox.conversations(now=brand.now)]


def test_what_no_rule_wants_is_counted_and_no_word_of_it_is_kept(brand: Brand) -> None:
    """The first round marks all as seen; then each post counts once, and the database holds neither text nor author."""
    brand.say("kaffee", "Grauenhaft, dieser Kaffee!", author="@heike.musterfrau@far.example")
    brand.say("kaffee", "Guter Kaffee")
    assert brand.round()["toots #kaffee"].counted == 2
    assert brand.round()["toots #kaffee"].counted == 0
    assert conversations(brand) == []
    assert sorted(brand.counted()) == [(False, False), (True, False)]
    raw = b"".join(path.read_bytes() for path in brand.root.glob("inbox.sqlite*"))
    assert b"Grauenhaft" not in raw
    assert b"musterfrau" not in raw


def test_what_a_rule_wants_is_a_mention(brand: Brand) -> None:
    """A danger of class 3, by the rule that says keep; it counts once, as a message, and can be answered there."""
    brand.say("kaffee", "Ein Splitter im Kaffee!")
    heard = brand.round()["toots #kaffee"]
    assert (heard.gathered.new, heard.counted) == (1, 0)
    assert conversations(brand) == ["Ein Splitter im Kaffee!"]
    with brand.open() as inbox:
        (found,) = inbox.conversations(now=brand.now)
    assert (found.channel, found.account_id) == ("toots", account_key(brand.account("toots")))
    assert [danger for _negative, danger in brand.counted()] == [True]


def test_what_is_not_meant_is_left_out(brand: Brand) -> None:
    """Another language, a word that makes it something else, our other account, and words that the network found loosely."""
    brand.say("kaffee", "Good coffee", language="en")
    brand.say("kaffee", "Im Kaffeesatz lesen")
    for ours in ("@haus.example", "@laden@social.example", "@laden", "@Laden"):
        brand.say("kaffee", "Wir über uns", author=ours)
    brand.say("Nordlicht Kaffee", "Nordlicht über Kiel, dazu Kaffee")
    brand.say("Nordlicht Kaffee", "Mein Nordlicht Kaffee ist da")
    heard = brand.round()
    assert (heard["toots #kaffee"].counted, heard['sky "Nordlicht Kaffee"'].counted) == (0, 1)


def test_what_is_said_of_others_is_in_no_curve_of_ours(brand: Brand) -> None:
    """A competitor's hashtag is counted for itself, and never kept, whatever it says."""
    brand.say("rivale", "Splitter beim Rivalen!")
    assert brand.round()["toots #rivale"].counted == 1
    assert conversations(brand) == []
    assert brand.counted() == []


def test_one_post_found_in_two_ways_counts_once(brand: Brand) -> None:
    """By a hashtag here and by words there; and as a message of the inbox, whichever came first."""
    first = brand.say("kaffee", "Mein Nordlicht Kaffee")
    brand.network.said["Nordlicht Kaffee"] = [first]
    brand.round()
    assert len(brand.counted()) == 1
    second = brand.say("kaffee", "An @haus: Kaffee?")
    for message in (second, first):
        with brand.open() as inbox:
            inbox.gather(Listener(account_key(brand.account("toots")), "toots"), [message], brand.now + EVERY)
    brand.round()
    assert len(brand.counted()) == 2
    assert len(conversations(brand)) == 2


def test_who_is_killed_before_the_memory_is_written_doubles_nothing(brand: Brand) -> None:
    """Counts and messages were stored: the next round hears the same posts again, and knows them."""
    brand.say("kaffee", "Guter Kaffee")
    brand.say("kaffee", "Ein Splitter!")
    brand.dies = True
    heard = brand.round()["toots #kaffee"]
    assert (heard.counted, heard.gathered.new) == (1, 1)
    brand.dies = False
    heard = brand.round()["toots #kaffee"]
    assert (heard.counted, heard.gathered.new) == (0, 0)
    assert len(brand.counted()) == 2


def test_a_network_that_is_overrun_is_left_alone_with_everything(brand: Brand) -> None:
    """429 for one hashtag: its account asks for nothing until the moment that it was told; other accounts do."""
    brand.network.asked.clear()
    brand.network.again = brand.now + timedelta(minutes=45)
    brand.network.trouble.append(WebError("429"))
    heard = brand.round()
    assert [heard[key].failure for key in ("toots #kaffee", "toots #rivale", 'sky "Nordlicht Kaffee"')] == [
        "429",
        "429",
        "",
    ]
    brand.round(timedelta(minutes=10))
    assert [words for words, _since in brand.network.asked] == ["kaffee", "Nordlicht Kaffee", "Nordlicht Kaffee"]
    brand.round(timedelta(minutes=40))
    assert [words for words, _since in brand.network.asked][3:] == ["kaffee", "rivale", "Nordlicht Kaffee"]


def test_one_that_fails_leaves_the_others_alone(brand: Brand) -> None:
    """A defect in one answer; the same hashtag is asked again later, and nothing of the time between is lost."""
    brand.network.trouble.append(ValueError("kein JSON"))
    said = brand.say("kaffee", "Guter Kaffee")
    heard = brand.round()
    assert heard["toots #kaffee"].failure == "ValueError: kein JSON"
    assert heard["toots #rivale"].failure == ""
    heard = brand.round()
    assert heard["toots #kaffee"].counted == 1
    assert brand.network.asked[-3][1] <= said.at


def test_what_lies_behind_the_last_page_is_a_gap_and_not_quiet(brand: Brand) -> None:
    """A busy hashtag after a pause: the time up to the oldest post that was told is unknown."""
    before = brand.now
    brand.network.whole = False
    oldest = brand.say("kaffee", "der letzte, der noch zu sehen ist", ago=-100)
    brand.round(timedelta(hours=3))
    (gap,) = read_memory(brand.root).sought["toots #kaffee"].gaps
    assert gap == (before.isoformat(), oldest.at.isoformat())
    with brand.open() as inbox:
        house = find_house(brand.workspace, inbox, brand.root)
    (source,) = [one for one in house.sources if one.name == "toots #kaffee"]
    assert [(one.begins, one.ends) for one in source.gaps] == [(before, oldest.at)]


def test_a_new_source_is_counted_from_its_third_day_on(brand: Brand) -> None:
    """Else the first day of a busy hashtag would look like a wave; the rules hear it at once."""
    brand.say("kaffee", "Guter Kaffee")
    brand.round()
    with brand.open() as inbox:
        house: House = find_house(brand.workspace, inbox, brand.root)
        assert "toots #kaffee" in hear(inbox, brand.now, house).young
        assert hear(inbox, brand.now + timedelta(days=2), house).young == frozenset()


def test_a_memory_is_read_as_it_was_written(tmp_path: Path) -> None:
    """With gaps; what somebody spoiled by hand is as if it were not there."""
    memory = Memory()
    sought = Sought("toots", Seeking.HASHTAG, "kaffee")
    memory.sought[sought.key] = Known(heard_at=NOW.isoformat()).with_gap(NOW - EVERY, NOW, NOW)
    write_memory(tmp_path, memory)
    assert read_memory(tmp_path) == memory
    path = tmp_path / "feeds.json"
    path.write_text(path.read_text().replace('"gaps": [[', '"gaps": [["x"], 7, ['), encoding="utf-8")
    assert read_memory(tmp_path) == memory
