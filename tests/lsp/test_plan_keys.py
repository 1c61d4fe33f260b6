"""The social media plan in the editor: its keys, its pillars in posts, and what they mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lsp.bench import explained, proposals
from toolkit.strategy.keys import LIST_KEYS, STRATEGY_KEYS
from toolkit.workspace import STRATEGY

PLAN = "---\npillars:\n  - {name: produkt, title: Produkt, most: 30 %}\n  - {name: handwerk, title: Handwerk, least: 10 %}\n---\n"


@pytest.fixture
def house(root: Path) -> Path:
    """The workspace with a plan."""
    (root / STRATEGY).parent.mkdir(exist_ok=True)
    (root / STRATEGY).write_text(PLAN, encoding="utf-8")
    return root


def test_the_plan_has_its_own_keys(house: Path) -> None:
    """Other pages of the handbook have none of them; the lists have theirs, and accounts are proposed by name."""
    assert proposals(house, "---\n‸\n---\n", STRATEGY) == list(STRATEGY_KEYS)
    assert proposals(house, "---\n‸\n---\n", "guidelines/zeiten.md") == []
    assert proposals(house, "---\npillars:\n  - ‸\n---\n", STRATEGY) == list(LIST_KEYS["pillars"])
    assert "mastodon" in proposals(house, "---\nchannels:\n  - {channel: ‸}\n---\n", STRATEGY)


def test_the_plan_s_pillars_are_proposed_in_its_order(house: Path) -> None:
    """What other posts used counts only where there is no plan."""
    assert proposals(house, "---\npillar: ‸\n---\n") == ["produkt", "handwerk"]


def test_a_pillar_says_its_share(house: Path) -> None:
    """What the plan wants of a month stands at the post's pillar."""
    assert "of a month's posts 0 to 30 %" in explained(house, "---\npillar: prod‸ukt\n---\n")
