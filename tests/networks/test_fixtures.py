"""Post files and what each network receives of them: `advent.md` ↔ `advent.<network>.json`.

Adding a case is adding two files. Where the expected form comes from:

* bluesky: https://docs.bsky.app/docs/advanced-guides/post-richtext
* linkedin: https://learn.microsoft.com/linkedin/marketing/community-management/shares/little-text-format
* discord: https://discord.com/developers/docs/resources/webhook#execute-webhook
* mastodon: https://docs.joinmastodon.org/methods/statuses/#create
* slack: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
* telegram: https://core.telegram.org/bots/api#messageentity
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from toolkit.model import Rendition
from toolkit.networks import find_network
from toolkit.settings import Settings
from toolkit.source import read_post
from toolkit.workspace import drafts

FOLDER = Path(__file__).parent / "fixtures"
PAIRS = sorted(FOLDER.glob("*.json"))


@pytest.mark.parametrize("expected", PAIRS, ids=lambda path: path.stem)
def test_a_network_receives_what_stands_beside_the_post(expected: Path, settings: Settings) -> None:
    """A post file is rendered as the JSON file beside it says, field by field."""
    name, network = expected.stem.rsplit(".", 1)
    post, problems = read_post(f"content/posts/{name}.md", (FOLDER / f"{name}.md").read_bytes(), settings)
    assert post is not None, problems
    (draft,) = [draft for draft in drafts(post, settings) if draft.account.name == network]
    rendition = find_network(network).render(draft)
    assert json.loads(rendition.to_json()) == json.loads(expected.read_text(encoding="utf-8"))


def test_every_network_has_a_pair_for_every_post() -> None:
    """No network is left out of a fixture's post."""
    posts = {path.stem for path in FOLDER.glob("*.md")}
    found = {tuple(path.stem.rsplit(".", 1)) for path in PAIRS}
    wanted = {
        "bluesky",
        "discord",
        "facebook",
        "feed",
        "files",
        "instagram",
        "linkedin",
        "mastodon",
        "newsletter",
        "slack",
        "telegram",
        "webhook",
        "wordpress",
        "x",
    }
    assert found == {(post, network) for post in posts for network in wanted}


@pytest.mark.parametrize("expected", PAIRS, ids=lambda path: path.stem)
def test_a_stored_rendition_is_read_back_unchanged(expected: Path) -> None:
    """What the ledger stores at claim is what is sent later, byte for byte."""
    stored = Rendition.from_json(expected.read_text(encoding="utf-8"))
    assert Rendition.from_json(stored.to_json()) == stored
