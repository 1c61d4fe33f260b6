"""What triage costs: ten thousand conversations with all rules of this workspace, then the waiting time alone.

    python benchmarks/triage.py --conversations 10000 --strict

The conversations are made of the handbook's own examples between other sentences, so that every rule has work to do.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from toolkit.community.inbox.book import Inbox, open_inbox
from toolkit.community.inbox.gathering import Listener
from toolkit.community.triage.book import Book, read_book
from toolkit.community.triage.case import Case
from toolkit.community.triage.keeping import examine_ours, keep
from toolkit.community.triage.scoring import triage, wait
from toolkit.community.triage.verdict import by_urgency
from toolkit.database import Place
from toolkit.model import Message, MessageKind
from toolkit.workspace import load_workspace

NOW: Final = datetime(2026, 11, 24, 11, tzinfo=UTC)
FILLERS: Final = (
    "Moin zusammen, ich wollte nur kurz sagen, dass ich seit Jahren bei euch kaufe.",
    "Der Winterröster ist in der Presskanne am schönsten, finde ich.",
    "Meine Mühle mahlt ihn zu fein, aber das liegt an der Mühle 🙂",
    "https://example.com/?von=toot",
    "Grüße von der Förde!",
)
BUDGET: Final = {"all rules": 5.0, "waiting alone": 10.0}  # seconds: ten thousand, a millisecond each


def make_cases(book: Book, count: int) -> list[Case]:
    """Cases of one to four sentences, one of which is an example of a rule or a danger."""
    draw = random.Random(7)  # the same ones every time
    examples = [example.text for rule in book.rules for example in (*rule.good, *rule.bad)]
    examples += [example.text for risk in book.risks for example in (*risk.good, *risk.bad)]
    found = []
    for _number in range(count):
        said = [draw.choice(examples), *draw.choices(FILLERS, k=draw.randrange(4))]
        draw.shuffle(said)
        text, since = " ".join(said), NOW - timedelta(minutes=draw.randrange(60 * 24 * 30))
        channel, kind = draw.choice([*book.settings.accounts]), draw.choice([*MessageKind])
        facts = {"language": draw.choice(["de", "de", "en", ""]), "reach": draw.randrange(20_000)}
        found.append(Case(channel, kind, text, text, since, since, negative=draw.random(), **facts))  # type: ignore[arg-type]  # language and reach
    return found


def fill(inbox: Inbox, cases: list[Case]) -> None:
    """A conversation of a stranger's own for each case."""
    said = [
        Message(
            f"m{number}",
            "mastodon",
            MessageKind.COMMENT,
            f"@a{number}@far.example",
            case.text,
            case.arrived,
            answers="p",
        )
        for number, case in enumerate(cases)
    ]
    inbox.gather(Listener("mastodon:@us@social.example", "mastodon"), [replace(one, below="p") for one in said], NOW)


def time_inbox(book: Book, cases: list[Case]) -> Iterator[tuple[str, float]]:
    """A whole inbox: the first time all is written, five minutes later the scores that moved."""
    with tempfile.TemporaryDirectory() as folder, open_inbox(Place(Path(folder) / "inbox.sqlite"), now=NOW) as inbox:
        fill(inbox, cases)
        for name, moment in (("inbox, first", NOW), ("inbox, again", NOW + timedelta(minutes=5))):
            started = time.perf_counter()
            keep(inbox, examine_ours(inbox, book, moment), moment)
            yield name, time.perf_counter() - started


def main() -> int:
    """Print the figures; 1 when --strict is asked for and one is over its budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=10_000)
    parser.add_argument("--strict", action="store_true")
    asked = parser.parse_args()
    book = read_book(load_workspace(Path(__file__).parents[1]))
    cases = make_cases(book, asked.conversations)
    started = time.process_time()
    found = [triage(case, book, NOW) for case in cases]
    first = time.process_time() - started
    started = time.process_time()
    later = [wait(one, NOW + timedelta(minutes=5)) for one in found]
    again = time.process_time() - started
    started = time.process_time()
    by_urgency((str(number), one) for number, one in enumerate(later))
    ordered = time.process_time() - started
    ruled = sum(bool(one.rules) for one in found)
    print(f"{len(book.rules)} rules, {len(book.risks)} dangers, {len(cases)} conversations, rules applied to {ruled}")
    for name, seconds in (("all rules", first), ("waiting alone", again), ("ordering", ordered)):
        each = 1e6 * seconds / len(cases)
        print(f"{name:<14} {seconds:8.3f} s of CPU {each:8.1f} µs each")
    for name, seconds in time_inbox(book, cases):
        print(f"{name:<14} {seconds:8.3f} s on the clock {1e6 * seconds / len(cases):8.1f} µs each")
    figures = {"all rules": first, "waiting alone": again}
    return int(asked.strict and any(seconds > BUDGET[name] for name, seconds in figures.items()))


if __name__ == "__main__":
    sys.exit(main())
