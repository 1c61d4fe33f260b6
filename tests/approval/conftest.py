"""A small brand on disk whose posts are written as files, as everywhere."""

from __future__ import annotations

from collections.abc import Callable
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

Brand = Callable[..., Workspace]


@pytest.fixture
def brand(tmp_path: Path) -> Brand:
    """Write settings, the post and its picture, then load them."""

    def make(post: str = POST, *, settings: str = SETTINGS, picture: bytes | None = b"\xff\xd8 picture") -> Workspace:
        (tmp_path / "content/posts").mkdir(parents=True, exist_ok=True)
        (tmp_path / "content/media").mkdir(exist_ok=True)
        (tmp_path / "leitstand.toml").write_text(settings, encoding="utf-8")
        (tmp_path / "content/posts/tuer.md").write_bytes(post.encode())
        medium = tmp_path / "content/media/tuer.jpg"
        medium.unlink(missing_ok=True)
        if picture is not None:
            medium.write_bytes(picture)
        return load_workspace(tmp_path)

    return make
