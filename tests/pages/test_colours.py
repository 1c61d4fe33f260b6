from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as some

from toolkit.pages.colours import READABLE, contrast, readable, style_sheet, variables
from toolkit.source import FolderTree
from toolkit.workspace.tokens import parse_hex, read_colours, say_hex

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

channel = some.integers(0, 255)
colours = some.tuples(channel, channel, channel)


@given(colours, some.lists(colours, min_size=1, max_size=1))
def test_a_readable_colour_reads(colour: tuple[int, int, int], grounds: list[tuple[int, int, int]]) -> None:
    """Whatever the brand chose, text in its colour has a contrast of 4.5 to its ground."""
    assert contrast(readable(colour, *grounds), *grounds) >= READABLE


def test_a_colour_that_reads_stays_as_it_is() -> None:
    """A brand's colour is only touched where it has to be."""
    fjord = (43, 103, 119)
    assert readable(fjord, (255, 255, 255)) == fjord


@pytest.mark.parametrize(("one", "other", "ratio"), [("#ffffff", "#000000", 21), ("#777777", "#ffffff", 4.48)])
def test_contrast_is_the_one_of_the_guidelines(one: str, other: str, ratio: float) -> None:
    """Figures of WCAG 2.2: black on white is 21, #777 on white just misses 4.5."""
    first, second = parse_hex(one), parse_hex(other)
    assert first is not None
    assert second is not None
    assert contrast(first, second) == pytest.approx(ratio, abs=0.005)


def test_tokens_are_read_in_every_form(studio: Studio) -> None:
    """Hex text, hex in an object, sRGB components, aliases, and a type that stands at the group; others are left out."""
    tokens = {
        "color": {
            "$type": "color",
            "brand": {"$value": "#0B5563"},
            "short": {"$value": "#fff"},
            "object": {"$value": {"colorSpace": "srgb", "components": [0, 0.5, 1], "hex": "#0080ff"}},
            "components": {"$value": {"colorSpace": "srgb", "components": [1, 0, 0.2]}},
            "alias": {"$value": "{color.brand}"},
            "loop": {"$value": "{color.loop}"},
            "nonsense": {"$value": 7},
        },
        "space": {"$type": "dimension", "one": {"$value": {"value": 1, "unit": "rem"}}},
    }
    studio.write("guidelines/tokens.json", json.dumps(tokens))
    found = {name: say_hex(colour) for name, colour in read_colours(FolderTree(studio.root)).items()}
    assert found == {
        "color.brand": "#0b5563",
        "color.short": "#ffffff",
        "color.object": "#0080ff",
        "color.components": "#ff0033",
        "color.alias": "#0b5563",
    }


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"color": 3}', '{"a": {"$type": "color", "$value": null}}'])
def test_broken_tokens_mean_our_own_colours(studio: Studio, broken: str) -> None:
    """A site is built without tokens, and with tokens that nobody can read."""
    tree = FolderTree(studio.root)
    plain = style_sheet(tree)
    studio.write("guidelines/tokens.json", broken)
    assert style_sheet(tree) == plain


@given(
    some.dictionaries(
        some.sampled_from(
            ["c.light.primary", "c.dark.primary", "c.light.background", "c.dark.surface", "c.accent", "c.text"]
        ),
        colours,
    )
)
def test_text_reads_in_both_schemes_whatever_the_tokens(tokens: dict[str, tuple[int, int, int]]) -> None:
    """Ink, soft text, brand and accent read on the page, and white or black on the brand's colour."""
    for block in re.findall(r'scheme="\w+"\]\{(.*?)\}', variables(tokens)):
        role = {name: parse_hex(value) for name, value in re.findall(r"--ls-([\w-]+):(#\w{6})", block)}
        page = role["page"]
        assert page is not None
        brand, on_brand = role["brand"], role["on-brand"]
        assert brand is not None
        assert on_brand is not None
        assert contrast(brand, on_brand) >= READABLE
