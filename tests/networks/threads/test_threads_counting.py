"""How Threads counts: emoji as their UTF-8 bytes, at most five different links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.networks import find_network
from toolkit.networks.threads.counting import accepts, count, links

EMOJI = ["🎄", "👩‍🍳", "🇩🇪", "👍🏽", "❤️", "1️⃣", "☕"]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Adventskalender", 15),
        ("Größe", 5),
        ("日本語", 3),
        ("🎄", 4),  # U+1F384
        ("👩‍🍳", 11),  # two of four bytes and a joiner of three
        ("🇩🇪", 8),
        ("👍🏽", 8),
        ("❤️", 6),  # U+2764 and the selector
        ("❤", 1),  # without it: a character
        ("1️⃣", 7),
        ("12 © ™ → ✓", 10),
        ("☕", 3),
        ("Tür 1 🎄!", 11),
    ],
)
def test_an_emoji_counts_its_bytes(text: str, length: int) -> None:
    """As https://developers.facebook.com/documentation/threads/posts says; everything else counts one."""
    assert count(text).length == length


@given(st.lists(st.one_of(st.sampled_from(EMOJI), st.characters(exclude_categories=["Cs", "Mn", "Me", "Cf"]))))
def test_the_count_lies_between_characters_and_bytes(pieces: list[str]) -> None:
    """Never less than the code points, never more than the bytes, and exactly these for a text of emoji."""
    text = " ".join(pieces)
    assert len(text) <= count(text).length <= len(text.encode())
    only = [piece for piece in pieces if piece in EMOJI]
    assert count("\n".join(only)).length == len("\n".join(only).encode())


def test_500_fit_and_501_do_not() -> None:
    """The limit is the published one, and an emoji at its end uses four of it."""
    threads = find_network("threads")
    assert threads.takes("a" * 500)
    assert not threads.takes("a" * 501)
    assert threads.takes("a" * 496 + "🎄")
    assert not threads.takes("a" * 497 + "🎄")


def test_a_sixth_link_is_one_too_many() -> None:
    """Different addresses count, with a scheme or with www; the same one counts once."""
    five = " ".join(f"https://example.com/{number}" for number in range(5))
    assert accepts(five)
    assert accepts(f"{five} https://example.com/4.")
    assert not accepts(f"{five} www.example.com")
    assert links("Siehe (https://example.com/a_b), www.facebook.com!") == (
        "https://example.com/a_b",
        "www.facebook.com",
    )
