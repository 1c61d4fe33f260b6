"""Labelled messages to train and measure with: lines of ``label<TAB>text``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from toolkit.sentiment.judgement import CLASSES, Sentiment
from toolkit.values import dataclass

# Both sorts of feelings in one message: no class of ours, neither trained nor measured, as in what was published.
MIXED: Final = "mixed"


@dataclass(frozen=True, slots=True)
class Example:
    """A message and how people said it sounds."""

    text: str
    label: Sentiment

    @property
    def place(self) -> int:
        """Where its label stands in `CLASSES`."""
        return CLASSES.index(self.label)


def read_corpus(file: Path) -> list[Example]:
    """The examples of a file in order, without mixed ones. Raises `ValueError` for any other label."""
    lines = (line.partition("\t") for line in file.read_text("utf-8").split("\n") if line)
    return [Example(text, Sentiment(label)) for label, _tab, text in lines if label != MIXED]


def read_corpora(folder: Path, part: str, names: Iterable[str]) -> list[Example]:
    """The examples of the files ``NAME/PART.tsv``, corpus by corpus."""
    return [example for name in names for example in read_corpus(folder / name / f"{part}.tsv")]
