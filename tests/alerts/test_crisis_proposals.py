"""What the inbox speaks for is proposed to the one who would lead, once, and a person declares. Over a real inbox."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.alerts.brands import NOW, Brand
from tests.servers.pretend import PretendServer
from toolkit.alerts.alert import Kind
from toolkit.community.crisis.hearing import hear
from toolkit.community.crisis.incident import Deed, Entry, Incident
from toolkit.community.crisis.keeping import create_incident
from toolkit.community.inbox.book import open_inbox
from toolkit.community.inbox.gathering import Listener
from toolkit.community.inbox.place import find_inbox
from toolkit.database import Place
from toolkit.model import Message, MessageKind
from toolkit.workspace import state_dir

PLAN = """---
title: Recall
owner: tarek
levels:
  - {level: 1, when: {words: [splinter*], per_hour: 3}, owner: mai, backup: tarek}
  - {level: 2, when: {score: 3, words: [splinter*], per_hour: 100}, owner: tarek, backup: wiebke, first_response: PT1H}
---
# Recall
"""
FEED = "feed:https://example.com/feed"


@pytest.fixture
def watched(brand: Brand, pretend: PretendServer) -> Brand:
    """Three quiet days: a message every hour about something else."""
    brand.environ["LEITSTAND_STATE_DIR"] = str(brand.root / "state")
    (brand.root / "guidelines/crisis").mkdir(parents=True)
    (brand.root / "guidelines/crisis/recall.md").write_text(PLAN, encoding="utf-8")
    brand.reach(pretend, "tarek", "mai")
    write(brand, "good coffee", 72, timedelta(hours=1))
    return brand


def place(brand: Brand) -> Place:
    settings = brand.load().settings
    return find_inbox(state_dir(brand.root, settings, brand.environ), settings, brand.environ)


def write(brand: Brand, text: str, count: int, every: timedelta, *, own: bool = False) -> None:
    """As many comments, the last of them now, each by somebody else."""
    now = brand.clock.now()
    found = [
        Message(
            f"{text}{number}{now}",
            "news",
            MessageKind.COMMENT,
            f"@kim{number}@example.org",
            text,
            now - every * number,
            below="post",
            own=own,
        )
        for number in range(count)
    ]
    with open_inbox(place(brand), now=now) as inbox:
        inbox.gather(Listener(FEED, "news", {}), found, now)


def told(pretend: PretendServer) -> list[str]:
    return [request.path.strip("/") for request in pretend.sent("POST")]


def test_a_spike_is_proposed_once_to_the_one_who_would_lead(watched: Brand, pretend: PretendServer) -> None:
    """Level, reason and the command that declares it; nothing of what was written; again only when it is worse."""
    for _tick in range(2):
        watched.tell()
    assert told(pretend) == []
    watched.wait(minutes=6)
    write(watched, "a splinter, says Mrs Meier", 3, timedelta(minutes=2))
    telling = watched.telling()
    for _tick in range(3):
        watched.tell(telling)
        watched.wait(minutes=6)
    assert told(pretend) == ["mai"]
    (request,) = pretend.sent("POST")
    said = f"{request.json()['title']}\n{request.json()['message']}"
    assert "this could become a crisis: recall → level 1" in said
    assert 'leitstand crisis declare recall --level 1 --reason "…" --by mai' in said
    assert "Meier" not in said
    write(watched, "splinters!", 40, timedelta(seconds=30))
    watched.tell(telling)
    assert told(pretend) == ["mai", "tarek"]


def test_what_is_declared_is_proposed_no_more(watched: Brand) -> None:
    """With an open incident of that level the proposal is gone from the list of what needs somebody."""
    write(watched, "a splinter", 4, timedelta(minutes=2))
    watched.tell()
    assert [one.kind for one in watched.alerts() if one.kind is Kind.PROPOSED] == [Kind.PROPOSED]
    entry = Entry(NOW, "mai", Deed.DECLARED, "level 1")
    path = "content/incidents/a.md"
    create_incident(watched.root, Incident("a", path, "recall", "Recall", 1, NOW, "mai", "x", entries=(entry,)), [])
    assert [one for one in watched.alerts() if one.kind is Kind.PROPOSED] == []


def test_what_we_say_ourselves_speaks_for_nothing(watched: Brand) -> None:
    """Ten answers of ours about splinters are no spike; who somebody is to us is known."""
    write(watched, "a splinter? we look into it", 10, timedelta(minutes=1), own=True)
    watched.tell()
    assert [one for one in watched.alerts() if one.kind is Kind.PROPOSED] == []
    with open_inbox(place(watched), now=NOW, read_only=True) as inbox:
        heard = hear(inbox, NOW)
    assert {one.text for one in heard.mentions} == {"good coffee"}
    assert heard.since == NOW - timedelta(hours=71)
