"""A rule is called hidden only where another one surely takes everything that it is for."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.community.triage.desks import case
from toolkit.community.triage.ruling import Seen, applies
from toolkit.community.triage.shadows import covers
from toolkit.model import MessageKind, SourceText
from toolkit.source import FrontMatter
from toolkit.workspace import AuthorRole, Conditions, Outcome, TriageRule

PLACES = FrontMatter(SourceText("a.md", ""), None, 0, 0, 0)
MAYBE = st.sampled_from([None, True, False])
SOME = st.frozensets
CONDITIONS = st.builds(
    Conditions,
    words=st.lists(st.sampled_from(["zu", "zu*", "zu spät", "Zuspruch", "a*b", "*"]), max_size=2).map(tuple),
    patterns=st.lists(st.sampled_from(["sp.t", "zu"]), max_size=1).map(tuple),
    kinds=SOME(st.sampled_from(list(MessageKind)), max_size=2),
    channels=SOME(st.sampled_from(["toots", "mastodon", "letter"]), max_size=2),
    languages=SOME(st.sampled_from(["de", "en"]), max_size=1),
    roles=SOME(st.sampled_from(list(AuthorRole)), max_size=2),
    reach=st.sampled_from([0, 10, 100]),
    negative=st.sampled_from([0.0, 0.5, 0.9]),
    question=MAYBE,
    risk=st.integers(0, 3),
    first_contact=MAYBE,
    outside_hours=MAYBE,
)


def made(name: str, when: Conditions) -> TriageRule:
    return TriageRule(name, PLACES, when, Outcome(points=1))


@st.composite
def seen(draw: st.DrawFn) -> Seen:
    """Something that somebody may have written."""
    found = case(
        draw(st.sampled_from(["zu spät", "Zuspruch", "zuletzt zu", "a b", "axb", "spät", ""])),
        kind=draw(st.sampled_from(list(MessageKind))),
        language=draw(st.sampled_from(["de", "en", ""])),
        roles=tuple(draw(SOME(st.sampled_from(list(AuthorRole)), max_size=1))),
        reach=draw(st.sampled_from([None, 5, 50, 500])),
        negative=draw(st.sampled_from([None, 0.1, 0.7, 1.0])),
        first_contact=draw(st.booleans()),
    )
    names = draw(st.sampled_from([frozenset({"toots", "mastodon"}), frozenset({"letter", "newsletter"})]))
    return Seen(found, names, draw(st.booleans()), draw(st.booleans()), frozenset({"wide", "narrow"}))


@settings(max_examples=300, deadline=None)
@given(CONDITIONS, CONDITIONS, st.lists(seen(), min_size=5, max_size=15))
def test_what_covers_applies_wherever_the_other_does(one: Conditions, other: Conditions, cases: list[Seen]) -> None:
    """Whatever the conditions, whatever somebody wrote; and every rule covers itself."""
    assert covers(one, one)
    for wide, narrow in ((one, other), (other, one), (one, replace(one, question=True))):
        if covers(wide, narrow):
            for found in cases:
                assert not applies(made("narrow", narrow), found) or applies(made("wide", wide), found)
