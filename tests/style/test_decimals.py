from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.style.book import find
from toolkit.messages import speak

RULE = "extends: metric\nmessage: 'score %s'\nformula: words / sentences\ncondition: '> 1'"


@pytest.fixture
def german() -> Iterator[None]:
    speak("de")
    yield
    speak("en")


def test_a_score_has_a_point_in_english() -> None:
    """Five words in two sentences."""
    assert [alert.message for alert in find(RULE, "Ein Tee. Noch eine Kanne.")] == ["score 2.50"]


@pytest.mark.usefixtures("german")
def test_a_score_has_a_comma_in_german() -> None:
    """The same score, as people who read German write it."""
    assert [alert.message for alert in find(RULE, "Ein Tee. Noch eine Kanne.")] == ["score 2,50"]
