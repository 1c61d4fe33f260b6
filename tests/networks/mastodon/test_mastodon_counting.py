"""Mastodon counts: the shared cases, and what the server's own link detection implies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from toolkit.networks.filters import text_draft
from toolkit.networks.mastodon import NETWORK
from toolkit.networks.mastodon.counting import count, length


def built(text: Any) -> str:
    """A text that the cases describe by its pieces."""
    if isinstance(text, str):
        return text
    if "repeat" in text:
        return str(text["repeat"]) * int(text["n"])
    return "".join(map(built, text["concat"]))


def test_the_shared_cases_hold(shared_data: Path) -> None:
    """Each case is valid or not, as the server would say."""
    data = json.loads((shared_data / "mastodon-limits/cases.json").read_text(encoding="utf-8"))
    assert len(data["cases"]) >= 8
    for case in data["cases"]:
        assert count(built(case["text"]), "x" * case.get("spoiler_len", 0)).valid is case["valid"], case["why"]


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("https://example.com/winter", 23),
        ("https://example.com/winter.", 24),
        ("(https://example.com/a_(b))", 25),
        ("https://example.com/größe?q=ö", 23),
        ("https://shop.kaffee/winter", 26),  # no such top-level domain: not linked
        ("example.com/winter", 18),  # no scheme: not linked
        ("xhttps://example.com", 20),
        ("@alice@example.social", 6),
        ("@alice@example.social.", 7),
        ("x@alice@example.social", 22),
        ("@alice", 6),
        ("https://example.com/@alice@example.social", 23),
    ],
)
def test_only_what_is_linked_is_shortened(text: str, weight: int) -> None:
    """An address counts 23 and a remote mention its local part only where the server would make a link."""
    assert length(text) == weight


def test_the_server_s_own_limit_is_used() -> None:
    """An account on a server with 5,000 characters may use them."""
    draft = text_draft("a" * 600, NETWORK)
    assert not NETWORK.render(draft).parts[0].count.valid
    draft.values.update(max_characters="5000")  # type: ignore[attr-defined]
    part = NETWORK.render(draft).parts[0]
    assert part.count.valid
    assert "max_characters" not in part.fields
