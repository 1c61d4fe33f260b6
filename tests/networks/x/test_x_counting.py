"""Weights on X, each from twitter-text's configuration 3 or checked against npm twitter-text 3.1.0."""

from __future__ import annotations

from dataclasses import replace

import pytest

from toolkit.networks import find_network
from toolkit.networks.filters import text_draft
from toolkit.networks.x.addresses import find_addresses
from toolkit.networks.x.counting import length


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("Größe", 5),
        ("e\u0301", 1),  # composed first
        ("咖啡", 4),
        ("😀", 2),
        ("👨‍👩‍👧‍👦", 2),
        ("👩🏽‍🍳", 2),
        ("🇩🇪", 2),
        ("🇩", 2),
        ("1️⃣", 2),
        ("©", 1),
        ("©\ufe0f", 2),
        ("🧑‍🤝‍🧑", 8),  # newer than the library's table: counted piece by piece
        ("https://example.com/" + "x" * 200, 23),
        ("example.com", 23),
        ("example.kaffee", 14),
        ("a@example.com", 13),
        ("Tee.Kaffee", 10),
    ],
)
def test_weights(text: str, weight: int) -> None:
    """One for light characters, two for others and for known emoji, 23 for an address."""
    assert length(text) == weight


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://a.de/p(x(y)z)!", ["https://a.de/p(x(y)z)"]),
        ("https://t.co/abc/def", ["https://t.co/abc"]),
        ("https://t.co/" + "a" * 41, []),
        ("#🇩.co.uk", ["co.uk"]),
        ("c.xn--p1aiZ", ["c.xn--p1aiZ"]),
        ("http://" + "a" * 64 + ".de", []),
        ("https://a.de/" + "x" * 4084, []),
    ],
)
def test_addresses_end_where_the_library_ends_them(text: str, found: list[str]) -> None:
    """Nested brackets, the shortener, halves of emoji, punycode and lengths as npm twitter-text 3.1.0 has them."""
    assert [address.text for address in find_addresses(text)] == found


@pytest.mark.parametrize(("text", "valid"), [("", False), ("a" * 280, True), ("a" * 281, False), ("a\ufffeb", False)])
def test_x_takes_no_empty_and_no_broken_text(text: str, valid: bool) -> None:
    """280 is the last length; nothing and noncharacters are refused."""
    assert find_network("x").takes(text) is valid


def test_a_poll_stands_on_the_first_part_of_a_thread() -> None:
    """Like media; what is said of the whole thread stands on every part."""
    network = find_network("x")
    draft = text_draft("Eins\n\n---\n\nZwei", network)
    values = {"poll_options": "Ja | Nein", "poll_days": "2", "made_with_ai": "yes"}
    first, second = network.render(replace(draft, values=values)).parts
    assert first.fields == values
    assert second.fields == {"made_with_ai": "yes"}
