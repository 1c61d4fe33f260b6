"""A tick asks the ledger what was said at the desk, each time right before it sends."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.probe import PROBE
from toolkit.approval import content_hash
from toolkit.dispatch import publish_due
from toolkit.ledger import ApprovalRow, State, add_approval, ledger_path, open_ledger
from toolkit.model import SetClock
from toolkit.workspace import load_workspace

UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
START = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
DUE = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
TOML = f"""\
{PROBE}
[people.maria]
roles = ["manager"]

[policy]
approvals = 1
"""
POST = f"""\
---
uid: {UID}
title: Tür 1
author: anna
status: ready
publish: 2026-12-01 07:30
channels: [news]
language: de
---
Tür 1 ist auf.
"""


def make(folder: Path) -> Path:
    (folder / "content/posts").mkdir(parents=True)
    (folder / "leitstand.toml").write_text(TOML, encoding="utf-8")
    (folder / "content/posts/tuer.md").write_text(POST, encoding="utf-8")
    return folder


def tick(root: Path, moment: datetime) -> State:
    publish_due(root, clock=SetClock(moment), environ={"LEITSTAND_STATE_DIR": str(root / "state")})
    with open_ledger(ledger_path(root / "state"), now=moment, read_only=True) as ledger:
        (row,) = ledger.rows(uid=UID)
    return row.state


def say(root: Path, *, granted: bool, note: str = "") -> None:
    workspace = load_workspace(root)
    digest = content_hash(workspace.posts[0], workspace)
    with open_ledger(ledger_path(root / "state"), now=START) as ledger:
        add_approval(ledger, ApprovalRow(UID, "maria", START, digest, granted=granted, note=note))


def test_approved_at_the_desk_it_is_sent(tmp_path: Path) -> None:
    """What no file says counts: the tick after the yes sends, the one before does not."""
    root = make(tmp_path)
    tick(root, START)
    assert tick(root, DUE) is State.PLANNED
    say(root, granted=True)
    assert tick(root, DUE) is State.CONFIRMED


def test_sent_back_it_stays(tmp_path: Path) -> None:
    """A no after the yes keeps it; the row says whose and why."""
    root = make(tmp_path)
    tick(root, START)
    say(root, granted=True)
    say(root, granted=False, note="Das Datum stimmt nicht")
    assert tick(root, DUE) is State.PLANNED
    with open_ledger(ledger_path(root / "state"), now=DUE, read_only=True) as ledger:
        assert ledger.rows(uid=UID)[0].reason == "maria sent it back: Das Datum stimmt nicht"


def test_changed_after_the_yes_it_waits(tmp_path: Path) -> None:
    """The yes is for the content that was seen: a changed file is not sent."""
    root = make(tmp_path)
    tick(root, START)
    say(root, granted=True)
    (root / "content/posts/tuer.md").write_text(POST.replace("ist auf", "ist zu"), encoding="utf-8")
    assert tick(root, DUE) is State.PLANNED
