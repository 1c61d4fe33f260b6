"""A brand in memory: its settings, a handbook page of slots and duty, and posts and ideas that are one line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from tests.probe import person, settings
from toolkit.editorial import read_ideas
from toolkit.planning.suggesting import Span, Suggested, suggest
from toolkit.source import FolderTree, OverlayTree
from toolkit.strategy import read_strategy
from toolkit.workspace import Workspace, load_workspace

# Nothing of a brand is ever read from a disk.
NOWHERE = Path("/nowhere/at/all")
NOW = datetime(2026, 11, 21, 11, tzinfo=UTC)  # a Saturday, noon in Berlin
_ACCOUNTS = """\
[accounts.mastodon]
network = "mastodon"
id = "@probe@example.com"
[accounts.bluesky]
network = "bluesky"
id = "probe.example.com"
[accounts.feed]
network = "feed"
[accounts.york]
network = "mastodon"
id = "@york@example.com"
timezone = "America/New_York"
[policy]
distance = 30
quiet_hours = ["21:30-06:30"]
"""
SETTINGS = settings(
    'region = "DE-SH"\n',
    person("mai", "Mai", "community", 'deputy = "ole"\n'),
    person("ole", "Ole", "community"),
    rest=_ACCOUNTS,
)


def fence(kind: str, *blocks: str) -> str:
    """A handbook page with these blocks of YAML."""
    return "---\ntitle: Zeiten\n---\n# Zeiten\n" + "".join(f"\n```{kind}\n{block}\n```\n" for block in blocks)


def post(publish: str = "next", *, channels: str = "mastodon", status: str = "ready", **more: str) -> str:
    """The file of a post."""
    keys = {"status": status, "publish": publish, "channels": f"[{channels}]", "pillar": "wissen", **more}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in keys.items() if value) + "---\nHallo\n"


def brand(
    posts: Mapping[str, str],
    slots: Sequence[str] = ("channels: [mastodon]\ntimes: [tue 08:00, thu 17:30]",),
    *,
    settings: str = SETTINGS,
    occasions: str = "",
    **pages: str,
) -> Workspace:
    """The workspace; a post's name is its uid, and `pages` are files whose names have dots for slashes."""
    files = {"leitstand.toml": settings, "guidelines/zeiten.md": fence("slots", *slots)}
    if occasions:
        files["content/occasions/tage.yml"] = occasions
    for name, text in posts.items():
        files[f"content/posts/{name}.md"] = text.replace("---\n", f"---\nuid: {name}\ntitle: {name}\n", 1)
    files |= {name.replace("__", "/") + ".md": text for name, text in pages.items()}
    return load_workspace(
        NOWHERE, OverlayTree(FolderTree(NOWHERE), {name: text.encode() for name, text in files.items()})
    )


def fill_days(workspace: Workspace, first: date, last: date, now: datetime = NOW) -> Suggested:
    """What is suggested for these days."""
    ideas, _problems = read_ideas(workspace)
    return suggest(workspace, read_strategy(workspace), ideas, Span(first, last), now)


def draft_file(keys: str) -> str:
    """The bytes of a draft on a disk, with a comment and a line that nobody may touch."""
    return f"---\n# Notiz\nuid: A\ntitle: Milch\n{keys}channels: [mastodon] # nur dort\n---\nText  \n"
