"""What measured links and subtitles mean for approvals."""

from __future__ import annotations

from pathlib import Path

from tests.pictures.movies import film
from toolkit.approval import content_hash
from toolkit.networks import find_network
from toolkit.workspace import Workspace, drafts, load_workspace

SETTINGS = 'format = 1\n[workspace]\nid = "probe"\n[accounts.mastodon]\nnetwork = "mastodon"\n'
LINKS = '[links]\ndomains = ["nordlicht.example.com"]\nutm_id = "{uid}"\n'
POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
title: Tür 1
status: ready
publish: 2026-12-01 07:30
channels: [mastodon]
language: de
media: [{file: media/film.mp4, kind: video, alt: Eine Tasse dampft}]
---
[Zum Shop](https://nordlicht.example.com/winter)
"""


def workspace(folder: Path, settings: str = SETTINGS, **files: bytes) -> Workspace:
    for name, data in {
        "leitstand.toml": settings.encode(),
        "content/posts/tuer.md": POST.encode(),
        "content/media/film.mp4": film(),
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    for name, data in files.items():
        (folder / "content/media" / name.replace("_", ".")).write_bytes(data)
    return load_workspace(folder)


def approved(found: Workspace) -> str:
    return content_hash(found.posts[0], found)


def test_a_new_policy_for_links_voids_no_approval(tmp_path: Path) -> None:
    """People approve what they wrote; the parameters are the operator's, and yet they are sent."""
    plain, measured = workspace(tmp_path / "a"), workspace(tmp_path / "b", SETTINGS + LINKS)
    assert approved(plain) == approved(measured)
    texts = [
        find_network("mastodon").render(drafts(one.posts[0], one.settings)[0]).parts[0].text
        for one in (plain, measured)
    ]
    assert "utm_" not in texts[0]
    assert "utm_source=mastodon&utm_medium=social&utm_id=01JDK3V7Q2M8X4T6R9A0B1C2D3" in texts[1]


def test_subtitles_are_approved_with_the_film(tmp_path: Path) -> None:
    """Their arrival and every change of them void an approval; those in another language go nowhere."""
    alone = approved(workspace(tmp_path))
    cue = b"WEBVTT\n\n00:01.000 --> 00:02.000\nMoin.\n"
    assert approved(workspace(tmp_path, film_fr_vtt=cue)) == alone
    with_them = approved(workspace(tmp_path, film_de_vtt=cue))
    assert with_them != alone
    assert approved(workspace(tmp_path, film_de_vtt=cue + b"\n")) != with_them
