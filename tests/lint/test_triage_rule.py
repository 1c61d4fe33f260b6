"""Triage rules and words of danger that cannot be used are told where they stand."""

from __future__ import annotations

import pytest

from tests.lint.conftest import HANDBOOK_PAGE as PAGE
from tests.lint.conftest import Desk

RULE = "rule: order\nif: {words: [Bestellung]}\nthen: {labels: [order]}\ngood: [Bestellung]\nbad: [Kaffee]\n"


def found(desk: Desk, rule: str) -> list[str]:
    return [str(problem) for problem in desk.check(rule)]


def test_a_rule_that_can_be_used_says_nothing(desk: Desk) -> None:
    """Nor does a danger."""
    desk.block("triage", RULE)
    desk.block("risk", "risk: Glas\nlevel: 3\nwords: [Splitter]\nowner: leitung\n")
    assert found(desk, "triage") == []


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("bad: [Kaffee]\n", "", "10:7", "bad is missing; a rule shows a message that it is for (good)"),
        ("good: [Bestellung]\n", "", "10:7", "good is missing; a rule shows a message that it is for (good)"),
        ("{words: [Bestellung]}", "{word: [Bestellung]}", "11:6", "unknown key 'word'; did you mean 'words'?"),
        ("{words: [Bestellung]}", "{}", "11:5", "no condition is named: it would be for all messages"),
        ("{words: [Bestellung]}", "{patterns: ['(']}", "11:17", "this pattern cannot be read"),
        ("{words: [Bestellung]}", "{kinds: [mail]}", "11:14", "kinds must be one of comment, mention, direct, review"),
        ("{words: [Bestellung]}", "{roles: [boss]}", "11:14", "roles must be one of vip, press, authority, not 'boss'"),
        ("{words: [Bestellung]}", "{channels: [bluesy]}", "11:16", "did you mean 'bluesky'?"),
        ("{words: [Bestellung]}", "{negative: 1.5}", "11:16", "negative must be a number between 0 and 1, not '1.5'"),
        ("{words: [Bestellung]}", "{negative: nan}", "11:16", "negative must be a number between 0 and 1, not 'nan'"),
        ("{words: [Bestellung]}", "{risk: 4}", "11:12", "risk must be between 1 and 3"),
        ("{labels: [order]}", "{assign: leitun}", "12:16", "did you mean 'leitung'?"),
        ("{labels: [order]}", "{hide: true}", "12:14", "no rule hides, deletes or closes anything: a person does"),
        ("{labels: [order]}", "{first_response: P1D}", "12:24", "must be hours and minutes such as PT2H or PT1H30M"),
        ("{labels: [order]}", "{points: 10}", "12:16", "points must be a number between -9 and 9"),
        ("{labels: [order]}", "{stop: false}", "12:7", "it does nothing"),
        ("[Bestellung]\nbad", "[{txt: x}]\nbad", "13:9", "unknown key 'txt'; did you mean 'text'?"),
        ("[Bestellung]\nbad", "{text: x}\nbad", "13:7", "good must be a list of messages"),
        ("if: {words: [Bestellung]}\n", "", "10:7", "if is missing"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_place(desk: Desk, old: str, new: str, place: str, said: str) -> None:
    """With line and column in the page, and what would be right."""
    assert old in RULE
    desk.block("triage", RULE.replace(old, new))
    problems = desk.on_page("triage")
    assert any(problem.startswith(f"{place} ") and said in problem for problem in problems), problems


@pytest.mark.parametrize("then", ["labels: [x]", "assign: leitung", "stop: true", "risk: 2", "first_response: PT1H"])
def test_a_guess_may_give_points_and_nothing_else(desk: Desk, then: str) -> None:
    """The classifier orders the inbox; whatever else the rule does is refused, also beside points."""
    desk.block(
        "triage",
        RULE.replace("{words: [Bestellung]}", "{negative: 0.8}").replace("labels: [order]", f"points: 1, {then}"),
    )
    (problem,) = found(desk, "triage")
    assert "a rule that looks at negative may only give points" in problem
    desk.write(PAGE, "")
    desk.block(
        "triage", RULE.replace("{words: [Bestellung]}", "{negative: 0.8}").replace("labels: [order]", "points: 1")
    )
    assert found(desk, "triage") == []


def test_two_rules_of_one_name(desk: Desk) -> None:
    """The second is told where the first stands."""
    desk.block("triage", RULE, RULE)
    (problem,) = found(desk, "triage")
    assert f"order stands in {PAGE}:10 already" in problem


def test_a_danger_needs_words_and_people_who_exist(desk: Desk) -> None:
    """Each thing once, at its place."""
    bad = "risk: Feuer\nwords: [Feuer]\npatterns: ['[']\nowner: niemand\n"
    desk.block("risk", "risk: Glas\nlevel: 5\nwords: [Splitter]\n", "risk: Gift\n", bad)
    messages = [problem.message for problem in desk.check("triage")]
    assert len(messages) == 4, messages
    assert "level must be between 1 and 3" in messages
    assert "words or patterns are missing: how is it told?" in messages
