"""Stop words, and words without their endings."""

from __future__ import annotations

import doctest

import pytest

from toolkit.language import stems
from toolkit.language.stems import stop_words


def test_what_the_docstrings_show_is_so() -> None:
    """Endings and heads of compounds, as the examples say."""
    found = doctest.testmod(stems)
    assert (found.attempted, found.failed) == (2, 0)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_lists_of_stop_words_are_read(language: str) -> None:
    """Each word once as it is looked up: in small letters, and long enough to be asked for at all."""
    words = stop_words(language)
    assert len(words) > 100
    assert all(word == word.lower() for word in words)
    assert stop_words("da") == frozenset()
