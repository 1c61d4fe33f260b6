"""What people of the team said a message sounds like: one JSON line each, in the workspace's state directory.

::

    state/sentiment/labels.jsonl
    {"text": "⟨name⟩ wo bleibt mein Paket ⟨number⟩?", "label": "negative", "language": "de", "day": "2026-11-22"}

Names of accounts, links, mails and numbers are masked before anything is written, and there is no author and no time of
day. What is left may still be told by its words, so it lies with the inbox and not in git, and
`forget_corrections` takes it out; a model that has learnt from it forgets it when it is trained anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Final

from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.model import Problem, Severity, Span
from toolkit.sentiment.judgement import CLASSES, Sentiment
from toolkit.sentiment.masking import MARKER, mask
from toolkit.sentiment.own import FOLDER
from toolkit.source.held import locked_folder
from toolkit.source.writing import replace_file
from toolkit.values import dataclass

RULE: Final = "sentiment-labels"


@dataclass(frozen=True, slots=True)
class Correction:
    """A message without its author, how it sounds, its language, and the day on which somebody said so."""

    text: str
    label: Sentiment
    language: str
    day: date


def labels_file(state: Path) -> Path:
    """Where a workspace with the state directory `state` keeps its labels."""
    return state / FOLDER / "labels.jsonl"


def add_correction(state: Path, text: str, label: Sentiment, language: str, now: datetime) -> Correction:
    """Say how the message `text` sounds; a later word on the same text wins.

    Raises `LeitstandError`, with nothing written, for `Sentiment.UNKNOWN` and for a text of which masking leaves nothing.
    """
    kept = mask(text).strip()
    if label not in CLASSES:
        raise LeitstandError(_("a message is negative, neutral or positive, not {label}").format(label=label))
    if not any(map(str.isalnum, MARKER.sub("", kept))):
        raise LeitstandError(_("this message has no words to learn from"))
    correction = Correction(kept, label, language, now.date())
    _append(labels_file(state), _line(correction))
    return correction


def read_corrections(state: Path) -> tuple[list[Correction], list[Problem]]:
    """The last word on each text in the order of the first, and the lines that cannot be read; those are left alone."""
    file = labels_file(state)
    found: dict[tuple[str, str], Correction] = {}
    problems = []
    for number, line in enumerate(_lines(file), 1):
        try:
            correction = _read(line)
        except (ValueError, KeyError, TypeError) as error:
            problems.append(_problem(file, number, error))
        else:
            found[correction.language, correction.text] = correction
    return list(found.values()), problems


def forget_corrections(state: Path, texts: Collection[str] = (), before: date = date.min) -> int:
    """Take out what was said about `texts`, as they were written, and whatever is older than `before`; returns how many."""
    file = labels_file(state)
    if not file.is_file():
        return 0
    masked = {mask(text).strip() for text in texts}
    with locked_folder(file.parent):
        lines = list(_lines(file))
        kept = [line for line in lines if not _is_gone(line, masked, before)]
        if len(kept) < len(lines):
            replace_file(file, b"".join(line + b"\n" for line in kept))
    return len(lines) - len(kept)


def _is_gone(line: bytes, masked: Collection[str], before: date) -> bool:
    try:
        correction = _read(line)
    except (ValueError, KeyError, TypeError):
        return False
    return correction.text in masked or correction.day < before


def _append(file: Path, line: bytes) -> None:
    """One write at the end; what a crash left unfinished there becomes a line of its own."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with locked_folder(file.parent):
        handle = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            size = os.fstat(handle).st_size
            torn = size and os.lseek(handle, size - 1, os.SEEK_SET) >= 0 and os.read(handle, 1) != b"\n"
            os.write(handle, (b"\n" if torn else b"") + line + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)


def _lines(file: Path) -> Iterator[bytes]:
    if file.is_file():
        yield from file.read_bytes().removesuffix(b"\n").split(b"\n")


def _line(correction: Correction) -> bytes:
    record = {
        "text": correction.text,
        "label": correction.label,
        "language": correction.language,
        "day": correction.day.isoformat(),
    }
    return json.dumps(record).encode()


def _read(line: bytes) -> Correction:
    record = json.loads(line)
    label, text, language = Sentiment(record["label"]), record["text"], record["language"]
    if label not in CLASSES or not isinstance(text, str) or not isinstance(language, str):
        raise ValueError(record["label"])
    return Correction(text, label, language, date.fromisoformat(record["day"]))


def _problem(file: Path, number: int, error: Exception) -> Problem:
    message = _("no label: {error}; mend the line or remove it").format(error=error)
    return Problem(str(file), Span(number, 1, number, 1), RULE, Severity.WARNING, message)
