"""The style engine: how exact it is beside Vale, and how fast.

python benchmarks/style.py                 MB of Markdown per second of CPU with the packages' rules and the handbook's
python benchmarks/style.py --run every     one of the two readings alone, in this process
python benchmarks/style.py --profile       where its second pass spends the time
python benchmarks/style.py --conformance   alerts and scenarios of Vale's suites that come out the same

The rules are read as `check` reads them: the blocks of guidelines/, its word lists, and the packages of the test data
as if they lay in guidelines/styles. There are two readings, each in a process of its own: *own*, in which a rule for
German or English looks at texts of its language only, as in `check`, and *every*, in which all rules look at all texts.
A text's language is that of its front matter, else the one whose small words it has, else German, as in this workspace.

The texts are those of benchmarks/prose.py: pages, posts, fixtures, each again with other words in between until they are
one MB, so that nothing can be remembered from the first time. The first pass makes every automaton that a text needs;
what reading and compiling the rules takes before that is said as well.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import mean, median
from typing import Final, TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.conformance import Outcome, data_folder, outcomes
from benchmarks.prose import TOP, make_texts
from toolkit.garbage import without_collection
from toolkit.language.guessing import guess_language
from toolkit.lint.handbook import STYLES, house
from toolkit.source import FolderTree, OverlayTree
from toolkit.style import Reading, Rulebook, StyleRule
from toolkit.style.allowance import Allowance
from toolkit.style.finding import Checker, Hit, Scene
from toolkit.style.pattern import Found, Pattern, pattern
from toolkit.style.texts import Texts
from toolkit.workspace import load_settings

SIZE: Final = 1 << 20
SEED: Final = 20261122
WARM: Final = 5  # a machine that others use gives the CPU's time away as well as the clock's; the best turn tells most
EVIL: Final = r"(?:(?:a|aa)+\s?)+!|Kauf"
LANGUAGE: Final = re.compile(r"(?m)^language: *(\w+)")
OWN: Final = "own"
EVERY: Final = "every"
T = TypeVar("T")
POST: Final = (
    "Hinter Tür 1: unser Winterröster, heute versandkostenfrei. [Zum Shop](https://example.com/winter) #Advent\n" * 3
)


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the corpus and what it is checked as: ``de``, ``en``, or "" for all rules."""

    text: str
    language: str


def read_rules(data: Path) -> Rulebook:
    """The rules of this workspace, with the packages of the test data in it."""
    packaged = {
        f"{STYLES}/{file.relative_to(meta.parents[1]).as_posix()}": file.read_bytes()
        for meta in (data / "vale-styles").glob("*/*/meta.json")
        for file in meta.parent.rglob("*.yml")
    }
    tree = OverlayTree(FolderTree(TOP), packaged)
    own = house(tree, load_settings(tree)[0].styles)
    if own.broken:
        raise RuntimeError(own.broken[0].message)
    return Rulebook(own.styles, vocabulary=own.vocabulary, reading=Reading(tokens=own.policy.ignore))


def language_of(text: str) -> str:
    """As the front matter says, else as the words are, else the workspace's first."""
    head = text.split("\n---\n", 1)[0] if text.startswith("---\n") else ""
    said = LANGUAGE.search(head)
    return said[1] if said else guess_language(text) or "de"


def read_texts(reading: str) -> list[Text]:
    """The corpus."""
    return [Text(text, "" if reading == EVERY else language_of(text)) for text in make_texts(SIZE, SEED)]


def measure(data: Path, reading: str) -> None:
    """One reading, in a process in which nothing has been compiled yet."""
    texts = read_texts(reading)
    size = sum(len(text.text.encode()) for text in texts) / 1e6
    book, ready = _timed(lambda: _ready(data))
    print(f"{reading}: {_about(book.rules)}, read and compiled in {ready:.2f} s CPU")
    spoken = ", ".join(f"{count} {name or 'for all rules'}" for name, count in _languages(texts).most_common())
    print(f"  {len(texts)} texts, {size:.2f} MB: {spoken}")
    turns = [_timed(lambda: run(book, texts)) for _turn in range(1 + WARM)]
    for name, (alerts, spent) in (("first pass", turns[0]), ("second pass", turns[1])):
        print(f"  {name}: {size / spent:.2f} MB/s of CPU ({spent:.2f} s, {alerts} alerts)")
    best = min(spent for _alerts, spent in turns[1:])
    print(f"  best of {WARM} passes after the first: {size / best:.2f} MB/s of CPU ({best:.2f} s)")
    print(f"  one short post: {_post_times(book, OWN if reading == OWN else EVERY)}")
    asked, searched = _work(book, texts)
    print(f"  an average text: {asked:.0f} rules look at it, {searched:.0f} of them search it after the prefilter")


