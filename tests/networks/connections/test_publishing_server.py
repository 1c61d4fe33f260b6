"""The whole way on a real server: post file, ledger, dispatcher, Mastodon line, feed; and a SIGKILL in between."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest

from tests.dispatch.dying import tick_and_die
from tests.networks.connections.makers import make_picture
from tests.networks.connections.test_mastodon_server import statuses
from tests.servers.snac import Snac, run_snac
from toolkit.dispatch import publish_due
from toolkit.ledger import State, ledger_path, open_ledger
from toolkit.model import SetClock

pytestmark = [pytest.mark.server, pytest.mark.storm]

UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
TOML = """\
format = 1

[workspace]
id = "probe"
timezone = "UTC"

[people.redaktion]
roles = ["editor"]

[accounts.mastodon]
network = "mastodon"
id = "@alice@{place}"
server = "{url}"

[accounts.news]
network = "feed"
id = "news"
server = "https://example.com/feeds"
"""
POST = """\
---
uid: {uid}
title: Tür {number}
author: redaktion
status: ready
publish: {publish}
channels: [mastodon, news]
language: de
media:
  - file: media/tuer.png
    alt: Eine Hand öffnet die Tür
---
Tür {number} ist **auf**: [Zum Shop](https://example.com/{number})

---

Und {number} zum Zweiten.
"""


@pytest.fixture(scope="module")
def snac() -> Iterator[Snac]:
    """A server of its own: snac lists without pages, so that a busy account's past can never be proven."""
    with run_snac() as server:
        yield server


def make_workspace(root: Path, snac: Snac, number: int, publish: datetime) -> None:
    (root / "content" / "media").mkdir(parents=True)
    (root / "content" / "posts").mkdir()
    (root / "leitstand.toml").write_text(TOML.format(place=snac.host_port, url=snac.url))
    (root / "content" / "media" / "tuer.png").write_bytes(make_picture())
    text = POST.format(uid=UID, number=number, publish=f"{publish:%Y-%m-%d %H:%M}")
    (root / "content" / "posts" / "tuer.md").write_text(text)


def environment(root: Path, snac: Snac) -> dict[str, str]:
    return {"LEITSTAND_STATE_DIR": str(root / "state"), "LEITSTAND_TOKEN_MASTODON": snac.tokens["alice"]}


# After the claim, after the intent, after the answer, after the record; of the first part, the second, the feed entry.
KILLS = [("C1", 1), ("C2", 1), ("C2", 2), ("C4", 1), ("C4", 2), ("C4", 3), ("C5", 1)]


@pytest.mark.parametrize(("point", "time"), KILLS)
def test_a_kill_at_any_point_of_a_tick_publishes_each_part_once(
    tmp_path: Path, snac: Snac, point: str, time: int
) -> None:
    """Killed after the claim, the intent, the answer or the record: later ticks bring thread and entry out, once."""
    now, number = datetime.now(UTC).replace(microsecond=0), KILLS.index((point, time)) + 1
    make_workspace(tmp_path, snac, number, now - timedelta(minutes=2))
    environ = environment(tmp_path, snac)
    # The first tick of a new account takes what is past as history; it happened before the post was due.
    publish_due(tmp_path, clock=SetClock(now - timedelta(days=1)), environ=environ)
    tick_and_die(tmp_path, now, environ, (point, time))
    for minutes in (6, 9, 12):
        publish_due(tmp_path, clock=SetClock(now + timedelta(minutes=minutes)), environ=environ)
    with open_ledger(ledger_path(tmp_path / "state"), now=now, read_only=True) as ledger:
        rows = {(row.account, row.part): row for row in ledger.rows()}
    assert {key: row.state for key, row in rows.items()} == {
        ("mastodon", 0): State.CONFIRMED,
        ("mastodon", 1): State.CONFIRMED,
        ("news", 0): State.CONFIRMED,
    }, {key: row.reason for key, row in rows.items()}
    first = snac.call("alice", "GET", f"/api/v1/statuses/{rows['mastodon', 0].remote_id}")
    second = snac.call("alice", "GET", f"/api/v1/statuses/{rows['mastodon', 1].remote_id}")
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    assert [medium["description"] for medium in first["media_attachments"]] == ["Eine Hand öffnet die Tür"]
    assert second["in_reply_to_id"]
    assert statuses(snac, "alice", str(first["text"])) == 1
    assert statuses(snac, "alice", str(second["text"])) == 1
    feed = feedparser.parse((tmp_path / "state" / "feeds" / "news.atom").read_bytes())
    assert [entry.title for entry in feed.entries] == [f"Tür {number}"]
    assert len(json.loads((tmp_path / "state" / "feeds" / "news.json").read_text("utf-8"))["items"]) == 1
