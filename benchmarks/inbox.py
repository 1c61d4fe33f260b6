"""How fast the inbox is: taking in ten thousand messages, listing what waits, changing one conversation, forgetting.

::

    python -m benchmarks.inbox [--messages 10000] [--postgres postgresql://user@host/database]

The fewest seconds of several runs, and in brackets the processor's. What a network would take is not in it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from toolkit.community.inbox.book import Inbox, open_inbox
from toolkit.community.inbox.conversation import Stage
from toolkit.community.inbox.desk import Wanted
from toolkit.community.inbox.fetching import AT_ONCE
from toolkit.community.inbox.forgetting import find_author, forget
from toolkit.community.inbox.gathering import Listener
from toolkit.database import Place
from toolkit.model import Message, MessageKind

START = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)
LISTENER = Listener(
    "mastodon:@brand@social.example", "mastodon", {f"post-{number}": f"uid-{number}" for number in range(200)}
)
WORDS = [
    "Kaffee",
    "Paket",
    "Lieferung",
    "danke",
    "wann",
    "leider",
    "gut",
    "Röstung",
    "Mahlgrad",
    "Filter",
    "Rechnung",
    "Abo",
    "bitte",
    "schnell",
    "Hallo",
]


def make_messages(count: int) -> Iterator[Message]:
    """Comments with answers of theirs and ours, mentions and direct messages of a few thousand people."""
    chance = Random(7)
    comments: list[str] = []
    for number in range(count):
        author = f"@person{chance.randrange(count // 3)}@far.example"
        kind = chance.choices(list(MessageKind)[:3], (7, 2, 1))[0]
        answers = chance.choice(comments) if comments and kind is MessageKind.COMMENT and chance.random() < 0.4 else ""
        post = f"post-{chance.randrange(200)}" if kind is MessageKind.COMMENT else ""
        own = bool(answers) and chance.random() < 0.5
        message = Message(
            remote_id=f"m{number}",
            channel="mastodon",
            kind=kind,
            author="@brand@social.example" if own else author,
            author_id="" if own else author,
            text=" ".join(chance.choices(WORDS, k=20)),
            at=START + timedelta(minutes=number),
            answers=answers or post,
            below=post,
            own=own,
        )
        if kind is MessageKind.COMMENT and not own:
            comments.append(message.remote_id)
        yield message


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of the clock and of the processor."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall * 1000:9.1f} ms ({self.cpu * 1000:.1f})"


def least(work: Callable[[], object], runs: int) -> Took:
    """The fewest seconds that it takes."""
    found = []
    for _run in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        found.append((time.perf_counter() - wall, time.process_time() - cpu))
    return Took(min(wall for wall, _cpu in found), min(cpu for _wall, cpu in found))


def take_in(inbox: Inbox, messages: list[Message], now: datetime) -> None:
    """As a fetch does, so many at a time."""
    for first in range(0, len(messages), AT_ONCE):
        inbox.gather(LISTENER, messages[first : first + AT_ONCE], now)


@contextmanager
def made(folder: Path, address: str, name: str) -> Iterator[Inbox]:
    """An inbox of its own."""
    place = Place(folder / f"{name}.sqlite", address, f"benchmark_{name}" if address else "")
    with open_inbox(place, now=START) as inbox:
        yield inbox


def measure(folder: Path, address: str, count: int) -> Iterator[tuple[str, Took]]:
    """What was measured, and what it took."""
    messages = list(make_messages(count))
    now = messages[-1].at + timedelta(hours=1)
    with made(folder, address, "one") as inbox:
        yield f"take in {count} messages", least(lambda: take_in(inbox, messages, now), 1)
        yield "hear them all again", least(lambda: take_in(inbox, messages, now), 1)
        everything = inbox.conversations(Wanted((), limit=count), now=now)
        yield f"list 50 of {len(everything)}", least(lambda: inbox.conversations(now=now), 20)
        label = Wanted((), label="x", channel="mastodon", assignee="-")
        yield "list by label, account, assignee", least(lambda: inbox.conversations(label, now=now), 20)
        yield "list 50 of all stages", least(lambda: inbox.conversations(Wanted(()), now=now), 20)
        seen = [inbox.conversation(everything[0].id, now=now)]

        def change() -> None:
            seen[0] = inbox.set_stage(seen[0], Stage.OPEN, "", now)

        yield "change one", least(change, 50)
        author = everything[0].author or messages[0].author
        yield "forget one author", least(lambda: forget(inbox, None, find_author(inbox, author), now), 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--postgres", default="", help="address of an empty database; default: an SQLite file")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        for what, took in measure(Path(name), args.postgres, args.messages):
            sys.stdout.write(f"{what:<40}{took}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
