"""A small checkout of galaxy-social, as its own files look."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

PLUGINS = """\
plugins:
  - name: mastodon-lab
    class: mastodon.mastodon_client
    enabled: true
    config:
      base_url: "https://mstdn.example"
      access_token: $MASTODON_ACCESS_TOKEN
      max_content_length: 500
      account_url: "https://mstdn.example/@lab"
  - name: bluesky-lab
    class: bluesky.bluesky_client
    enabled: true
    config:
      base_url: "https://bsky.social"
      username: "lab.bsky.example"
      password: $BLUESKY_PASSWORD
  - name: linkedin-lab
    class: linkedin.linkedin_client
    enabled: true
    config:
      org_id: 4711  # the lab's page
  - name: matrix-lab
    class: matrix.matrix_client
    enabled: true
    config:
      room_id: "!abc:matrix.example"
  - name: markdown
    class: markdown.markdown_client
    enabled: true
    config:
      save_path: "markdown_cache"
"""


class Checkout:
    """A folder that is filled post by post."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.results: dict[str, Mapping[str, bool | str]] = {}
        folder.mkdir()
        (folder / "posts").mkdir()
        (folder / "plugins.yml").write_text(PLUGINS, encoding="utf-8")

    def post(self, name: str, body: str, *channels: str, more: str = "", **results: bool | str) -> str:
        """Write a post; `results` says what became of it, `_` for `-`. Returns its path."""
        path = f"posts/{name}.md"
        media = "".join(f"  - {channel}\n" for channel in channels or ("mastodon-lab",))
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(f"---\nmedia:\n{media}{more}---\n{body}", encoding="utf-8")
        if results:
            self.results[path] = {channel.replace("_", "-"): result for channel, result in results.items()}
            (self.folder / "processed_files.json").write_text(json.dumps(self.results), encoding="utf-8")
        return path


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path / "checkout")
