"""How fast the desk is with ten thousand conversations, over real HTTP, beside the command line's `inbox list --json`.

::

    python -m benchmarks.desk [--conversations 10000] [--requests 100] [--strict]

Serves the sample workspace by `leitstand desk` as a process of its own and asks for each page as a browser does, one
request after the other on one line. Prints milliseconds (cold: the first one ever; then the median and the 95th
percentile of all) and bytes. With --strict a list whose 95th percentile is 100 ms or more is a failure.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Final
from urllib.parse import quote, urlsplit

from benchmarks.deskhouse import NOW, DeskHouse, RunningDesk, make_house, running
from benchmarks.inbox import WORDS
from toolkit.community.inbox.book import Inbox, open_inbox
from toolkit.community.inbox.conversation import Stage
from toolkit.community.inbox.desk import Wanted
from toolkit.community.inbox.gathering import Listener
from toolkit.community.inbox.place import find_inbox
from toolkit.community.inbox.reading import MILLION
from toolkit.ledger import account_key
from toolkit.model import Message, MessageKind
from toolkit.settings import Account
from toolkit.workspace import load_workspace

MOST: Final = 100.0  # milliseconds for a list
ACCOUNTS: Final = ("mastodon", "bluesky", "bluesky-en", "x")
AT_ONCE: Final = 1000
LABELS: Final = ("lob", "bestellung", "anfrage", "abo", "neu")


def make_talks(account: Account, count: int, now: datetime, seed: int) -> Iterator[Message]:
    """Mentions of as many people, over sixty days."""
    chance = Random(seed)
    for number in range(count):
        person = chance.randrange(max(count // 2, 1))
        yield Message(
            remote_id=f"{account.name}-{number}",
            channel=account.name,
            kind=MessageKind.MENTION,
            author=f"@person{person}@far.example",
            author_id=f"{account.name}-{person}",
            name=f"Person {person}",
            text=" ".join(chance.choices(WORDS, k=30)) + ("?" if chance.random() < 0.4 else "."),
            at=now - timedelta(minutes=chance.randrange(1, 86_400)),
            reach=chance.randrange(5000),
        )


def fill(house: DeskHouse, count: int) -> None:
    """So many conversations: half of them ours to answer, with scores, labels and people as triage gives them."""
    workspace, now = load_workspace(house.root), datetime.fromisoformat(NOW)
    place = find_inbox(house.folder / "state", workspace.settings, house.environ)
    with open_inbox(place, now=now) as inbox:
        for number, name in enumerate(ACCOUNTS):
            account = workspace.settings.accounts[name]
            listener = Listener(account_key(account), name)
            messages = list(make_talks(account, count // len(ACCOUNTS), now, number))
            for first in range(0, len(messages), AT_ONCE):
                inbox.gather(listener, messages[first : first + AT_ONCE], now)
        sort_out(inbox, sorted(workspace.settings.people), now)


def sort_out(inbox: Inbox, people: list[str], now: datetime) -> None:
    """What triage and a team do to all of them, in one transaction: ten thousand would be ten thousand waits for the disk."""
    chance = Random(1)
    everything = inbox.conversations(Wanted((), limit=1_000_000), now=now)
    sorted_out: list[Mapping[str, str | int]] = [
        {
            "id": seen.id,
            "assignee": chance.choice(people) if chance.random() < 0.3 else "",
            "stage": (Stage.DONE if chance.random() < 0.5 else Stage.NEW).value,
            "score": chance.randrange(10 * MILLION),
            "negative": chance.randrange(MILLION),
        }
        for seen in everything
    ]
    labels = [{"conversation": seen.id, "label": chance.choice(LABELS)} for seen in everything if chance.random() < 0.5]
    with inbox.store.transaction() as transaction:
        transaction.run_many(
            "UPDATE conversations SET assignee = :assignee, stage = :stage, score = :score, negative = :negative,"
            " language = 'de' WHERE id = :id",
            sorted_out,
        )
        transaction.run_many("INSERT INTO labels (conversation, label) VALUES (:conversation, :label)", labels)


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of each request in their order, and the bytes of an answer."""

    took: tuple[float, ...]
    size: int
    cpu: float = 0.0  # of the server, for one of them

    @property
    def last_twentieth(self) -> float:
        """The 95th percentile."""
        return quantiles(self.took, n=20, method="inclusive")[-1]

    def __str__(self) -> str:
        cold = f"{self.took[0]:8.1f}"
        return f"{cold} {median(self.took):8.1f} {self.last_twentieth:8.1f} {self.cpu:8.1f} {self.size:9,d}"


