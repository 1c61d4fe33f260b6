"""Rules are tried with their own examples, and with each other."""

from __future__ import annotations

import pytest

from tests.community.triage.desks import Brand, rule
from toolkit.community.triage.shadows import find_shadows
from toolkit.community.triage.trying import try_rules


def said(brand: Brand) -> list[str]:
    """What trying the rules finds, with its place."""
    return [str(problem) for problem in try_rules(brand.book())]


def shadows(brand: Brand) -> list[str]:
    return [problem.message for problem in find_shadows(brand.book().rules)]


def test_examples_that_come_out_as_they_should_say_nothing(brand: Brand) -> None:
    """A bare text tries the words; everything else is as the rule wants it."""
    when = "{words: [Presse*], kinds: [direct], roles: [press], reach: 1000, outside_hours: true, first_contact: true}"
    good, bad = (
        "[Presseanfrage zum Röster]",
        "[Kräuterpresse, {text: Presse, role: none}, {text: Presse, kind: comment}]",
    )
    brand.block("triage", rule("press", when, "{assign: mai}", good=good, bad=bad))
    assert said(brand) == []


@pytest.mark.parametrize(
    "example",
    [
        "{text: Presse, reach: 999}",
        "{text: Presse, outside_hours: false}",
        "{text: Presse, first_contact: false}",
        "{text: Presse, channel: letter}",
        "{text: Presse, language: en}",
        "{text: Presse, role: vip}",
    ],
)
def test_what_an_example_says_counts(brand: Brand, example: str) -> None:
    """Each fact of a good example that the rule does not want is a failing test."""
    when = "{words: [Presse], roles: [press], reach: 1000, outside_hours: true, first_contact: true, channels: [toots], languages: [de]}"
    brand.block("triage", rule("press", when, "{assign: mai}", good=f"[{example}]", bad="[nichts]"))
    (problem,) = said(brand)
    assert problem == "guidelines/answers.md:7:8: press is not for its good example “Presse” (triage)"


def test_a_bad_example_that_is_found_is_told_at_its_place(brand: Brand) -> None:
    """The second of two, on its own line."""
    brand.block("triage", rule("one", "{words: [Glas*]}", "{points: 1}", good="[Glas]", bad="\n  - Gras\n  - Glasur"))
    assert said(brand) == ["guidelines/answers.md:10:5: one is for its bad example “Glasur”, too (triage)"]


def test_examples_the_wrong_way_round_are_told_as_such(brand: Brand) -> None:
    """In a style rule bad is what is found; who writes both may mix them up."""
    brand.block("triage", rule("one", "{words: [Glas]}", "{points: 1}", good="[Gras, Grus]", bad="[Glas]"))
    (problem,) = said(brand)
    assert "these look swapped" in problem


def test_a_good_example_that_another_rule_takes_is_told(brand: Brand) -> None:
    """With the rule that stops, and where it stands."""
    brand.block("triage", rule("all", "{words: [Kaffee]}", "{labels: [x], stop: true}", good="[Kaffee]", bad="[Tee]"))
    brand.block("triage", rule("one", "{words: [Glas]}", "{points: 1}", good="[Glas im Kaffee]", bad="[Tee]"))
    (problem,) = said(brand)
    assert (
        "all (guidelines/answers.md:4) comes before one, takes its good example “Glas im Kaffee” and stops" in problem
    )
    assert shadows(brand) == []


def test_a_danger_is_tried_too(brand: Brand) -> None:
    """Its good examples tell of it, its bad ones do not."""
    brand.block("risk", "risk: Glas\nwords: [Glas*]\ngood: [Glassplitter, Plastik]\nbad: [Gras, Glasur]\n")
    assert [line.partition(": ")[2] for line in said(brand)] == [
        "Glas is not told by its good example “Plastik” (triage)",
        "Glas is told by its bad example “Glasur”, too (triage)",
    ]


def test_a_question_is_taken_from_the_text(brand: Brand) -> None:
    """An example cannot say that it asks something; it has to."""
    brand.block("triage", rule("one", "{question: true}", "{points: 1}", good="[Wann?]", bad="[Dann.]"))
    assert said(brand) == []


@pytest.mark.parametrize(
    ("before", "after", "hidden"),
    [
        ("{words: [Paket*]}", "{words: [Paketbote], question: true}", True),
        ("{words: [Paket]}", "{words: [Pakete]}", False),
        ("{words: [Paket, Brief]}", "{words: [brief]}", True),
        ("{words: [Paket]}", "{kinds: [direct]}", False),
        ("{kinds: [direct, review]}", "{kinds: [direct]}", True),
        ("{kinds: [direct]}", "{kinds: [direct, review]}", False),
        ("{reach: 100}", "{reach: 1000}", True),
        ("{reach: 1000}", "{reach: 100}", False),
        ("{risk: 1}", "{risk: 2, languages: [de]}", True),
        ("{question: true}", "{question: false}", False),
        ("{patterns: [abc]}", "{patterns: [abc], words: [x]}", False),
        ("{words: [zu*]}", "{words: [zu spät]}", False),
    ],
)
def test_a_rule_that_is_never_reached_is_told(brand: Brand, before: str, after: str, hidden: bool) -> None:
    """Only where one before it surely takes everything, and stops; without `stop` both apply."""
    brand.block("triage", rule("wide", before, "{labels: [x], stop: true}"))
    brand.block("triage", rule("narrow", after, "{labels: [y]}"))
    assert bool(shadows(brand)) is hidden
    if hidden:
        assert shadows(brand)[0].startswith("narrow is never reached: wide (guidelines/answers.md:4) comes first")
    brand.blocks.clear()
    brand.block("triage", rule("wide", before, "{labels: [x]}"))
    brand.block("triage", rule("narrow", after, "{labels: [y]}"))
    assert shadows(brand) == []
