"""Training the German model from labelled messages; `benchmarks/sentiment.py --train` does it and writes the file.

The same messages make the same bytes again on the same machine and libraries: nothing here draws lots but `folds`, which
has a seed. The temperature is found on messages that the fold's model has not seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from toolkit.sentiment.corpora import Example
from toolkit.sentiment.linear import Linear, Scores, make_linear, softmax
from toolkit.sentiment.softmax import Classes, Recipe, train
from toolkit.sentiment.table import make_table

FOLDS: Final = 5
SEED: Final = 20261122
SHARED: Final = 3  # n-grams of fewer messages are left out
RECIPE: Final = Recipe(strength=2.0)
_TEMPERATURES: Final = np.geomspace(0.25, 4.0, 241)


def train_base(language: str, examples: Sequence[Example], about: Mapping[str, object]) -> Linear:
    """A model of its own, from nothing but `examples`; `about` goes into its file."""
    table = make_table([example.text for example in examples], SHARED)
    classes = np.array([example.place for example in examples], np.intp)
    unseen = np.empty((len(classes), 3))
    for rest, held in folds(classes):
        unseen[held] = train(table.take(rest), classes[rest], RECIPE).score(table.take(held))
    temperature = find_temperature(unseen, classes)
    fit = train(table, classes, RECIPE)
    told = {**about, "examples": len(examples), "temperature": temperature}
    return make_linear(language, fit.places, fit.coefficients / temperature, fit.bias / temperature, told)


def folds(classes: Classes, count: int = FOLDS, seed: int = SEED) -> list[tuple[Classes, Classes]]:
    """`count` times the rows to train with and those held out; every class is spread evenly."""
    drawn = np.random.default_rng(seed).permutation(len(classes))
    order = drawn[np.argsort(classes[drawn], kind="stable")]
    fold = np.empty(len(classes), np.intp)
    fold[order] = np.arange(len(classes)) % count
    return [(np.flatnonzero(fold != one), np.flatnonzero(fold == one)) for one in range(count)]


def find_temperature(scores: Scores, classes: Classes) -> float:
    """What to divide `scores` by so that the classes' probabilities are likeliest (Guo et al., ICML 2017)."""
    return float(np.round(min(_TEMPERATURES, key=lambda value: _surprise(scores / value, classes)), 4))


def _surprise(scores: Scores, classes: Classes) -> float:
    likely: npt.NDArray[np.float64] = softmax(scores)[np.arange(len(classes)), classes]
    return float(-np.log(np.maximum(likely, 1e-300)).mean())
