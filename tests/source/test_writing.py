from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.errors import ChangedError
from toolkit.source import Edit, write_edits
from toolkit.source.writing import insert_key


def test_only_the_bytes_concerned(tmp_path: Path) -> None:
    """An edit in a file with byte order mark, CRLF and emoji leaves every other byte, and the file's mode."""
    file = tmp_path / "post.md"
    file.write_bytes("\ufeffä👍\r\nwelt\r\n".encode())
    file.chmod(0o640)
    write_edits(file, "ä👍\r\nwelt\r\n", [Edit(4, 5, "W")])
    assert file.read_bytes() == "\ufeffä👍\r\nWelt\r\n".encode()
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["post.md"]


def test_somebody_elses_change_wins(tmp_path: Path) -> None:
    """A file that is no longer what was read is left as it is."""
    file = tmp_path / "post.md"
    file.write_text("changed", encoding="utf-8")
    with pytest.raises(ChangedError, match="changed meanwhile; nothing was written"):
        write_edits(file, "read", [Edit(0, 1, "x")])
    assert file.read_text(encoding="utf-8") == "changed"


def test_a_file_that_is_gone_is_not_made_again(tmp_path: Path) -> None:
    """Writing back never creates a file."""
    with pytest.raises(FileNotFoundError):
        write_edits(tmp_path / "post.md", "read", [Edit(0, 1, "x")])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("text", "ending"), [("---\n", "\n"), ("---\r\n", "\r\n")])
def test_a_new_line_ends_like_the_others(text: str, ending: str) -> None:
    """A key that is put in takes the file's own line ending."""
    assert insert_key(text, len(text), "uid: X") == Edit(len(text), len(text), f"uid: X{ending}")
