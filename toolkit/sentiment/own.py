"""A team's own model: what its labels add to the model that everybody has, or what stands in its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from toolkit.values import dataclass

if TYPE_CHECKING:
    from toolkit.sentiment.linear import Linear, Scores

FOLDER: Final = "sentiment"


class Model(Protocol):
    """What judges the messages of one language."""

    def score(self, texts: Sequence[str]) -> Scores:
        """Three scores for each text, in the order of `CLASSES`; their softmax are probabilities."""
        ...


@dataclass(frozen=True, slots=True)
class Above:
    """A correction on top of another model's scores, of which the part `trust` is kept."""

    below: Model
    trust: float
    correction: Linear

    def score(self, texts: Sequence[str]) -> Scores:
        return self.trust * self.below.score(texts) + self.correction.score(texts)


def own_file(state: Path, language: str) -> Path:
    """Where a workspace with the state directory `state` keeps its own model of a language."""
    return state / FOLDER / f"{language}.weights"


def load_own(state: Path, language: str, below: Model | None) -> Model | None:
    """The workspace's own model on top of `below`; None when there is none. Raises `ModelError` for a damaged file."""
    file = own_file(state, language)
    if not file.is_file():
        return None
    from toolkit.sentiment.linear import read_model

    return above(below, read_model(file.read_bytes(), str(file)))


def above(below: Model | None, correction: Linear) -> Model:
    """The `correction` on top of `below` as far as it was trained to trust it, or alone."""
    trust = correction.about.get("trust")
    return Above(below, trust, correction) if below is not None and isinstance(trust, float) and trust else correction


def drop_own(state: Path, language: str) -> bool:
    """Go back to the model that comes with the program; whether there was another."""
    file = own_file(state, language)
    there = file.is_file()
    file.unlink(missing_ok=True)
    return there
