"""Writing pauses: what stands in the file stays, what ends goes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from toolkit.community import Pause, add_pause, read_pauses, remove_pauses
from toolkit.errors import LeitstandError
from toolkit.source import FolderTree

RECALL = Pause("all", "", "Rückruf: Charge 2211", "leitung", allow=("crisis",))
UNTIL = Pause("channel", "mastodon", "Umbau", until=datetime(2026, 12, 2, 7, tzinfo=UTC))
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "leitstand.toml").write_text('format = 1\n[workspace]\nid = "x"\n', "utf-8")
    (tmp_path / "content").mkdir()
    return tmp_path


def text(folder: Path) -> str:
    return (folder / "content/pause.yml").read_bytes().decode()


def test_the_first_pause_makes_the_file(folder: Path) -> None:
    """A new file says what it is for, and reads back as the pauses that were written."""
    add_pause(folder, RECALL)
    add_pause(folder, UNTIL, BERLIN)
    written = text(folder)
    assert written.startswith("# Pauses;")
    assert "  until: 2026-12-02T08:00+01:00\n" in written
    assert read_pauses(FolderTree(folder)).entries == (RECALL, UNTIL)


STYLES = {
    "block": "# ours\n- scope: post:A   # the first\n  reason: r\n# the end\n",
    "flow entries": "- {scope: 'post:A', reason: r}  # the first\n",
    "flow list": "[{scope: 'post:A', reason: r}]\n",
    "comments only": "# ours\n",
    "windows": "# ours\r\n- scope: post:A\r\n  reason: r\r\n",
    "no newline at the end": "- scope: post:A\n  reason: r",
    "an empty list": "# ours\n[]\n",
}


@pytest.mark.parametrize("name", STYLES)
def test_pause_and_resume_leave_the_rest_alone(name: str, folder: Path) -> None:
    """Adding two pauses and ending them gives back the file as it was, but for a newline at its end."""
    before = STYLES[name]
    (folder / "content/pause.yml").write_bytes(before.encode())
    kept = read_pauses(FolderTree(folder)).entries
    add_pause(folder, RECALL)
    add_pause(folder, UNTIL, BERLIN)
    assert read_pauses(FolderTree(folder)).entries == (*kept, RECALL, UNTIL)
    assert remove_pauses(folder, "all") == (RECALL,)
    assert remove_pauses(folder, "channel:mastodon") == (UNTIL,)
    assert text(folder).rstrip() == before.rstrip()


@pytest.mark.parametrize("name", ["block", "flow entries", "flow list", "windows"])
def test_ending_the_last_pause(name: str, folder: Path) -> None:
    """A file whose last pause ended stops nothing and can take the next one."""
    (folder / "content/pause.yml").write_bytes(STYLES[name].encode())
    assert len(remove_pauses(folder, "post:A")) == 1
    assert read_pauses(FolderTree(folder)).entries == ()
    assert read_pauses(FolderTree(folder)).problems == ()
    add_pause(folder, RECALL)
    assert read_pauses(FolderTree(folder)).entries == (RECALL,)


def test_equal_scopes_end_together(folder: Path) -> None:
    """`resume` of a scope ends every pause that has it, in every style."""
    for style in (
        "- {scope: all, reason: a}\n- scope: all\n  reason: b\n",
        "[{scope: all, reason: a}, {scope: all, reason: b}]\n",
    ):
        (folder / "content/pause.yml").write_text(style, encoding="utf-8")
        assert [pause.reason for pause in remove_pauses(folder, "all")] == ["a", "b"]
        assert read_pauses(FolderTree(folder)).entries == ()


def test_a_broken_file_is_left_alone(folder: Path) -> None:
    """Nothing is written into a file that cannot be read, and the place of the mistake is named."""
    (folder / "content/pause.yml").write_text("- scope: [\n", encoding="utf-8")
    for turn in (lambda: add_pause(folder, RECALL), lambda: remove_pauses(folder, "all")):
        with pytest.raises(LeitstandError, match=r"content/pause.yml:\d+:\d+: "):
            turn()
    assert text(folder) == "- scope: [\n"
