"""The inbox's pages as browsers get them: every one is made, for everybody who may read."""

from __future__ import annotations

import pytest

from tests.desk.client import Client
from tests.desk.inbox.house_of import seen
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
