"""The whole way of a reply on a real server (snac2): bob comments, we hear, check, approve, answer; and a SIGKILL in between."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from tests.dispatch.dying import tick_and_die
from tests.networks.connections.makers import make_intent
from tests.networks.connections.test_mastodon_server import account_of, get, open_line
from tests.servers.snac import Snac, run_snac
from toolkit.cli import execute
from toolkit.dispatch import publish_due
from toolkit.ledger import State, ledger_path, open_ledger
from toolkit.model import Outcome, SetClock

pytestmark = [pytest.mark.server, pytest.mark.storm]
T = TypeVar("T")

TOML = """\
format = 1

[workspace]
id = "probe"
timezone = "UTC"
languages = ["de"]

[people.mai]
name = "Mai"
roles = ["community"]

[people.tarek]
name = "Tarek"
roles = ["manager"]

[accounts.mastodon]
network = "mastodon"
id = "@alice@{place}"
server = "{url}"
"""
POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
title: Tasting
author: mai
status: ready
publish: {publish}
channels: [mastodon]
---
Wer kommt zum Tasting?
"""
RISK = """\
# Gefahr

```risk
risk: Scherben
level: 2
words: [Splitter]
owner: tarek
instead: Rückruf
good: ["Da war ein Splitter drin"]
bad: ["Da war Kaffee drin"]
```
"""


@pytest.fixture(scope="module")
def snac() -> Iterator[Snac]:
    """A server on which bob follows alice: only then her posts reach him."""
    with run_snac() as server:
        server.follow("bob", "alice")
        yield server


