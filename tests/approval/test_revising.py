"""Corrections and retractions are written into the file, and nothing else of it changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.approval import content_hash, write_correction, write_retraction
from toolkit.errors import LeitstandError
from toolkit.model import Correction, Otherwise, Post, Retraction
from toolkit.workspace import Workspace, load_workspace

TOML = """\
format = 1

[workspace]
id = "probe"
timezone = "Europe/Berlin"
languages = ["de"]

[accounts.news]
network = "feed"
id = "news"
"""
FORMS = {
    "block": "---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\ntitle: Preis  # so\nchannels: [news]\n---\nText\n",
    "crlf": "---\r\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\r\ntitle: Preis\r\n---\r\nText\r\n",
    "flow": "---\n{uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3, title: Preis}\n---\nText\n",
    "indented": "---\n  uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\n  title: Preis\n---\nText\n",
    "second": "---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\ncorrection:\n  number: 1\n  reason: alt\ntitle: Preis\n---\nText\n",
}
CORRECTION = Correction(2, "Preis: war falsch, {12} €", Otherwise.REPLY, "Richtig: *13* €")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "leitstand.toml").write_text(TOML, "utf-8")
    return tmp_path


def write(root: Path, text: str) -> tuple[Workspace, Post]:
    (root / "content/posts/a.md").write_bytes(text.encode())
    return load(root)


def load(root: Path) -> tuple[Workspace, Post]:
    workspace = load_workspace(root)
    return workspace, workspace.posts[0]


@pytest.mark.parametrize("form", FORMS)
def test_a_correction_is_read_back_as_it_was_meant(root: Path, form: str) -> None:
    """In every form of front matter; every other byte stays where it was."""
    workspace, post = write(root, FORMS[form])
    write_correction(root, post, CORRECTION, workspace.settings)
    assert load(root)[1].correction == CORRECTION
    written = (root / "content/posts/a.md").read_bytes().decode()
    assert written.endswith(FORMS[form].rpartition("---")[2])
    assert written.startswith(FORMS[form].partition("correction")[0].partition("\n---")[0].rstrip("}\r"))


def test_both_can_stand_in_one_file(root: Path) -> None:
    """A retraction after a correction leaves the correction."""
    workspace, post = write(root, FORMS["block"])
    write_correction(root, post, CORRECTION, workspace.settings)
    workspace, post = load(root)
    retraction = Retraction(("news",), "doch nicht")
    write_retraction(root, post, retraction, workspace.settings)
    post = load(root)[1]
    assert (post.correction, post.retraction) == (CORRECTION, retraction)


def test_what_is_asked_for_has_to_be_approved(root: Path) -> None:
    """A correction and a retraction change the hash that approvals are bound to."""
    workspace, post = write(root, FORMS["block"])
    hashes = [content_hash(post, workspace)]
    write_correction(root, post, CORRECTION, workspace.settings)
    workspace, post = load(root)
    hashes.append(content_hash(post, workspace))
    write_retraction(root, post, Retraction(("news",), "weg"), workspace.settings)
    workspace, post = load(root)
    hashes.append(content_hash(post, workspace))
    assert len(set(hashes)) == 3


def test_a_file_without_front_matter_is_left_alone(root: Path) -> None:
    """Nothing is written where the result would not be read as meant."""
    workspace, post = write(root, "Nur Text\n")
    with pytest.raises(LeitstandError, match="nothing was written"):
        write_correction(root, post, CORRECTION, workspace.settings)
    assert (root / "content/posts/a.md").read_text("utf-8") == "Nur Text\n"
