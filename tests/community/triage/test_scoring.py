"""The score is a sum that a person can add up, with a reason for each part."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.community.triage.desks import HOURS, NOW, Brand, case, rule
from toolkit.community.triage.parts import Source
from toolkit.community.triage.scoring import triage, wait
from toolkit.community.triage.verdict import by_urgency
from toolkit.model import MessageKind
from toolkit.workspace import AuthorRole

DANGER = "risk: Glas in der Tüte\nlevel: 3\nwords: [Glassplitter, Splitter*]\n"


def points(brand: Brand, **facts: object) -> dict[str, float]:
    found = brand.triage(case(**facts))  # type: ignore[arg-type]  # a test names the facts it is about
    return {part.source.value: part.points for part in found.parts}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, {}),
        ({"text": "Wann kommt mein Paket?"}, {"question": 1}),
        ({"text": "https://example.com/?a=1"}, {}),
        ({"text": "Da waren Splitter im Kaffee."}, {"risk": 5}),
        ({"negative": 0.75}, {"negative": 1.5}),
        ({"negative": 0.0}, {}),
        ({"roles": (AuthorRole.PRESS,)}, {"role": 3}),
        ({"roles": (AuthorRole.PRESS, AuthorRole.VIP)}, {"role": 3}),
        ({"reach": 100}, {}),
        ({"reach": 1_000}, {"reach": 0.5}),
        ({"reach": 100_000_000}, {"reach": 2}),
    ],
)
def test_each_part_has_its_points(brand: Brand, facts: dict[str, object], expected: dict[str, float]) -> None:
    """Danger 2 and its class, question 1, twice the negative probability, role 3, reach by its logarithm."""
    brand.block("risk", DANGER)
    assert points(brand, **facts) == expected


def test_the_sum_is_the_score_and_the_weightiest_reason_comes_first(brand: Brand) -> None:
    """What is shown adds up, and no reason quotes what somebody wrote."""
    brand.block("hours", HOURS)
    brand.block("risk", DANGER)
    found = brand.triage(case("Sind das Glassplitter? Frau Meier, Bestellung 4711", reach=10_000, negative=0.9))
    assert found.score == 5 + 1 + 1.8 + 1 + 0.5
    assert found.reasons == (
        "danger, class 3: Glas in der Tüte",
        "probably meant negatively (90 percent)",
        "asks a question",
        "10000 people follow the author",
        "has waited for 50 percent of the promised time",
    )
    assert not any("Meier" in reason or "4711" in reason for reason in found.reasons)


def test_waiting_counts_against_the_promise_in_business_time(brand: Brand) -> None:
    """A night costs nothing; what is over says so; more than three times the promise counts as three."""
    brand.block("hours", HOURS)
    evening = NOW.replace(hour=16, minute=30)  # 17:30 in Berlin
    found = brand.triage(case(since=evening), evening)
    assert found.parts == ()
    assert found.due == evening + timedelta(hours=16)  # half an hour today, one and a half tomorrow from eight on
    morning = wait(found, evening + timedelta(hours=14, minutes=30))
    assert (morning.score, morning.reasons) == (0.25, ("has waited for 25 percent of the promised time",))
    late = wait(found, evening + timedelta(hours=17))
    assert (late.score, late.reasons) == (1.5, ("has waited too long: 150 percent of the promised time",))
    assert wait(found, evening + timedelta(days=9)).score == 3


def test_renewing_the_waiting_time_is_like_looking_again(brand: Brand) -> None:
    """All other parts stay as they are; while it is their turn nothing is added."""
    brand.block("hours", HOURS)
    book, one = brand.book(), case("Wie lange noch?", negative=0.5, since=NOW - timedelta(hours=1))
    for hours in (0, 1, 5, 30, 100):
        later = NOW + timedelta(hours=hours)
        assert wait(triage(one, book, NOW), later) == triage(one, book, later)
    answered = case("Wie lange noch?", since=None)
    assert [part.source for part in brand.triage(answered, NOW + timedelta(days=3)).parts] == [Source.QUESTION]


def test_a_danger_waits_on_a_clock_that_never_stops(brand: Brand) -> None:
    """The level for class 3 is real time; other comments of the same evening wait until the morning."""
    brand.block("risk", DANGER)
    brand.block("hours", f"{HOURS}levels: [{{risk: 3, first_response: PT30M, always: true}}]\n")
    night = NOW.replace(hour=22)
    danger = brand.triage(case("Splitter!", since=night), night + timedelta(minutes=45))
    assert danger.due == night + timedelta(minutes=30)
    assert danger.reasons[-1] == "has waited too long: 150 percent of the promised time"
    calm = brand.triage(case("Hm.", since=night), night + timedelta(minutes=45))
    assert (calm.score, calm.due) == (0, NOW.replace(day=25, hour=9))


def test_the_oldest_comes_first_among_equals(brand: Brand) -> None:
    """The higher score before the lower, of equal ones who waits longer, and last what nobody waits for."""
    book = brand.book()
    cases = {
        "answered": case("Warum?", since=None),
        "young": case("Warum?", since=NOW - timedelta(minutes=5)),
        "old": case("Warum?", since=NOW - timedelta(days=5)),
        "loud": case("Warum?", since=NOW, roles=(AuthorRole.VIP,)),
        "quiet": case("Aha.", since=NOW - timedelta(days=50)),
    }
    found = [(name, triage(one, book, NOW)) for name, one in cases.items()]
    assert by_urgency(found) == ["loud", "old", "young", "answered", "quiet"]


def test_a_shorter_time_of_a_rule_counts(brand: Brand) -> None:
    """The rule's hour before the level's two, and the level's two before a rule's ten."""
    brand.block("hours", HOURS)
    brand.block("triage", rule("order", "{words: [Bestellung]}", "{first_response: PT1H}"))
    brand.block("triage", rule("later", "{words: [irgendwann]}", "{first_response: PT10H}"))
    due = {word: brand.triage(case(word, since=NOW)).due for word in ("Bestellung", "irgendwann", "nichts")}
    assert due == {
        "Bestellung": NOW + timedelta(hours=1),
        "irgendwann": NOW + timedelta(hours=2),
        "nichts": NOW + timedelta(hours=2),
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(st.none(), st.floats(0, 1)),
    st.one_of(st.none(), st.floats(0, 1)),
    st.sampled_from(["Bestellung?", "Splitter", "Danke!", ""]),
    st.sampled_from(list(MessageKind)),
)
def test_a_guess_orders_and_decides_nothing(
    brand: Brand, one: float | None, other: float | None, text: str, kind: MessageKind
) -> None:
    """Whatever the classifier says: labels, assignee, danger, promise and due moment are the same, only points differ."""
    if not brand.blocks:
        brand.block("risk", DANGER)
        brand.block("hours", HOURS)
        brand.block("triage", rule("angry", "{negative: 0.6}", "{points: 2}"))
        brand.block("triage", rule("order", "{words: [Bestellung]}", "{labels: [order], assign: mai, stop: true}"))
    book = brand.book()
    first, second = (triage(case(text, kind=kind, negative=guess), book, NOW) for guess in (one, other))
    assert (first.labels, first.assignee, first.risk) == (second.labels, second.assignee, second.risk)
    assert (first.due, first.since) == (second.due, second.since)
    moved = {Source.NEGATIVE, Source.RULE}
    assert [part for part in first.parts if part.source not in moved] == [
        part for part in second.parts if part.source not in moved
    ]


def test_a_danger_of_class_0_is_only_counted(brand: Brand) -> None:
    """It gives no points and no class, and hides no graver one beside it."""
    brand.block("risk", "risk: Karton\nlevel: 0\nwords: [Karton*]\n")
    assert points(brand, text="Schon wieder ein Karton") == {}
    brand.block("risk", DANGER)
    assert points(brand, text="Splitter im Karton") == {"risk": 5}
