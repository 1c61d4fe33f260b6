"""A rule's weight changes where it stands: in its block, or in the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.errors import LeitstandError
from toolkit.learning.changes import write_changes
from toolkit.learning.levels import heavier, level_change, lighter, rule_page
from toolkit.model import Severity
from toolkit.settings import read_settings
from toolkit.source import FolderTree

PAGE = "guidelines/zeiten.md"
BLOCK = "# Zeiten\n\n```rule\nid: bald\nextends: existence\nmessage: Nein.\n{}tokens: [bald]\n```\n"
TOML = 'format = 1\n[workspace]\nid = "probe"\n'


def changed(root: Path, rule: str, severity: str) -> str:
    """The file after the change."""
    change = level_change(FolderTree(root), rule, severity)
    write_changes(root, [change])
    return (root / change.path).read_text()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with one page and settings."""
    (tmp_path / "guidelines").mkdir()
    (tmp_path / "leitstand.toml").write_text(TOML)
    return tmp_path


@pytest.mark.parametrize("level", ["level: warning\n", "level: error # weil\n", ""])
def test_a_house_s_rule_changes_in_its_block(root: Path, level: str) -> None:
    """The block's level is another one, in Vale's words; a remark behind it stays."""
    (root / PAGE).write_text(BLOCK.format(level))
    text = changed(root, "bald", "hint")
    assert rule_page(FolderTree(root), "bald") == PAGE
    assert text.count("level: suggestion") == 1
    assert ("# weil" in text) == ("# weil" in level)
    assert (
        text.replace("level: suggestion", "").split()
        == BLOCK.format(level).replace("level: warning", "").replace("level: error", "").split()
    )


@pytest.mark.parametrize(
    "table",
    [
        "",
        "[check.severity]\n",
        '[check.severity]\nemoji = "error"  # so\nlink = "off"\n',
        '[check.severity]\n"emoji" = "off"\n[check.emoji]\nmax = 2\n',
        "[check.emoji]\nmax = 2",
        '[ check . severity ] # hier\nlink = "off"\n',
    ],
)
def test_a_built_in_rule_changes_in_the_settings(root: Path, table: str) -> None:
    """Whatever the table looks like, the settings read the new weight, and every other one as before."""
    (root / "leitstand.toml").write_text(TOML + table)
    before, _problems = read_settings(TOML + table)
    text = changed(root, "emoji", "hint")
    after, problems = read_settings(text)
    assert before is not None
    assert after is not None
    assert problems == []
    assert after.severities == {**before.severities, "emoji": "hint"}
    assert ("# so" in text) == ("# so" in table)


def test_settings_in_another_form_are_left_to_people(root: Path) -> None:
    """A table in one line would become a second one: nothing is proposed, and the error says what to write."""
    text = TOML + '[check]\nseverity = {emoji = "off"}\n'
    (root / "leitstand.toml").write_text(text)
    with pytest.raises(LeitstandError, match='emoji = "hint"'):
        level_change(FolderTree(root), "emoji", "hint")


def test_the_steps_end() -> None:
    """Below a hint and above an error there is nothing."""
    assert (lighter(Severity.HINT), heavier(Severity.ERROR)) == (None, None)
    assert (lighter(Severity.ERROR), heavier(Severity.HINT)) == (Severity.WARNING, Severity.WARNING)
