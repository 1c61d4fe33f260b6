"""What is written about more than usual: words of the last seven days against the eight weeks before, by `toolkit.surprise`.

Each telling counts: an event that five sources tell says its words five times. A source takes part when it was heard for
three weeks before, so that a feed that was added today is no wave. Languages stay apart. Words that stand in the same
entries are one burst, called by the phrase that says most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from toolkit.language.stems import heads_of
from toolkit.research.phrases import JOINT, phrases_of
from toolkit.research.published import Published
from toolkit.surprise.tallies import LEAST_TALLIES, Rise, Text, compare_weeks
from toolkit.values import dataclass

WINDOW: Final = timedelta(days=7)
HISTORY: Final = 8  # windows that say what is usual
FEWEST: Final = 3  # tellings of a word, and
SOURCES: Final = 2  # sources that tell it, before it is looked at: one blog's series is no trend
TOGETHER: Final = 0.5  # share of entries in common (Jaccard) from which two words are one burst


@dataclass(frozen=True, slots=True)
class Burst:
    """A word or pair that came up more often than usual; `told` of the `n` tellings of the window say it."""

    phrase: str
    stem: str
    language: str
    told: int
    n: int
    rise: Rise
    entries: tuple[Published, ...]  # that say it, the newest first
    beside: tuple[str, ...] = ()  # other words of the same entries that came up with it

    @property
    def sources(self) -> tuple[str, ...]:
        """Everybody who tells it, who tells most of it first."""
        return tuple(name for name, _count in Counter(_sources(self.entries)).most_common())

    @property
    def since(self) -> datetime:
        """When it was told first in the window."""
        return min(one.at for one in self.entries)


@dataclass(frozen=True, slots=True)
class Bursts:
    """One language. `n` tellings in the window, `weeks` before them; `learning` are sources that do not take part yet."""

    language: str
    n: int
    weeks: int
    found: tuple[Burst, ...]
    learning: tuple[str, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether it is known what is usual."""
        return self.weeks >= LEAST_TALLIES


def find_bursts(entries: Sequence[Published], languages: Iterable[str], now: datetime) -> list[Bursts]:
    """The bursts of each language, what surprises most first; entries that do not say theirs count for the first one."""
    wanted = list(dict.fromkeys(languages))
    usual = wanted[0] if wanted else ""
    return [_find(one, [e for e in entries if (_short(e.language) or usual) == one], now) for one in wanted]


def _find(language: str, entries: Sequence[Published], now: datetime) -> Bursts:
    learning = _learning(entries, now)
    since = now - WINDOW * (HISTORY + 1)
    spoken = _with_heads([_Told.of(one, language, learning) for one in entries if since < one.at <= now])
    texts = [Text(source, (now - one.entry.at) // WINDOW, one.stems) for one in spoken for source in one.sources]
    weeks, n = len({one.week for one in texts if one.week}), sum(not one.week for one in texts)
    if weeks < LEAST_TALLIES:
        return Bursts(language, n, weeks, (), tuple(sorted(learning)))
    window = [one for one in spoken if one.sources and one.entry.at > now - WINDOW]
    found = [
        _burst(stem, rise, spoken, window, language)
        for stem, rise in compare_weeks(texts, FEWEST).items()
        if rise.surprising
    ]
    several = [one for one in found if len(one.sources) >= SOURCES]
    return Bursts(language, n, weeks, tuple(_merge(several)), tuple(sorted(learning)))


@dataclass(frozen=True, slots=True)
class _Told:
    """An entry with its phrases, the sources that tell it and take part, and the heads of its compounds."""

    entry: Published
    phrases: Mapping[str, str]
    sources: tuple[str, ...]
    heads: frozenset[str] = frozenset()

    @classmethod
    def of(cls, entry: Published, language: str, learning: frozenset[str]) -> _Told:
        phrases = phrases_of(f"{entry.title}\n{entry.excerpt}", language)
        return cls(entry, phrases, tuple(one for one in dict.fromkeys(entry.sources) if one not in learning))

    @property
    def stems(self) -> frozenset[str]:
        """Everything that it says, the heads among it."""
        return self.heads.union(self.phrases)


def _with_heads(spoken: Sequence[_Told]) -> list[_Told]:
    """A compound says a word that stands by itself anywhere, in whichever week."""
    known = frozenset(stem for one in spoken for stem in one.phrases if JOINT not in stem)
    return [
        replace(
            one, heads=frozenset(head for stem in one.phrases if JOINT not in stem for head in heads_of(stem, known))
        )
        for one in spoken
    ]


def _learning(entries: Iterable[Published], now: datetime) -> frozenset[str]:
    """Sources of which too little is known: nothing older than the window and three more."""
    first: dict[str, datetime] = {}
    for one in entries:
        for source in one.sources:
            first[source] = min(first.get(source, one.at), one.at)
    return frozenset(name for name, at in first.items() if at > now - WINDOW * (1 + LEAST_TALLIES))


def _burst(stem: str, rise: Rise, spoken: Sequence[_Told], window: Sequence[_Told], language: str) -> Burst:
    said = [one for one in window if stem in one.stems]
    # A head that stands in compounds only this week is written as it was before.
    ways = (Counter(one.phrases[stem] for one in some if stem in one.phrases) for some in (said, spoken))
    written = next(one for one in ways if one)
    phrase = min(written, key=lambda word: (-written[word], word))
    entries = tuple(sorted((one.entry for one in said), key=lambda one: one.at, reverse=True))
    told = sum(len(one.sources) for one in said)
    return Burst(phrase, stem, language, told, sum(len(one.sources) for one in window), rise, entries)


def _merge(found: Iterable[Burst]) -> list[Burst]:
    """One burst for words that stand together; it keeps the name that says most, and names the others."""
    kept: list[Burst] = []
    for one in sorted(found, key=lambda one: (-one.rise.score, -len(one.stem), one.stem)):
        at = next((at for at, other in enumerate(kept) if _together(one, other)), None)
        if at is None:
            kept.append(one)
        else:
            kept[at] = _named(kept[at], one)
    return kept


def _together(one: Burst, other: Burst) -> bool:
    first, second = ({(e.source, e.guid) for e in burst.entries} for burst in (one, other))
    return len(first & second) >= TOGETHER * len(first | second)


def _named(kept: Burst, other: Burst) -> Burst:
    """A pair says more than its words, where as many say it; a word of the pair is not said twice."""
    if JOINT in other.stem and kept.stem in other.stem.split(JOINT) and other.told >= kept.told:
        return replace(other, beside=kept.beside)
    if other.stem in kept.stem.split(JOINT) or kept.stem in other.stem.split(JOINT):
        return kept
    return replace(kept, beside=(*kept.beside, other.phrase))


def _sources(entries: Iterable[Published]) -> list[str]:
    return [name for one in entries for name in one.sources]


def _short(tag: str) -> str:
    return tag.replace("_", "-").partition("-")[0].lower()
