"""Inboxes with some weeks of messages in them, and the brand that they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.probe import person, settings
from toolkit.community.inbox.book import Inbox, open_inbox
from toolkit.community.inbox.gathering import Listener
from toolkit.community.inbox.place import inbox_path
from toolkit.community.summary.summary import Summary, summarise
from toolkit.community.summary.week import read_week
from toolkit.database import Place
from toolkit.model import Message, MessageKind
from toolkit.sentiment.confusion import Confusion
from toolkit.workspace import Workspace, load_workspace

ZONE = ZoneInfo("Europe/Berlin")
WEEK = read_week("2026-W47")
MONDAY = datetime(2026, 11, 16, 9, tzinfo=ZONE)
NOW = datetime(2026, 11, 23, 9, tzinfo=ZONE)
LISTENER = Listener("mastodon:@probe@social.example.com", "toots", {"post-1": "01POST"})
TOML = settings(
    person("mai", "Mai Pham", "community", 'deputy = "ole"\nabsences = [{ from = 2026-11-24, to = 2026-11-25 }]\n'),
    person("ole", "Ole Petersen", "community"),
    person("tarek", "Tarek", "manager", 'email = "tarek@probe.example.com"\n'),
    rest="""\
[accounts.toots]
network = "mastodon"
id = "@probe@social.example.com"
server = "https://social.example.com"
""",
    languages='"de", "en"',
    interface="en",
)
PAGE = """\
# Answers

```hours
hours: [mo-fr 08:00-18:00]
first_response: PT2H
```

```voice
voice: Mehr ohne Koffein
sort: wish
patterns: ['\\b(?:wünsch|hätte gern|bitte mehr)\\w*\\b.{0,40}\\bkoffein']
label: wunsch
good: ["Ich wünsche mir mehr ohne Koffein"]
bad: ["Ist der ohne Koffein?"]
```

```image
image: freundlich
words: [freundlich]
wanted: true
good: ["freundliche Leute"]
bad: ["nicht freundlich"]
```
"""


def brand(root: Path) -> Workspace:
    """A folder with leitstand.toml and a handbook of one page."""
    (root / "guidelines").mkdir(parents=True, exist_ok=True)
    (root / "leitstand.toml").write_text(TOML, encoding="utf-8")
    (root / "guidelines/answers.md").write_text(PAGE, encoding="utf-8")
    return load_workspace(root)


@contextmanager
def opened(state: Path) -> Iterator[Inbox]:
    """The inbox of a state directory."""
    with open_inbox(Place(inbox_path(state)), now=MONDAY - timedelta(weeks=12)) as inbox:
        yield inbox


def word(number: int, text: str, at: datetime, *, author: str = "", language: str = "de", **more: object) -> Message:
    """A comment of its own author, unless one is named."""
    name = author or f"@who{number}@far.example"
    found = Message(f"m{number}", "toots", MessageKind.COMMENT, name, text, at, language=language)
    found = replace(found, author_id=f"id of {name}", answers="post-1", below="post-1")
    return Message(**{key: getattr(found, key) for key in Message.__slots__} | more)


def answer(number: int, to: int, at: datetime) -> Message:
    """Our answer to a message."""
    return Message(
        f"o{number}",
        "toots",
        MessageKind.COMMENT,
        LISTENER.account_id,
        "",
        at,
        own=True,
        answers=f"m{to}",
        below="post-1",
    )


def hear(inbox: Inbox, *messages: Message, now: datetime = NOW) -> None:
    """As a fetch hears them."""
    inbox.gather(LISTENER, messages, now)


def summary_of(
    inbox: Inbox, workspace: Workspace, now: datetime = NOW, confusions: dict[str, Confusion] | None = None
) -> Summary:
    """The week 47."""
    return summarise(inbox, workspace, WEEK, now, confusions or {})
