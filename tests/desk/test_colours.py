from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as some

from toolkit.desk.colours import STATES, colour_style, desk_colours, style_sheet
from toolkit.desk.icons import DRAWN
from toolkit.model import Span
from toolkit.source import FolderTree
from toolkit.tokens import SCHEMES, Colour, Token, Tokens, contrast, make_brand, open_tokens
from toolkit.tokens.contrast import GRAPHICS, TEXT

ROOT = Path(__file__).parents[2]
GROUNDS = (
    "page",
    "surface",
    "sunken",
    "tint",
    "raised",
    "field",
    "hover",
    "pressed",
    *(f"{n}-bg" for n in STATES["light"]),
)
WRITTEN = ("ink", "soft", "brand", *STATES["light"])
channel = some.integers(0, 255)
colours = some.builds(Colour, channel, channel, channel)
roles = [f"c.{scheme}.{role}" for scheme in SCHEMES for role in ("primary", "accent", "background", "surface", "text")]


def assert_reads(tokens: Tokens) -> None:
    for scheme in SCHEMES:
        found = desk_colours(make_brand(tokens), scheme)
        low = {
            (one, ground): contrast(found[one], found[ground])
            for one in WRITTEN
            for ground in GROUNDS
            if contrast(found[one], found[ground]) < TEXT
        }
        assert low == {}, scheme
        assert contrast(found["on-brand"], found["brand"]) >= TEXT
        assert contrast(found["on-brand"], found["brand-hover"]) >= TEXT
        parts = [contrast(found[one], found[ground]) for one in ("edge", "focus") for ground in GROUNDS]
        assert min(parts) >= GRAPHICS


@given(some.dictionaries(some.sampled_from(roles), colours))
def test_everything_reads_whatever_the_tokens(chosen: dict[str, Colour]) -> None:
    """Ink, soft text, accent and states reach 4.5 on every ground, edges and focus 3, for any brand whatever."""
    assert_reads(Tokens({name: Token(name, "color", colour, Span()) for name, colour in chosen.items()}))


def test_the_sample_and_a_new_workspace_read() -> None:
    """The same holds for Nordlicht Kaffee and for a workspace without a token of its own."""
    assert_reads(open_tokens(FolderTree(ROOT))[0])
    assert_reads(Tokens({}))


def test_the_accent_is_the_brand_s() -> None:
    """Nordlicht's fjord is the desk's accent in light, its ice in dark; its foam the ground."""
    brand = make_brand(open_tokens(FolderTree(ROOT))[0])
    assert desk_colours(brand, "light")["brand"].hex == "#2b6777"
    assert desk_colours(brand, "dark")["brand"].hex == "#8fd0dd"
    assert "--page:light-dark(#fbf8f3,#0f1d29);" in colour_style(brand)


def test_every_variable_that_a_rule_uses_is_made() -> None:
    """No rule uses a colour or picture that nobody makes."""
    sheet = style_sheet(Tokens({}))
    used = set(re.findall(r"var\((--[\w-]+)(?=\))", sheet))  # one with a fallback may be missing
    made = set(re.findall(r"(--[\w-]+)\s*:", sheet))
    assert used - made == set()


def test_every_icon_of_the_templates_is_drawn() -> None:
    """A template that names an icon names one that there is."""
    templates = Path(str(resources.files("toolkit.desk"))) / "templates"
    words = {
        name
        for path in templates.rglob("*.html")
        for name in re.findall(r"icon=\"([\w-]+)\"|icon\(\"([\w-]+)\"\)|\bi-([a-z]+)\b", path.read_text("utf-8"))
        for name in name
        if name
    }
    assert words
    assert words - set(DRAWN) == set()


def test_the_sheet_loads_nothing() -> None:
    """Strict content policy: no import, no address but pictures within the sheet."""
    sheet = style_sheet(open_tokens(FolderTree(ROOT))[0])
    assert "@import" not in sheet
    assert [
        found for found in re.findall(r"url\(\"?([^)\"]{0,12})", sheet) if not found.startswith("data:image/")
    ] == []
