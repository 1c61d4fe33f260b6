"""Pages of the inbox, the numbers beside its filters, and looking for words, on either database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.community.inbox.inboxes import START, all_of, hear, said
from toolkit.community.inbox import searching
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Conversation, Stage
from toolkit.community.inbox.desk import OURS, Wanted
from toolkit.community.inbox.finding import count, find_hits, find_page
from toolkit.community.inbox.searching import MOST, search_words

NOW = START + timedelta(hours=1)
EVERYTHING = Wanted(stages=frozenset(), limit=1000)


def fill(inbox: Inbox, many: int = 11) -> list[Conversation]:
    """So many conversations: every third is done, every fourth somebody's, scores with ties."""
    hear(inbox, *(said(f"c{one}", minute=one % 4, author=f"@p{one}@far.example") for one in range(many)))
    for number, one in enumerate(all_of(inbox)):
        inbox.rate(one, score=number % 3)
        if number % 3 == 0:
            inbox.set_stage(one, Stage.DONE, "mai", NOW)
        elif number % 4 == 0:
            inbox.label(inbox.assign(one, "mai", "mai", NOW), ["lob"], [], "mai", NOW)
    return all_of(inbox)


@pytest.mark.parametrize("stages", [frozenset(), OURS, frozenset({Stage.DONE})])
@pytest.mark.parametrize("newest", [False, True])
def test_the_pages_together_are_the_list(inbox: Inbox, stages: frozenset[Stage], *, newest: bool) -> None:
    """Page by page everything comes once and in the order of one long list, whatever its order is."""
    fill(inbox)
    wanted = Wanted(stages, limit=1000, newest=newest)
    whole = [one.id for one in inbox.conversations(wanted, now=NOW)]
    found: list[str] = []
    after = "first"
    while after:
        page = find_page(inbox, replace(wanted, limit=2, after="" if after == "first" else after), NOW)
        found += [one.id for one in page.conversations]
        after = page.after
    assert found == whole


def test_what_comes_in_meanwhile_moves_no_page(inbox: Inbox) -> None:
    """A more urgent conversation after the first page: the second begins where the first ended."""
    fill(inbox)
    first = find_page(inbox, Wanted(limit=3), NOW)
    (expected,) = [find_page(inbox, Wanted(limit=3, after=first.after), NOW)]
    hear(inbox, said("urgent", author="@new@far.example"))
    (urgent,) = [one for one in all_of(inbox) if one.author == "@new@far.example"]
    inbox.rate(urgent, score=99)
    assert find_page(inbox, Wanted(limit=3, after=first.after), NOW).conversations == expected.conversations


@pytest.mark.parametrize("after", ["", "x", "|||", "0|1|2", "2|1|~|A", "0|1e9|~|A", "0|" + "9" * 40 + "|~|A", "\0|\0"])
def test_a_place_that_nobody_made_is_the_first_page(inbox: Inbox, after: str) -> None:
    """Whatever stands in the address, the list comes."""
    fill(inbox)
    assert find_page(inbox, Wanted(limit=3, after=after), NOW) == find_page(inbox, Wanted(limit=3), NOW)


def test_each_filter_counts_under_the_others(inbox: Inbox) -> None:
    """The numbers are those that the list would have with that filter instead of its own."""
    fill(inbox)
    wanted = Wanted(OURS, assignee="mai", limit=1000)
    found = count(inbox, wanted, NOW)
    for stage, many in found.stages.items():
        assert len(inbox.conversations(replace(wanted, stages={stage}), now=NOW)) == many
    for person, many in found.assignees.items():
        assert len(inbox.conversations(replace(wanted, assignee=person), now=NOW)) == many
    for label, many in found.labels.items():
        assert len(inbox.conversations(replace(wanted, label=label), now=NOW)) == many
    assert found.labels == {"lob": found.assignees["mai"]}
    assert sum(found.assignees.values()) == len(inbox.conversations(Wanted(OURS, limit=1000), now=NOW))


def test_a_snooze_that_is_over_counts_as_open(inbox: Inbox) -> None:
    """As the list shows it, before the next fetch has written so."""
    hear(inbox, said("c1"))
    (one,) = all_of(inbox)
    inbox.snooze(one, NOW + timedelta(hours=1), "mai", NOW)
    assert count(inbox, EVERYTHING, NOW).stages == {Stage.SNOOZED: 1}
    assert count(inbox, EVERYTHING, NOW + timedelta(hours=2)).stages == {Stage.OPEN: 1}


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("kaffee", 1),
        ("KAFFEE wo", 1),
        ("kaffee tee", 0),
        ("ÄRGER", 1),
        ("ärger", 1),
        ("Ада", 1),
        ("ада", 1),
        ("@ada", 1),
        ("lieferung", 1),
        ("100%", 1),
        ("%", 1),
        ("_", 1),
        ("100_", 0),
        ("!", 1),
        ("' OR 1=1", 0),
        ("straße", 1),
        ("", 4),
    ],
)
def test_words_are_found_wherever_they_stand(inbox: Inbox, words: str, hits: int) -> None:
    """In texts, subjects and names, in whatever case; signs of the database's own mean themselves."""
    hear(
        inbox,
        said("c1", text="Wo bleibt mein Kaffee?", author="@ada@far.example", name="Ада"),
        said("c2", text="Ärger! In der STRAßE", author="@b@far.example", name="B"),
        said("c3", text="100% Rabatt", author="@c@far.example", name="C_c", subject="Lieferung"),
        said("c4", text="x", author="@d@far.example", name="D"),
    )
    wanted = replace(EVERYTHING, among=find_hits(inbox, words))
    assert len(inbox.conversations(wanted, now=NOW)) == hits
    assert sum(count(inbox, wanted, NOW).stages.values()) == hits


def test_words_stand_in_one_message(inbox: Inbox) -> None:
    """Two words of two messages of one conversation are no hit."""
    hear(inbox, said("c1", text="eins"), said("c2", text="zwei", answers="c1"))
    assert not find_hits(inbox, "eins zwei")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(words=st.text(max_size=80), after=st.text(max_size=30))
def test_whatever_is_typed_is_answered(inbox: Inbox, words: str, after: str) -> None:
    """No text breaks the statement, and what is found has each of its words."""
    if not all_of(inbox):
        hear(inbox, said("c1", text="Wo bleibt mein Käffchen? 100%_!"))
    kept = words.encode("utf-8", "replace").decode("utf-8")
    found = inbox.conversations(replace(EVERYTHING, among=find_hits(inbox, kept), after=after), now=NOW)
    page = find_page(inbox, replace(EVERYTHING, among=find_hits(inbox, kept)), NOW)
    assert len(found) <= 1
    assert len(search_words(kept)) <= MOST
    if page.conversations:
        said_ = "wo bleibt mein käffchen? 100%_! ada @ada@far.example"
        assert all(word in said_ for word in search_words(kept))


def test_of_very_many_hits_the_newest_are_taken(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a word that stands everywhere is answered as quickly as a rare one."""
    monkeypatch.setattr(searching, "HITS", 2)
    hear(inbox, *(said(f"c{one}", text="Kaffee", minute=one, author=f"@p{one}@far.example") for one in range(4)))
    hits = find_hits(inbox, "kaffee") or frozenset()
    found = inbox.conversations(replace(EVERYTHING, among=hits), now=NOW)
    assert sorted(one.author for one in found) == ["@p2@far.example", "@p3@far.example"]
