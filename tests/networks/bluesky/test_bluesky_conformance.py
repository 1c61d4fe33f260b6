"""What the suites (tests/networks/test_suites.py) leave open: handles in texts, and addresses as the official app shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.suites import interop_lines
from toolkit.model import SpanKind
from toolkit.networks import find_network
from toolkit.networks.bluesky.counting import count
from toolkit.networks.bluesky.detection import Found, detect, is_domain
from toolkit.networks.bluesky.richtext import shorten
from toolkit.networks.filters import render_record, text_draft


def test_valid_handles_are_mentions_as_a_whole(shared_data: Path) -> None:
    """Every valid handle whose ending exists today is one mention, from its sign to its end."""
    handles = [
        line
        for line in interop_lines(shared_data, "handle_syntax_valid.txt")
        if is_domain(line) or line.endswith(".test")
    ]
    assert len(handles) > 10
    for handle in handles:
        expected = Found(0, len(handle) + 1, SpanKind.MENTION, handle)
        assert detect(f"@{handle}") == [expected]


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("https://example.com", "example.com"),
        ("https://example.com/", "example.com"),
        ("https://example.com/winter", "example.com/winter"),
        ("https://example.com/123456789012345", "example.com/123456789012..."),
        ("https://example.com/12345678901234", "example.com/12345678901234"),
        ("http://example.com:8080/?a=1#b", "example.com:8080/?a=1#b"),
        ("example.com/sehr/langer/pfad/hier", "example.com/sehr/langer/pfad/hier"),
        ("mailto:a@b.de", "mailto:a@b.de"),
    ],
)
def test_addresses_are_shown_as_the_official_app_does(link: str, shown: str) -> None:
    """Host and up to 15 characters; of a longer path 13 and three dots (social-app, url-helpers.ts, toShortUrl)."""
    assert shorten(link) == shown


@pytest.mark.parametrize(
    ("text", "shown", "links"),
    [
        ("https://a.de/($ABC) x", "a.de/($ABC) x", ["a.de/($ABC)"]),
        ("(https://a.de/(@b.com/ x", "(a.de/(@b.com/ x", ["a.de/(@b.com/"]),
        ("[Shop](https://a.de) $ABC", "Shop $ABC", ["Shop", "$ABC"]),
    ],
)
def test_what_stands_in_an_address_is_not_written_twice(text: str, shown: str, links: list[str]) -> None:
    """A cashtag or mention inside of an address is part of it, and the text that is sent is the author's."""
    rendered = render_record(find_network("bluesky"), text)
    assert rendered["text"] == shown
    (part,) = find_network("bluesky").render(text_draft(text, find_network("bluesky"))).parts
    assert [part.text.encode()[span.start : span.end].decode() for span in part.spans] == links


def test_bytes_count_where_graphemes_do_not() -> None:
    """A text of 200 families is too long in bytes, and the count says so."""
    families = count("👨‍👩‍👧‍👦" * 200)
    assert (families.unit, families.limit, families.valid) == ("bytes", 3000, False)
    assert count("a" * 301) == count("ä" * 301)
    assert not count("a" * 301).valid
    assert count("👨‍👩‍👧‍👦" * 100).length == 100