class Browser:
    """One line to the desk, signed in."""

    def __init__(self, desk: RunningDesk, person: str) -> None:
        self.desk = desk
        self.line = HTTPConnection(urlsplit(desk.url).netloc, timeout=30)
        link = urlsplit(desk.link(person)).path
        self.line.request(
            "POST", link, headers={"Origin": desk.url, "Content-Type": "application/x-www-form-urlencoded"}
        )
        answer = self.line.getresponse()
        answer.read()
        self.cookie = (answer.getheader("set-cookie") or "").partition(";")[0]
        if answer.status != 303 or not self.cookie:
            raise SystemExit(f"cannot sign in: {answer.status}")

    def get(self, path: str) -> tuple[float, bytes]:
        """Milliseconds and the page."""
        begin = time.perf_counter()
        self.line.request("GET", path, headers={"Cookie": self.cookie, "Accept-Language": "de"})
        answer = self.line.getresponse()
        body = answer.read()
        took = (time.perf_counter() - begin) * 1000
        if answer.status != 200:
            raise SystemExit(f"{path} answers {answer.status}")
        return took, body

    def measure(self, path: str, requests: int) -> Measured:
        before = self.desk.cpu()
        found = [self.get(path) for _request in range(requests)]
        cpu = (self.desk.cpu() - before) / requests
        return Measured(tuple(took for took, _body in found), len(found[-1][1]), cpu)


def pages(browser: Browser) -> dict[str, str]:
    """What is asked for: name → address."""
    _took, body = browser.get("/inbox")
    found = re.search(rb"/inbox/([0-9A-Z]{26})", body)
    if found is None:
        raise SystemExit("the list shows no conversation")
    return {
        "list: /inbox": "/inbox",
        "list: by account": "/inbox?channel=mastodon",
        "list: by label": "/inbox?label=bestellung",
        "list: mine": "/inbox?who=me",
        "list: every stage": "/inbox?stage=all",
        "list: searched, many": f"/inbox?q={quote('Röstung')}",
        "list: searched, few": "/inbox?q=person4711",
        "list: searched, none": "/inbox?q=gibtesnicht",
        "one conversation": f"/inbox/{found[1].decode()}",
        "today": "/",
    }


def measure_command(house: DeskHouse, runs: int) -> Measured:
    """The same list by the command line, a new process each time."""
    command = [sys.executable, "-m", "toolkit", "inbox", "list", "--json", "--now", NOW, "-w", str(house.root)]
    took, size = [], 0
    for _run in range(runs):
        begin = time.perf_counter()
        done = subprocess.run(command, check=True, capture_output=True, env={**os.environ, **house.environ}, timeout=60)
        took.append((time.perf_counter() - begin) * 1000)
        size = len(done.stdout)
    json.loads(done.stdout)
    return Measured(tuple(took), size)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--conversations", type=int, default=10_000)
    parser.add_argument("--requests", type=int, default=100)
    parser.add_argument("--strict", action="store_true", help="fail when a list is slower than 100 ms")
    args = parser.parse_args()
    slow = []
    with tempfile.TemporaryDirectory() as folder:
        house = make_house(Path(folder))
        fill(house, args.conversations)
        sys.stdout.write(f"{'ms':<24} {'cold':>8} {'median':>8} {'p95':>8} {'cpu':>8} {'bytes':>9}\n")
        with running(house, "wiebke") as desk:
            browser = Browser(desk, "wiebke")
            for number, (name, path) in enumerate(pages(browser).items()):
                # More than people can look at in a session, the desk does not show.
                browser = Browser(desk, "wiebke") if number else browser
                found = browser.measure(path, args.requests)
                sys.stdout.write(f"{name:<24} {found}\n")
                sys.stdout.flush()
                if name.startswith("list") and found.last_twentieth >= MOST:
                    slow.append(name)
        sys.stdout.write(f"{'inbox list --json':<24} {measure_command(house, 5)}\n")
    if args.strict and slow:
        sys.exit(f"slower than {MOST:.0f} ms: {', '.join(slow)}")


if __name__ == "__main__":
    main()
