"""A hashtag on a real Mastodon server, from `content/feeds.yml` to the inbox and to the curve of the detector."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.test_inbox_server import until
from tests.community.mentions.splinters import RULES
from tests.servers.snac import Snac, run_snac
from toolkit.cli import execute

pytestmark = [pytest.mark.server]
TOML = """\
format = 1
[workspace]
id = "tags"
languages = ["de"]
[people.mai]
roles = ["community"]
[accounts.mastodon]
network = "mastodon"
id = "@alice"
server = "{url}"
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Snac]:
    with run_snac() as started:
        yield started


def test_a_hashtag_is_counted_and_what_a_rule_wants_is_kept(
    server: Snac, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three people's worth of posts: ours is nobody's mention, praise is counted, a danger stands in the inbox; each once."""
    tag = f"t{uuid.uuid4().hex[:10]}"
    begun = datetime.now(UTC) - timedelta(seconds=5)  # the server knows whole seconds only
    (tmp_path / "content").mkdir()
    (tmp_path / "guidelines").mkdir()
    (tmp_path / "leitstand.toml").write_text(TOML.format(url=server.url), encoding="utf-8")
    feeds = f"hashtags: [{{tag: {tag}, accounts: [mastodon]}}]\n"
    (tmp_path / "content/feeds.yml").write_text(feeds, encoding="utf-8")
    (tmp_path / "guidelines/dringlich.md").write_text(RULES, encoding="utf-8")
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_TOKEN_MASTODON", server.tokens["alice"])

    def run(minutes: int, *verb: str) -> dict[str, list[dict[str, object]]]:
        now = (begun + timedelta(minutes=minutes)).isoformat()
        execute([*verb, "--json", "-w", str(tmp_path), "--now", now], {"LEITSTAND_LANG": "en"})
        found: dict[str, list[dict[str, object]]] = json.loads(capsys.readouterr().out)
        return found

    def hashtag(minutes: int) -> tuple[object, ...]:
        (one,) = [one for one in run(minutes, "inbox", "fetch")["accounts"] if one["account"] == f"mastodon #{tag}"]
        return one["new"], one["counted"], one["failure"]

    assert hashtag(0) == (0, 0, "")
    path = f"/api/v1/timelines/tag/{tag}"
    for person, text in (("alice", "Wir rösten"), ("bob", "Wunderbar"), ("bob", "Da waren Splitter drin")):
        server.call(person, "POST", "/api/v1/statuses", json={"status": f"{text} #{tag}", "visibility": "public"})
    until(lambda: len(listed) == 3 if isinstance(listed := server.call("alice", "GET", path), list) else False)
    assert hashtag(6) == (1, 1, "")
    assert hashtag(12) == (0, 0, "")
    (mention,) = run(13, "inbox", "list")["conversations"]
    assert (mention["kind"], mention["account"], mention["last"]) == (
        "mention",
        "mastodon",
        f"Da waren Splitter drin #{tag}",
    )
    live = run(13, "crisis", "detect", "--live")
    (source,) = [one for one in live["sources"] if one["name"] == f"mastodon #{tag}"]
    assert (source["young"], source["down"]) == (True, False)
    # Within 24 hours two were heard, one of them tells of a danger.
    assert [one["day"] for one in live["series"]] == [2, 0, 1]
