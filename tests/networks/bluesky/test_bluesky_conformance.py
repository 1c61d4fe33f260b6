"""Bluesky counts and detects as @atproto/api does, and shortens as the official app."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from toolkit.model import SpanKind
from toolkit.networks.bluesky.counting import byte_length, count
from toolkit.networks.bluesky.detection import Found, detect, is_domain
from toolkit.networks.bluesky.richtext import shorten
from toolkit.networks.graphemes import count_graphemes

FEATURES = {SpanKind.LINK: ("link", "uri"), SpanKind.MENTION: ("mention", "did"), SpanKind.HASHTAG: ("tag", "tag")}


def facets(text: str) -> list[dict[str, object]]:
    """What `detect` finds, as the library writes it; handles are resolved as in the data."""
    found: list[dict[str, object]] = []
    for one in detect(text):
        name, key = FEATURES[one.kind]
        target = f"did:fake:{one.target}" if one.kind is SpanKind.MENTION else one.target
        feature = {"$type": f"app.bsky.richtext.facet#{name}", key: target}
        start, end = byte_length(text[: one.start]), byte_length(text[: one.end])
        found.append({"start": start, "end": end, "features": [feature]})
    return found


def test_counting_and_facets_equal_the_library(shared_data: Path) -> None:
    """Graphemes, bytes and facets of 400 texts equal what npm @atproto/api said."""
    lines = (shared_data / "counting/x-bluesky.jsonl").read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line]
    for row in rows:
        text = row["text"]
        got = {"length": count_graphemes(text), "bytes": byte_length(text), "facets": facets(text)}
        assert row["bluesky"] == got
    assert len(rows) == 400


def test_valid_handles_are_mentions_as_a_whole(shared_data: Path) -> None:
    """Every valid handle whose ending exists today is one mention, from its sign to its end."""
    file = shared_data / "atproto/interop-test-files/syntax/handle_syntax_valid.txt"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    handles = [line for line in lines if is_domain(line) or line.endswith(".test")]
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


def test_bytes_count_where_graphemes_do_not() -> None:
    """A text of 200 families is too long in bytes, and the count says so."""
    families = count("👨‍👩‍👧‍👦" * 200)
    assert (families.unit, families.limit, families.valid) == ("bytes", 3000, False)
    assert count("a" * 301) == count("ä" * 301)
    assert not count("a" * 301).valid
    assert count("👨‍👩‍👧‍👦" * 100).length == 100
