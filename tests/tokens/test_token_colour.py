from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from toolkit.tokens import Colour, mix, parse_hex, say_hex
from toolkit.tokens.colour import SPACES, convert

channel = some.integers(0, 255)


@given(channel, channel, channel, some.sampled_from([1.0, 0.0]))
def test_hexadecimal_comes_back(red: int, green: int, blue: int, alpha: float) -> None:
    """A colour written and read is itself."""
    colour = Colour(red, green, blue, alpha)
    assert parse_hex(say_hex(colour)) == colour


@pytest.mark.parametrize(
    ("text", "found"),
    [("#fff", Colour(255, 255, 255)), ("#0B5563", Colour(11, 85, 99)), ("#0008", Colour(0, 0, 0, 0.5333))],
)
def test_short_and_long_forms_are_read(text: str, found: Colour) -> None:
    """Three, four, six and eight digits."""
    assert parse_hex(text) == found


@pytest.mark.parametrize("text", ["", "fff", "#ff", "#fffff", "#ggg", "#fff ", "#fffffffff", "#\u0661\u0661\u0661"])
def test_other_texts_are_no_colour(text: str) -> None:
    """Neither other lengths nor other digits."""
    assert parse_hex(text) is None


# The examples of the Design Tokens Color Module 2025.10, chapter 4: each is hot pink, in another space.
@pytest.mark.parametrize(
    ("space", "components"),
    [
        ("srgb", (1, 0, 1)),
        ("srgb-linear", (1, 0, 1)),
        ("hsl", (300, 100, 50)),
        ("hwb", (300, 0, 0)),
        ("lab", (60.17, 93.54, -60.5)),
        ("xyz-d50", (0.5791, 0.2831, 0.728)),
    ],
)
def test_every_space_leads_to_the_same_colour(space: str, components: tuple[float, ...]) -> None:
    """The specification's own example is #ff00ff in each of its spaces."""
    found = convert(space, components)
    assert [abs(one - other) <= 1 for one, other in zip(found.rgb, (255, 0, 255), strict=True)] == [True] * 3


@given(some.sampled_from(sorted(SPACES)), some.data())
def test_whatever_a_space_allows_is_a_colour(space: str, data: some.DataObject) -> None:
    """Outside sRGB the nearest colour inside it is taken; `none` is nothing."""
    parts = [data.draw(some.none() | some.floats(low, high)) for low, high in SPACES[space]]
    found = convert(space, tuple(parts))
    assert all(0 <= byte <= 255 for byte in found.rgb)


def test_mixing_goes_all_the_way() -> None:
    """None of it leaves a colour, all of it is the other."""
    one, other = Colour(0, 10, 200), Colour(255, 0, 100)
    assert (mix(one, other, 0), mix(one, other, 1)) == (one, other)
