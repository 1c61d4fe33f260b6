from __future__ import annotations

from pathlib import Path

import pytest

from tests.lsp.bench import NOW, POST
from toolkit.lsp.checking import Checked, check
from toolkit.lsp.session import Open, Session
from toolkit.model import SetClock


def checked(file: Path, text: str, others: dict[Path, str] | None = None) -> Checked:
    texts = {path.as_uri(): shown for path, shown in {**(others or {}), file: text}.items()}
    return check(Session(SetClock(NOW), {"LEITSTAND_LANG": "en"}), Open(file.as_uri(), text, 1), texts)


def messages(found: Checked, file: Path) -> list[str]:
    return [one.message for one in found.shown[file.as_uri()]]


def test_outside_of_a_workspace(tmp_path: Path) -> None:
    """A file in no workspace has no problems and is told why, quietly: editors open many Markdown files."""
    file = tmp_path / "notes.md"
    found = checked(file, "# Notes")
    assert (messages(found, file), found.loud) == ([], False)
    assert "make a workspace with: leitstand init" in found.said


def test_broken_settings_are_shown_where_they_are_broken(root: Path) -> None:
    """A leitstand.toml that cannot be used is underlined itself, unsaved too, and the person is told aloud."""
    settings = root / "leitstand.toml"
    broken = settings.read_text(encoding="utf-8").replace('"nordlicht"', "nordlicht")
    found = checked(root / POST, "---\ntitle: x\n---\n", {settings: broken})
    assert (messages(found, root / POST), found.loud) == ([], True)
    assert "leitstand.toml cannot be used" in found.said
    (problem,) = found.shown[settings.as_uri()]
    assert problem.range.start.line == 3
    settings.write_text(broken, encoding="utf-8")
    assert len(checked(root / POST, "x").shown[settings.as_uri()]) == 1
    assert len(checked(settings, broken).shown[settings.as_uri()]) == 1


def test_settings_are_clean_again(root: Path) -> None:
    """A leitstand.toml that works has no problems any more, and its own are those of the rules."""
    settings = root / "leitstand.toml"
    text = settings.read_text(encoding="utf-8")
    assert checked(root / POST, "x").shown[settings.as_uri()] == []
    unknown = text.replace('network = "mastodon"', 'network = "mastodn"')
    assert "unknown network 'mastodn'" in messages(checked(settings, unknown), settings)[0]


def test_no_content_yet(root: Path) -> None:
    """Where there is no content/ somebody is told how the first post is made; a file beside it, where posts lie."""
    file = root / "notes.md"
    assert "posts lie in content/posts" in checked(file, "x").said
    for path in sorted((root / "content").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (root / "content").rmdir()
    found = checked(file, "x")
    assert ("leitstand new" in found.said, found.loud) == (True, True)


@pytest.mark.parametrize(
    "text", ["\ud83d", "\0", "---\n" * 9, "---\n: {[\n---\n", "\ufeff---\ntitle: x\nx: 1\n---\n", ""]
)
def test_no_text_breaks_it(root: Path, text: str) -> None:
    """Half characters, binary and broken front matter are problems of the file, at places that are in it."""
    for problem in checked(root / POST, text).shown[(root / POST).as_uri()]:
        assert problem.range.start.line <= text.count("\n")


def test_a_file_of_another_machine_or_kind_is_left_alone() -> None:
    """Addresses that are no files here, and files that are no Markdown, have no answer."""
    session = Session(SetClock(NOW), {})
    for uri in ("untitled:Untitled-1", "https://example.com/a.md", "file:///tmp/a.txt"):
        assert check(session, Open(uri, "x", 1), {uri: "x"}).shown == {}


def test_unsaved_files_see_each_other(root: Path) -> None:
    """A uid that two unsaved files share is a problem of both."""
    text = "---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D9\n---\nText\n"
    other = root / "content/posts/kopie.md"
    found = checked(root / POST, text, {other: text})
    assert any("content/posts/kopie.md has the same uid" in message for message in messages(found, root / POST))
