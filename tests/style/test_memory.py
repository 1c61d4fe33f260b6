from __future__ import annotations

import pytest

from toolkit.style import memory
from toolkit.style.allowance import Allowance, SlowPatternError
from toolkit.style.memory import Memory


def test_the_same_question_is_answered_once() -> None:
    """A word that stands in a text a hundred times is looked at once, and gets the same answer every time."""
    asked: list[str] = []

    def look(word: str, _allowance: Allowance) -> int:
        asked.append(word)
        return len(word)

    known = Memory(look)
    assert [known.ask(word, Allowance(0)) for word in ("an", "der", "an", "an")] == [2, 3, 2, 2]
    assert asked == ["an", "der"]


def test_what_took_too_long_is_asked_again() -> None:
    """That a rule's time was over in one file says nothing about the next."""
    turns = iter([SlowPatternError(), None])

    def look(word: str, _allowance: Allowance) -> str:
        error = next(turns)
        if error is not None:
            raise error
        return word.upper()

    known = Memory(look)
    with pytest.raises(SlowPatternError):
        known.ask("a", Allowance(0))
    assert known.ask("a", Allowance(0)) == "A"


def test_a_full_memory_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """It never holds more than it may, and every answer stays right."""
    monkeypatch.setattr(memory, "_MOST", 3)

    def double(number: int, _allowance: Allowance) -> int:
        return number * 2

    known = Memory(double)
    assert [known.ask(number, Allowance(0)) for number in (*range(10), *range(10))] == [*range(0, 20, 2)] * 2
    assert len(known._known) <= 3
