"""The inbox's pages as browsers get them: every one is made, for everybody who may read."""

from __future__ import annotations

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
