"""A workspace whose social media plan is written as a sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.strategy import Strategy, read_strategy
from toolkit.workspace import load_workspace

SETTINGS = """format = 1

[workspace]
id = "nordlicht"
name = "Nordlicht Kaffee"
timezone = "Europe/Berlin"
languages = ["de"]

[people.tarek]
roles = ["manager"]

[accounts.mastodon]
network = "mastodon"

[competitors.Elbkaffee]
accounts = { mastodon = "@elbkaffee@social.example.net" }
"""


class Desk:
    """Writes guidelines/strategy.md and reads it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("leitstand.toml", SETTINGS)

    def write(self, path: str, text: str) -> None:
        """A file of the workspace."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def plan(self, front: str, prose: str = "# Strategie\n") -> Strategy:
        """The strategy of a page with this front matter."""
        self.write("guidelines/strategy.md", f"---\n{front}---\n{prose}")
        return self.read()

    def read(self) -> Strategy:
        """The strategy as it lies there."""
        return read_strategy(load_workspace(self.root))

    def said(self, front: str) -> list[str]:
        """What is wrong with this front matter: line, column and message."""
        return [f"{one.span.line}:{one.span.col} {one.message}" for one in self.plan(front).problems]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
