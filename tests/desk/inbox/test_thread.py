"""A conversation on its page: everything that was said in order, what became of it, what is known besides."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.community.inbox.inboxes import START, hear, said
from tests.desk.inbox.house_of import NOW, seen, visit
from toolkit.community.inbox.conversation import Entry
from toolkit.community.inbox.saying import DIRECTIONS
from toolkit.desk.endpoint import Page
from toolkit.desk.house import House
from toolkit.desk.inbox.rows import Light
from toolkit.desk.inbox.showing import Opened, show_conversation
from toolkit.desk.inbox.team import mates, name_of, options
from toolkit.desk.inbox.thread import Told, thread
from toolkit.settings import Settings

POST_FILE = """\
---
uid: 01POST
title: Tasting
status: ready
publish: 2026-11-30 09:00
channels: [mastodon]
---
Wer kommt zum *Tasting*?
"""


def show(house: House, remote_id: str, person: str = "mai") -> Opened:
    page = show_conversation(visit(house, person, name=seen(house, remote_id).id))
    assert isinstance(page, Page)
    found = page.values["open"]
    assert isinstance(found, Opened)
    return found


def test_all_that_was_said_stands_in_order(house: House) -> None:
    """Theirs, ours, a machine's, the team's notes; what was edited or taken back says so and when."""
    with house.inbox() as inbox:
        hear(
            inbox,
            said("o1", own=True, answers="c1", minute=2, text="Moin!"),
            said("c2", answers="o1", minute=3, text="Danke", edited_at=START + timedelta(minutes=4)),
            said("c3", answers="o1", minute=5, text="Bin im Urlaub", automatic=True),
        )
        inbox.remark(seen(house, "c1"), "Stammkundin", "mai", START + timedelta(minutes=4))
    items = show(house, "c1").items
    assert [(item.author, item.text) for item in items] == [
        ("Ada", "Wo bleibt mein Kaffee?"),
        ("we", "Moin!"),
        ("Ada", "Danke"),
        ("Mai Community", "Stammkundin"),
        ("Ada", "Bin im Urlaub"),
    ]
    assert items[1].ours
    assert items[2].states[0].startswith("edited")
    assert items[3].kind == "note"
    assert items[4].states == ("written by a machine",)


def test_what_was_taken_back_has_no_words(house: House) -> None:
    """Only that there was something, and when that was seen."""
    message = said("x1", text="geheim")
    entry = Entry(message, "01C", START, deleted_at=START + timedelta(minutes=5))
    (item,) = thread(Told((entry,), (), ()), Light(house.settings, NOW, house.zone))
    assert (item.kind, item.text, item.states[0].startswith("taken back")) == ("gone", "", True)
    forgotten = Entry(message, "01C", START, forgotten=True)
    (item,) = thread(Told((forgotten,), (), ()), Light(house.settings, NOW, house.zone))
    assert (item.text, item.states) == ("", ("forgotten",))


@settings(deadline=None)  # the machine may be busy
@given(text=st.text(), name=st.text(), url=st.text(max_size=60), media=st.lists(st.text(max_size=60), max_size=3))
def test_whatever_a_stranger_sends_is_plain(text: str, name: str, url: str, media: list[str]) -> None:
    """Text without commands; links only to the web."""
    entry = Entry(said("x1", text=text, name=name, url=url, media=tuple(media)), "01C", START)
    light = Light(Settings(id="probe", name="Probe", timezone="Europe/Berlin"), NOW, ZoneInfo("Europe/Berlin"))
    (item,) = thread(Told((entry,), (), ()), light)
    assert not set(item.text + item.author) & DIRECTIONS
    assert {urlsplit(one).scheme for one in (item.url, *item.media) if one} <= {"http", "https"}


def test_the_post_above_is_shown(house: House) -> None:
    """Its title, its first line, the way to it; of a post that no file has only that it is ours."""
    above = show(house, "c1").above
    assert above is not None
    assert (above.title, above.href) == ("one of our posts", "")
    posts = house.root / "content" / "posts"
    posts.mkdir(parents=True)
    (posts / "tasting.md").write_text(POST_FILE, encoding="utf-8")
    house.forget()
    above = show(house, "c1").above
    assert above is not None
    assert (above.title, above.line, above.href) == ("Tasting", "Wer kommt zum *Tasting*?", "/posts/01POST")
    assert show(house, "d1").above is None


def test_what_the_author_wrote_before_is_a_link_away(house: House) -> None:
    """Other conversations of the same person, the newest first; nobody else's."""
    with house.inbox() as inbox:
        hear(inbox, said("c7", text="Noch etwas", minute=7), said("s7", author="@sam@far.example", minute=8))
    earlier = show(house, "c1").earlier
    assert [(one.text, one.href) for one in earlier] == [("Noch etwas", f"/inbox/{seen(house, 'c7').id}")]


def test_roles_reasons_and_the_log(house: House) -> None:
    """Who the author is to us, each part of the score, and who did what by name."""
    with house.inbox() as inbox:
        inbox.set_roles(seen(house, "s1"), ["press"], "mai", NOW)
        inbox.assign(seen(house, "s1"), "jo", "mai", NOW, "jo (urs)")
    shown = show(house, "s1")
    assert {role.value: role.chosen for role in shown.roles} == {"vip": False, "press": True, "authority": False}
    assert [reason.points for reason in shown.reasons][:2] == ["+4.0", "+3.0"]
    assert [(deed.who, deed.what) for deed in shown.log] == [
        ("Mai Community", "assigned to Jo Community (Urs Urlaub)"),
        ("Mai Community", "author marked press"),
    ]


def test_absences_are_said_where_people_are_chosen(house: House) -> None:
    """Until when, and who stands in; who is away without anybody cannot be chosen."""
    day = date(2026, 12, 1)
    urs = next(one for one in mates(house.settings, day) if one.key == "urs")
    assert (urs.away, urs.possible) == ("away until Thu 24 Dec, Jo Community stands in", True)
    assert options([urs])[1] == ("urs", "Urs Urlaub (away until Thu 24 Dec, Jo Community stands in)")
    assert next(one for one in mates(house.settings, date(2026, 12, 28)) if one.key == "urs").away == ""


@pytest.mark.parametrize(("key", "name"), [("mai", "Mai Community"), ("gone", "gone"), ("", "Leitstand")])
def test_people_are_named(house: House, key: str, name: str) -> None:
    """By their names; who has left by their id; the machine by its own."""
    assert name_of(house.settings, key) == name
