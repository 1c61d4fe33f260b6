"""A linear model over hashed n-grams: a quarter of a megabyte of small integers, and its file.

::

    leitstand-sentiment 1                                                               a line
    {"bias": [-0.5, 0.6, -0.1], "language": "de", "scale": 0.02, "sha256": "…", …}      a line
    262,144 bytes: for each of 2^17 buckets the weights of negative and of positive

A weight is its integer times `scale`; neutral's is minus the sum of the two. Weights and bias are divided by the
temperature already, so that the softmax of the scores are probabilities.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import field
from hashlib import sha256
from typing import Final

import numpy as np
import numpy.typing as npt

from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.sentiment.features import FEATURES, Hashes, Places, find_grams
from toolkit.values import dataclass

Scores = npt.NDArray[np.float64]  # messages x classes, before the softmax

MAGIC: Final = b"leitstand-sentiment 1\n"
BITS: Final = 17
BUCKETS: Final = 1 << BITS
_LARGEST: Final = 127


class ModelError(LeitstandError):
    """A file of weights cannot be used."""


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """Weights for one language. `about` is whatever else its file's header says: sources, licences, figures."""

    language: str
    weights: npt.NDArray[np.int8]  # BUCKETS x 2
    scale: float
    bias: tuple[float, float, float]
    about: Mapping[str, object] = field(default_factory=dict)

    def score(self, texts: Sequence[str]) -> Scores:
        """Three scores for each text, in the order of `CLASSES`."""
        grams = find_grams(texts)
        drawn = self.weights[buckets(grams.gram)]
        negative, positive = (
            np.bincount(grams.message, drawn[:, column] * grams.worth, grams.messages) * self.scale for column in (0, 1)
        )
        return np.asarray(np.stack([negative, -negative - positive, positive], axis=1) + np.array(self.bias))


def buckets(hashes: Hashes) -> Places:
    """Where in the weights an n-gram stands: its highest bits."""
    return (hashes >> np.uint64(64 - BITS)).astype(np.intp)


def softmax(scores: Scores) -> Scores:
    """Probabilities: every row adds up to 1."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def make_linear(
    language: str, places: Places, coefficients: Scores, bias: npt.NDArray[np.float64], about: Mapping[str, object]
) -> Linear:
    """Round the `coefficients` (one row for each bucket in `places`, one column for each class) to small integers."""
    full = np.zeros((BUCKETS, 2))
    full[places] = (coefficients - coefficients.mean(axis=1, keepdims=True))[:, (0, 2)]
    scale = float(np.abs(full).max()) / _LARGEST or 1.0
    rounded = np.rint(full / scale).astype(np.int8)
    negative, neutral, positive = (float(np.round(value, 6)) for value in bias - bias.mean())
    return Linear(language, rounded, scale, (negative, neutral, positive), about)


def write_model(model: Linear) -> bytes:
    """The bytes of the model's file; the same model makes the same bytes."""
    weights = model.weights.tobytes()
    head = {
        **model.about,
        "bias": model.bias,
        "bits": BITS,
        "features": FEATURES,
        "language": model.language,
        "scale": model.scale,
        "sha256": sha256(weights).hexdigest(),
    }
    return MAGIC + json.dumps(head, sort_keys=True, ensure_ascii=False).encode() + b"\n" + weights


def read_model(data: bytes, name: str) -> Linear:
    """The model in a file's `data`; `name` is the file's, for the message of a `ModelError`."""
    try:
        head, weights = _split(data)
        if (head.pop("features"), head.pop("bits")) != (FEATURES, BITS):
            raise ModelError(
                _("{path}: these weights are another version's; train anew, or remove the file").format(path=name)
            )
        if sha256(weights).hexdigest() != head.pop("sha256"):
            raise ValueError("sha256")
        array = np.frombuffer(weights, np.int8).reshape(BUCKETS, 2)
        negative, neutral, positive = _numbers(head.pop("bias"))
        [scale] = _numbers([head.pop("scale")])
        language = str(head.pop("language"))
    except (ValueError, KeyError, TypeError) as error:
        message = _("{path}: no weights, or damaged ones ({error}); train anew, or remove the file")
        raise ModelError(message.format(path=name, error=error)) from None
    return Linear(language, array, scale, (negative, neutral, positive), head)


def _numbers(value: object) -> list[float]:
    if not isinstance(value, list) or not all(isinstance(one, float) for one in value):
        raise TypeError("header")
    return value


def _split(data: bytes) -> tuple[dict[str, object], bytes]:
    if not data.startswith(MAGIC):
        raise ValueError(MAGIC.decode().strip())
    head, line, weights = data[len(MAGIC) :].partition(b"\n")
    found = json.loads(head)
    if not line or not isinstance(found, dict):
        raise ValueError("header")
    return found, weights
