"""The whole way of a reply over a running desk and a real Bluesky network: a mention, a reply, a manager's yes, the thread."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.desk.serving_desk import Served, served
from tests.desk.test_roundtrip_mastodon import allow, answer
from tests.dispatch.dying import tick_and_die
from tests.dispatch.test_answers_bluesky import TOML, House
from tests.dispatch.test_answers_snac import RISK
from tests.networks.bluesky.ours import Ours, sent
from tests.servers.bluesky import Bluesky
from toolkit.desk.house import House as Rooms
from toolkit.ledger import State
from toolkit.model import SystemClock

pytestmark = [pytest.mark.server, pytest.mark.storm, pytest.mark.xdist_group("bluesky")]
TEAM = '\n[people.tarek]\nname = "Tarek"\nroles = ["manager"]\n'


@pytest.fixture
def house(
    tmp_path: Path, bluesky: Bluesky, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> House:
    """The workspace of the answers' tests, with a danger in its handbook and somebody who may say yes."""
    made = House(tmp_path, bluesky, monkeypatch, capsys)
    alice = bluesky.people["alice"]
    settings = TOML.format(did=alice.did, url=bluesky.url).replace(
        'name = "Mai"', 'name = "Mai"\nroles = ["community"]'
    )
    (tmp_path / "leitstand.toml").write_text(settings + TEAM)
    (tmp_path / "guidelines").mkdir()
    (tmp_path / "guidelines" / "risk.md").write_text(RISK)
    return made


@pytest.fixture
def desk(house: House) -> Iterator[Served]:
    with served(Rooms(house.root, SystemClock(), house.environ)) as found:
        yield found


@pytest.mark.parametrize("point", ["", "C2", "C4"])
def test_a_mention_is_answered_over_the_desk(house: House, bluesky: Bluesky, desk: Served, point: str) -> None:
    """Bob asks, Mai answers at the desk, Tarek says yes there; killed or not, one answer stands below bob's words."""
    bob, name = Ours(bluesky, "bob"), point or "eins"
    mention = sent(bob.line(), bob.post(f"Ein Splitter in der Dose {name}, @alice.test!"))
    conversation = house.hear(f"Dose {name},")
    words = f"Wir tauschen Dose {name} sofort um."
    assert "waits for approval" in answer(desk, conversation, words)
    house.publish(0)
    assert Ours(bluesky).saying(words) == 0
    allow(desk)
    if point:
        tick_and_die(house.root, datetime.now(UTC), house.environ, (point, 1))
    house.publish(6, 9, 12)
    (reply,) = json.loads(house.run("inbox", "show", conversation, "--json"))["replies"]
    row, ours = house.row(reply["id"]), Ours(bluesky)
    assert (row.state, row.reason, reply["state"]) == (State.CONFIRMED, "", "sent")
    assert ours.stored(row.remote_id)["value"]["reply"]["parent"]["uri"] == mention
    assert ours.saying(words) == 1
