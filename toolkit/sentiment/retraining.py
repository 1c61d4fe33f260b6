"""Learning from a team's own labels, on top of the model that everybody has; no message of anybody else is needed.

What is learnt is a correction: the old scores times how far they can be trusted here, plus weights of its own. With 1,500
labels a model of its own labels alone may compete as well. Whatever wins replaces the model in use only when it is no
worse, by macro-F1 and by how well it ranks the negative ones, on labels that neither of the two has seen: each is
trained anew five times, the one in use with the labels that it knew.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.model import Problem
from toolkit.sentiment.classifier import load_shipped
from toolkit.sentiment.judgement import CLASSES
from toolkit.sentiment.labels import Correction, read_corrections
from toolkit.sentiment.linear import Linear, ModelError, Scores, make_linear, read_model, softmax, write_model
from toolkit.sentiment.own import Model, own_file
from toolkit.sentiment.scores import Quality, count_confusion, measure
from toolkit.sentiment.softmax import Classes, Fit, Recipe, train
from toolkit.sentiment.table import Table, make_table
from toolkit.sentiment.training import RECIPE, find_temperature, folds
from toolkit.source.writing import replace_file
from toolkit.values import dataclass

LEAST: Final = 50  # labels
LEAST_OF_EACH: Final = 5
ALONE: Final = 1_500  # from here on a model of the own labels alone may win
SHARED: Final = 2
OWN: Final = Recipe(strength=1.0)


class Way(StrEnum):
    """How a model came to be: a correction above another model, or nothing but own labels."""

    ABOVE = "above"
    ALONE = "alone"


class TooFewLabelsError(LeitstandError):
    """There is not enough to learn from yet."""


@dataclass(frozen=True, slots=True)
class Retraining:
    """What came of it: figures on `labels` labels of a language, each judged by a model that had not seen it."""

    language: str
    labels: int
    way: Way
    before: Quality  # the model in use
    after: Quality
    replaced: bool
    problems: tuple[Problem, ...] = ()  # lines of the labels that could not be read


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """The labels of one language as arrays, and what the model below says of them."""

    table: Table
    classes: Classes
    marks: tuple[str, ...]
    below: Scores | None

    def teach(self, rows: Classes, way: Way) -> Fit:
        below = self.below[rows] if self.below is not None and way is Way.ABOVE else None
        recipe = OWN if way is Way.ABOVE else RECIPE
        return train(self.table.take(rows), self.classes[rows], recipe, below)

    def ask(self, fit: Fit, rows: Classes) -> Scores:
        return fit.score(self.table.take(rows), None if self.below is None else self.below[rows])

    def without(self, rows: Classes) -> Scores:
        """What is said where nothing has been learnt: the model below, or nothing."""
        return np.zeros((len(rows), len(CLASSES))) if self.below is None else self.below[rows]


def retrain(state: Path, language: str) -> Retraining:
    """Train a model of `language` from the labels in the directory `state`; keep it there unless it is worse.

    Raises `TooFewLabelsError` when there is not enough to learn from.
    """
    corrections, problems = read_corrections(state)
    file = own_file(state, language)
    trial = learn(
        [one for one in corrections if one.language == language], language, load_shipped(language), _used(file)
    )
    if trial.better:
        replace_file(file, write_model(trial.model))
    labels = len(trial.lesson.marks)
    return Retraining(language, labels, trial.way, trial.before, trial.after, trial.better, tuple(problems))


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """A model that was trained and not kept yet, beside the one in use."""

    lesson: Lesson
    language: str
    way: Way
    temperature: float
    before: Quality
    after: Quality
    confusion: tuple[tuple[int, ...], ...]  # of the new model, on labels unseen

    @property
    def better(self) -> bool:
        """Whether it may replace the one in use: it is worse in neither respect."""
        return self.after.macro_f1 >= self.before.macro_f1 and self.after.auc_negative >= self.before.auc_negative

    @property
    def model(self) -> Linear:
        """What all labels together teach, for a place above the model that they were taught on."""
        fit, temperature = self.lesson.teach(np.arange(len(self.lesson.marks)), self.way), self.temperature
        about = {
            "confusion": self.confusion,
            "known": sorted(self.lesson.marks),
            "temperature": temperature,
            "trust": fit.trust / temperature,
            "way": self.way.value,
        }
        return make_linear(self.language, fit.places, fit.coefficients / temperature, fit.bias / temperature, about)


def learn(corrections: Sequence[Correction], language: str, shipped: Model | None, used: Linear | None = None) -> Trial:
    """Train above the `shipped` model and compare with the one in `used`, or the shipped one, on labels unseen."""
    lesson = _make_lesson(corrections, language, shipped)
    before = _judge_before(lesson, used)
    way, unseen = max(_candidates(lesson), key=lambda one: measure(lesson.classes, softmax(one[1])).macro_f1)
    temperature = find_temperature(unseen, lesson.classes)
    after = measure(lesson.classes, softmax(unseen / temperature))
    confusion = count_confusion(lesson.classes, unseen.argmax(axis=1))
    return Trial(lesson, language, way, temperature, before, after, confusion)


def _make_lesson(corrections: Sequence[Correction], language: str, shipped: Model | None) -> Lesson:
    texts = [correction.text for correction in corrections]
    classes = np.array([CLASSES.index(correction.label) for correction in corrections], np.intp)
    least = LEAST if shipped else ALONE
    if len(texts) < least or np.bincount(classes, minlength=len(CLASSES)).min() < LEAST_OF_EACH:
        raise TooFewLabelsError(
            _("{count} labels for {language}; training needs {least}, {each} of them of each sort").format(
                count=len(texts), language=language, least=least, each=LEAST_OF_EACH
            )
        )
    below = shipped.score(texts) if shipped else None
    return Lesson(make_table(texts, SHARED), classes, tuple(map(_mark, corrections)), below)


def _candidates(lesson: Lesson) -> list[tuple[Way, Scores]]:
    """Each way of training that may be, with its scores of labels unseen."""
    ways = [Way.ABOVE] if lesson.below is not None else []
    if len(lesson.marks) >= ALONE:
        ways.append(Way.ALONE)
    return [(way, _unseen(lesson, way, np.ones(len(lesson.marks), bool))) for way in ways]


def _unseen(lesson: Lesson, way: Way, known: npt.NDArray[np.bool_]) -> Scores:
    """The scores of each label by a model trained from the other folds' `known` ones."""
    scores = np.empty((len(known), len(CLASSES)))
    for rest, held in folds(lesson.classes):
        rows = rest[known[rest]]
        scores[held] = lesson.ask(lesson.teach(rows, way), held) if len(rows) else lesson.without(held)
    return scores


def _judge_before(lesson: Lesson, used: Linear | None) -> Quality:
    """How good the model in use is, on labels that it has not seen."""
    if used is None:
        return measure(lesson.classes, softmax(lesson.without(np.arange(len(lesson.marks)))))
    marks = used.about.get("known")
    known = np.isin(lesson.marks, marks if isinstance(marks, list) else [])
    way = Way.ABOVE if lesson.below is not None and used.about.get("way") == Way.ABOVE else Way.ALONE
    temperature = used.about.get("temperature")
    scores = _unseen(lesson, way, known)
    return measure(lesson.classes, softmax(scores / (temperature if isinstance(temperature, float) else 1.0)))


def _used(file: Path) -> Linear | None:
    """The workspace's own model; a damaged one is none, and trained anew."""
    try:
        return read_model(file.read_bytes(), str(file))
    except (FileNotFoundError, ModelError):
        return None


def _mark(correction: Correction) -> str:
    """By what a model remembers that it has learnt from a label."""
    return sha256(f"{correction.language}\n{correction.label}\n{correction.text}".encode()).hexdigest()[:12]
