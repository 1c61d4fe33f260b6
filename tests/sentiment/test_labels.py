from __future__ import annotations

import json
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from toolkit.errors import LeitstandError
from toolkit.sentiment import Correction, Sentiment, add_correction, forget_corrections, read_corrections
from toolkit.sentiment.labels import labels_file

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
NAMES = ("eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht")


def add(
    state: Path, text: str, label: Sentiment = Sentiment.NEGATIVE, language: str = "de", now: datetime = NOW
) -> None:
    add_correction(state, text, label, language, now)


def add_some(state: Path, name: str) -> None:
    for count in range(50):
        add(state, f"{name} a{count}")


def test_a_label_has_no_person_in_it(tmp_path: Path) -> None:
    """Names, links, numbers and the time of day are not in the file, and only its owner may read it."""
    add(tmp_path, "@anna.berg wo bleibt 4711-2026-001? Anruf 040 123456, anna@post.example.org\nLG Anna Berg")
    [record] = map(json.loads, labels_file(tmp_path).read_text("utf-8").splitlines())
    assert record == {
        "text": "⟨name⟩ wo bleibt ⟨number⟩? Anruf ⟨number⟩, ⟨mail⟩\nLG ⟨name⟩",
        "label": "negative",
        "language": "de",
        "day": "2026-11-22",
    }
    assert labels_file(tmp_path).stat().st_mode & 0o077 == 0


def test_the_last_word_counts(tmp_path: Path) -> None:
    """Who changes their mind says so again; the same words in another language are another label."""
    add(tmp_path, "super")
    add(tmp_path, "super", Sentiment.POSITIVE)
    add(tmp_path, "super", Sentiment.NEUTRAL, "en")
    labels, problems = read_corrections(tmp_path)
    assert [(one.label, one.language) for one in labels] == [(Sentiment.POSITIVE, "de"), (Sentiment.NEUTRAL, "en")]
    assert problems == []


@pytest.mark.parametrize(
    ("text", "label"), [("gut", Sentiment.UNKNOWN), ("@anna", Sentiment.NEGATIVE), (" 🙂 ", Sentiment.POSITIVE)]
)
def test_what_teaches_nothing_is_refused(tmp_path: Path, text: str, label: Sentiment) -> None:
    """No sentiment, or no words: an error, and no file."""
    with pytest.raises(LeitstandError):
        add(tmp_path, text, label)
    assert not labels_file(tmp_path).exists()


def test_a_torn_line_is_told_and_nothing_else_lost(tmp_path: Path) -> None:
    """What a crash left unfinished stays, gets its line and column, and the next label begins a new line."""
    add(tmp_path, "erstens")
    with labels_file(tmp_path).open("ab") as file:
        file.write(b'{"text": "zwei')
    add(tmp_path, "drittens")
    labels, problems = read_corrections(tmp_path)
    assert [one.text for one in labels] == ["erstens", "drittens"]
    [problem] = problems
    assert str(problem).startswith(f"{labels_file(tmp_path)}:2:1: ")


def test_many_may_write_at_once(tmp_path: Path) -> None:
    """Eight threads add fifty labels each, while one forgets others; all of theirs are there."""
    add(tmp_path, "vergessen")
    work = [threading.Thread(target=add_some, args=(tmp_path, name)) for name in NAMES]
    for thread in work:
        thread.start()
    forget_corrections(tmp_path, ["vergessen"])
    for thread in work:
        thread.join()
    labels, problems = read_corrections(tmp_path)
    assert problems == []
    assert {one.text for one in labels} == {f"{name} a{count}" for name in NAMES for count in range(50)}


def test_forgetting_takes_texts_and_what_is_old(tmp_path: Path) -> None:
    """By the text as it was written, names included, and by day; unreadable lines stay for somebody to mend."""
    add(tmp_path, "@anna: nie wieder!")
    add(tmp_path, "alt", now=datetime(2025, 1, 1, tzinfo=UTC))
    add(tmp_path, "neu")
    with labels_file(tmp_path).open("ab") as file:
        file.write(b"?\n")
    assert forget_corrections(tmp_path, ["@anna: nie wieder!"], date(2026, 1, 1)) == 2
    labels, problems = read_corrections(tmp_path)
    assert labels == [Correction("neu", Sentiment.NEGATIVE, "de", date(2026, 11, 22))]
    assert len(problems) == 1


def test_nothing_is_no_label(tmp_path: Path) -> None:
    """Without a file there are no labels, nothing to forget, and no file afterwards."""
    assert read_corrections(tmp_path) == ([], [])
    assert forget_corrections(tmp_path, ["x"]) == 0
    assert list(tmp_path.iterdir()) == []
