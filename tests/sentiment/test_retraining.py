"""A team's own model: words that nobody else uses in their sense are learnt, and a worse model is never kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from toolkit.sentiment import CLASSES, Sentiment, add_correction, load_classifier
from toolkit.sentiment.labels import labels_file
from toolkit.sentiment.own import Above, drop_own, load_own, own_file
from toolkit.sentiment.retraining import ALONE, TooFewLabelsError, Way, retrain

NOW = datetime(2026, 11, 22, tzinfo=UTC)
# What this house's customers say when they like it, do not like it, and ask; the shipped model knows none of it.
SAID = {
    Sentiment.POSITIVE: ["Crema steht", "läuft wie Seide", "beerig im Abgang"],
    Sentiment.NEGATIVE: ["Brühgruppe tropft", "schmeckt nach Pappe", "Ventil zischt"],
    Sentiment.NEUTRAL: ["mahlt ihr auch", "welche Körnung", "Lieferung an Packstation"],
}
FILLING = [
    "heute",
    "morgen",
    "die",
    "Tüte",
    "im",
    "Laden",
    "am",
    "Hafen",
    "und",
    "zu",
    "Hause",
    "bei",
    "der",
    "Oma",
    "mit",
    "dem",
    "Sieb",
]


def say(sort: Sentiment, drawn: np.random.Generator) -> str:
    """A message of one sort, with words around it that mean nothing."""
    around = drawn.choice(FILLING, 6)
    return " ".join([*around[:3], drawn.choice(SAID[sort]), *around[3:]])


def label(state: Path, count: int, language: str = "de", wrong: float = 0.0) -> None:
    """Labels for as many messages; the part `wrong` of them is labelled by chance."""
    drawn = np.random.default_rng(count)
    for number in range(count):
        sort = CLASSES[number % 3]
        said = CLASSES[drawn.integers(3)] if drawn.random() < wrong else sort
        add_correction(state, say(sort, drawn), said, language, NOW)


def test_a_hundred_labels_teach_the_house_words(tmp_path: Path) -> None:
    """The own model is better on labels that it has not seen, is kept, and is what the workspace judges with."""
    label(tmp_path, 120)
    done = retrain(tmp_path, "de")
    assert (done.replaced, done.way, done.labels) == (True, Way.ABOVE, 120)
    assert done.after.macro_f1 > done.before.macro_f1 + 0.2
    assert done.after.auc_negative > done.before.auc_negative
    own, shipped = load_classifier(["de"], tmp_path), load_classifier(["de"])
    drawn = np.random.default_rng(1)
    asked = [say(Sentiment.NEGATIVE, drawn) for _ in range(50)]
    for classifier, least, most in ((own, 45, 50), (shipped, 0, 35)):
        found = [judged.label for judged in classifier.judge_many(asked, ["de"] * 50)]
        assert least <= found.count(Sentiment.NEGATIVE) <= most
    assert own.judge("Danke, das ist toll!", "de").label is Sentiment.POSITIVE


def test_the_model_in_use_is_not_flattered(tmp_path: Path) -> None:
    """Trained on the same labels again, before and after are equal: the old model is not asked what it has learnt."""
    label(tmp_path, 90, wrong=0.3)
    first = retrain(tmp_path, "de")
    assert first.replaced
    bytes_before = own_file(tmp_path, "de").read_bytes()
    second = retrain(tmp_path, "de")
    assert second.before.macro_f1 == pytest.approx(first.after.macro_f1)
    assert second.replaced
    assert own_file(tmp_path, "de").read_bytes() == bytes_before


def test_worse_labels_do_not_replace_a_good_model(tmp_path: Path) -> None:
    """Good labels first, then many that contradict each other: the model of the good ones stays, to the byte."""
    label(tmp_path, 90)
    assert retrain(tmp_path, "de").replaced
    kept = own_file(tmp_path, "de").read_bytes()
    label(tmp_path, 200, wrong=1.0)
    done = retrain(tmp_path, "de")
    assert done.after.macro_f1 < done.before.macro_f1 or done.after.auc_negative < done.before.auc_negative
    assert not done.replaced
    assert own_file(tmp_path, "de").read_bytes() == kept


def test_few_labels_are_refused(tmp_path: Path) -> None:
    """Below fifty, or with too few of a sort, the error says how many are needed; nothing is written."""
    label(tmp_path, 30)
    with pytest.raises(TooFewLabelsError, match="30 labels for de; training needs 50"):
        retrain(tmp_path, "de")
    for number in range(60):
        add_correction(tmp_path, f"mahlt ihr {number}", Sentiment.NEUTRAL, "en", NOW)
    with pytest.raises(TooFewLabelsError, match="5 of them of each sort"):
        retrain(tmp_path, "en")
    with pytest.raises(TooFewLabelsError, match=f"training needs {ALONE}"):
        retrain(tmp_path, "fr")
    assert not own_file(tmp_path, "de").exists()


def test_english_is_corrected_too(tmp_path: Path) -> None:
    """What VADER says is the start in English; the correction goes on top of it."""
    label(tmp_path, 120, "en")
    assert retrain(tmp_path, "en").replaced
    assert load_classifier(["en"], tmp_path).judge("Brühgruppe tropft im Laden", "en").label is Sentiment.NEGATIVE
    assert load_classifier(["en"]).judge("Brühgruppe tropft im Laden", "en").label is Sentiment.NEUTRAL


def test_the_own_model_can_be_dropped(tmp_path: Path) -> None:
    """Going back removes the file, says whether there was one, and the shipped model judges again."""
    label(tmp_path, 90)
    retrain(tmp_path, "de")
    assert isinstance(load_own(tmp_path, "de", load_classifier), Above)  # type: ignore[arg-type]  # anything below
    assert drop_own(tmp_path, "de")
    assert not drop_own(tmp_path, "de")
    assert load_own(tmp_path, "de", None) is None


def test_a_damaged_model_is_trained_anew(tmp_path: Path) -> None:
    """A file that cannot be read counts as none; unreadable labels are told and left out."""
    label(tmp_path, 90)
    own_file(tmp_path, "de").write_bytes(b"?")
    with labels_file(tmp_path).open("ab") as file:
        file.write(b"?\n")
    done = retrain(tmp_path, "de")
    assert done.replaced
    assert len(done.problems) == 1
    load_classifier(["de"], tmp_path)


def test_a_language_that_nobody_else_knows_is_learnt_alone(tmp_path: Path) -> None:
    """From fifteen hundred labels on a team has a model of a language for which none is shipped."""
    label(tmp_path, ALONE + 100, "fr")
    before = load_classifier(["fr"], tmp_path)
    assert before.judge("Brühgruppe tropft im Laden", "fr").label is Sentiment.UNKNOWN
    done = retrain(tmp_path, "fr")
    assert (done.replaced, done.way) == (True, Way.ALONE)
    assert load_classifier(["fr"], tmp_path).judge("Brühgruppe tropft im Laden", "fr").label is Sentiment.NEGATIVE
