"""The words of a house: those that are right as they are written, and those that must not be used."""

from __future__ import annotations

from pathlib import Path

from toolkit.source import decode
from toolkit.style.rule import RuleError
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Accepted and rejected terms, each a word, a phrase or a pattern such as ``(?i)GitHub``."""

    accepted: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()


def read_words(text: str) -> tuple[str, ...]:
    """The terms of a word list, one a line; lines that begin with ``# `` are comments."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("# "))


def read_word_list(file: Path) -> tuple[str, ...]:
    """The terms of a file; raises `RuleError` where it is no text."""
    source, problems = decode(file.as_posix(), file.read_bytes())
    if source is None:
        raise RuleError(problems[0])
    return read_words(source.text)
