"""The ordered rules: when each applies, and what they add up to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.community.triage.desks import HOURS, NOW, SETTINGS, Brand, case, rule
from toolkit.model import MessageKind
from toolkit.workspace import AuthorRole


@pytest.mark.parametrize(
    ("condition", "yes", "no"),
    [
        ("words: [Öl, klima*]", {"text": "Klimawandel"}, {"text": "Ölung"}),
        ("words: [zu spät]", {"text": "ZU\nSPÄT!"}, {"text": "spät zu"}),
        (r"patterns: ['\bbestell\w*nummer\b']", {"text": "Die Bestellnummer fehlt"}, {"text": "Bestellung"}),
        ("kinds: [direct, review]", {"kind": MessageKind.DIRECT}, {"kind": MessageKind.COMMENT}),
        ("channels: [toots]", {"channel": "toots"}, {"channel": "letter"}),
        ("channels: [mastodon]", {"channel": "toots"}, {"channel": "letter"}),
        ("languages: [en]", {"language": "en-GB"}, {"language": "de"}),
        ("languages: [en]", {"language": "en"}, {"language": ""}),
        ("roles: [press, authority]", {"roles": (AuthorRole.PRESS,)}, {"roles": (AuthorRole.VIP,)}),
        ("reach: 1000", {"reach": 1000}, {"reach": 999}),
        ("reach: 1000", {"reach": 1000}, {"reach": None}),
        ("question: true", {"text": "Warum?"}, {"text": "Darum."}),
        ("question: false", {"text": "Darum."}, {"text": "Warum?"}),
        ("first_contact: true", {"first_contact": True}, {"first_contact": False}),
        ("risk: 2", {"text": "Splitter"}, {"text": "Kratzer"}),
        ("outside_hours: true", {"since": NOW + timedelta(hours=9)}, {"since": NOW}),
    ],
)
def test_a_rule_applies_when_its_condition_holds(
    brand: Brand, condition: str, yes: dict[str, object], no: dict[str, object]
) -> None:
    """Words are whole words, channels are accounts or networks, and what nobody knows does not hold."""
    brand.block("hours", HOURS)
    brand.block("risk", "risk: Glas\nlevel: 2\nwords: [Splitter]\n")
    brand.block("risk", "risk: Glas, harmlos\nwords: [Kratzer]\n")
    brand.block("triage", rule("one", f"{{{condition}}}", "{labels: [found]}"))
    assert brand.triage(case(**yes)).labels == ("found",)  # type: ignore[arg-type]  # the fact that it is about
    assert brand.triage(case(**no)).labels == ()  # type: ignore[arg-type]  # the fact that it is about


@pytest.mark.parametrize(("negative", "points"), [(0.8, 2), (0.79, 0), (None, 0)])
def test_a_guess_may_give_points(brand: Brand, negative: float | None, points: float) -> None:
    """From the limit on; where no classifier could tell, not at all."""
    brand.block("triage", rule("angry", "{negative: 0.8}", "{points: 2}"))
    found = brand.triage(case(negative=negative))
    assert sum(part.points for part in found.parts if part.source == "rule") == points


def test_all_conditions_have_to_hold(brand: Brand) -> None:
    """A question about an order below a post is another thing than one by mail."""
    brand.block("triage", rule("one", "{words: [Bestellung], question: true, kinds: [comment]}", "{labels: [found]}"))
    assert brand.triage(case("Wo ist meine Bestellung?")).labels == ("found",)
    assert brand.triage(case("Meine Bestellung ist da.")).labels == ()
    assert brand.triage(case("Wo ist meine Bestellung?", kind=MessageKind.DIRECT)).labels == ()


def test_rules_add_up_in_their_order_until_one_stops(brand: Brand) -> None:
    """Labels of all, the first assignee, the highest class; what comes after `stop` is left out."""
    brand.block("triage", rule("third", "{words: [Paket]}", "{labels: [never]}"))
    brand.block("triage", rule("second", "{words: [Paket]}", "{labels: [b, a], assign: tarek, risk: 1, stop: true}"))
    brand.block(
        "triage", rule("first", "{words: [Paket]}", "{labels: [a], assign: mai, risk: 2, points: -1}", more="order: 1")
    )
    brand.blocks = [brand.blocks[1], brand.blocks[2], brand.blocks[0]]
    brand.block("risk", "risk: Pause\nwords: [nix]\n")
    found = brand.triage(case("Paket"))
    assert (found.rules, found.labels, found.assignee, found.risk) == (("first", "second"), ("a", "b"), "mai", 2)
    assert found.reasons == ("danger, class 2: rule first", "rule first")
    assert found.score == 3


@pytest.mark.parametrize(
    ("named", "away", "expected"),
    [
        ("mai", "", "mai"),
        ("mai", "mai", "ole"),
        ("community", "", "mai"),
        ("community", "mai", "ole"),
        ("manager", "tarek", ""),
        ("mai", "mai ole", ""),
    ],
)
def test_the_absent_are_replaced(brand: Brand, named: str, away: str, expected: str) -> None:
    """A person by the deputy, a role by whoever else has it; nobody when all are away."""
    text = SETTINGS
    for name in away.split():
        text = text.replace(
            f"[people.{name}]\n", f"[people.{name}]\nabsences = [{{from = 2026-11-24, to = 2026-11-24}}]\n"
        )
    brand.settings(text)
    brand.block("triage", rule("one", "{words: [Paket]}", f"{{assign: {named}}}"))
    assert brand.triage(case("Paket")).assignee == expected


def test_a_danger_is_found_in_an_unknown_language_and_not_in_another(brand: Brand) -> None:
    """Better once too often; but a German "Gift" is no English present."""
    brand.block("risk", "risk: Gift\nlevel: 3\nwords: [Gift]\nlanguages: [de]\n")
    assert brand.triage(case("What a nice gift", language="en")).risk == 0
    assert brand.triage(case("Gift", language="")).risk == 3
    assert brand.triage(case("Gift", language="de-AT")).risk == 3


def test_the_gravest_danger_names_the_class(brand: Brand) -> None:
    """Also when a lesser one stands before it."""
    brand.block("risk", "risk: Ärger\nwords: [Boykott]\n")
    brand.block("risk", "risk: Glas\nlevel: 3\nwords: [Splitter]\n")
    assert brand.triage(case("Boykott wegen Splittern: Splitter!")).reasons == ("danger, class 3: Glas",)


def test_a_rule_that_takes_too_long_is_left_out_and_named(brand: Brand) -> None:
    """A pattern that RE2 does not take, on a text made for it: the other rules go on."""
    brand.block("triage", rule("slow", "{patterns: ['(?=((a+)+)+c)a']}", "{labels: [slow]}"))
    brand.block("triage", rule("quick", "{words: [Paket]}", "{labels: [quick]}"))
    found = brand.triage(case("Paket " + "a" * 5000))
    assert (found.labels, found.slow) == (("quick",), ("slow",))


def test_a_broken_pattern_holds_up_nothing(brand: Brand) -> None:
    """The check of the handbook says that it is broken; the rule's words go on."""
    brand.block("triage", rule("one", "{words: [Paket], patterns: ['(']}", "{labels: [found]}"))
    assert brand.triage(case("Paket")).labels == ("found",)
    assert brand.triage(case("(")).labels == ()
