from __future__ import annotations

import re
from pathlib import Path

import pytest

from toolkit.model import Span
from toolkit.tokens import (
    NAMES,
    OURS,
    Brand,
    Colour,
    Token,
    Tokens,
    brand_css,
    chart_palette,
    contrast,
    make_brand,
    matplotlib_style,
    measure_pairs,
    measure_series,
    parse_hex,
    read_tokens,
    tokens_css,
)

HARBOUR = Path(__file__).with_name("harbour.json")


def harbour() -> Tokens:
    return read_tokens("harbour.json", HARBOUR.read_bytes())[0]


def test_the_style_sheet_is_the_golden_one() -> None:
    """Tokens of every type, roles by name and by extension, ours where the brand has none: `harbour.css`."""
    tokens = harbour()
    assert tokens_css(tokens, make_brand(tokens)) == HARBOUR.with_suffix(".css").read_text("utf-8")


def test_the_palette_is_the_golden_one() -> None:
    """The series stand in the file's order; behind them ours, so that six series always have six colours."""
    brand = make_brand(harbour())
    assert chart_palette(brand, "light") == ["#2b6777", "#d2849c", "#1e6b45", "#a3243b", "#7a5a00", "#555b63"]
    assert chart_palette(brand, "dark") == ["#00f900", "#f2a65a", "#86d3a8", "#f2939f", "#e2c35c", "#aab0ba"]


def test_seaborn_and_matplotlib_take_them() -> None:
    """The palette is one that seaborn knows, and every setting one that matplotlib has."""
    import matplotlib as mpl
    import seaborn as sns

    brand = make_brand(harbour())
    assert sns.color_palette(chart_palette(brand, "light")).as_hex()[0] == "#2b6777"
    with mpl.rc_context(matplotlib_style(brand, "dark")):  # type: ignore[arg-type]  # the stub names every setting
        assert mpl.rcParams["figure.facecolor"] == "#0f1d29"
        assert mpl.rcParams["text.color"] == "#fbf8f3"


def test_a_role_of_one_scheme_is_never_taken_for_the_other() -> None:
    """`light.primary` is no primary of the dark scheme; `brand` without a scheme is one of both."""
    fjord, white = Colour(43, 103, 119), Colour(255, 255, 255)
    tokens = Tokens(
        {name: Token(name, "color", colour, Span()) for name, colour in [("c.light.text", fjord), ("x.brand", white)]}
    )
    brand = make_brand(tokens)
    assert brand.light["text"] == fjord
    assert brand.dark["text"] == OURS["dark"]["text"]
    assert brand.light["primary"] == brand.dark["primary"] == white


def test_our_own_colours_keep_our_own_rule() -> None:
    """A workspace without tokens has a site and charts in which every pair of roles can be read."""
    tokens = Tokens(
        {
            f"c.{scheme}.{role}": Token(f"c.{scheme}.{role}", "color", colour, Span())
            for scheme, roles in OURS.items()
            for role, colour in roles.items()
        }
    )
    assert make_brand(tokens) == Brand(OURS["light"], OURS["dark"]) == make_brand(Tokens())
    measured = measure_pairs(tokens)
    assert len(measured) == 2 * (7 * 2 + 2 + 6)
    assert [(one.pair.one.name, one.pair.ground.name) for one in measured if not one.passed] == []


def test_every_role_is_a_variable_in_light_and_dark() -> None:
    """Reports and charts find each of their colours in both halves."""
    light, dark = brand_css(make_brand(Tokens())).split("@media")
    for half in (light, dark):
        assert re.findall(r"--([\w-]+):#\w{6};", half) == list(NAMES)


def test_a_pair_that_is_too_weak_names_a_colour_that_is_not() -> None:
    """What `better` says has enough contrast on the same ground."""
    text = '{"$type": "color", "text": {"$value": "#9aa0a6"}, "background": {"$value": "#ffffff"}}'
    found = [one for one in measure_pairs(read_tokens("t", text.encode())[0]) if not one.passed]
    assert [one.pair.one.name for one in found] == ["text"], "a pair of both schemes is told once"
    ground = parse_hex("#ffffff")
    assert ground is not None
    assert contrast(found[0].better, ground) >= 4.5


def test_series_are_compared_each_with_each() -> None:
    """Two series make one comparison, the most alike of more come first."""
    [alike] = measure_series(harbour(), "light")
    assert {alike.one.name, alike.other.name} == {"color.fjord", "color.rose"}
    assert alike.difference > 30


@pytest.mark.parametrize("name", ["a.b-c", "größe.x", "A.B"])
def test_names_become_names_of_css(name: str) -> None:
    """A variable's name has letters, digits, hyphens; the file's own letters are kept."""
    tokens = Tokens({name: Token(name, "color", Colour(1, 2, 3), Span())})
    assert re.search(r"^  --brand-[\w-]+: #010203;$", tokens_css(tokens, make_brand(tokens)), re.MULTILINE)
