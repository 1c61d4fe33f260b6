"""Candidates for keywords, German and English: of one text, or of many entries against all others.

Of a text the words that it comes back to, that are long, and that are nouns (German) or names (English); of entries the
words and pairs that they say more often than the others do (Dunning's log-likelihood ratio, Computational Linguistics
19/1, 1993). No model and no network; what it is worth beside YAKE is measured by ``benchmarks/keywords.py``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import log, log2
from typing import Final

from toolkit.language.stems import stem_of
from toolkit.research.phrases import JOINT, phrases_of, telling_words
from toolkit.research.published import Published
from toolkit.values import dataclass

MOST: Final = 12
FEWEST: Final = 2  # entries that say a phrase
SURE: Final = 6.63  # log-likelihood ratio that chance reaches once in a hundred times
NAME: Final = 2.2  # how much more a noun in German, a name in English says than another word
ABSORBED: Final = 0.75  # share of a word's entries that a pair has, from which the pair stands for it


@dataclass(frozen=True, slots=True)
class Keyword:
    """A phrase as it is mostly written; `n` texts or places say it. `score` is of its own list only."""

    phrase: str
    stem: str
    n: int
    score: float


def keywords_of(text: str, language: str, most: int = MOST) -> list[Keyword]:
    """The keywords of one text, the best first."""
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    names: set[str] = set()
    for word, begins in telling_words(text, language):
        stem = stem_of(word, language)
        counts[stem] += 1
        written.setdefault(stem, word)
        if _is_name(word, begins=begins):
            names.add(stem)
    found = [
        Keyword(written[stem], stem, count, _weigh(count, written[stem]) * (NAME if stem in names else 1.0))
        for stem, count in counts.items()
    ]
    return sorted(found, key=lambda one: (-one.score, one.stem))[:most]


def find_keywords(
    entries: Sequence[Published], others: Sequence[Published], language: str, most: int = MOST
) -> list[Keyword]:
    """What sets entries apart from others, the most telling first."""
    here, there = _say(entries, language), _say(others, language)
    counts, usual = (Counter(stem for one in said for stem in one) for said in (here, there))
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in here:
        for stem, phrase in one.items():
            written[stem][phrase] += 1
    scored = [
        Keyword(_mostly(written[stem]), stem, count, score)
        for stem, count in counts.items()
        if count >= FEWEST
        and (score := _likelihood(count, len(here), usual[stem], len(there))) >= (SURE if there else 0.0)
    ]
    scored.sort(key=lambda one: (-one.score, -len(one.stem), one.stem))
    return _without_parts(scored)[:most]


def _say(entries: Iterable[Published], language: str) -> list[dict[str, str]]:
    """The phrases of each entry without its source's own name, which many feeds put below every text."""
    return [
        {stem: phrase for stem, phrase in found.items() if not named & set(stem.split(JOINT))}
        for one in entries
        for found, named in [(phrases_of(f"{one.title}\n{one.excerpt}", language), _parts(one.source, language))]
    ]


def _parts(source: str, language: str) -> set[str]:
    return {stem_of(word, language) for word in source.split()}


def _weigh(count: int, word: str) -> float:
    """Often, and long; where in the text it stands was tried and did not help."""
    return log2(1 + count) * log(1 + len(word)) ** 2


def _is_name(word: str, *, begins: bool) -> bool:
    """A noun in German, a name in English: a capital that no beginning of a sentence asks for."""
    return word[0].isupper() and (not begins or word.isupper())


def _likelihood(count: int, n: int, usual: int, others: int) -> float:
    """G² of a phrase in `count` of `n` against `usual` of `others`; 0 where it is not more than usual."""
    if not others:
        return float(count)
    if count * others <= usual * n:
        return 0.0
    expected = (count + usual) / (n + others)
    return 2.0 * sum(seen * log(seen / (size * expected)) for seen, size in ((count, n), (usual, others)) if seen)


def _without_parts(scored: Sequence[Keyword]) -> list[Keyword]:
    """Words that mostly stand in one pair are told by the pair, and of two pairs with the same word the better one."""
    pairs = [one for one in scored if JOINT in one.stem]
    absorbed = {
        part for one in pairs for part in one.stem.split(JOINT) for word in scored
        if word.stem == part and one.n >= ABSORBED * word.n
    }  # fmt: skip
    kept: list[Keyword] = []
    for one in scored:
        parts = set(one.stem.split(JOINT))
        if one.stem in absorbed or any(parts & set(other.stem.split(JOINT)) for other in kept):
            continue
        kept.append(one)
    return kept


def _mostly(written: Counter[str]) -> str:
    return min(written, key=lambda phrase: (-written[phrase], phrase))
