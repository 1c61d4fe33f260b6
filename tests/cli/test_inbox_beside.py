"""Listening beside publishing, as `leitstand run` does it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.community.inbox.inboxes import START, said
from tests.community.inbox.lines import Line, StandingClock, Town
from toolkit.cli import execute
from toolkit.cli.context import Context
from toolkit.cli.listening.office import listen_beside
from toolkit.collect.regular import Halted, Rounds
from toolkit.community.inbox import fetching
from toolkit.community.inbox.book import open_inbox
from toolkit.community.inbox.desk import Wanted
from toolkit.community.inbox.place import inbox_path
from toolkit.database import Place
from toolkit.metrics import open_store
from toolkit.sentiment import Sentiment, add_correction
from toolkit.source import FolderTree
from toolkit.workspace import load_settings

BASE = 'format = 1\n[workspace]\nid = "probe"\n'
FEED = '[accounts.feed]\nnetwork = "feed"\nid = "feed"\n'
TOOT = '[accounts.mastodon]\nnetwork = "mastodon"\nid = "@mastodon@social.example"\n'
Make = Callable[..., Context]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A workspace with this text in leitstand.toml, at a moment."""

    def made(text: str, after: timedelta = timedelta(hours=2)) -> Context:
        root = tmp_path / "brand"
        root.mkdir(exist_ok=True)
        (root / "leitstand.toml").write_text(BASE + text)
        settings, _problems = load_settings(FolderTree(root))
        environ = {"LEITSTAND_STATE_DIR": str(tmp_path / "state")}
        return Context(root, settings, StandingClock(START + after), environ)

    return made


def nothing() -> None:
    """Between two accounts nobody stops."""


def test_where_nothing_can_be_heard_nothing_is_made(make: Make, tmp_path: Path) -> None:
    """A brand with a feed alone has no inbox."""
    assert listen_beside(make(FEED), print, nothing) == []
    assert not (tmp_path / "state").exists()


def test_trouble_is_said_once_until_it_is_over(make: Make) -> None:
    """A token that is missing is one line, in however many rounds; another trouble is another line."""
    said_: list[str] = []
    rounds = Rounds("inbox", lambda between: listen_beside(make(FEED + TOOT), print, between), said_.append, 300)
    rounds.once()
    rounds.once()
    assert len(said_) == 1
    assert said_[0].startswith("mastodon: ")
    assert "LEITSTAND_TOKEN_MASTODON" in said_[0]


def test_a_round_hears_sorts_counts_and_forgets(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What came is said; the handbook's triage and the metrics have it; half a year later it is nobody's any more."""
    context = make(TOOT)
    town = Town(
        tmp_path / "state",
        StandingClock(context.clock.now()),
        {"mastodon": Line([said("c1", text="Wo bleibt mein Paket?")])},
    )
    monkeypatch.setattr(fetching, "open_lines", town.open_lines)
    heard: list[tuple[str, str]] = []
    assert listen_beside(context, lambda kind, text: heard.append((kind, text)), nothing) == []
    assert heard == [("heard", "heard: 1 new message")]
    place = Place(inbox_path(tmp_path / "state"))
    with open_inbox(place, now=START, read_only=True) as inbox:
        (one,) = inbox.conversations(now=START)
        assert one.score > 0
    counted = {value.metric: value.value for value in open_store(tmp_path / "state").latest(subjects=["inbox"])}
    assert (counted["messages"], counted["answerable"], counted["answered"]) == (1, 1, 0)
    town.lines["mastodon"].told = [said("c1"), said("c2", answers="c1", minute=5, own=True)]
    listen_beside(context, print, nothing)
    town.lines["mastodon"].told = []
    later = make(TOOT, timedelta(days=200))
    listen_beside(later, print, nothing)
    with open_inbox(place, now=START, read_only=True) as inbox:
        assert list(inbox.store.read("SELECT 1 FROM entries WHERE text <> '' OR author LIKE '%ada%'")) == []


def test_stopping_ends_it_after_the_account_in_flight(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was heard until then is stored; the thread is over."""
    two = TOOT + TOOT.replace("accounts.mastodon", "accounts.second").replace("@mastodon", "@second")
    context, came = make(two), threading.Event()
    first, second = Line([said("c1")], before=lambda _message: came.set()), Line([said("d1")])
    town = Town(tmp_path / "state", StandingClock(context.clock.now()), {"mastodon": first, "second": second})
    monkeypatch.setattr(fetching, "open_lines", town.open_lines)

    def between() -> None:
        if came.is_set():
            raise Halted

    with pytest.raises(Halted):
        listen_beside(context, print, between)
    assert (len(first.asked), len(second.asked)) == (1, 0)
    with open_inbox(Place(inbox_path(tmp_path / "state")), now=START, read_only=True) as inbox:
        assert len(inbox.conversations(now=START)) == 1


def test_whoever_is_forgotten_is_in_no_file_of_state_and_workspace(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Heard, judged, sorted, counted, noted, corrected, answered in the app: no byte of handle, id, name or words is left."""
    context = make(TOOT)
    planted = said("c1", author="@zeitzeugin@weit.example", text="Kaffeefleck im Steuerbescheid, schlecht!")
    thanks = said("c2", answers="c1", minute=5, own=True, text="Liebe @zeitzeugin, das tut uns leid")
    town = Town(tmp_path / "state", StandingClock(context.clock.now()), {"mastodon": Line([planted, thanks])})
    monkeypatch.setattr(fetching, "open_lines", town.open_lines)
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    listen_beside(context, print, nothing)
    with open_inbox(Place(inbox_path(tmp_path / "state")), now=START, read_only=True) as inbox:
        (one,) = inbox.conversations(Wanted(()), now=START)
    verb = ("-w", str(context.root), "--now", context.clock.now().isoformat())
    assert execute(["inbox", "note", one.id, "Zeitzeugin ruft an", *verb], {}) == 0
    assert execute(["inbox", "label", one.id, "+fall-zeitzeugin", *verb], {}) == 0
    add_correction(tmp_path / "state", planted.text, Sentiment.NEGATIVE, "de", START)

    def found() -> set[str]:
        texts = [file.read_bytes().lower() for file in tmp_path.rglob("*") if file.is_file()]
        return {word for word in ("zeitzeugin", "kaffeefleck") if any(word.encode() in text for text in texts)}

    assert found() == {"zeitzeugin", "kaffeefleck"}
    assert execute(["inbox", "forget", "zeitzeugin@weit.example", *verb], {}) == 0
    assert found() == set()
    town.clock.moment += timedelta(minutes=5)
    listen_beside(context, print, nothing)
    assert found() == set()
