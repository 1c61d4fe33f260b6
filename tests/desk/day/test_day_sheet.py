"""The first page tells what needs somebody now, over real files, a real ledger and a real inbox."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from tests.desk.client import Client
from tests.desk.crisis.incidents_of import hear, page, visit, write_post
from toolkit.cli import execute
from toolkit.desk.day.mood import say_mood
from toolkit.desk.day.part import Part
from toolkit.desk.day.people import find_crew
from toolkit.desk.day.sheet import ORDERS, in_order, show_day
from toolkit.desk.house import House
from toolkit.desk.posts.ground import look as ledger_of
from toolkit.desk.posts.rows import kept_rows, open_rows
from toolkit.dispatch.incidents import Watch
from toolkit.ledger import open_ledger
from toolkit.settings import ROLES


def parts(house: House, person: str) -> dict[str, Part]:
    """Name → part, in the order of the page."""
    found = page(show_day(visit(house, person))).values["parts"]
    assert isinstance(found, list)
    return {one.name: one for one in found}


def test_who_waits_is_counted_with_the_promise(house: House) -> None:
    """Each conversation that nobody answered is one; an answer ends it."""
    before = parts(house, "mai")["answers"]
    assert before.count == 72
    assert before.things[0].href.startswith("/inbox/")
    hear(house, "how long does it keep?", 2, timedelta(minutes=1))
    assert parts(house, "mai")["answers"].count == 74
    hear(house, "one of many", 300, timedelta(seconds=1))
    assert parts(house, "mai")["answers"].count == 374


def test_a_yes_is_asked_of_those_who_may_give_it(house: House) -> None:
    """A post that nobody approved waits for both managers, and for nobody once one has said yes; never for others."""
    write_post(house.root, "soon", 3, "alltag", "2026-11-21 12:45", body="Moin.", by="")
    house.forget()
    found = parts(house, "chefin")["approvals"]
    assert (found.count, found.tone) == (1, "bad")
    assert parts(house, "leitung")["approvals"].count == 1
    assert parts(house, "mai")["approvals"].count == 0
    write_post(house.root, "soon", 3, "alltag", "2026-11-21 12:45", body="Moin.", by="leitung")
    house.forget()
    assert parts(house, "chefin")["approvals"].count == 0


def test_what_did_not_go_out_stands_first_and_leads_to_its_post(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A send that missed its time during a pause is told with its state; today's list says the same."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(house.state))
    at = ["--now", "2026-11-21T12:00+01:00", "-w", str(house.root)]
    environ = {"LEITSTAND_LANG": "en"}
    assert execute(["publish", *at], environ) == 0
    execute(["pause", "--reason", "x", "--by", "chefin", *at], environ)
    at[1] = "2026-11-21T14:30+01:00"
    execute(["publish", *at], environ)
    capsys.readouterr()
    found = parts(house, "ada")
    assert next(iter(found)) == "stuck"
    assert (found["stuck"].count, found["stuck"].things[0].title) == (1, "cake")
    assert "missed" in found["stuck"].hint
    with ledger_of(visit(house, "ada")) as ground:
        assert found["stuck"].count == len(open_rows(ground)) + len(kept_rows(ground))
    assert found["today"].things[0].sub.startswith("Missed: ")


def test_an_order_for_every_role_names_every_part(house: House) -> None:
    """No part is forgotten for anybody; two roles see another first one."""
    names = set(parts(house, "mai"))
    assert set(ORDERS) == set(ROLES)
    assert all(set(order) == names for order in ORDERS.values())
    assert {order[0] for order in ORDERS.values()} >= {"approvals", "answers", "today", "stuck"}


def test_what_presses_comes_before_the_order_of_the_role() -> None:
    """A part in red is first, whatever the role; among equals the role decides, whatever the parts come in."""
    for mixed in permutations([Part("today", "", ""), Part("stuck", "", "", tone="bad"), Part("answers", "", "")]):
        ordered = [one.name for one in in_order(list(mixed), ("community",))]
        assert ordered == ["stuck", "answers", "today"]


def test_the_page_tells_who_is_there(house: House) -> None:
    """On call by the rota; on duty whoever does community work."""
    crew = find_crew(house.settings, house.now().astimezone(house.zone))
    assert crew.on_call[0] == "Mai Community"
    assert crew.on_duty == ("Mai Community",)


def test_the_mood_is_said_in_words_and_only_of_enough() -> None:
    """Under five classified messages nobody can say how they sound."""
    assert say_mood(4, 0, 0) == ""
    assert say_mood(4, 3, 1) == "many sound annoyed"
    assert say_mood(0, 3, 3) == "many sound pleased"
    assert say_mood(1, 8, 1) == "mostly matter-of-fact"


def test_a_ledger_that_cannot_be_read_is_no_quiet_day(house: House, client: Client) -> None:
    """The page says so in red, and shows what the files say."""
    house.state.mkdir(parents=True, exist_ok=True)
    house.ledger_place.file.write_bytes(b"no database at all, but long enough to be looked at")
    shown = client.sign_in("chefin").get("/").text
    assert "The ledger cannot be read" in shown
    assert "cake" in shown


def test_an_inbox_that_cannot_be_read_is_a_question_mark(house: House, client: Client) -> None:
    """The number is no zero, and the reason stands in its part."""
    house.inbox_place.file.write_bytes(b"no database at all, but long enough to be looked at")
    for ending in ("-wal", "-shm"):
        house.inbox_place.file.with_name(house.inbox_place.file.name + ending).unlink(missing_ok=True)
    found = parts(house, "mai")["answers"]
    assert found.unknown
    assert '<span class="stat-value">?</span>' in client.sign_in("mai").get("/").text


def test_everybody_sees_the_page_and_its_numbers_lead_somewhere(client: Client) -> None:
    """Each role gets 200; each number is a link."""
    for person in ("jule", "mai", "chefin", "ada"):
        client.cookies.clear()
        shown = client.sign_in(person).get("/")
        assert shown.status_code == 200
        assert shown.text.count('<a class="stat') == 5


def test_what_the_watcher_noted_stands_on_top(house: House, client: Client) -> None:
    """A crisis that the numbers propose is told where the day begins, with the way to the board."""
    client.sign_in("chefin")
    assert "propose to declare" not in client.get("/").text
    hear(house, "a splinter in it", 12, timedelta(minutes=2))
    with open_ledger(house.ledger_place, now=house.now()) as ledger:
        Watch(house.environ).look(house.workspace, ledger, house.now())
    shown = client.get("/").text
    assert "Recall, level 2" in shown
    assert '<a href="/crisis">Look at the crisis board</a>' in shown
