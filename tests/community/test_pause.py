"""The pause file: what it stops, and that doubt stops everything."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.community import Pause, Pauses, parse_scope, pauses_of_rows, read_pauses
from toolkit.ledger import PauseRow
from toolkit.model import Post
from toolkit.settings import read_settings
from toolkit.source import FolderTree, read_post

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def post(**values: str) -> Post:
    lines = "".join(f"{key}: {value}\n" for key, value in values.items())
    settings, _problems = read_settings('format = 1\n[workspace]\nid = "x"\n')
    assert settings is not None
    found, _problems = read_post("content/posts/a.md", f"---\n{lines}---\nHallo\n".encode(), settings)
    assert found is not None
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "leitstand.toml").write_text('format = 1\n[workspace]\nid = "x"\ntimezone = "Europe/Berlin"\n', "utf-8")
    return tmp_path


def read(folder: Path, text: str) -> Pauses:
    (folder / "content/pause.yml").write_text(text, encoding="utf-8")
    return read_pauses(FolderTree(folder))


def test_without_a_file_nothing_is_paused(folder: Path) -> None:
    """No file, an empty one and one with comments only stop nothing."""
    for pauses in (
        read_pauses(FolderTree(folder)),
        read(folder, ""),
        read(folder, "# nothing now\n"),
        read(folder, "[]"),
    ):
        assert pauses == Pauses()
        assert pauses.blocking(post(uid="A"), "mastodon", NOW) is None


@pytest.mark.parametrize(
    ("scope", "stopped"),
    [
        ("all", True),
        ("channel:mastodon", True),
        ("channel:bluesky", False),
        ("campaign:advent", True),
        ("campaign:ostern", False),
        ("label:gewinnspiel", True),
        ("label:anders", False),
        ("post:A", True),
        ("post:B", False),
    ],
)
def test_scopes(scope: str, stopped: bool, folder: Path) -> None:
    """A pause stops what its scope names, and nothing else."""
    pauses = read(folder, f"- scope: {scope}\n  reason: Rückruf\n  owner: leitung\n")
    assert pauses.problems == ()
    found = pauses.blocking(post(uid="A", campaign="advent", labels="[gewinnspiel]"), "mastodon", NOW)
    assert (found is not None) is stopped
    if found is not None:
        assert (found.name, found.reason, found.owner) == (scope, "Rückruf", "leitung")


def test_holding_statements_may_go_out(folder: Path) -> None:
    """Labels and uids in `allow` pass the pause that names them, not other pauses."""
    pauses = read(folder, "- {scope: all, reason: r, allow: [crisis, B]}\n")
    assert pauses.blocking(post(uid="A", labels="[crisis]"), "mastodon", NOW) is None
    assert pauses.blocking(post(uid="B"), "mastodon", NOW) is None
    assert pauses.blocking(post(uid="C"), "mastodon", NOW) is not None
    two = read(folder, "- {scope: all, reason: r, allow: [crisis]}\n- {scope: 'channel:mastodon', reason: s}\n")
    found = two.blocking(post(uid="A", labels="[crisis]"), "mastodon", NOW)
    assert found is not None
    assert found.reason == "s"


def test_a_pause_ends_by_itself(folder: Path) -> None:
    """`until` is a moment: wall time of the workspace, or with an offset; from then on nothing is stopped."""
    for text in ("2026-12-02 08:00", "2026-12-02T08:00+01:00", "2026-12-02T07:00Z"):
        pauses = read(folder, f"- scope: all\n  reason: r\n  until: {text}\n")
        assert pauses.problems == ()
        assert pauses.blocking(post(uid="A"), "x", datetime(2026, 12, 2, 6, 59, tzinfo=UTC)) is not None
        assert pauses.blocking(post(uid="A"), "x", datetime(2026, 12, 2, 7, 0, tzinfo=UTC)) is None


BROKEN = {
    "no yaml": "- scope: [\n",
    "an unknown scope": "- scope: chanel:mastodon\n  reason: r\n",
    "no scope": "- reason: r\n",
    "a scope without a name": "- scope: channel\n  reason: r\n",
    "no reason": "- scope: channel:x\n",
    "a table instead of a list": "scope: channel:x\nreason: r\n",
    "a word": "paused\n",
    "an entry that is a word": "- all\n",
    "a typo in a key": "- scope: channel:x\n  reason: r\n  untill: 2026-12-02 08:00\n",
    "a day without a time": "- scope: channel:x\n  reason: r\n  until: 2026-12-02\n",
    "an alias": "- &a {scope: channel:x, reason: r}\n- *a\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_stops_everything(name: str, folder: Path) -> None:
    """Whatever cannot be read counts as paused for all, and the reason names the place."""
    pauses = read(folder, BROKEN[name])
    found = pauses.blocking(post(uid="A", labels="[crisis]"), "mastodon", NOW)
    assert found is not None
    assert found.scope == "all"
    assert "content/pause.yml:" in found.reason


@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_pause(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No content of the file raises: it holds pauses, or it stops everything."""
    folder = tmp_path_factory.getbasetemp() / "any"
    (folder / "content").mkdir(parents=True, exist_ok=True)
    (folder / "content/pause.yml").write_bytes(data)
    pauses = read_pauses(FolderTree(folder))
    if pauses.problems and any(problem.severity == "error" for problem in pauses.problems):
        assert pauses.blocking(post(uid="A"), "mastodon", NOW) is not None


def test_a_folder_in_the_files_place_stops_everything(folder: Path) -> None:
    """What cannot even be opened counts as paused."""
    (folder / "content/pause.yml").mkdir()
    assert read_pauses(FolderTree(folder)).blocking(post(uid="A"), "mastodon", NOW) is not None


def test_the_ledgers_pauses_count_alike() -> None:
    """A row of the ledger stops what the same entry in the file would stop."""
    row = PauseRow(7, "channel", "mastodon", "Krise", "leitung", NOW, None, ("crisis",))
    pauses = Pauses().plus(pauses_of_rows([row]))
    assert pauses.blocking(post(uid="A"), "mastodon", NOW) is not None
    assert pauses.blocking(post(uid="A"), "mastodon", datetime(2026, 11, 21, 11, tzinfo=UTC)) is None
    assert pauses.blocking(post(uid="A", labels="[crisis]"), "mastodon", NOW) is None
    assert pauses.blocking(post(uid="A"), "bluesky", NOW) is None


def test_scopes_have_one_form() -> None:
    """A scope is `all` or kind:name; anything else is refused with the forms that exist."""
    assert parse_scope("channel:mastodon") == ("channel", "mastodon")
    assert Pause(*parse_scope("all"), reason="r").name == "all"
    with pytest.raises(ValueError, match="channel:NAME"):
        parse_scope("everything")
