"""English by VADER (Hutto and Gilbert, ICWSM 2014; MIT): a list of words with rules, nothing of it trained here.

VADER answers with one number, its compound c from -1 to 1. Here that becomes three scores, -c, 0.05 and c, whose softmax
are the probabilities. So the labels change where VADER's authors draw the line (at ±0.05), and the likeliest class gets
between 0.34 and 0.65. The slope is a convention and no calibration: no English labels were at hand. It keeps the answers
about as modest as VADER is right on tweets (elsewhere measured: 53 % of SemEval-2017, 49 % of airline tweets).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

from toolkit.sentiment.masking import mask

if TYPE_CHECKING:
    from toolkit.sentiment.linear import Scores

LINE: Final = 0.05


class Analyzer(Protocol):
    """What is used of VADER."""

    def polarity_scores(self, text: str) -> dict[str, float]: ...


class Lexicon:
    """The English model."""

    def score(self, texts: Sequence[str]) -> Scores:
        """Three scores for each text, in the order of `CLASSES`."""
        import numpy as np

        analyzer = _analyzer()
        compounds = [analyzer.polarity_scores(mask(text))["compound"] for text in texts]
        return np.array([(-compound, LINE, compound) for compound in compounds]).reshape(-1, 3)


@lru_cache(maxsize=1)
def _analyzer() -> Analyzer:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer: Analyzer = SentimentIntensityAnalyzer()
    return analyzer
