"""Addresses are looked for only where a top-level domain stands, and nothing is lost by that."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.networks.domains import Finder, domain_pattern
from toolkit.networks.x.addresses import find_addresses

PIECES = st.sampled_from(
    [
        *("a", "b1", "é", "日本", "_", "-", ".", "/", " ", "@", "http://", "(", "a." * 130, "x.de." * 3, "😀", "\n"),
        *(".com", ".de", ".みんな", ".xn--p1ai", "co.uk", "\u202a", "\u3002"),
    ]
)


def _address(top: str) -> str:
    return rf"(?P<before>[^A-Za-z0-9@]|^)(?P<scheme>https?://)?(?P<domain>{domain_pattern(top)})(?:/[a-z(]*)?"


FINDER, EVERYWHERE = Finder(_address), Finder(_address, short=True)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_it_finds_what_a_search_everywhere_finds(text: str) -> None:
    """The same matches, in the same order, with rows of labels longer than DNS allows and domains in all scripts."""
    assert [match.span() for match in FINDER.find(text)] == [match.span() for match in EVERYWHERE.find(text)]


@pytest.mark.parametrize(
    ("piece", "end"),
    [
        ("a.", ""),
        ("a.", ".com"),
        ("éé.", ""),
        ("a-", ".b.de"),
        ("a_", "a.de"),
        ("a.de ", ""),
        ("@a.de.a.", ""),
        ("é_", ".x"),
    ],
)
def test_long_texts_are_searched_in_proportion(piece: str, end: str) -> None:
    """Eight times the text takes about eight times as long, and not 64 times."""

    def spent(times: int) -> float:
        started = process_time()
        find_addresses(piece * times + end)
        return process_time() - started

    small, large = min(spent(2_000) for _round in range(5)), min(spent(16_000) for _round in range(3))
    assert large < max(small, 0.000_2) * 28


def test_a_row_of_labels_is_no_work() -> None:
    """A hundred thousand of them without a top-level domain cost less than forty thousand addresses, which are as long."""

    def spent(text: str) -> float:
        started = process_time()
        find_addresses(text)
        return process_time() - started

    assert spent("a." * 100_000) < spent("a.de " * 40_000)
