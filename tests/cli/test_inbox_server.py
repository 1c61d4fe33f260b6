"""`leitstand inbox` on real servers: what people write there stands in the inbox, once."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from tests.collect.test_measuring import publish
from tests.networks.connections.makers import make_intent
from tests.networks.connections.test_mastodon_server import account_of, open_line
from tests.servers.bluesky import Bluesky
from tests.servers.snac import Snac, run_snac
from toolkit.cli import execute
from toolkit.ledger import ledger_path, open_ledger
from toolkit.model import Outcome
from toolkit.settings import Account

pytestmark = [pytest.mark.server]
TOML = """\
format = 1

[workspace]
id = "probe"

[accounts.{network}]
network = "{network}"
id = "{id}"
server = "{url}"
"""
UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
POST = "app.bsky.feed.post"
T = TypeVar("T")
Verb = Callable[..., dict[str, object]]


def until(look: Callable[[], T], seconds: float = 150) -> T:
    """What `look` finds, once it finds something: servers deliver in their own time."""
    end = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < end:
        time.sleep(0.3)
    return found


@pytest.fixture
def brand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Verb]:
    """Makes a workspace with one account, and gives what runs ``inbox … --json`` in it."""

    def make(account: Account, token: str) -> Verb:
        root = tmp_path / "brand"
        root.mkdir()
        text = TOML.format(network=account.network, id=account.id, url=account.server)
        (root / "leitstand.toml").write_text(text)
        monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
        monkeypatch.setenv(f"LEITSTAND_TOKEN_{account.network.upper()}", token)

        def run(*args: str) -> dict[str, object]:
            code = execute(["inbox", *args, "--json", "-w", str(root)], {"LEITSTAND_LANG": "en"})
            said = capsys.readouterr()
            assert code == 0, said
            found = json.loads(said.out)
            assert isinstance(found, dict)
            return found

        return run

    return make


def published(state: Path, account: Account, remote_id: str) -> None:
    """The ledger knows a post that is out."""
    now = datetime.now(UTC)
    with open_ledger(ledger_path(state), now=now - timedelta(days=2)) as ledger:
        publish(ledger, account, UID, remote_id, at=now)


def told(verb: Verb) -> list[tuple[str, str, list[str]]]:
    """Every conversation: kind, stage, texts."""
    found = []
    listed = verb("list", "--all", "--limit", "1000")["conversations"]
    assert isinstance(listed, list)
    for one in listed:
        entries = verb("show", one["id"])["entries"]
        assert isinstance(entries, list)
        found.append((one["kind"], one["stage"], [entry["text"] for entry in entries]))
    return sorted(found)


@pytest.fixture(scope="module")
def server() -> Iterator[Snac]:
    """A server on which bob follows alice: only then her posts reach him."""
    with run_snac() as opened:
        opened.follow("bob", "alice")
        yield opened


def say(server: Snac, person: str, text: str, **more: object) -> str:
    """What somebody writes; its id at the server."""
    done = open_line(server, person).send(make_intent(account_of(server, person), text, **more))  # type: ignore[arg-type]  # as the caller has it
    assert done.outcome is Outcome.ACCEPTED
    return done.remote_id


def test_a_day_at_the_desk_with_a_real_mastodon_server(
    server: Snac, brand: Callable[..., Verb], tmp_path: Path
) -> None:
    """Two comments are two conversations; our answer in the app makes it their turn; forgotten is forgotten."""
    account = Account("mastodon", "mastodon", f"@alice@{server.host_port}", server=server.url)
    verb = brand(account, server.tokens["alice"])
    post = say(server, "alice", "Wer kommt zum Tasting?", key="post:1")
    published(tmp_path / "state", account, post)
    comment = say(server, "bob", "Ich komme!", key="c:1", previous=post)
    say(server, "bob", "Noch eine Frage?", key="c:2", previous=post)

    def both() -> bool:
        verb("fetch")
        return len(told(verb)) == 2

    assert until(both), told(verb)
    assert told(verb) == [("comment", "new", ["Ich komme!"]), ("comment", "new", ["Noch eine Frage?"])]
    listed = verb("list")["conversations"]
    assert isinstance(listed, list)
    one = listed[0]
    assert (one["uid"], one["author"], one["account"]) == (UID, f"@bob@{server.host_port}", "mastodon")
    say(server, "alice", "Schön!", key="own:1", previous=comment)

    def answered() -> bool:
        verb("fetch")
        return ("comment", "waiting", ["Ich komme!", "Schön!"]) in told(verb)

    assert until(answered)
    before = told(verb)
    heard = verb("fetch")["accounts"]
    assert isinstance(heard, list)
    assert [(entry["new"], entry["changed"], entry["failure"]) for entry in heard] == [(0, 0, "")]
    assert told(verb) == before
    assert verb("forget", f"bob@{server.host_port}")["messages"] == 2
    verb("fetch")
    assert not any(text for _kind, _stage, texts in told(verb) for text in texts)
    for file in (tmp_path / "state").rglob("*"):
        assert not file.is_file() or b"Ich komme" not in file.read_bytes(), file


@pytest.mark.xdist_group("bluesky")
def test_a_day_at_the_desk_with_a_real_bluesky_network(
    bluesky: Bluesky, brand: Callable[..., Verb], tmp_path: Path
) -> None:
    """A reply and what is said below it are one conversation, and heard once."""
    account = Account("bluesky", "bluesky", "@alice.test", server=bluesky.url)
    verb = brand(account, bluesky.people["alice"].app_password)
    now = datetime.now(UTC)
    post = bluesky.create("alice", POST, {"text": f"Tasting {now}", "createdAt": now.isoformat()})
    published(tmp_path / "state", account, str(post["uri"]))
    root = {"uri": post["uri"], "cid": post["cid"]}

    def reply(text: str, parent: dict[str, object]) -> dict[str, object]:
        place = {"root": root, "parent": {"uri": parent["uri"], "cid": parent["cid"]}}
        return bluesky.create("bob", POST, {"text": text, "createdAt": datetime.now(UTC).isoformat(), "reply": place})

    first = reply("Ich komme!", post)
    reply("Mit Hund.", first)

    def both() -> bool:
        verb("fetch")
        return ("comment", "new", ["Ich komme!", "Mit Hund."]) in told(verb)

    assert until(both), told(verb)
    verb("fetch")
    assert [one for one in told(verb) if "Mit Hund." in one[2]] == [("comment", "new", ["Ich komme!", "Mit Hund."])]