def run(book: Rulebook, texts: list[Text]) -> int:
    """Check every text; the number of alerts."""
    with without_collection():  # as `check` does it
        return sum(len(book.check(text.text, language=text.language, name="post")) for text in texts)


def _ready(data: Path) -> Rulebook:
    book = read_rules(data)
    _ = book.checkers
    return book


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    started = time.process_time()
    done = work()
    return done, time.process_time() - started


def _about(rules: tuple[StyleRule, ...]) -> str:
    packaged = sum(bool(rule.style) for rule in rules)
    german, english = (sum(rule.language == name for rule in rules) for name in ("de", "en"))
    return (
        f"{len(rules)} rules, {packaged} of packages and {len(rules) - packaged} of the handbook "
        f"({german} for German, {english} for English texts)"
    )


def _languages(texts: list[Text]) -> Counter[str]:
    return Counter(text.language for text in texts)


def _post_times(book: Rulebook, reading: str) -> str:
    times = []
    for turn in range(200):
        started = time.perf_counter()
        book.check(POST + f"{turn}\n", language="de" if reading == OWN else "", name="post")
        times.append((time.perf_counter() - started) * 1000)
    return f"median {median(times):.2f} ms, slowest of 200 {max(times):.2f} ms"


class _Counting:
    """A rule that counts how often it is set to work."""

    def __init__(self, checker: Checker, turns: Counter[str]) -> None:
        self.checker, self.turns = checker, turns
        self.rule = checker.rule

    @property
    def pattern(self) -> Pattern | None:
        return self.checker.pattern

    def hits(self, scene: Scene) -> Iterator[Hit]:
        self.turns[self.rule.id] += 1
        return self.checker.hits(scene)


def _work(book: Rulebook, texts: list[Text]) -> tuple[float, float]:
    """Of an average text: the rules that are for its language, and those that the prefilter left."""
    turns: Counter[str] = Counter()
    book.checkers = tuple(_Counting(checker, turns) for checker in book.checkers)
    run(book, texts)
    for_all = sum(not rule.language for rule in book.rules)
    own = Counter(rule.language for rule in book.rules if rule.language)
    asked = mean(len(book.rules) if not text.language else for_all + own[text.language] for text in texts)
    return asked, turns.total() / len(texts)


def evil() -> None:
    """A pattern that takes other engines minutes."""
    for text in ("a" * 10_000, "aa " * 3_333):
        found, spent = _timed(partial(_search, text))
        print(f"evil pattern on {len(text)} characters: {spent * 1000:.2f} ms, {len(found)} matches")


def _search(text: str) -> list[Found]:
    return list(pattern(EVIL).find(Texts([text]), Allowance(len(text))))


def conformance(data: Path) -> None:
    ran = list(outcomes(data))
    for suite in sorted({outcome.scenario.suite.partition("/")[0] for outcome in ran}):
        own = [outcome for outcome in ran if outcome.scenario.suite.partition("/")[0] == suite]
        _show(suite, own)
    for outcome in ran:
        if not outcome.passed:
            print(f"  {outcome.scenario.suite}: {outcome.scenario.name} {outcome.error}")
            for place in sorted(outcome.wanted.keys() - outcome.found.keys()):
                print("    -", place, outcome.wanted[place])
            for place in sorted(outcome.found.keys() - outcome.wanted.keys()):
                print("    +", place, outcome.found[place])


def _show(suite: str, ran: list[Outcome]) -> None:
    wanted = sum(len(outcome.wanted) for outcome in ran)
    hit = sum(len(outcome.wanted.keys() & outcome.found.keys()) for outcome in ran)
    extra = sum(len(outcome.found.keys() - outcome.wanted.keys()) for outcome in ran)
    said = sum(outcome.messages for outcome in ran)
    passed = sum(outcome.passed for outcome in ran)
    print(
        f"{suite:<10} scenarios {passed}/{len(ran)}, alerts at line:col:rule {hit}/{wanted}, extra {extra}, "
        f"messages {said}/{wanted} ({said / max(1, wanted):.1%})"
    )


def profile(data: Path, reading: str) -> None:
    book, texts = _ready(data), read_texts(reading)
    run(book, texts)
    profiler = cProfile.Profile()
    profiler.runcall(run, book, texts)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(45)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--conformance", action="store_true")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--run", choices=(OWN, EVERY), help="this reading alone")
    chosen = parser.parse_args()
    data = data_folder()
    if chosen.conformance:
        conformance(data)
    elif chosen.profile:
        profile(data, chosen.run or EVERY)
    elif chosen.run:
        measure(data, chosen.run)
    else:
        for reading in (OWN, EVERY):
            subprocess.run([sys.executable, __file__, "--run", reading], check=True)
        evil()


if __name__ == "__main__":
    main()
