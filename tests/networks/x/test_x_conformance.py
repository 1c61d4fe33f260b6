"""X counts and finds as its own library does: twitter-text's conformance suite and 400 texts of our own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit.networks.x.addresses import find_addresses
from toolkit.networks.x.counting import accepts, length
from toolkit.networks.x.tags import find_cashtags, find_hashtags, find_mentions


def names(find: Callable[[str], list[Any]]) -> Callable[[str], list[str]]:
    return lambda text: [tag.name for tag in find(text)]


def places(find: Callable[[str], list[Any]], name: str) -> Callable[[str], list[dict[str, object]]]:
    return lambda text: [{name: tag.name, "indices": [tag.start, tag.end]} for tag in find(text)]


def urls(text: str) -> list[str]:
    return [address.text for address in find_addresses(text)]


def url_places(text: str) -> list[dict[str, object]]:
    return [{"url": address.text, "indices": [address.start, address.end]} for address in find_addresses(text)]


SECTIONS: dict[str, Callable[[str], object]] = {
    "urls": urls,
    "urls_with_indices": url_places,
    "urls_with_directional_markers": url_places,
    "tco_urls_with_params": urls,
    "hashtags": names(find_hashtags),
    "hashtags_from_astral": names(find_hashtags),
    "hashtags_with_indices": places(find_hashtags, "hashtag"),
    "mentions": names(find_mentions),
    "mentions_with_indices": places(find_mentions, "screen_name"),
    "cashtags": names(find_cashtags),
    "cashtags_with_indices": places(find_cashtags, "cashtag"),
}


def suite(folder: Path, file: str) -> dict[str, list[dict[str, Any]]]:
    tests: dict[str, list[dict[str, Any]]] = yaml.safe_load(
        (folder / "twitter-text" / file).read_text(encoding="utf-8")
    )["tests"]
    return tests


@pytest.mark.parametrize("section", SECTIONS)
def test_extraction_equals_the_suite(shared_data: Path, section: str) -> None:
    """Every case of extract.yml gives what the suite expects."""
    cases = suite(shared_data, "extract.yml")[section]
    assert cases
    for case in cases:
        assert SECTIONS[section](case["text"]) == case["expected"], case["description"]


@pytest.mark.parametrize("section", ["country", "generic"])
def test_every_top_level_domain_makes_a_link(shared_data: Path, section: str) -> None:
    """Every ending that the frozen library knows is known here."""
    for case in suite(shared_data, "tlds.yml")[section]:
        assert urls(case["text"]) == case["expected"], case["description"]


@pytest.mark.parametrize(
    "section", ["WeightedTweetsWithDiscountedEmojiCounterTest", "UnicodeDirectionalMarkerCounterTest"]
)
def test_weights_equal_configuration_3(shared_data: Path, section: str) -> None:
    """Length and validity of every weighted case are the suite's."""
    for case in suite(shared_data, "validate.yml")[section]:
        expected = case["expected"]
        got = (length(case["text"]), accepts(case["text"]))
        assert got == (expected["weightedLength"], expected["valid"]), case["description"]


def test_older_weights_differ_only_for_emoji(shared_data: Path) -> None:
    """The cases for configuration 2, which gave emoji no discount, agree wherever they hold no emoji sequence."""
    cases = suite(shared_data, "validate.yml")["WeightedTweetsCounterTest"]
    different = [case for case in cases if length(case["text"]) != case["expected"]["weightedLength"]]
    assert all("\u200d" in case["text"] or "🏽" in case["text"] for case in different)
    assert len(different) < len(cases) / 4


def test_counting_equals_the_library_on_our_texts(shared_data: Path) -> None:
    """Length, validity, links and tags of 400 texts equal what npm twitter-text 3.1.0 said."""
    lines = (shared_data / "counting/x-bluesky.jsonl").read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line]
    for row in rows:
        text = row["text"]
        assert row["x"] == {
            "length": length(text),
            "valid": accepts(text),
            "urls": urls(text),
            "hashtags": names(find_hashtags)(text),
            "mentions": names(find_mentions)(text),
            "cashtags": names(find_cashtags)(text),
        }
    assert len(rows) == 400
