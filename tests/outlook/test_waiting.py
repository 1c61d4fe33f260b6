"""Which posts wait for approvals, and whose."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.dispatch.test_approved_at_desk import POST, TOML
from tests.probe import write_files
from toolkit.outlook import Outlook
from toolkit.outlook.waiting import people_left, waiting_posts
from toolkit.workspace import load_workspace

START = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
MORE = """
[people.vertretung]
roles = ["manager"]
"""
AWAY = "[people.maria]\ndeputy = 'vertretung'\nabsences = [{from = 2026-11-30, to = 2026-12-02}]\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_files(tmp_path, {"leitstand.toml": TOML, "content/posts/tuer.md": POST})


def look(root: Path) -> Outlook:
    return Outlook(load_workspace(root), START)


def test_deputies_are_asked(root: Path) -> None:
    """While the approver is away the deputy is who can say yes."""
    (root / "leitstand.toml").write_text(TOML.replace("[people.maria]\n", AWAY) + MORE, encoding="utf-8")
    outlook = look(root)
    (waiting,) = waiting_posts(outlook)
    assert [person.key for person in people_left(waiting, outlook)] == ["vertretung"]


def test_drafts_and_past_posts_do_not_wait(root: Path) -> None:
    """Nobody is asked for what is not finished, nor for what the ledger never planned and whose time is over."""
    (root / "content/posts/tuer.md").write_text(POST.replace("ready", "draft"), encoding="utf-8")
    assert waiting_posts(look(root)) == []
    (root / "content/posts/tuer.md").write_text(POST.replace("2026-12-01", "2026-11-01"), encoding="utf-8")
    assert waiting_posts(look(root)) == []
