"""What keyword candidates are worth: how many of the authors' own hashtags are found in their texts without the signs.

    python benchmarks/keywords.py                 # 3 seconds; beside YAKE where `pip install yake` was done

The texts are German posts (Potts, SB10k) and English ones (galaxy-social) of the shared test data (LEITSTAND_TEST_DATA)
that name one to three words of their own as hashtags. Of the German ones, 600 that nothing was tuned on, seeded.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Final

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from toolkit.research.keywords import keywords_of  # the path has to be set before

ROOT: Final = Path(__file__).resolve().parents[1]
HELD: Final = 600
AMONG: Final = (3, 5)
TAG: Final = re.compile(r"(?<!\w)#\s?(\w{4,})")
NOISE: Final = re.compile(r"https?\s?:\S+|http\S*|@\s?\w+|&\w+;|!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|[\[\]*_`>]")

Case = tuple[str, frozenset[str]]  # a text without signs, and its hashtags
Finder = Callable[[str], Sequence[str]]


def main() -> None:
    """Print a line per language and method."""
    data = Path(os.environ.get("LEITSTAND_TEST_DATA", ROOT.parent / "shared/data"))
    for language, cases in (("de", german(data)), ("en", english(data))):
        for name, finder in (("leitstand", ours(language)), *yake(language)):
            begun = time.process_time()
            found = [finder(text) for text, _tags in cases]
            cost = 1000 * (time.process_time() - begun) / len(cases)
            shares = " ".join(f"recall@{most}={recall(found, cases, most):.3f}" for most in AMONG)
            print(f"{language} {name:<10} n={len(cases)} {shares} {cost:.2f} ms a text")


def recall(found: Sequence[Sequence[str]], cases: Sequence[Case], most: int) -> float:
    """The share of the hashtags that could be among the first `most` and are."""
    hits = sum(len({*words[:most]} & tags) for words, (_text, tags) in zip(found, cases, strict=True))
    return hits / sum(min(most, len(tags)) for _text, tags in cases)


def ours(language: str) -> Finder:
    return lambda text: [one.phrase.lower() for one in keywords_of(text, language, max(AMONG))]


def yake(language: str) -> Iterator[tuple[str, Finder]]:
    try:
        from yake import KeywordExtractor  # type: ignore[import-not-found]  # a peer that few have
    except ModuleNotFoundError:
        return
    extractor = KeywordExtractor(lan=language, n=1, top=max(AMONG))
    yield "yake", lambda text: [word.lower() for word, _score in extractor.extract_keywords(text)]


def german(data: Path) -> list[Case]:
    rows = [row for name in ("potts", "sb10k") for row in (data / name / "train.tsv").read_text("utf-8").splitlines()]
    cases = [case for row in rows if (case := _case(row.partition("\t")[2])) and len(case[0].split()) >= 8]
    Random(1).shuffle(cases)
    return cases[:HELD]


def english(data: Path) -> list[Case]:
    """A post's hashtags stand in its front matter, a list for each network, or in its text; those whose word it says count."""
    cases: dict[str, frozenset[str]] = {}
    for file in sorted((data / "galaxy-social/posts").rglob("*.md")):
        front, body = file.read_text("utf-8").split("---", 2)[1:]
        named = (yaml.safe_load(front) or {}).get("hashtags")
        listed = [tag for tags in named.values() for tag in tags or ()] if isinstance(named, dict) else []
        text = NOISE.sub(" ", body)
        plain = re.sub(r"#\s?(?=\w)", "", text)
        said = frozenset(re.findall(r"\w+", plain.lower()))
        if tags := said.intersection(tag.lower() for tag in (*listed, *TAG.findall(text))):
            cases[plain] = tags
    return list(cases.items())


def _case(text: str) -> Case | None:
    text = NOISE.sub(" ", text)
    tags = frozenset(tag.lower() for tag in TAG.findall(text) if not tag.isdigit())
    return (re.sub(r"#\s?(?=\w)", "", text), tags) if 1 <= len(tags) <= 3 else None


if __name__ == "__main__":
    main()
