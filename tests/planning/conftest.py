"""A brand whose posts are one line each, so that a test shows the whole plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.probe import settings, write_files
from toolkit.planning import Slot, slots
from toolkit.workspace import Workspace, load_workspace

SETTINGS = settings(
    rest="""\
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
)

Plan = Callable[..., Workspace]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Slot:
    """A slot to make others of, with another moment."""
    root = tmp_path_factory.mktemp("template")
    head = "uid: t\npublish: 2026-12-01 00:00\nchannels: [news]\n"
    write_files(root, {"leitstand.toml": SETTINGS, "content/posts/t.md": f"---\n{head}---\nHallo\n"})
    return slots(load_workspace(root))[0]


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Write posts as ``name="2026-12-01 07:30 mastodon news"`` (moment, then channels) and load them."""

    def make(*, text: str = "Hallo", folder: str = "one", **posts: str) -> Workspace:
        root = write_files(tmp_path / folder, {"leitstand.toml": SETTINGS})
        for name, line in posts.items():
            day, clock, *channels = line.split()
            head = f"uid: {name}\ntitle: {name}\npublish: {day} {clock}\nchannels: [{', '.join(channels)}]\n"
            write_files(root, {f"content/posts/{name}.md": f"---\n{head}---\n{text}\n"})
        return load_workspace(root)

    return make
