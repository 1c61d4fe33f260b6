from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as some

from toolkit.model import Span
from toolkit.pages.script import read_asset
from toolkit.pages.stylesheet import SHEETS, style_sheet, variables
from toolkit.source import FolderTree
from toolkit.tokens import Colour, Token, Tokens, contrast, open_tokens, parse_hex
from toolkit.tokens.contrast import TEXT

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

channel = some.integers(0, 255)
colours = some.builds(Colour, channel, channel, channel)


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"color": 3}', '{"a": {"$type": "color", "$value": null}}'])
def test_broken_tokens_mean_our_own_colours(studio: Studio, broken: str) -> None:
    """A site is built without tokens, and with tokens that nobody can read."""
    tree = FolderTree(studio.root)
    plain = style_sheet(open_tokens(tree)[0])
    studio.write("guidelines/tokens.json", broken)
    assert style_sheet(open_tokens(tree)[0]) == plain


@given(
    some.dictionaries(
        some.sampled_from(
            ["c.light.primary", "c.dark.primary", "c.light.background", "c.dark.surface", "c.accent", "c.text"]
        ),
        colours,
    )
)
def test_text_reads_in_both_schemes_whatever_the_tokens(chosen: dict[str, Colour]) -> None:
    """Ink, soft text, brand and accent read on the page, and white or black on the brand's colour."""
    tokens = Tokens({name: Token(name, "color", colour, Span()) for name, colour in chosen.items()})
    for block in re.findall(r'scheme="\w+"\]\{(.*?)\}', variables(tokens)):
        role = {name: parse_hex(value) for name, value in re.findall(r"--ls-([\w-]+):(#\w{6})", block)}
        page = role["page"]
        assert page is not None
        brand, on_brand = role["brand"], role["on-brand"]
        assert brand is not None
        assert on_brand is not None
        assert contrast(brand, on_brand) >= TEXT


# A selector of one class, however often named, with or without what stands around every page.
ALONE = r"(?:^|[,}])\s*(?:\.md-typeset |\.ls(?:\.ls)? )*\.(ls-[\w-]+)(?:\.\1(?![\w-]))?(?::[^\s,{]+)?\s*(?=[,{])"


def test_no_two_rooms_draw_different_things_with_one_class() -> None:
    """A class that one room's sheet draws by its name alone is drawn by no other room's: all sheets are in every page."""
    drawn: dict[str, set[str]] = {}
    for sheet in set(SHEETS) - {"base", "phone", "paper"}:
        text = re.sub(r"/\*.*?\*/|@media[^{]*{", "", read_asset(f"styles/{sheet}.css"), flags=re.DOTALL)
        for one in re.findall(ALONE, text):
            drawn.setdefault(one, set()).add(sheet)
    assert {name: sheets for name, sheets in drawn.items() if len(sheets) > 1} == {}
