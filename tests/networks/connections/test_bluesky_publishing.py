"""The whole way to a real Bluesky network: post file, ledger, dispatcher, line; and a SIGKILL in between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.dispatch.dying import tick_and_die
from tests.networks.bluesky.ours import Ours
from tests.networks.connections.makers import make_picture
from tests.servers.bluesky import Bluesky
from toolkit.dispatch import publish_due
from toolkit.ledger import State, ledger_path, open_ledger
from toolkit.model import SetClock

pytestmark = [pytest.mark.server, pytest.mark.storm, pytest.mark.xdist_group("bluesky")]

TOML = """\
format = 1

[workspace]
id = "probe-{number}"
timezone = "UTC"

[people.redaktion]
roles = ["editor"]

[accounts.bluesky]
network = "bluesky"
id = "{did}"
server = "{url}"
"""
POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D{number}
title: Tür {number}
author: redaktion
status: ready
publish: {publish}
channels: [bluesky]
language: de
media:
  - file: media/tuer.png
    alt: Eine Hand öffnet die Tür
---
Tür {number} ist **auf**: [Zum Shop](https://example.com/{number})

---

Und {number} zum Zweiten.
"""
# After the claim, the intent, the answer, the record; of the first part and of the second.
KILLS = [("C1", 1), ("C2", 1), ("C2", 2), ("C4", 1), ("C4", 2), ("C5", 1)]


def make_workspace(root: Path, bluesky: Bluesky, number: int, publish: datetime) -> None:
    (root / "content" / "media").mkdir(parents=True)
    (root / "content" / "posts").mkdir()
    did = bluesky.people["alice"].did
    (root / "leitstand.toml").write_text(TOML.format(number=number, did=did, url=bluesky.url))
    (root / "content" / "media" / "tuer.png").write_bytes(make_picture())
    text = POST.format(number=number, publish=f"{publish:%Y-%m-%d %H:%M}")
    (root / "content" / "posts" / "tuer.md").write_text(text)


def environment(root: Path, bluesky: Bluesky) -> dict[str, str]:
    password = bluesky.people["alice"].app_password
    return {"LEITSTAND_STATE_DIR": str(root / "state"), "LEITSTAND_TOKEN_BLUESKY": password}


@pytest.mark.parametrize(("point", "time"), KILLS)
def test_a_kill_at_any_point_of_a_tick_publishes_each_part_once(
    tmp_path: Path, bluesky: Bluesky, point: str, time: int
) -> None:
    """Killed after the claim, the intent, the answer or the record: later ticks bring the thread out, once."""
    now, number = datetime.now(UTC).replace(microsecond=0), KILLS.index((point, time)) + 1
    make_workspace(tmp_path, bluesky, number, now - timedelta(minutes=2))
    environ = environment(tmp_path, bluesky)
    # The first tick of a new account takes what is past as history; it happened before the post was due.
    publish_due(tmp_path, clock=SetClock(now - timedelta(days=1)), environ=environ)
    tick_and_die(tmp_path, now, environ, (point, time))
    for minutes in (6, 9, 12):
        publish_due(tmp_path, clock=SetClock(now + timedelta(minutes=minutes)), environ=environ)
    with open_ledger(ledger_path(tmp_path / "state"), now=now, read_only=True) as ledger:
        rows = {row.part: row for row in ledger.rows()}
    assert {part: row.state for part, row in rows.items()} == {0: State.CONFIRMED, 1: State.CONFIRMED}, rows
    ours = Ours(bluesky)
    first, second = (ours.stored(rows[part].remote_id)["value"] for part in (0, 1))
    assert [image["alt"] for image in first["embed"]["images"]] == ["Eine Hand öffnet die Tür"]
    assert second["reply"]["parent"]["uri"] == rows[0].remote_id
    assert (ours.saying(f"Tür {number} ist auf: Zum Shop"), ours.saying(f"Und {number} zum Zweiten.")) == (1, 1)
    assert rows[0].url == f"https://bsky.app/profile/alice.test/post/{rows[0].remote_id.rpartition('/')[2]}"
