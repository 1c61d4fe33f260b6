"""What people talk about: the team's labels first, then words that came up more often than the weeks before let expect.

A word counts once a message, and a compound counts for its head too: who writes Filterkaffee writes of Kaffee. A word is
told as surprising only where one week in ten would have a false one, see `toolkit.surprise.tallies`. Languages stay apart. What fewer than three people wrote is not shown: it would lead to them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from toolkit.community.summary.shares import ENOUGH, Share
from toolkit.community.summary.spoken import Spoken
from toolkit.community.summary.terms import terms_of
from toolkit.community.summary.week import Week
from toolkit.language.stems import heads_of
from toolkit.surprise.tallies import LEAST_TALLIES, Text, compare_weeks
from toolkit.values import dataclass

PEOPLE: Final = 3  # who used a word or a label before anybody is shown it
MOST: Final = 10  # words of a language


@dataclass(frozen=True, slots=True)
class Topic:
    """A word or label: in how many of the messages, how many were to be expected, and how surprising that is.

    `expected` is None where too few weeks are known; `score` is -log10 of the chance, see `toolkit.surprise`.
    """

    word: str
    share: Share
    expected: float | None = None
    score: float = 0.0
    surprising: bool = False


@dataclass(frozen=True, slots=True)
class Topics:
    """The words of one language, those that surprise first. `weeks` are known before; `enough` messages were there."""

    language: str
    n: int
    weeks: int
    words: tuple[Topic, ...]

    @property
    def enough(self) -> bool:
        """Whether there was enough to say anything."""
        return self.n >= ENOUGH


def find_topics(week: Week, weeks: Mapping[Week, Sequence[Spoken]], languages: Iterable[str]) -> list[Topics]:
    """The topics of a week in each language; `weeks` has each that is known."""
    return [_topics(one, week, weeks) for one in languages]


def count_labels(week: Week, weeks: Mapping[Week, Sequence[Spoken]]) -> list[Topic]:
    """The labels of the week's messages, the most frequent first; the rates of the weeks before say what to expect."""
    here = weeks.get(week, ())
    people = _people((one.author, one.labels) for one in here)
    counts = Counter(label for one in here for label in one.labels)
    before = [spoken for one, spoken in weeks.items() if one < week and spoken]
    found = []
    for label, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if people[label] >= PEOPLE:
            rates = [sum(label in one.labels for one in spoken) / len(spoken) for spoken in before]
            usual = sum(rates) / len(rates) * len(here) if len(rates) >= LEAST_TALLIES else None
            found.append(Topic(label, Share(count, len(here)), usual))
    return found


def _topics(language: str, week: Week, weeks: Mapping[Week, Sequence[Spoken]]) -> Topics:
    by_week = {one: [said for said in found if said.language == language] for one, found in weeks.items()}
    known = sorted((one for one, found in by_week.items() if one < week and found), reverse=True)
    here = by_week.get(week, [])
    if len(here) < ENOUGH:
        return Topics(language, len(here), len(known), ())
    now, *earlier = _read([here, *(by_week[one] for one in known)], language)
    if len(earlier) < LEAST_TALLIES:
        words = [Topic(now.written[stem], Share(now.messages[stem], now.n)) for stem in now.shown]
    else:
        words = list(_surprising(now, earlier))
    words.sort(key=lambda one: (not one.surprising, -one.score, -one.share.hits, one.word))
    return Topics(language, len(here), len(known), tuple(words[:MOST]))


@dataclass(frozen=True, slots=True)
class _Read:
    """The messages of a week, each with who wrote it and the stems that it says; of each stem how it is mostly written."""

    told: Sequence[tuple[str, frozenset[str]]]
    written: Mapping[str, str]

    @property
    def n(self) -> int:
        return len(self.told)

    @property
    def messages(self) -> Counter[str]:
        """In how many each stem is."""
        return Counter(stem for _who, stems in self.told for stem in stems)

    @property
    def shown(self) -> list[str]:
        """The stems of enough people, which do not lead to anybody."""
        return [stem for stem, people in _people(self.told).items() if people >= PEOPLE and stem in self.written]


def _read(weeks: Sequence[Sequence[Spoken]], language: str) -> list[_Read]:
    """A compound says a word that stands by itself anywhere, in whichever week."""
    terms = [[(one.author, terms_of(one.text, language)) for one in spoken] for spoken in weeks]
    known = frozenset(stem for week in terms for _author, found in week for stem in found)
    return [
        _Read(
            [
                (author, frozenset({*found, *(head for stem in found for head in heads_of(stem, known))}))
                for author, found in week
            ],
            _spelled(found for _author, found in week),
        )
        for week in terms
    ]


def _spelled(terms: Iterable[Mapping[str, str]]) -> dict[str, str]:
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for found in terms:
        for stem, word in found.items():
            written[stem][word] += 1
    return {stem: min(words, key=lambda one: (-words[one], one)) for stem, words in written.items()}


def _people(told: Iterable[tuple[str, Iterable[str]]]) -> Counter[str]:
    """How many different people said each; who was forgotten is nobody."""
    pairs = {(who, what) for who, some in told for what in some if who}
    return Counter(what for _who, what in pairs)


def _surprising(now: _Read, earlier: Sequence[_Read]) -> Iterable[Topic]:
    texts = [Text("", at, stems) for at, week in enumerate((now, *earlier)) for _who, stems in week.told]
    rises, messages = compare_weeks(texts, PEOPLE), now.messages
    for stem in now.shown:
        share, rise = Share(messages[stem], now.n), rises[stem]
        yield Topic(now.written[stem], share, rise.expected, rise.score, surprising=rise.surprising)
