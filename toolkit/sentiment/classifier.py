"""Judging messages: each by the model of its language, many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolkit.sentiment.detection import language_of
from toolkit.sentiment.judgement import CLASSES, Judgement, Sentiment
from toolkit.sentiment.lexicon import Lexicon
from toolkit.sentiment.own import Model, load_own

if TYPE_CHECKING:
    from toolkit.sentiment.linear import Linear

MODELS: Final = Path(__file__).parent / "models"
LANGUAGES: Final = ("de", "en")  # that there is a model for
_BATCH: Final = 256


class Classifier:
    """Judges messages in a few languages; others get no answer. It keeps no state and may be shared by threads."""

    def __init__(self, models: Mapping[str, Model], languages: Iterable[str]) -> None:
        self._models = dict(models)
        self._languages = tuple(dict.fromkeys([*languages, *models]))

    def judge(self, text: str, language: str | None = None) -> Judgement:
        """What one message sounds like; its language is found out when none is given."""
        return self.judge_many([text], [language])[0]

    def judge_many(self, texts: Sequence[str], languages: Sequence[str | None] | None = None) -> list[Judgement]:
        """What each message sounds like, in their order; `languages` has one entry for each text, None where unknown."""
        given = [None] * len(texts) if languages is None else languages
        spoken = [
            _short(language) if language else language_of(text, self._languages)
            for text, language in zip(texts, given, strict=True)
        ]
        answers = [Judgement(Sentiment.UNKNOWN, language=language) for language in spoken]
        rows: defaultdict[str | None, list[int]] = defaultdict(list)
        for row, language in enumerate(spoken):
            rows[language].append(row)
        for language, model in self._models.items():
            for batch in _batches(rows[language]):
                for row, judged in zip(batch, _judge(model, language, [texts[row] for row in batch]), strict=True):
                    answers[row] = judged
        return answers


def load_classifier(languages: Iterable[str] = LANGUAGES, state: Path | None = None) -> Classifier:
    """The classifier for a workspace's `languages`, with its own models where its directory `state` has some.

    Languages without a model are recognised and answered with "unknown". Raises `ModelError` for a damaged file and
    ModuleNotFoundError without the extra `community`.
    """
    known = tuple(dict.fromkeys(_short(language) for language in languages))
    models: dict[str, Model] = {}
    for language in known:
        shipped = load_shipped(language)
        model = load_own(state, language, shipped) if state is not None else None
        if model or shipped:
            models[language] = model or shipped  # type: ignore[assignment]  # one of the two is none
    return Classifier(models, known)


def load_shipped(language: str) -> Model | None:
    """The model that comes with the program; None for a language that it does not know."""
    if language == "en":
        return Lexicon()
    return load_german() if language == "de" else None


def load_german() -> Linear:
    """The German model that comes with the program."""
    from toolkit.sentiment.linear import read_model

    file = MODELS / "de.weights"
    return read_model(file.read_bytes(), str(file))


def _judge(model: Model, language: str, texts: Sequence[str]) -> Iterator[Judgement]:
    from toolkit.sentiment.linear import softmax

    for probabilities in softmax(model.score(texts)).tolist():
        negative, neutral, positive = (round(value, 4) for value in probabilities)
        likeliest = max(range(len(CLASSES)), key=probabilities.__getitem__)
        yield Judgement(CLASSES[likeliest], negative, neutral, positive, language)


def _batches(rows: Sequence[int]) -> Iterator[list[int]]:
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        yield batch


def _short(language: str) -> str:
    """``de`` for ``de-AT`` and ``DE``."""
    return language.replace("_", "-").split("-")[0].lower()
