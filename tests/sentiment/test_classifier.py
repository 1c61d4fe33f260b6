from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.sentiment import Classifier, Judgement, Sentiment, load_classifier
from toolkit.sentiment.linear import ModelError
from toolkit.sentiment.masking import LONGEST


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return load_classifier()


@pytest.mark.parametrize(
    ("text", "language", "label"),
    [
        ("So ein Mist, schon wieder kaputt :(", "de", Sentiment.NEGATIVE),
        ("Ich liebe diesen Kaffee, vielen Dank! :)", "de", Sentiment.POSITIVE),
        ("Die Filiale in der Hafenstraße öffnet um 8 Uhr", "de", Sentiment.NEUTRAL),
        ("This is the worst coffee ever, I hate it", "en", Sentiment.NEGATIVE),
        ("I love this coffee, thank you", "en", Sentiment.POSITIVE),
        ("The shop opens at eight on Monday", "en", Sentiment.NEUTRAL),
        ("Merci beaucoup pour votre aide", None, Sentiment.UNKNOWN),
        ("Danke", None, Sentiment.UNKNOWN),
    ],
)
def test_plain_messages_are_told(classifier: Classifier, text: str, language: str | None, label: Sentiment) -> None:
    """What nobody would doubt, in both languages; where the language is unknown there is no answer."""
    judged = classifier.judge(text)
    assert (judged.label, judged.language) == (label, language)
    shares = (judged.negative, judged.neutral, judged.positive)
    if label is Sentiment.UNKNOWN:
        assert shares == (None, None, None)
    else:
        assert sum(share or 0 for share in shares) == pytest.approx(1, abs=0.001)


def test_a_given_language_is_believed(classifier: Classifier) -> None:
    """Codes with a country are understood; a language without a model gets no answer, however German the text is."""
    assert classifier.judge("Danke", "de-AT").label is Sentiment.POSITIVE
    assert classifier.judge("Danke", "DE").language == "de"
    assert classifier.judge("Das ist ganz toll", "fr") == Judgement(Sentiment.UNKNOWN, language="fr")
    assert load_classifier(["en"]).judge("Das ist ganz toll", "de").label is Sentiment.UNKNOWN


def test_a_language_without_a_model_is_known_all_the_same() -> None:
    """A team that works in French hears that a message is French, and nothing about its sentiment."""
    judged = load_classifier(["de", "fr"]).judge("Merci beaucoup pour votre aide")
    assert judged == Judgement(Sentiment.UNKNOWN, language="fr")


@given(st.lists(st.tuples(st.text(max_size=40), st.sampled_from(["de", "en", "fr", None])), max_size=8))
def test_many_are_judged_as_each(rows: list[tuple[str, str | None]]) -> None:
    """Order and neighbours make no difference."""
    classifier = load_classifier()
    texts, languages = [text for text, _ in rows], [language for _, language in rows]
    assert classifier.judge_many(texts, languages) == [classifier.judge(*row) for row in rows]


def test_more_than_a_batch_keeps_its_order(classifier: Classifier) -> None:
    """Seven hundred messages in two languages come back in their places."""
    texts = ["Ich liebe diesen Kaffee", "I hate this coffee"] * 350
    judged = classifier.judge_many(texts, ["de", "en"] * 350)
    assert [one.label for one in judged] == [Sentiment.POSITIVE, Sentiment.NEGATIVE] * 350


@pytest.mark.parametrize(("one", "other"), [("@anna.berg", "@bob"), ("https://a.example", "https://b.example/c")])
def test_names_make_no_difference(classifier: Classifier, one: str, other: str) -> None:
    """Nobody's name can be probed: all accounts and all links are the same to the model."""
    assert classifier.judge(f"{one} war heute im Laden") == classifier.judge(f"{other} war heute im Laden")


def test_a_long_message_is_judged_by_its_beginning(classifier: Classifier) -> None:
    """What comes after four thousand characters is not looked at, so that no message takes long."""
    start = ("Ich liebe diesen Kaffee. " * 200)[:LONGEST]
    assert classifier.judge(start + "furchtbar " * 100_000, "de") == classifier.judge(start, "de")
    assert classifier.judge("I love it! " * 100_000, "en").label is Sentiment.POSITIVE


def test_a_damaged_model_of_ones_own_is_told(tmp_path: Path) -> None:
    """The error names the file; nobody works with the wrong model unawares."""
    (tmp_path / "sentiment").mkdir()
    (tmp_path / "sentiment" / "de.weights").write_bytes(b"?")
    with pytest.raises(ModelError, match=r"de\.weights"):
        load_classifier(["de"], tmp_path)
