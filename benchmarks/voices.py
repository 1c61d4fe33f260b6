"""Whether the sample's words of praise and complaint find what people labelled positive and negative, and what a week costs.

python benchmarks/voices.py            hits and their labels on SB10k and PotTS, seconds for a week of the inbox
python benchmarks/voices.py --json     the same for programs

Neither collection has labels for wishes, and none for attributes: those were not measured. A tweet is no message to a
shop; the figures say whether the words go in the right direction, and with how few hits. Seconds are CPU.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.conformance import data_folder
from toolkit.community.inbox.book import open_inbox
from toolkit.community.inbox.gathering import Listener
from toolkit.community.summary.shares import Share
from toolkit.community.summary.summary import summarise
from toolkit.community.summary.week import read_week
from toolkit.database import Place
from toolkit.lint.voicing import is_said, speaks
from toolkit.model import Message, MessageKind
from toolkit.sentiment import Sentiment
from toolkit.sentiment.confusion import read_shipped
from toolkit.sentiment.corpora import Example, read_corpora
from toolkit.workspace import load_workspace
from toolkit.workspace.voices import Voice, VoiceSort

ROOT: Final = Path(__file__).resolve().parents[1]
CORPORA: Final = ("potts", "sb10k")
WANTED: Final = {VoiceSort.PRAISE: Sentiment.POSITIVE, VoiceSort.COMPLAINT: Sentiment.NEGATIVE}
MESSAGES: Final = 10_000  # in nine weeks


def hits(voices: tuple[Voice, ...], examples: list[Example]) -> Iterator[tuple[Voice, Counter[str]]]:
    """Each voice of praise or complaint in German, and the labels of what it finds."""
    for voice in voices:
        if voice.sort in WANTED and speaks(voice, "de"):
            yield voice, Counter(one.label.value for one in examples if is_said(voice, one.text))


def week_seconds(texts: list[str]) -> float:
    """CPU seconds of a summary where nine weeks hold `MESSAGES` messages."""
    week, now = read_week("2026-W47"), datetime(2026, 11, 23, 8, tzinfo=UTC)
    step = timedelta(weeks=9) / MESSAGES
    start = now - timedelta(weeks=9)
    told = [
        Message(
            f"m{at}",
            "mastodon",
            MessageKind.MENTION,
            f"@a{at % 997}@far.example",
            texts[at % len(texts)],
            start + at * step,
        )
        for at in range(MESSAGES)
    ]
    with tempfile.TemporaryDirectory() as folder, open_inbox(Place(Path(folder) / "inbox.sqlite"), now=start) as inbox:
        inbox.gather(Listener("mastodon:@probe@social.example", "mastodon"), told, now)
        shipped = read_shipped("de")
        began = time.process_time()
        summarise(inbox, load_workspace(ROOT), week, now, {"de": shipped} if shipped else {})
        return time.process_time() - began


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    chosen, data = parser.parse_args(), data_folder()
    examples = [one for part in ("train", "dev") for one in read_corpora(data, part, CORPORA)]
    found = list(hits(load_workspace(ROOT).handbook.voices, examples))
    base = Counter(one.label.value for one in examples)
    seconds = week_seconds([one.text for one in examples])
    if chosen.json:
        told = [{"voice": voice.name, "sort": voice.sort.value, "labels": labels} for voice, labels in found]
        print(json.dumps({"messages": len(examples), "base": base, "voices": told, "week_cpu_seconds": seconds}))
        return 0
    print(
        f"{len(examples)} messages: " + ", ".join(f"{name} {count / len(examples):.0%}" for name, count in base.items())
    )
    for voice, labels in found:
        right = Share(labels[WANTED[voice.sort]], labels.total())
        low, high = right.limits
        print(f"{voice.sort.value:<10} {voice.name:<14} right {right.hits} of {right.n} ({low:.0%} to {high:.0%})")
    print(f"a week, where nine weeks hold {MESSAGES:,} messages: {seconds:.1f} s CPU")
    return 0


if __name__ == "__main__":
    sys.exit(main())
