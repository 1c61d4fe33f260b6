from __future__ import annotations

import subprocess

import pytest

from tests.lint.conftest import JPEG, PNG, Desk
from toolkit.model import Severity
from toolkit.workspace import load_workspace, open_tree
from toolkit.workspace.mediafiles import file_type

HEAD = "---\nchannels: [mastodon]\nmedia:\n"
MP4 = b"\0\0\0\x18ftypisom" + bytes(16)


@pytest.fixture(autouse=True)
def _files(desk: Desk) -> None:
    desk.write("content/media/tuer-1.jpg", JPEG)
    desk.write("content/media/plakat.png", PNG)
    desk.write("content/media/film.mp4", MP4)


def test_files_of_the_right_kind_are_fine(desk: Desk) -> None:
    """A photo, a graphic and a film that are what they say."""
    sample = (
        f"{HEAD}  - file: media/tuer-1.jpg\n  - {{file: media/plakat.png, kind: graphic}}\n"
        "  - {file: media/film.mp4, kind: video}\n---\n"
    )
    assert desk.messages("media", sample) == []


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("media/tuer1.jpg", "there is no content/media/tuer1.jpg; did you mean media/tuer-1.jpg?"),
        ("bilder/plakat.png", "did you mean media/plakat.png?"),
        ("media/unbekannt.webp", "there is no content/media/unbekannt.webp; add it, or order it"),
        ("content/media/tuer-1.jpg", "paths are relative to content/; write media/tuer-1.jpg"),
        ("/etc/passwd", "lies outside content/"),
        ("../leitstand.toml", "lies outside content/"),
        ("media/../../leitstand.toml", "lies outside content/"),
        ("media\\tuer-1.jpg", "write its path with /"),
        ("C:/bilder/tuer.jpg", "lies outside content/"),
        ("https://example.com/tuer.jpg", "media are files of the workspace"),
    ],
)
def test_files_that_are_not_there(desk: Desk, file: str, said: str) -> None:
    """Missing and outside files are errors at the path, with what was probably meant."""
    (message,) = desk.messages("media", f"{HEAD}  - file: «{file}»\n---\n")
    assert said in message


@pytest.mark.parametrize(
    ("data", "name", "kind", "said"),
    [
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "a.jpg", "photo", "run: git lfs pull"),
        (b"", "a.jpg", "photo", "the file is empty"),
        (b'<svg xmlns="x" onload="alert(1)"/>', "a.svg", "graphic", "export it as PNG"),
        (b"GIF89a/*<script>alert(1)</script>", "a.html", "photo", "the name says otherwise"),
        (b"MZ\x90\0\x03", "a.jpg", "photo", "no picture, video or PDF"),
        (PNG, "a.jpg", "photo", "the bytes are PNG, the name says otherwise"),
        (JPEG, "a.jpg", "video", "JPEG is no video; correct kind"),
        (b"%PDF-1.7", "a.pdf", "photo", "PDF is no photo; correct kind"),
    ],
)
def test_files_that_are_something_else(desk: Desk, data: bytes, name: str, kind: str, said: str) -> None:
    """Pointers, empty files, foreign bytes and wrong kinds are errors."""
    desk.write(f"content/media/{name}", data)
    (message,) = desk.messages("media", f"{HEAD}  - {{file: «media/{name}», kind: {kind}}}\n---\n")
    assert said in message


def test_links_are_refused(desk: Desk) -> None:
    """A link, and a file behind a linked folder, are not the file that was reviewed."""
    (desk.root / "content/media/link.jpg").symlink_to("tuer-1.jpg")
    (desk.root / "content/other").symlink_to("media")
    for file in ("media/link.jpg", "other/tuer-1.jpg"):
        (message,) = desk.messages("media", f"{HEAD}  - file: «{file}»\n---\n")
        assert message.startswith("is a link")


def test_one_medium_too_many(desk: Desk) -> None:
    """The fifth picture for Mastodon is pointed at, and who takes how many is said."""
    media = "  - file: media/tuer-1.jpg\n"
    assert desk.messages("media", f"{HEAD}{media * 4}---\n") == []
    (message,) = desk.messages("media", f"{HEAD}{media * 4}  - «file: media/tuer-1.jpg»\n---\n")
    assert message == "Mastodon takes 4 media, this is one too many for mastodon"


def test_an_order_may_wait_until_it_is_due(desk: Desk) -> None:
    """An overdue order of a draft is a warning at its date; a ready post must not wait for it any more."""
    order = "  - {order: Foto der Tür, owner: redaktion, due: %s}\n---\n"
    assert desk.messages("media", HEAD + order % "2026-11-21") == []
    assert desk.messages("media", HEAD + order % "«2026-11-20»") == ["was wanted on 2026-11-20"]
    assert [problem.severity for problem in desk.check("media")] == [Severity.WARNING]
    ready = HEAD.replace("---\n", "---\nstatus: ready\n") + "  - order: «Foto der Tür»\n---\n"
    assert desk.messages("media", ready) == ["still to be made; the post would go out without it"]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"GIF89a", "GIF"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "WebP"),
        (b"\0\0\0\x1cftypavif", "AVIF"),
        (b"\0\0\0\x18ftypheic", "HEIC"),
        (b"\0\0\0\x14ftypqt  ", "QuickTime"),
        (b"\x1a\x45\xdf\xa3", "WebM"),
        (b'<?xml version="1.0"?><svg xmlns="x">', "SVG"),
        (b"hello", ""),
    ],
)
def test_types_by_their_first_bytes(head: bytes, kind: str) -> None:
    """A type is known by its first bytes, not by a name."""
    assert file_type(head) == kind


def test_a_commit_is_checked_like_the_folder(desk: Desk) -> None:
    """The dispatcher reads a commit; there, too, media are looked at and links are absent."""
    (desk.root / "content/media/link.jpg").symlink_to("tuer-1.jpg")
    desk.post(f"{HEAD}  - file: media/tuer-1.jpg\n  - file: media/link.jpg\n---\n")
    git = ["git", "-C", str(desk.root), "-c", "user.name=n", "-c", "user.email=e"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *command], check=True)
    from tests.lint.conftest import NOW
    from toolkit.lint import check_workspace

    found = check_workspace(load_workspace(desk.root, open_tree(desk.root, "HEAD")), now=NOW)
    assert [problem.span.line for problem in found if problem.rule == "media"] == [5]
