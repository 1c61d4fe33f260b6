"""How it sounds, week by week: the labels, what the classifier's own error leaves of them, and whether anything changed.

"The change is within the error" is the usual answer. What people said themselves counts as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Final

from toolkit.community.summary.shares import Share
from toolkit.community.summary.spoken import Spoken
from toolkit.community.summary.week import Week
from toolkit.sentiment import CLASSES, Sentiment
from toolkit.sentiment.confusion import Confusion, true_share
from toolkit.sentiment.confusion import Share as Likely
from toolkit.values import dataclass

BEFORE: Final = 4  # weeks that this one is compared with


class Verdict(StrEnum):
    """Whether there was more of it than before."""

    MORE = "more"
    LESS = "less"
    WITHIN = "within the error"
    FEW = "too few"
    UNMEASURED = "unmeasured"


@dataclass(frozen=True, slots=True)
class Tone:
    """The messages of one week and language that have a mood. Shares are None where nobody measured the classifier."""

    n: int
    by_hand: int
    labels: Mapping[str, int]
    positive: Likely | None
    negative: Likely | None


@dataclass(frozen=True, slots=True)
class Moods:
    """One language. `weeks` end with the week that is told about; the verdicts compare it with the four before."""

    language: str
    weeks: tuple[tuple[Week, Tone], ...]
    negative: Verdict
    positive: Verdict
    error: float | None  # share of labels that are wrong
    measured_on: int
    source: str

    @property
    def now(self) -> Tone:
        """The week that is told about."""
        return self.weeks[-1][1]


def find_moods(
    week: Week, weeks: Mapping[Week, Sequence[Spoken]], confusions: Mapping[str, Confusion], languages: Iterable[str]
) -> list[Moods]:
    """The moods of the known weeks up to `week`, language by language; without those in which nothing has a mood."""
    found = []
    for language in languages:
        spoken = {
            one: [said for said in some if said.language == language and said.mood] for one, some in weeks.items()
        }
        if spoken.get(week):
            found.append(_moods(language, week, spoken, confusions.get(language)))
    return found


def _moods(language: str, week: Week, spoken: Mapping[Week, Sequence[Spoken]], known: Confusion | None) -> Moods:
    order = sorted(one for one in spoken if one <= week)
    before = [said for one in order if week.shift(-BEFORE) <= one < week for said in spoken[one]]
    verdicts = {label: _verdict(label, spoken[week], before, known) for label in CLASSES}
    return Moods(
        language,
        tuple((one, tone_of(spoken[one], known)) for one in order),
        verdicts[Sentiment.NEGATIVE],
        verdicts[Sentiment.POSITIVE],
        known.error if known else None,
        known.n if known else 0,
        known.source if known else "",
    )


def tone_of(spoken: Sequence[Spoken], confusion: Confusion | None) -> Tone:
    """The moods of some messages."""
    labels = Counter(one.mood for one in spoken)
    likely = (_likely(label, spoken, confusion) for label in (Sentiment.POSITIVE, Sentiment.NEGATIVE))
    by_hand = sum(one.mood_by_hand for one in spoken)
    return Tone(len(spoken), by_hand, {label.value: labels[label] for label in CLASSES}, *likely)


def _likely(label: Sentiment, spoken: Sequence[Spoken], confusion: Confusion | None) -> Likely | None:
    """The true share: of guessed moods corrected, of people's words as they are."""
    certain = [one for one in spoken if one.mood_by_hand]
    guessed = [one for one in spoken if not one.mood_by_hand]
    sure = sum(one.mood == label for one in certain)
    if not guessed:
        return Likely(sure / len(certain), sure / len(certain), sure / len(certain)) if certain else None
    share = None
    if confusion is not None:
        share = true_share(sum(one.mood == label for one in guessed), len(guessed), label, confusion)
    if share is None:
        return None
    value, low, high = ((sure + one * len(guessed)) / len(spoken) for one in (share.value, share.low, share.high))
    return Likely(value, low, high)


def _verdict(label: Sentiment, now: Sequence[Spoken], before: Sequence[Spoken], confusion: Confusion | None) -> Verdict:
    """The same classifier erred in both, so its labels differ only where the messages do, or chance."""
    if confusion is None:
        return Verdict.UNMEASURED
    here, then = (Share(sum(one.mood == label for one in some), len(some)) for some in (now, before))
    if not (here.enough and then.enough):
        return Verdict.FEW
    if not here.differs(then):
        return Verdict.WITHIN
    return Verdict.MORE if here.hits * then.n > then.hits * here.n else Verdict.LESS
