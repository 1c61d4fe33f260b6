"""What a wrong classifier leaves of a share: taken back where its errors are known, and never surer than they allow."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from benchmarks.sentiment import measured
from toolkit.sentiment import CLASSES, Sentiment, add_correction
from toolkit.sentiment.confusion import OWN, Confusion, read_shipped, true_share
from toolkit.sentiment.measuring import LEAST, measure_models
from toolkit.sentiment.retraining import retrain

NOW = datetime(2026, 11, 22, tzinfo=UTC)
PERFECT = Confusion(((300, 0, 0), (0, 300, 0), (0, 0, 300)), "a test")
POOR = Confusion(((60, 30, 10), (20, 70, 10), (5, 25, 70)), "a test")
BLIND = Confusion(((10, 80, 10), (10, 80, 10), (10, 80, 10)), "a test")


def test_what_stands_there_is_what_the_shipped_model_does(shared_data: Path) -> None:
    """The file says of the German model what it answers to the messages it was measured on."""
    known, now = read_shipped("de"), measured(shared_data)["de"]
    assert known is not None
    assert (known.counts, known.source) == (now["counts"], now["source"])
    assert known.n == 1507


def test_a_perfect_classifier_changes_nothing() -> None:
    """The share is the one that was counted, and lies within its limits."""
    share = true_share(30, 100, Sentiment.NEGATIVE, PERFECT)
    assert share is not None
    assert share.value == pytest.approx(0.3)
    assert share.low < 0.3 < share.high


def test_what_is_falsely_heard_is_taken_back() -> None:
    """Where a fifth of the neutral ones sounds negative, a fifth of negative labels may be none at all."""
    share = true_share(15, 100, Sentiment.NEGATIVE, POOR)
    assert share is not None
    assert share.value == pytest.approx(0.0526, abs=1e-3)
    assert share.low == 0.0


def test_who_hears_no_difference_says_nothing() -> None:
    """Of labels that do not depend on the message, and of no message, no share follows."""
    assert true_share(15, 100, Sentiment.NEGATIVE, BLIND) is None
    assert true_share(0, 0, Sentiment.NEGATIVE, POOR) is None


@pytest.mark.parametrize("truth", [0.05, 0.2, 0.5])
@pytest.mark.parametrize("n", [20, 200])
def test_nine_of_ten_intervals_hold_the_truth(truth: float, n: int) -> None:
    """Messages and the measurement drawn anew 600 times: the limits hold as often as they say, and not always."""
    drawn, kept = np.random.default_rng(5), 0
    chances = np.array([[0.6, 0.3, 0.1], [0.15, 0.75, 0.1], [0.05, 0.25, 0.7]])
    others = (1 - truth) / 2
    for _draw in range(600):
        counts = tuple(tuple(int(one) for one in drawn.multinomial(150, row)) for row in chances)
        labels = drawn.multinomial(n, np.array([truth, others, others]) @ chances)
        share = true_share(int(labels[0]), n, Sentiment.NEGATIVE, Confusion(counts, "drawn"))
        kept += share is not None and share.low <= truth <= share.high
    assert 0.86 <= kept / 600 <= 0.99


def test_own_labels_count_where_there_are_enough(tmp_path: Path) -> None:
    """With fewer the figures of the shipped model stand; English was never measured and has none."""
    shipped = read_shipped("de")
    for number in range(LEAST):
        assert measure_models(tmp_path, ["de-AT", "en"]) == {"de": shipped}
        add_correction(tmp_path, f"Nummer {'x' * number} kam nie an", Sentiment.POSITIVE, "de", NOW)
    own = measure_models(tmp_path, ["de"])["de"]
    assert (own.n, own.source) == (LEAST, OWN)
    assert own.counts[:2] == ((0, 0, 0), (0, 0, 0))


def test_an_own_model_brings_its_figures(tmp_path: Path) -> None:
    """They were counted when it was trained, on labels that the model asked had not seen."""
    words = {
        Sentiment.POSITIVE: "Crema steht",
        Sentiment.NEGATIVE: "Ventil zischt",
        Sentiment.NEUTRAL: "welche Körnung",
    }
    for number in range(90):
        sort = CLASSES[number % 3]
        add_correction(
            tmp_path, f"{'ab'[number % 2] * (number % 7 + 2)} {words[sort]} {'c' * (number + 2)}", sort, "de", NOW
        )
    assert retrain(tmp_path, "de").replaced
    own = measure_models(tmp_path, ["de"])["de"]
    assert (own.n, own.source) == (90, OWN)
    assert own.error < 0.2
