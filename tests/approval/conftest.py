"""A small brand on disk whose posts are written as files, as everywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from toolkit.workspace import Workspace, load_workspace

SETTINGS = """\
format = 1

[workspace]
id = "probe"
timezone = "Europe/Berlin"
languages = ["de"]

[people.redaktion]
roles = ["editor"]

[people.leitung]
roles = ["manager"]
deputy = "vertretung"
absences = [{from = 2026-11-01, to = 2026-11-30}]

[people.chefin]
roles = ["manager", "editor"]

[people.vertretung]
roles = ["community"]

[accounts.mastodon]
network = "mastodon"

[accounts.bluesky]
network = "bluesky"

[accounts.news]
network = "feed"
approvals = 0

[policy]
approvals = 1
"""

POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
title: Tür 1
author: redaktion
status: ready
publish: 2026-12-01 07:30
channels: [mastodon, bluesky]
media:
  - file: media/tuer.jpg
    alt: Eine Hand öffnet die Tür
    crop: 4:5
    focus: [0.4, 0.5]
options:
  mastodon: {visibility: public}
---
Hinter Tür 1: unser Winterröster.

## @bluesky

Tür 1 ist auf.

---

Ein zweiter Teil.
"""

Edits = Mapping[str, str]


def edited(text: str, edits: Edits) -> str:
    for old, new in edits.items():
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.fixture
def brand(tmp_path: Path) -> Callable[..., Workspace]:
    """Write settings, the post and its picture, each with some words replaced, then load them."""
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "content/media").mkdir()

    def make(post: Edits | None = None, settings: Edits | None = None) -> Workspace:
        (tmp_path / "leitstand.toml").write_text(edited(SETTINGS, settings or {}), encoding="utf-8")
        (tmp_path / "content/posts/tuer.md").write_bytes(edited(POST, post or {}).encode())
        (tmp_path / "content/media/tuer.jpg").write_bytes(b"\xff\xd8 picture")
        return load_workspace(tmp_path)

    return make