class House:
    """A workspace whose verbs are run as people run them."""

    def __init__(
        self, root: Path, snac: Snac, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.root, self.snac, self.monkeypatch, self.capsys = root, snac, monkeypatch, capsys
        self.environ = {"LEITSTAND_STATE_DIR": str(root / "state"), "LEITSTAND_TOKEN_MASTODON": snac.tokens["alice"]}
        for name, value in self.environ.items():
            monkeypatch.setenv(name, value)
        (root / "guidelines").mkdir(parents=True)
        (root / "content" / "posts").mkdir(parents=True)
        (root / "leitstand.toml").write_text(TOML.format(place=snac.host_port, url=snac.url))
        (root / "guidelines" / "risk.md").write_text(RISK)
        # The first tick of a new account takes what is past as history.
        publish_due(root, clock=SetClock(datetime.now(UTC) - timedelta(days=1)), environ=self.environ)

    def run(self, *args: str, stdin: str = "") -> tuple[int, str]:
        self.monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        code = execute([*args, "-w", str(self.root)], {"LEITSTAND_LANG": "en", **self.environ})
        out = self.capsys.readouterr()
        return code, out.out + out.err

    def hear(self, text: str) -> str:
        """The id of the conversation in which somebody says this."""

        def look() -> list[str]:
            code, out = self.run("inbox", "fetch")
            assert code == 0, out
            found = json.loads(self.run("inbox", "list", "--all", "--limit", "1000", "--json")[1])["conversations"]
            return [one["id"] for one in found if text in one["last"]]

        found = until(look)
        assert found, (self.run("inbox", "fetch"), self.run("inbox", "list", "--all", "--json"))
        (name,) = found
        return name

    def reply(self, conversation: str, text: str) -> dict[str, object]:
        code, out = self.run("inbox", "reply", conversation, "--by", "mai", "--text", "-", "--json", stdin=text)
        assert code == 0, out
        told: dict[str, object] = json.loads(out)["reply"]
        return told


def until(look: Callable[[], T], seconds: float = 150) -> T:
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found or time.monotonic() > end:
            return found
        time.sleep(0.3)


@pytest.fixture
def house(tmp_path: Path, snac: Snac, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> House:
    return House(tmp_path, snac, monkeypatch, capsys)


def say(snac: Snac, text: str, previous: str = "") -> str:
    """What bob writes; its id."""
    sent = open_line(snac, "bob").send(make_intent(account_of(snac, "bob"), text, key=f"bob:{text}", previous=previous))
    assert sent.outcome is Outcome.ACCEPTED
    return sent.remote_id


def answers_of(snac: Snac, text: str) -> list[dict[str, object]]:
    """Alice's statuses with this text, as bob is told of them."""
    told = snac.call("bob", "GET", "/api/v1/notifications")
    assert isinstance(told, list)
    return [one["status"] for one in told if one["type"] == "mention" and text in one["status"]["content"]]


DYING = """\
import os, signal, sys
from datetime import datetime
from pathlib import Path
import toolkit.networks.mastodon.api as api
from toolkit.dispatch import publish_due
from toolkit.model import SetClock

inner = api.Web.request

def request(self, method, url, **more):
    reply = inner(self, method, url, **more)
    if method == "POST" and url.endswith("/api/v1/statuses"):
        os.kill(os.getpid(), signal.SIGKILL)
    return reply

api.Web.request = request
publish_due(Path(sys.argv[1]), clock=SetClock(datetime.fromisoformat(sys.argv[2])), environ=os.environ)
"""


def die_once_it_is_out(house: House, now: datetime) -> None:
    """A tick that is killed when the server has the answer and nobody here knows."""
    command = [sys.executable, "-c", DYING, str(house.root), now.isoformat()]
    environ = {**os.environ, **house.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    child = subprocess.run(command, env=environ, capture_output=True, check=False, timeout=120)
    assert child.returncode == -signal.SIGKILL, child.stderr.decode()


def hear_bob(house: House, snac: Snac) -> tuple[str, str]:
    """Our post is out, bob has found a splinter and says so below it: the comment's id, and the conversation's."""
    publish = datetime.now(UTC) - timedelta(minutes=2)
    (house.root / "content" / "posts" / "tasting.md").write_text(POST.format(publish=f"{publish:%Y-%m-%d %H:%M}"))
    assert house.run("publish")[0] == 0
    with open_ledger(ledger_path(house.root / "state"), now=publish, read_only=True) as ledger:
        (post,) = ledger.rows()
    comment = say(snac, "In der Tüte war ein Splitter", previous=post.remote_id)
    conversation = house.hear("ein Splitter")
    return comment, conversation


def test_a_comment_is_answered_in_its_thread(house: House, snac: Snac) -> None:
    """Post, comment with a danger, fetch, reply, a manager's yes, publish: bob has the answer below his comment, once."""
    comment, conversation = hear_bob(house, snac)
    told = house.reply(conversation, "Das tut uns leid. Bitte nicht trinken!")
    assert (told["state"], told["answers"]) == ("review", comment)
    assert house.run("publish")[0] == 0
    assert answers_of(snac, "Das tut uns leid") == []
    assert house.run("inbox", "approve", str(told["id"]), "--by", "tarek")[0] == 0
    for _again in range(2):
        assert house.run("publish")[0] == 0
    (answer,) = until(lambda: answers_of(snac, "Das tut uns leid"))
    assert answer["in_reply_to_id"] == comment
    for _again in range(2):
        house.run("inbox", "fetch")
    shown = json.loads(house.run("inbox", "show", conversation, "--json")[1])
    assert [one["own"] for one in shown["entries"]] == [False, True]
    assert shown["stage"] == "waiting"
    assert house.run("inbox", "replies", "--json") == (0, "[]\n")


@pytest.mark.parametrize("point", ["C2", "C3", "C4"])
def test_a_kill_at_any_point_answers_once(house: House, snac: Snac, point: str) -> None:
    """Killed after the intent, when the server has it, or after its answer: bob gets one answer."""
    mention = say(snac, f"@alice lebst du bei {point}?")
    told = house.reply(house.hear(f"bei {point}?"), f"Ja, bei {point} auch")
    now = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1)
    if point == "C3":
        die_once_it_is_out(house, now)
    else:
        tick_and_die(house.root, now, house.environ, (point, 1))
    for minutes in (6, 9, 12):
        publish_due(house.root, clock=SetClock(now + timedelta(minutes=minutes)), environ=house.environ)
    with open_ledger(ledger_path(house.root / "state"), now=now, read_only=True) as ledger:
        (row,) = ledger.rows(uid=str(told["id"]))
    assert (row.state, row.reason) == (State.CONFIRMED, "")
    assert get(snac, row.remote_id)["in_reply_to_id"] == mention
    until(lambda: answers_of(snac, f"bei {point} auch"))
    assert len(answers_of(snac, f"bei {point} auch")) == 1
