"""Patterns that stop other engines: how long ours takes for each on 10 kB, as a rule of the handbook takes it.

    python benchmarks/evil.py            a table: kind of rule, pattern, engine, text, milliseconds of CPU
    python benchmarks/evil.py --python   beside Python's `re`, each in a process that is ended after a second

Each pattern stands as it is known, and once more with a lookahead that RE2 does not know, so that it runs on `regex`;
the texts that it gets hold what the pattern without the lookahead finds, because others never reach `regex`. Every
kind of rule gets each of them wherever it takes a pattern, as token, exception, filter, prefix or edit.
Texts: one long line, words, many short paragraphs, and letters beyond ASCII.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from toolkit.style import Origin, Rulebook, rule_from_text
from toolkit.style.pattern import pattern

SIZE: Final = 10_000  # characters
LIMIT: Final = 100.0  # milliseconds
LOOKAHEAD: Final = "(?:{})(?!c)"
# Known from advisories and textbooks; what they are is in the name.
PATTERNS: Final = {
    "alternatives that overlap": r"(?:(?:a|aa)+\s?)+!|Kauf",
    "nested plus": r"(a+)+$",
    "nested star": r"([a-zA-Z]+)*!",
    "counted nesting": r"(.*a){20}",
    "one letter twice": r"(a|a)*!",
    "optional letter": r"(a|a?)+!",
    "nested spaces": r"(\s*a\s*)+!",
    "ambiguous words": r"(\w+\s?)*!",
    "an e-mail": r"([a-zA-Z0-9._-]+)+@([a-zA-Z0-9-]+\.)+com|([a-z]+)+!",
    "a long sum": r"(x+x+)+y|(a+a+)+!",
    "counted twice": r"(a{1,30}){1,30}!",
    "many stars": r"a*a*a*a*a*a*a*a*!",
    "quoted text": r"\"(\\.|[^\"\\]|a)*\"!",
}
LINE: Final = 40  # characters of a short paragraph


def texts(end: str) -> dict[str, str]:
    """The texts by name; each of their stretches ends in `end`."""
    return {
        "one line": "a" * (SIZE - len(end)) + end,
        "words": "aa " * (SIZE // 3) + "a" + end,
        "paragraphs": ("a" * (LINE - 2 - len(end)) + end + "\n\n") * (SIZE // LINE),
        "beyond ASCII": "ä" + "aä a" * (SIZE // 5) + "a" * 40 + end,
    }


@dataclass(frozen=True, slots=True)
class Turn:
    """One pattern on one text."""

    kind: str
    name: str
    engine: str
    text: str
    spent: float  # milliseconds of CPU
    alerts: int
    gave_up: bool  # whether the alert is the one that says that the pattern is too slow


# What a rule looks like that takes the pattern; WORD finds something in every text, and each time much.
WORD: Final = r"[aä](?:[aä]|\s){30,60}"
KINDS: Final[dict[str, Callable[[str], dict[str, object]]]] = {
    "existence": lambda written: {"extends": "existence", "nonword": True, "raw": [written]},
    "existence, exception": lambda written: {"extends": "existence", "raw": [WORD], "exceptions": [written]},
    "existence, edit": lambda written: {
        "extends": "existence",
        "raw": [WORD],
        "action": {"name": "edit", "params": ["regex", written, "b"]},
    },
    "substitution": lambda written: {"extends": "substitution", "nonword": True, "swap": {written: "b", WORD: "c"}},
    "occurrence": lambda written: {"extends": "occurrence", "max": 1, "token": written},
    "occurrence, at least": lambda written: {"extends": "occurrence", "min": 1, "token": written},
    "repetition": lambda written: {"extends": "repetition", "tokens": [written]},
    "repetition, exception": lambda written: {"extends": "repetition", "tokens": [WORD], "exceptions": [written]},
    "consistency": lambda written: {"extends": "consistency", "nonword": True, "either": {written: WORD}},
    "conditional, first": lambda written: {"extends": "conditional", "first": written, "second": "(b)"},
    "conditional, second": lambda written: {"extends": "conditional", "first": WORD, "second": f"({written})"},
    "capitalization": lambda written: {"extends": "capitalization", "match": written},
    "capitalization, prefix": lambda written: {"extends": "capitalization", "match": "$title", "prefix": written},
    "capitalization, exception": lambda written: {
        "extends": "capitalization",
        "match": "$sentence",
        "exceptions": [written],
    },
    "spelling, filter": lambda written: {"extends": "spelling", "filters": [written]},
    "spelling, exception": lambda written: {"extends": "spelling", "exceptions": [written]},
}


class Nobody:
    """A speller that knows no word, so that every one is looked at."""

    def check(self, _word: str) -> bool:
        return False

    def suggest(self, _word: str) -> list[str]:
        return []


def rulebook(written: str, kind: str = "existence") -> Rulebook:
    """A handbook of one rule."""
    rule = json.dumps({"message": "found", "level": "error", **KINDS[kind](written)})
    return Rulebook(
        [rule_from_text(rule, Origin("evil.yml", rule, 0, "Evil.One"))], spellers=lambda _language: Nobody()
    )


def engine_of(written: str) -> str:
    """Which engine searches for the pattern in a text of ASCII."""
    return "RE2" if pattern(written).ascii is not None else "regex"


def turns(names: Iterable[str] = PATTERNS, kinds: Iterable[str] = ("existence",)) -> Iterator[Turn]:
    """The patterns called `names` in rules of `kinds` on every text; what it costs to compile them is not part of it."""
    for name, kind in product(names, kinds):
        known = PATTERNS[name]
        for written, end in ((known, ""), (LOOKAHEAD.format(known), "!c")):
            book = rulebook(written, kind)
            book.check(f"a{end}")
            book.check(f"ä a{end}")
            for label, text in texts(end).items():
                start = time.process_time()
                alerts = book.check(text)
                spent = (time.process_time() - start) * 1000
                slow = any("too long" in alert.message for alert in alerts)
                yield Turn(kind, name, engine_of(written), label, spent, len(alerts), slow)


def python_takes(written: str, text: str, seconds: float = 1.0) -> str:
    """Milliseconds of Python's `re`, in a process of its own."""
    code = (
        "import re,sys,time; p=re.compile(sys.argv[1]); t=sys.stdin.read(); s=time.process_time(); "
        "sum(1 for _ in p.finditer(t)); print(f'{(time.process_time()-s)*1000:.1f}')"
    )
    try:
        done = subprocess.run(
            [sys.executable, "-c", code, written],
            input=text,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=True,
        )
    except subprocess.TimeoutExpired:
        return f"> {seconds * 1000:.0f}"
    return done.stdout.strip()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", action="store_true", help="beside Python's re; takes a minute")
    chosen = parser.parse_args()
    print("| kind | pattern | engine | text | ms | alerts |" + (" Python's re, ms |" if chosen.python else ""))
    print("|---|---|---|---|---:|---:|" + ("---:|" if chosen.python else ""))
    worst = 0.0
    for turn in turns(kinds=KINDS):
        worst = max(worst, turn.spent)
        told = "gave up" if turn.gave_up else str(turn.alerts)
        beside = ""
        if chosen.python:
            known = PATTERNS[turn.name]
            easy = turn.engine == "RE2"
            written, end = (known, "") if easy else (LOOKAHEAD.format(known), "!c")
            beside = f" {python_takes(written, texts(end)[turn.text])} |"
        print(
            f"| {turn.kind} | {turn.name} | {turn.engine} | {turn.text} | {turn.spent:.1f} | {told} |{beside}",
            flush=True,
        )
    print(f"\nslowest: {worst:.1f} ms for {SIZE} characters; the limit is {LIMIT:.0f} ms")
    return 0 if worst < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
