"""The list: order, filters and their numbers, the search, pages, what is new, and what strangers wrote as plain text."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.community.inbox.inboxes import LISTENER, hear, said
from tests.desk.inbox.house_of import NOW, seen, visit
from toolkit.community.inbox.conversation import Stage
from toolkit.community.inbox.saying import DIRECTIONS
from toolkit.desk.endpoint import Page, Visit
from toolkit.desk.house import House
from toolkit.desk.inbox.asking import Asked, read_asked, read_back
from toolkit.desk.inbox.listing import Listed, show_list, show_news
from toolkit.desk.inbox.rows import line, say_mood


def listed(page: object) -> Listed:
    assert isinstance(page, Page)
    found = page.values["list"]
    assert isinstance(found, Listed)
    return found


def show(house: House, person: str = "mai", **query: str) -> Listed:
    return listed(show_list(visit(house, person, query=query)))


def test_the_dangerous_comes_first_and_says_why(house: House) -> None:
    """Each row has its score at this moment, and every reason of it."""
    with house.inbox() as inbox:
        for remote_id, score in (("c1", 1.0), ("s1", 5.0), ("d1", 0.0)):
            inbox.rate(seen(house, remote_id), score=score)
    rows = show(house).rows
    assert [row.handle for row in rows] == ["@sam@far.example", "@ada@far.example", "@dora@far.example"]
    assert any("Scherben" in reason for reason in rows[0].why.reasons)
    assert rows[0].why.tone == "bad"


def test_filters_narrow_and_their_links_keep_the_others(house: House) -> None:
    """Mine, nobody's, by label and stage; every link is the list with one filter changed."""
    with house.inbox() as inbox:
        one = inbox.assign(seen(house, "c1"), "mai", "mai", NOW)
        inbox.label(one, ["lob"], [], "mai", NOW)
        inbox.set_stage(seen(house, "d1"), Stage.DONE, "mai", NOW)
    assert [row.handle for row in show(house, who="me").rows] == ["@ada@far.example"]
    assert [row.handle for row in show(house, who="-").rows] == ["@sam@far.example"]
    assert [row.handle for row in show(house, stage="done").rows] == ["@dora@far.example"]
    found = show(house, label="lob", who="me")
    assert [row.labels for row in found.rows] == [("lob",)]
    whose = next(one for one in found.filters if one.name == "who")
    assert {choice.href for choice in whose.choices} == {
        "/inbox?label=lob",
        "/inbox?who=me&label=lob",
        "/inbox?who=mai&label=lob",
    }
    counts = {tab.label: tab.count for tab in show(house).tabs}
    assert (counts["for us"], counts["done"], counts["all"]) == (2, 1, 3)


def test_words_are_looked_for_and_the_page_says_where(house: House) -> None:
    """In texts and authors; a list without a hit says what it looked through."""
    assert [row.handle for row in show(house, stage="all", q="KAFFEE").rows] == ["@ada@far.example"]
    assert [row.handle for row in show(house, q="dora").rows] == ["@dora@far.example"]
    assert show(house, q="nirgends").rows == ()


def test_the_next_page_begins_behind_this_one(house: House) -> None:
    """45 conversations: 40, then 5, none twice."""
    with house.inbox() as inbox:
        hear(inbox, *(said(f"m{one}", author=f"@m{one}@far.example") for one in range(42)))
    first = show(house)
    (after,) = (value for name, value in _pairs(first.more) if name == "after")
    second = show(house, after=after)
    assert (len(first.rows), len(second.rows), second.more) == (40, 5, "")
    assert len({row.id for row in (*first.rows, *second.rows)}) == 45


def _pairs(address: str) -> list[tuple[str, str]]:
    from urllib.parse import parse_qsl, urlsplit

    return parse_qsl(urlsplit(address).query)


def test_new_conversations_announce_themselves(house: House) -> None:
    """Two that were heard since the list was shown are counted, under its filters; ours are not."""
    shown = NOW.isoformat()
    with house.inbox() as inbox:
        later = NOW + timedelta(minutes=5)
        inbox.gather(LISTENER, [said("n1", author="@n1@x.example"), said("n2", author="@n2@x.example")], later)
        inbox.gather(LISTENER, [said("o1", own=True, answers="c1")], later)

    def news(**query: str) -> object:
        page = show_news(Visit(house, "mai", frozenset(), NOW + timedelta(minutes=6), query=query))
        return page.values["count"]

    assert news(after=shown) == 2
    assert news(after=shown, who="me") == 0
    assert news(after=(NOW + timedelta(minutes=6)).isoformat()) == 0
    assert news(after="gestern") == 0


def test_who_may_only_read_gets_no_boxes(house: House) -> None:
    """An analyst sees the same rows, and nothing to press."""
    assert show(house, "ada").may is False
    assert len(show(house, "ada").rows) == len(show(house).rows)


def test_a_mood_is_a_hint(house: House) -> None:
    """What a machine thinks is called a guess; what a person said is not; neutral says nothing."""
    assert [say_mood(one) for one in (None, 0.2, 0.8, 1.0)] == [
        "",
        "",
        "sounds negative (guessed)",
        "sounds negative",
    ]


@settings(deadline=None)  # the machine may be busy
@given(st.dictionaries(st.sampled_from(["stage", "channel", "who", "label", "q", "after", "x"]), st.text(max_size=300)))
def test_every_address_is_read_and_leads_back(query: dict[str, str]) -> None:
    """Whatever stands in an address: filters come out that the address of themselves brings back."""
    clean = {name: value.encode("utf-8", "replace").decode() for name, value in query.items()}
    asked = read_asked(clean)
    assert read_back({"back": asked.address(after=asked.after)}) == asked
    assert asked.wanted("mai").limit == 40
    assert asked.address().startswith("/inbox")


@pytest.mark.parametrize("back", ["", "//evil.example", "https://evil.example/inbox", "/posts?stage=done", "\\inbox"])
def test_no_form_leads_elsewhere(back: str) -> None:
    """What is no list of the inbox is the usual one."""
    assert read_back({"back": back}) == Asked()


@settings(deadline=None)  # the machine may be busy
@given(st.text())
def test_what_strangers_write_stands_on_one_line(text: str) -> None:
    """No line ends, no control characters, nothing that turns letters around."""
    found = line(text)
    assert not set(found) & DIRECTIONS
    assert found == " ".join(found.split())
    assert found.isprintable() or all(one.isprintable() or not one.isascii() for one in found)
