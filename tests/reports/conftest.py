"""A workspace with a year of sample history in its store, made once for all tests of the reports."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from toolkit.importers import Document, find_importer
from toolkit.metrics import open_store
from toolkit.sample.history import write_history
from toolkit.sample.planted import Planted
from toolkit.workspace import Workspace, load_workspace

NOW = datetime.fromisoformat("2026-11-21T19:00:00+01:00")
TOML = """
format = 1
[workspace]
id = "probe"
name = "Probe & Söhne"
languages = ["en"]
[accounts.mastodon]
network = "mastodon"
[accounts.bluesky]
network = "bluesky"
[accounts.newsletter]
network = "newsletter"
[accounts.x]
network = "x"
[accounts.silent]
network = "pinboard"
"""
CAMPAIGN = """---
title: Herbst
start: 2026-10-01
end: 2026-10-31
channels: [mastodon]
goals:
  - {metric: orders, target: 200}
  - {metric: interactions, target: 100000, channel: mastodon}
---
"""
STRATEGY = """---
goals:
  - {metric: visits, target: 5000}
  - {metric: reach, target: 100}
pillars:
  - {name: produkt, title: Produkt, most: 30 %}
  - {name: wissen, title: Wissen, least: 20 %}
channels:
  - {channel: mastodon, purpose: talking, weekly: 3}
---
"""


class Filled:
    """A workspace, its state and what was planted into its numbers."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.state = root / "state"
        for name, text in (
            ("leitstand.toml", TOML),
            ("content/campaigns/herbst.md", CAMPAIGN),
            ("guidelines/strategy.md", STRATEGY),
            (
                "notebooks/commentary/monthly/2026-10.md",
                "The **jug recall** explains it.\n\n<script>alert(3)</script>\n",
            ),
        ):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        self.workspace: Workspace = load_workspace(root)
        exports, self.planted = self._history()
        store = open_store(self.state)
        for path in exports:
            found = find_importer(path.read_bytes())
            assert found is not None, path.name
            extract = found[1].extract(Document(path.name, path.read_bytes(), "Europe/Berlin", NOW))
            store.append(extract.observations, imported_at=NOW, name=path.name, subjects=extract.subjects)

    def _history(self) -> tuple[list[Path], Planted]:
        # Another account of a network that the sample does not know has no export at all.
        written, planted = write_history(self.workspace, self.root / "exports", NOW)
        return [path for path in written if path.stem != "silent"], planted


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    return Filled(tmp_path_factory.mktemp("filled"))
