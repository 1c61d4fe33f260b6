"""The whole way of a reply over a running desk and a real server (snac2): a comment, triage, a reply, a manager's yes, the thread."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.desk.inbox.hand import Hand
from tests.desk.serving_desk import Served, served
from tests.dispatch.dying import tick_and_die
from tests.dispatch.test_answers_snac import House, answers_of, die_once_it_is_out, hear_bob, house, say, snac, until
from tests.networks.connections.test_mastodon_server import get
from tests.servers.snac import Snac
from toolkit.desk.house import House as Rooms
from toolkit.dispatch import publish_due
from toolkit.ledger import State, ledger_path, open_ledger
from toolkit.model import SetClock, SystemClock

__all__ = ["house", "snac"]  # the same server, the same workspace
pytestmark = [pytest.mark.server, pytest.mark.storm]
ANSWER = "Das tut uns leid. Bitte nicht trinken!"


@pytest.fixture
def desk(house: House) -> Iterator[Served]:
    with served(Rooms(house.root, SystemClock(), house.environ)) as found:
        yield found


def answer(desk: Served, conversation: str, text: str) -> str:
    """Mai finds the conversation in her list, opens it, writes, hands it in; the page's words."""
    with Hand(desk, "mai") as mai:
        assert f"/inbox/{conversation}" in mai.line.get("/inbox").text
        status, told = mai.press(f"/inbox/{conversation}", "/reply", button=("do", "submit"), text=text)
        assert status == 200, told
        return told


def allow(desk: Served) -> None:
    """Tarek reads what waits, and says yes."""
    with Hand(desk, "tarek") as tarek:
        status, told = tarek.press("/replies", "/approve")
        assert (status, "approved" in told) == (200, True), told


def test_a_dangerous_comment_is_answered_over_the_desk(house: House, snac: Snac, desk: Served) -> None:
    """Bob comments, Mai answers at the desk, nothing goes out before Tarek's yes there; then bob has it in his thread, once."""
    comment, conversation = hear_bob(house, snac)
    told = answer(desk, conversation, ANSWER)
    assert "waits for approval" in told
    assert "risk class 2" in told
    with Hand(desk, "mai") as mai:
        assert "Wer kommt zum Tasting?" in mai.read(f"/inbox/{conversation}")
        assert "somebody else than" in mai.read("/replies")
    house.run("publish")
    assert answers_of(snac, "Das tut uns leid") == []
    allow(desk)
    for _again in range(2):
        assert house.run("publish")[0] == 0
    (out,) = until(lambda: answers_of(snac, "Das tut uns leid"))
    assert out["in_reply_to_id"] == comment
    for _again in range(2):
        house.run("inbox", "fetch")
    shown = json.loads(house.run("inbox", "show", conversation, "--json")[1])
    assert (shown["stage"], [one["own"] for one in shown["entries"]]) == ("waiting", [False, True])
    with Hand(desk, "mai") as mai:
        status, _told = mai.press(f"/inbox/{conversation}", "/stage", button=("to", "done"))
        assert (status, "No reply waits" in mai.read("/replies")) == (200, True)
    assert json.loads(house.run("inbox", "show", conversation, "--json")[1])["stage"] == "done"


@pytest.mark.parametrize("point", ["C2", "C3", "C4"])
def test_a_kill_in_the_middle_answers_once(house: House, snac: Snac, desk: Served, point: str) -> None:
    """The publisher dies after the intent, with the server having it, or after its answer: one reply, in the thread."""
    mention = say(snac, f"@alice war da ein Splitter bei {point}?")
    conversation = house.hear(f"Splitter bei {point}?")
    words = f"Das prüfen wir bei {point}"
    answer(desk, conversation, words)
    allow(desk)
    now = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1)
    if point == "C3":
        die_once_it_is_out(house, now)
    else:
        tick_and_die(house.root, now, house.environ, (point, 1))
    for minutes in (6, 9, 12):
        publish_due(house.root, clock=SetClock(now + timedelta(minutes=minutes)), environ=house.environ)
    (reply,) = json.loads(house.run("inbox", "show", conversation, "--json")[1])["replies"]
    with open_ledger(ledger_path(house.root / "state"), now=now, read_only=True) as ledger:
        (row,) = ledger.rows(uid=reply["id"])
    assert (row.state, row.reason, reply["state"]) == (State.CONFIRMED, "", "sent")
    assert get(snac, row.remote_id)["in_reply_to_id"] == mention
    until(lambda: answers_of(snac, words))
    assert len(answers_of(snac, words)) == 1
    with Hand(desk, "tarek") as tarek:
        assert "No reply waits" in tarek.read("/replies")
