"""A brand whose posts are one line each, so that a test shows the whole plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.planning import Slot, slots
from toolkit.workspace import Workspace, load_workspace

SETTINGS = """\
format = 1
[workspace]
id = "probe"
timezone = "Europe/Berlin"
languages = ["de"]
[accounts.mastodon]
network = "mastodon"
id = "@probe@example.com"
[accounts.news]
network = "feed"
[accounts.york]
network = "mastodon"
id = "@york@example.com"
timezone = "America/New_York"
[accounts.unheard]
network = "unheard-of"
"""

Plan = Callable[..., Workspace]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Slot:
    """A slot to make others of, with another moment."""
    root = tmp_path_factory.mktemp("template")
    (root / "content/posts").mkdir(parents=True)
    (root / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    head = "uid: t\npublish: 2026-12-01 00:00\nchannels: [news]\n"
    (root / "content/posts/t.md").write_text(f"---\n{head}---\nHallo\n", encoding="utf-8")
    return slots(load_workspace(root))[0]


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Write posts as ``name="2026-12-01 07:30 mastodon news"`` (moment, then channels) and load them."""

    def make(*, text: str = "Hallo", folder: str = "one", **posts: str) -> Workspace:
        root = tmp_path / folder
        (root / "content/posts").mkdir(parents=True, exist_ok=True)
        (root / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
        for name, line in posts.items():
            day, clock, *channels = line.split()
            head = f"uid: {name}\ntitle: {name}\npublish: {day} {clock}\nchannels: [{', '.join(channels)}]\n"
            (root / f"content/posts/{name}.md").write_text(f"---\n{head}---\n{text}\n", encoding="utf-8")
        return load_workspace(root)

    return make
