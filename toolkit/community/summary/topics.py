"""What people talk about: the team's labels first, then words that came up more often than the weeks before let expect.

A word counts once a message, and a compound counts for its head too: who writes Filterkaffee writes of Kaffee. Every word
is compared with chance, and there are many, so a word is told as surprising only where one week in ten would have a false
one. Languages stay apart. What fewer than three people wrote is not shown: it would lead to them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from toolkit.community.summary.shares import ENOUGH, Share
from toolkit.community.summary.spoken import Spoken
from toolkit.community.summary.terms import terms_of
from toolkit.community.summary.week import Week
from toolkit.language.stems import heads_of
from toolkit.surprise.tallies import LEAST_TALLIES, Tally, compare_tallies

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
    spoken = {one: [said for said in found if said.language == language] for one, found in weeks.items()}
    here = spoken.pop(week, [])
    earlier = [_count(found, language) for one, found in spoken.items() if one < week and found]
    now = _count(here, language)
    shown = [stem for stem, people in now.people.items() if people >= PEOPLE]
    if len(here) < ENOUGH:
        return Topics(language, len(here), len(earlier), ())
    if len(earlier) < LEAST_TALLIES:
        words = [Topic(now.written[stem], Share(now.messages[stem], now.n)) for stem in shown]
    else:
        words = list(_surprising(now, earlier, shown))
    words.sort(key=lambda one: (not one.surprising, -one.score, -one.share.hits, one.word))
    return Topics(language, len(here), len(earlier), tuple(words[:MOST]))


@dataclass(frozen=True, slots=True)
class _Counted:
    """Of each stem: in how many messages, of how many people, and how it is mostly written."""

    n: int
    messages: Mapping[str, int]
    people: Mapping[str, int]
    written: Mapping[str, str]


def _count(spoken: Sequence[Spoken], language: str) -> _Counted:
    told = [(one.author, terms_of(one.text, language)) for one in spoken]
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for _author, terms in told:
        for stem, word in terms.items():
            written[stem][word] += 1
    known = frozenset(written)
    stems = [(author, {*terms, *(head for stem in terms for head in heads_of(stem, known))}) for author, terms in told]
    spelled = {stem: min(words, key=lambda one: (-words[one], one)) for stem, words in written.items()}
    return _Counted(len(spoken), Counter(stem for _who, some in stems for stem in some), _people(stems), spelled)


def _people(told: Iterable[tuple[str, Iterable[str]]]) -> Counter[str]:
    """How many different people said each; who was forgotten is nobody."""
    pairs = {(who, what) for who, some in told for what in some if who}
    return Counter(what for _who, what in pairs)


def _surprising(now: _Counted, earlier: Sequence[_Counted], shown: Sequence[str]) -> Iterable[Topic]:
    tallies = [Tally(one.n, one.messages) for one in earlier]
    for stem, rise in compare_tallies(Tally(now.n, now.messages), tallies, shown).items():
        share = Share(now.messages[stem], now.n)
        yield Topic(now.written[stem], share, rise.expected, rise.score, surprising=rise.surprising)
