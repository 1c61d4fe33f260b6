"""What people read says what was measured, and no more."""

from __future__ import annotations

import pytest

from toolkit.learning.question import Answer, Kind
from toolkit.learning.sentences import evidence, summary

NUMBERS = {"n": 80, "others": 120, "value": 1.5, "low": 1.2, "high": 1.9, "p": 0.001, "expected": 1.4}


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEITSTAND_LANG", "en")


@pytest.mark.parametrize(
    ("kind", "group", "about"),
    [
        (Kind.HASHTAG, "#hafen", "#hafen"),
        (Kind.WORD, "Hafen", "the word “Hafen”"),
        (Kind.SHAPE, "question-first", "a question in the first sentence"),
    ],
)
def test_what_a_text_has_is_compared_and_not_praised(kind: Kind, group: str, about: str) -> None:
    """Posts with it against posts without; nobody dealt it out, so nobody knows why."""
    said = summary(Answer(kind, group, **NUMBERS))  # type: ignore[arg-type]
    assert said == (
        f"Posts with {about} had about 1.40 times the interactions of posts without; that is not to say why."
    )


def test_q_stands_where_a_family_was_judged() -> None:
    """Numbers with n and interval always; q for open questions alone, and never as zero."""
    answer = Answer(Kind.PART, "morning", **NUMBERS)  # type: ignore[arg-type]
    assert evidence(answer) == "1.50 (90%: 1.20 to 1.90), n = 80 and 120"
    sure = Answer(Kind.PART, "morning", **NUMBERS, q=0.0001)  # type: ignore[arg-type]
    assert evidence(sure).endswith(", q < 0.001")
    assert evidence(Answer(Kind.PART, "morning", **NUMBERS, q=0.02)).endswith(", q = 0.020")  # type: ignore[arg-type]


def test_a_slot_s_proposal_names_channel_days_and_both_times() -> None:
    """Who reads it knows what moves where without opening the page."""
    label = "mastodon, Monday to Friday: morning instead of midday"
    moved = ("mastodon: mon,fri 12:00 -> 08:00", "mastodon: 2tue 11:30 -> 09:00")
    answer = Answer(Kind.SLOT, "mastodon week midday morning", **NUMBERS, changed=moved, label=label)  # type: ignore[arg-type]
    assert summary(answer) == (
        "Mastodon, Monday to Friday: morning instead of midday had about 1.40 times the interactions. "
        "Slots of this channel that move: Mon, Fri 12:00 → 08:00; 2. Tue 11:30 → 09:00."
    )
