"""The nouns: what a message feels like, and how sure that is."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from toolkit.values import dataclass


class Sentiment(StrEnum):
    """How a message sounds; `UNKNOWN` is no answer: a language that no model here knows, or too few words to tell it."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"
    UNKNOWN = "unknown"


# The order of every array of three in this room.
CLASSES: Final = (Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a model thinks of one message: the likeliest class, and the probability of each (they add up to 1).

    The probabilities are None where the label is unknown: missing is not zero. `language` is the one given or found,
    None where nobody can tell.
    """

    label: Sentiment
    negative: float | None = None
    neutral: float | None = None
    positive: float | None = None
    language: str | None = None
