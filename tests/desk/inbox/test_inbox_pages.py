"""The inbox's pages as browsers get them: every one is made, for everybody who may read."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.desk.client import Client, open_desk
from tests.desk.inbox.house_of import NOW, seen
from toolkit.community.inbox.schema import INBOX
from toolkit.database.opening import open_to_write
from toolkit.desk.house import House


@pytest.mark.parametrize("person", ["mai", "tarek", "ada"])
def test_every_page_is_made(client: Client, house: House, person: str) -> None:
    """List, conversation, replies; presses only for who may press them."""
    client.sign_in(person)
    one = seen(house, "s1").id
    for path in ("/inbox", "/inbox?stage=all&q=kaffee", "/inbox/news", f"/inbox/{one}", "/replies"):
        answer = client.get(path)
        assert answer.status_code == 200, answer.text
    page = client.get(f"/inbox/{one}").text
    assert (f"/inbox/{one}/reply" in page) is (person != "ada")
    assert (f"/inbox/{one}/forget" in page) is (person == "tarek")


def test_an_inbox_of_before_is_brought_up_to_date_by_who_looks(house: House) -> None:
    """After an upgrade the first page comes, though nobody has written since."""
    for one in house.state.glob("inbox.sqlite*"):
        one.unlink()
    open_to_write(house.inbox_place, replace(INBOX, migrations={1: INBOX.migrations[1]}), NOW).close()
    client = open_desk(House(house.root, house.clock, house.environ)).sign_in("mai")
    assert client.get("/inbox").status_code == 200


def test_an_account_is_called_by_its_title(client: Client, house: House) -> None:
    """Conversation, list and filter say what the account is called; addresses keep its name."""
    toml = house.root / "leitstand.toml"
    named = toml.read_text("utf-8").replace(
        "[accounts.mastodon]", '[accounts.mastodon]\ntitle = "Kaffee im Fediversum"'
    )
    toml.write_text(named, "utf-8")
    house.forget()
    client.sign_in("mai")
    page = client.get(f"/inbox/{seen(house, 'c1').id}").text
    assert " · Kaffee im Fediversum · " in page
    assert " · mastodon · " not in page
    listed = client.get("/inbox").text
    assert re.search(r'href="/inbox\?channel=mastodon">Kaffee im Fediversum', listed)


def test_who_has_a_conversation_is_said_on_the_press(client: Client, house: House) -> None:
    """Beside the name stands that it is assigned; nobody's offers to assign it."""
    client.sign_in("mai")
    one = seen(house, "c1")
    assert "<span>Assign</span>" in client.get(f"/inbox/{one.id}").text
    client.post(f"/inbox/{one.id}/assign", {"version": one.version, "who": "jo"})
    assert "<span>Assigned to Jo Community</span>" in client.get(f"/inbox/{one.id}").text
