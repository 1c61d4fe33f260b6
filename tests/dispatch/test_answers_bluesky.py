"""The whole way of a reply on a real Bluesky network: bob comments, we hear, answer; once, also after a kill."""

from __future__ import annotations

import io
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.dispatch.dying import tick_and_die
from tests.networks.bluesky.ours import Ours, sent, until
from tests.servers.bluesky import Bluesky
from toolkit.cli import execute
from toolkit.dispatch import publish_due
from toolkit.ledger import Row, State, ledger_path, open_ledger
from toolkit.model import Outcome, SetClock

pytestmark = [pytest.mark.server, pytest.mark.storm, pytest.mark.xdist_group("bluesky")]

TOML = """\
format = 1

[workspace]
id = "probe"
timezone = "UTC"
languages = ["de"]

[people.mai]
name = "Mai"

[accounts.bluesky]
network = "bluesky"
id = "{did}"
server = "{url}"
"""


class House:
    """A workspace whose verbs are run as people run them."""

    def __init__(
        self, root: Path, bluesky: Bluesky, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.root, self.monkeypatch, self.capsys = root, monkeypatch, capsys
        alice = bluesky.people["alice"]
        self.environ = {"LEITSTAND_STATE_DIR": str(root / "state"), "LEITSTAND_TOKEN_BLUESKY": alice.app_password}
        for name, value in self.environ.items():
            monkeypatch.setenv(name, value)
        (root / "leitstand.toml").write_text(TOML.format(did=alice.did, url=bluesky.url))
        (root / "content").mkdir()
        # The first tick of a new account takes what is past as history.
        publish_due(root, clock=SetClock(datetime.now(UTC) - timedelta(days=1)), environ=self.environ)

    def run(self, *args: str, stdin: str = "") -> str:
        self.monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        execute([*args, "-w", str(self.root)], {"LEITSTAND_LANG": "en", **self.environ})
        return self.capsys.readouterr().out

    def hear(self, text: str) -> str:
        """The id of the conversation in which somebody says this."""

        def look() -> list[str]:
            self.run("inbox", "fetch")
            found = json.loads(self.run("inbox", "list", "--all", "--limit", "1000", "--json"))["conversations"]
            return [one["id"] for one in found if text in one["last"]]

        (name,) = until(look)
        return name

    def reply(self, conversation: str, text: str) -> dict[str, str]:
        told = self.run("inbox", "reply", conversation, "--by", "mai", "--text", "-", "--json", stdin=text)
        reply: dict[str, str] = json.loads(told)["reply"]
        assert reply["state"] == "approved"
        return reply

    def publish(self, *minutes: int) -> None:
        """Ticks at so many minutes from now."""
        for one in minutes:
            clock = SetClock(datetime.now(UTC) + timedelta(minutes=one))
            publish_due(self.root, clock=clock, environ=self.environ)

    def row(self, uid: str) -> Row:
        with open_ledger(ledger_path(self.root / "state"), now=datetime.now(UTC), read_only=True) as ledger:
            (row,) = ledger.rows(uid=uid)
        return row


@pytest.fixture
def house(
    tmp_path: Path, bluesky: Bluesky, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> House:
    return House(tmp_path, bluesky, monkeypatch, capsys)


@pytest.mark.parametrize("point", ["", "C2", "C4"])
def test_a_mention_is_answered_once_in_its_thread(house: House, bluesky: Bluesky, point: str) -> None:
    """Fetched, answered, published, killed or not: one answer below bob's words, and it is his turn."""
    bob, name = Ours(bluesky, "bob"), point or "eins"
    mention = sent(bob.line(), bob.post(f"Wo bleibt Kaffee Nummer {name}, @alice.test?"))
    conversation = house.hear(f"Nummer {name},")
    told = house.reply(conversation, f"Kaffee {name} kommt morgen.")
    assert told["answers"] == mention
    if point:
        tick_and_die(house.root, datetime.now(UTC), house.environ, (point, 1))
    house.publish(6, 9, 12)
    row, ours = house.row(told["id"]), Ours(bluesky)
    assert (row.state, row.reason) == (State.CONFIRMED, "")
    assert ours.stored(row.remote_id)["value"]["reply"]["parent"]["uri"] == mention
    assert ours.saying(f"Kaffee {name} kommt morgen.") == 1
    shown = json.loads(house.run("inbox", "show", conversation, "--json"))
    assert (shown["stage"], [one["own"] for one in shown["entries"]]) == ("waiting", [False, True])


def test_what_they_took_back_is_not_answered(house: House, bluesky: Bluesky) -> None:
    """Bob deletes his mention before the publish: the network says so, the reply comes back with the reason, nothing is out."""
    bob = Ours(bluesky, "bob")
    mention = sent(bob.line(), bob.post("Vergesst es, @alice.test"))
    told = house.reply(house.hear("Vergesst es"), "Gern vergessen wir das")
    assert bob.line().delete(mention).outcome is Outcome.ACCEPTED
    until(lambda: bob.line().gone([mention]))
    house.publish(0)
    (reply,) = json.loads(house.run("inbox", "replies", "--json"))
    assert (reply["id"], reply["state"], house.row(told["id"]).state) == (told["id"], "stale", State.FAILED)
    assert reply["note"]
    assert Ours(bluesky).saying("Gern vergessen wir das") == 0
