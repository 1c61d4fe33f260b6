"""The style engine: how exact it is beside Vale, and how fast.

python benchmarks/style.py                 MB of Markdown per second of CPU with every rule of the packages
python benchmarks/style.py --conformance   alerts and scenarios of Vale's suites that come out the same
python benchmarks/style.py --profile       where the time goes
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.conformance import Outcome, data_folder, outcomes
from toolkit.style import Rulebook, StyleRule, read_package
from toolkit.workspace.folder import without_collection

SIZE = 1 << 20
EVIL = r"(?:(?:a|aa)+\s?)+!|Kauf"


def package_rules(data: Path) -> list[StyleRule]:
    rules = []
    for folder in sorted((data / "vale-styles").glob("*/*/meta.json")):
        rules += read_package(folder.parent)[0]
    return rules


def corpus(data: Path) -> list[str]:
    files = [
        *sorted((data / "vale-styles").glob("*/fixtures/*/*.md")),
        *sorted((Path(__file__).parent.parent / "guidelines").rglob("*.md")),
    ]
    texts = [file.read_text("utf-8") for file in files]
    once = sum(len(text.encode()) for text in texts)
    return texts * (SIZE // once + 1)


def speed(data: Path) -> None:
    rules = package_rules(data)
    texts = corpus(data)
    size = sum(len(text.encode()) for text in texts) / 1e6
    book = Rulebook(rules)
    started = time.process_time()
    _ = book.checkers
    book.check(texts[0])
    print(f"{len(rules)} rules ready in {time.process_time() - started:.2f} s CPU")
    for name in ("first", "second"):
        started = time.process_time()
        with without_collection():  # as `check` does it
            alerts = sum(len(book.check(text)) for text in texts)
        spent = time.process_time() - started
        print(
            f"{name} pass: {size:.2f} MB, {len(texts)} texts, {alerts} alerts, {spent:.2f} s CPU, {size / spent:.2f} MB/s"
        )
    post = (
        "Hinter Tür 1: unser Winterröster, heute versandkostenfrei. [Zum Shop](https://example.com/winter) #Advent\n"
        * 3
    )
    times = []
    for _turn in range(200):
        started = time.perf_counter()
        book.check(post)
        times.append((time.perf_counter() - started) * 1000)
    print(f"one short post: median {median(times):.2f} ms, slowest of 200 {max(times):.2f} ms")
    evil(data)


def evil(_data: Path) -> None:
    from toolkit.style.allowance import Allowance
    from toolkit.style.pattern import pattern
    from toolkit.style.texts import Texts

    for text in ("a" * 10_000, "aa " * 3_333):
        started = time.process_time()
        found = list(pattern(EVIL).find(Texts([text]), Allowance(len(text))))
        print(
            f"evil pattern on {len(text)} characters: {(time.process_time() - started) * 1000:.2f} ms, {len(found)} matches"
        )


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conformance", action="store_true")
    parser.add_argument("--profile", action="store_true")
    chosen = parser.parse_args()
    data = data_folder()
    if chosen.conformance:
        conformance(data)
    elif chosen.profile:
        profiler = cProfile.Profile()
        profiler.runcall(speed, data)
        pstats.Stats(profiler).sort_stats("tottime").print_stats(45)
    else:
        speed(data)


if __name__ == "__main__":
    main()
