from __future__ import annotations

import numpy as np
import pytest

from toolkit.sentiment.classifier import MODELS, load_german
from toolkit.sentiment.linear import BUCKETS, Linear, ModelError, make_linear, read_model, softmax, write_model


def small() -> Linear:
    return make_linear(
        "de", np.array([3, 5]), np.array([[1.0, 0, -1], [0, 2, 0]]), np.array([0.3, 0, 0]), {"way": "above"}
    )


def test_a_file_holds_the_model() -> None:
    """What is written is read again, and writing it again makes the same bytes."""
    data = write_model(small())
    model = read_model(data, "de.weights")
    assert (model.language, model.scale, model.bias) == ("de", small().scale, small().bias)
    assert model.about == {"way": "above"}
    assert (model.weights == small().weights).all()
    assert write_model(model) == data


def test_rounding_keeps_what_counts() -> None:
    """A weight is off by half a step at most; the three weights of a bucket are centred."""
    model = small()
    kept = model.weights[[3, 5]] * model.scale
    assert kept == pytest.approx(np.array([[1, -1], [-2 / 3, -2 / 3]]), abs=model.scale / 2)
    assert sum(model.bias) == pytest.approx(0)
    assert np.count_nonzero(model.weights) == 4


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: data.replace(b"sentiment 1", b"sentiment 2"),
        lambda data: data.replace(b'"features": 1', b'"features": 2'),
        lambda data: data.replace(b'"bias": [', b'"bias": ["0", '),
        lambda data: data.replace(b'"scale"', b'"skale"'),
        lambda data: data.replace(b"{", b"[", 1),
        lambda _data: b"",
        lambda _data: b"leitstand-sentiment 1\n",
        lambda _data: b"leitstand-sentiment 1\n{}\n",
    ],
)
def test_a_damaged_file_is_named(damage: object) -> None:
    """Whatever has happened to a file of weights, the error names it and says what to do."""
    assert callable(damage)
    with pytest.raises(ModelError, match=r"own/de\.weights: .*(train anew)"):
        read_model(damage(write_model(small())), "own/de.weights")


def test_probabilities_add_up() -> None:
    """Also for scores that are far too large."""
    found = softmax(np.array([[1e4, 0, -1e4], [0, 0, 0]]))
    assert found == pytest.approx(np.array([[1, 0, 0], [1 / 3, 1 / 3, 1 / 3]]))


def test_the_shipped_weights_are_small_and_say_what_they_are_from() -> None:
    """At most 350 kB, with sources and licences in the file and beside it."""
    data = (MODELS / "de.weights").read_bytes()
    assert len(data) <= 350_000
    model, beside = load_german(), (MODELS / "README.md").read_text("utf-8")
    assert model.weights.shape == (BUCKETS, 2)
    assert model.about["licences"] == "PotTS: MIT; SB10k: CC BY 4.0"
    for word in ("PotTS", "Sidarenka", "MIT", "SB10k", "Cieliebak", "CC BY 4.0"):
        assert word in str(model.about) + beside
        assert word in beside
