"""`leitstand measure` from a real server into the real store."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.collect.test_measuring import publish
from tests.servers.snac import Snac
from toolkit.cli import execute
from toolkit.ledger import ledger_path, open_ledger
from toolkit.metrics import open_store
from toolkit.settings import Account

TOML = """\
format = 1

[workspace]
id = "probe"

[accounts.mastodon]
network = "mastodon"
id = "@alice@{place}"
server = "{url}"

[accounts.silent]
network = "mastodon"
id = "@nobody@silent.invalid"

[accounts.feed]
network = "feed"
id = "feed"
"""


@pytest.fixture
def workspace(tmp_path: Path, snac: Snac, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "brand"
    root.mkdir()
    (root / "leitstand.toml").write_text(TOML.format(place=snac.host_port, url=snac.url))
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_TOKEN_MASTODON", snac.tokens["alice"])
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    return root


def measure(root: Path, *options: str) -> int:
    return execute(["measure", "-w", str(root), *options], {"LEITSTAND_LANG": "en"})


@pytest.mark.server
def test_counts_of_a_real_server_reach_the_store(
    workspace: Path, tmp_path: Path, snac: Snac, capsys: pytest.CaptureFixture[str]
) -> None:
    """A reply on the server is a comment in the metrics; an hour later it is asked again, at once it is not."""
    state = tmp_path / "state"
    status = snac.call("alice", "POST", "/api/v1/statuses", json={"status": "Gemessen"})
    assert isinstance(status, dict)
    account = Account("mastodon", "mastodon", f"@alice@{snac.host_port}", server=snac.url)
    now = datetime.now(UTC)
    with open_ledger(ledger_path(state), now=now - timedelta(days=2)) as ledger:
        publish(ledger, account, "01JDK3V7Q2M8X4T6R9A0B1C2D3", str(status["id"]), at=now)
    own = str(status["id"])
    snac.call("alice", "POST", "/api/v1/statuses", json={"status": "Antwort", "in_reply_to_id": own})
    moment = (now + timedelta(minutes=10)).isoformat()
    assert measure(workspace, "--account", "mastodon", "--now", moment, "--json", "--plan") == 0
    planned = json.loads(capsys.readouterr().out)
    assert planned["accounts"]["mastodon"] == {"posts": ["01JDK3V7Q2M8X4T6R9A0B1C2D3"], "account": True, "requests": 2}
    assert open_store(state).latest() == ()
    assert measure(workspace, "--account", "mastodon", "--now", moment, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    values = {(one["subject"], one["metric"]): one["value"] for one in said["observations"]}
    assert values["01JDK3V7Q2M8X4T6R9A0B1C2D3", "comments"] == 1
    assert values["01JDK3V7Q2M8X4T6R9A0B1C2D3", "likes"] == 0
    assert {metric for _subject, metric in values} == {"likes", "shares", "comments"}
    stored = {(value.metric, value.value) for value in open_store(state).latest(channels=["mastodon"])}
    assert stored == {(metric, value) for (_subject, metric), value in values.items()}
    assert measure(workspace, "--account", "mastodon", "--now", moment, "--json") == 0
    again = json.loads(capsys.readouterr().out)["observations"]
    assert [one for one in again if one["subject"] != "account"] == []
    later = (now + timedelta(hours=2)).isoformat()
    assert measure(workspace, "--account", "mastodon", "--now", later) == 0
    assert "mastodon: 1 post, 3 values" in capsys.readouterr().out


@pytest.mark.server
def test_an_account_that_cannot_be_asked_is_said_and_exits_1(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The account without a token fails with its remedy; the others are asked all the same."""
    assert measure(workspace, "--json") == 1
    said = json.loads(capsys.readouterr().out)
    assert set(said["failures"]) == {"silent"}
    assert "token" in said["failures"]["silent"]
    assert measure(workspace) == 1
    assert "! silent: " in capsys.readouterr().out


def test_nothing_to_measure_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A workspace that never published and has no counting account is fine."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    (tmp_path / "leitstand.toml").write_text('format = 1\n[workspace]\nid = "probe"\n')
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    assert measure(tmp_path) == 0
    assert "nothing is due" in capsys.readouterr().out
    assert measure(tmp_path, "--account", "nosuch") == 2
    assert not (tmp_path / "state").exists()


def test_figures_say_what_a_count_means(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For each account, from its network's own declaration; who counts nothing says what helps."""
    assert measure(workspace, "--figures") == 0
    said = capsys.readouterr().out
    assert "mastodon (Mastodon): posts: likes, comments, shares; account: followers" in said
    assert "access log" in said
    assert measure(workspace, "--figures", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["mastodon"]["posts"] == ["likes", "comments", "shares"]
    assert told["feed"]["posts"] == []


def test_a_plan_asks_nothing(workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not even for a token: the account without one is planned like the others, and nothing is written."""
    assert measure(workspace, "--plan") == 0
    said = capsys.readouterr().out
    assert "silent: 0 posts, 1 request" in said
    assert not (tmp_path / "state").exists()
