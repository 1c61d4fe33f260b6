from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from toolkit.sentiment import Sentiment
from toolkit.sentiment.corpora import Example, read_corpora, read_corpus
from toolkit.sentiment.features import find_grams
from toolkit.sentiment.linear import buckets, softmax, write_model
from toolkit.sentiment.training import find_temperature, folds, train_base

PLAIN = {
    Sentiment.POSITIVE: "ich liebe diesen Kaffee",
    Sentiment.NEGATIVE: "so ein furchtbarer Mist",
    Sentiment.NEUTRAL: "der Laden öffnet um acht",
}
EXAMPLES = [Example(f"{text} {number % 7}", label) for number in range(20) for label, text in PLAIN.items()]


def test_the_same_messages_make_the_same_bytes(shared_data: Path) -> None:
    """Training draws nothing by chance that a second run would draw otherwise."""
    examples = read_corpora(shared_data, "dev", ["sb10k"])
    first, second = (write_model(train_base("de", examples, {"sources": "SB10k"})) for _ in range(2))
    assert first == second


def test_a_small_model_learns_its_examples() -> None:
    """What it was told it says again, surely."""
    model = train_base("de", EXAMPLES, {})
    answers = softmax(model.score(list(PLAIN.values())))
    assert answers.argmax(axis=1).tolist() == [2, 0, 1]
    assert model.about["examples"] == 60


def test_what_one_person_wrote_leaves_no_trace() -> None:
    """A name that fewer than three messages have is in no weight: with and without it the bytes are the same."""
    named = [*EXAMPLES]
    named[0] = Example(f"{EXAMPLES[0].text} Zwybranowitz", EXAMPLES[0].label)
    weights = train_base("de", named, {}).weights
    only = set(buckets(find_grams(["Zwybranowitz"]).gram).tolist())
    shared = set(buckets(find_grams([one.text for one in EXAMPLES]).gram).tolist())
    assert only - shared
    assert not weights[sorted(only - shared)].any()


def test_every_class_is_spread_over_the_folds() -> None:
    """Each row is held out once, and each fold has its part of each class."""
    classes = np.array([0] * 10 + [1] * 25 + [2] * 15, np.intp)
    parts = folds(classes)
    assert sorted(np.concatenate([held for _rest, held in parts]).tolist()) == list(range(50))
    assert all(np.bincount(classes[held]).tolist() == [2, 5, 3] for _rest, held in parts)
    assert all(not set(rest) & set(held) for rest, held in parts)


def test_the_temperature_makes_scores_honest() -> None:
    """Scores that are three times too sure are divided by three."""
    drawn = np.random.default_rng(3)
    scores = drawn.normal(size=(5_000, 3))
    classes = np.array([drawn.choice(3, p=row) for row in softmax(scores)], np.intp)
    assert find_temperature(3 * scores, classes) == pytest.approx(3, rel=0.1)


def test_mixed_messages_are_left_out_and_other_words_refused(tmp_path: Path) -> None:
    """A corpus has three classes; what is mixed is none of them, anything else is a mistake."""
    file = tmp_path / "train.tsv"
    file.write_text("negative\ta\tb\nmixed\tc\nneutral\t\n", encoding="utf-8")
    assert read_corpus(file) == [Example("a\tb", Sentiment.NEGATIVE), Example("", Sentiment.NEUTRAL)]
    file.write_text("angry\tx\n", encoding="utf-8")
    with pytest.raises(ValueError, match="angry"):
        read_corpus(file)
