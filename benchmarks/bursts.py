"""How often a week in which nothing happened shows a burst, and how often a word that is said five times as often is found.

    python benchmarks/bursts.py                   # about eight minutes of one core
    python benchmarks/bursts.py --weeks 40        # less sure, in a fifth of it

The entries are real texts of the shared test data (LEITSTAND_TEST_DATA): German posts of two collections with words of
their own (Potts, SB10k), and English announcements (galaxy-social), shuffled between nine weeks and ten sources, so that no
week has a subject of its own. What is found there is false. Fails where more weeks than `FALSE` and its error have one.

- ``steady``: as many entries every week. ``growing``: the last week has three times as many.
- ``louder``: one collection is told five times as much in the last week, with its words; the others as ever.
- ``planted``: in a steady history a word of 2 to 4 tellings a week is said five times as often in the last week.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from math import sqrt
from pathlib import Path
from random import Random
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from toolkit.research.bursts import HISTORY, WINDOW, find_bursts  # the path has to be set before
from toolkit.research.phrases import JOINT, phrases_of
from toolkit.research.published import Published
from toolkit.surprise.tallies import FALSE

ROOT: Final = Path(__file__).resolve().parents[1]
NOW: Final = datetime(2026, 11, 21, 11, tzinfo=UTC)
WEEKLY: Final = 120  # German entries a week
SOURCES: Final = 5  # of each collection
USUAL: Final = (1, 2, 3, 4)  # tellings a week of a word that is planted, and
TIMES: Final = 5  # how much more often a planted word is said
NOISE: Final = re.compile(r"https?\s?:\S+|http\S*|@\s?\w+|&\w+;|!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|[\[\]*_`>]|^RT\b")

Text = tuple[str, str]  # collection, text


def main() -> None:
    """Print a line for each case; exit 1 where the promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weeks", type=int, default=200, help="Shuffled histories of each case.")
    weeks = parser.parse_args().weeks
    data = Path(os.environ.get("LEITSTAND_TEST_DATA", ROOT.parent / "shared/data"))
    german, english = _german(data), _english(data)
    cases = {
        "de steady": ("de", german, {}),
        "de growing": ("de", german, {"potts": 3.0, "sb10k": 3.0}),
        "de louder": ("de", german, {"potts": 5.0}),
        "en steady": ("en", english, {}),
    }
    most = FALSE + 1.64 * sqrt(FALSE * (1 - FALSE) / weeks)
    broken = False
    for name, (language, texts, more) in cases.items():
        chance = Random(7)
        false = sum(bool(_found(list(_history(texts, more, chance)), language)) for _ in range(weeks))
        broken |= false / weeks > most
        print(f"{name:<11} weeks with a false burst: {false} of {weeks} ({false / weeks:.1%}); promised {FALSE:.0%}")
    chance = Random(8)
    found = [_plant(list(_history(german, {}, chance)), chance) for _ in range(weeks)]
    for usual in USUAL:
        tried = [hit for rate, hit in found if round(rate) == usual]
        print(f"de planted  usually {usual} a week, now {TIMES} times as many: found {sum(tried)} of {len(tried)}")
    sys.exit(broken)


def _history(texts: Sequence[Text], more: dict[str, float], chance: Random) -> Iterator[Published]:
    """Nine weeks of texts, shuffled; in the last one each collection as often as `more` says."""
    of: defaultdict[str, list[str]] = defaultdict(list)
    for collection, text in texts:
        of[collection].append(text)
    for collection, every in sorted(of.items()):
        weekly = min(WEEKLY // len(of), len(every) // (HISTORY + 1))
        counts = [round(weekly * more.get(collection, 1.0)), *[weekly] * HISTORY]
        drawn = iter(chance.sample(every, min(sum(counts), len(every))))
        for week, count in enumerate(counts):
            for text in (found for found, _one in zip(drawn, range(count), strict=False)):
                at = NOW - WINDOW * week - chance.random() * (WINDOW - timedelta(hours=1))
                source = f"{collection}-{min(int(chance.expovariate(0.7)), SOURCES - 1)}"
                yield Published(source, f"{chance.random()}", "topic", text, "", at)


def _found(entries: Sequence[Published], language: str) -> list[str]:
    (bursts,) = find_bursts(entries, [language], NOW)
    return [word for one in bursts.found for word in (one.phrase, *one.beside)]


def _plant(entries: list[Published], chance: Random) -> tuple[float, bool]:
    """How often a word is usually told a week, and whether it is found when it is told `TIMES` as often."""
    counts: Counter[str] = Counter()
    words: dict[str, str] = {}
    for one in entries:
        if one.at <= NOW - WINDOW:
            found = {stem: word for stem, word in phrases_of(one.title, "de").items() if JOINT not in stem}
            words |= found
            counts.update(found.keys())
    by_rate: defaultdict[int, list[str]] = defaultdict(list)
    for stem in sorted(counts):
        by_rate[round(counts[stem] / HISTORY)].append(stem)
    stem = chance.choice(by_rate[chance.choice([rate for rate in USUAL if by_rate[rate]])])
    usual = counts[stem] / HISTORY
    now = [at for at, one in enumerate(entries) if one.at > NOW - WINDOW]
    silent = [at for at in now if stem not in phrases_of(entries[at].title, "de")]
    for at in chance.sample(silent, max(0, round(TIMES * usual) - len(now) + len(silent))):
        one = entries[at]
        text = f"{one.title}. {words[stem]}."
        entries[at] = Published(one.source, one.guid, one.kind, text, one.url, one.at)
    return usual, any(phrase.lower() == words[stem].lower() or stem in phrases_of(phrase, "de")
                      for phrase in _found(entries, "de"))  # fmt: skip


def _german(data: Path) -> list[Text]:
    every = {
        NOISE.sub(" ", row.partition("\t")[2]).strip(): name
        for name in ("potts", "sb10k")
        for row in (data / name / "train.tsv").read_text("utf-8").splitlines()
    }
    return [(name, text) for text, name in every.items() if len(text.split()) >= 5]


def _english(data: Path) -> list[Text]:
    files = sorted((data / "galaxy-social/posts").rglob("*.md"))
    every = dict.fromkeys(NOISE.sub(" ", file.read_text("utf-8").split("---", 2)[2]).strip() for file in files)
    return [("galaxy", text[:300]) for text in every if text]


if __name__ == "__main__":
    main()
