"""What the rules see of a conversation."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.community.triage.desks import NOW, conversation, entry
from toolkit.community.triage.case import LONGEST, Case, asks
from toolkit.workspace import AuthorRole


def test_the_question_is_in_what_nobody_has_answered() -> None:
    """All they wrote counts for words; only what came after our last answer asks us something."""
    said = [entry("Wann?", 50), entry("Morgen.", 40, own=True), entry("Danke!", 30), entry("Bis dann.", 20)]
    found = Case.of(conversation(), said)
    assert found.text == "Bis dann.\n\nDanke!\n\nWann?"
    assert found.last == "Bis dann.\n\nDanke!"
    assert found.since == found.arrived == NOW - timedelta(minutes=30)


def test_what_was_taken_back_is_not_there() -> None:
    """A deleted message neither waits nor says anything."""
    found = Case.of(conversation(), [entry("Hallo", 50), entry("weg", 40, deleted=True), entry("Hi", 30, own=True)])
    assert (found.text, found.last, found.since) == ("Hallo", "", None)


def test_what_the_inbox_knows_is_taken_over() -> None:
    """Channel, kind, language, reach and guess of the conversation; roles and first contact of its author."""
    talk = conversation(language="en", reach=500, negative=0.25)
    found = Case.of(talk, [entry("Hi", 5)], roles=[AuthorRole.VIP], first_contact=True)
    assert (found.channel, found.language, found.reach, found.negative) == ("toots", "en", 500, 0.25)
    assert (found.roles, found.first_contact) == (frozenset([AuthorRole.VIP]), True)


def test_a_subject_is_part_of_what_was_said() -> None:
    """A mail says what it wants above its text."""
    one = entry("Siehe oben.", 5)
    mail = replace(one, message=replace(one.message, subject="Glassplitter"))
    assert Case.of(conversation(), [mail]).text == "Glassplitter\nSiehe oben."


def test_a_conversation_without_messages_is_a_case() -> None:
    """All forgotten or taken back: nothing to read, nobody waits."""
    found = Case.of(conversation(), [])
    assert (found.text, found.since, found.arrived) == ("", None, conversation().opened_at)


def test_a_very_long_conversation_keeps_its_end() -> None:
    """What is cut is the oldest."""
    said = [entry(f"{number} " + "x" * 999, 100 - number) for number in range(50)]
    found = Case.of(conversation(), said)
    assert len(found.text) == LONGEST
    assert found.text.startswith("49 ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wann?", True),
        ("Echt?!", True),
        ("Warum ist der so teuer ?", True),
        ("いつ\uff1f", True),
        ("https://example.com/?utm=1", False),
        ("Schaut: www.example.com/?a", False),
        ("https://example.com/?utm=1 Stimmt das?", True),
        ("Wie schön!", False),
        ("", False),
    ],
)
def test_a_question_has_a_question_mark(text: str, expected: bool) -> None:
    """One inside an address asks nothing."""
    assert asks(text) is expected


def test_what_a_machine_wrote_is_not_read() -> None:
    """An automatic reply asks nothing, tells of no danger and does not wait."""
    one = entry("Wann sind Sie wieder da? Allergie!", 5)
    found = Case.of(
        conversation(), [replace(one, message=replace(one.message, automatic=True)), entry("Hi", 9, own=True)]
    )
    assert (found.text, found.last, found.since) == ("", "", None)
