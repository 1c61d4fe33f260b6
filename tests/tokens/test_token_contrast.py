from __future__ import annotations

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as some

from toolkit.tokens import BLACK, WHITE, Colour, contrast, difference, nearest, parse_hex, readable, weighted_difference
from toolkit.tokens.contrast import TEXT, Lab, lab_difference

channel = some.integers(0, 255)
colours = some.builds(Colour, channel, channel, channel)

# Sharma, Wu, Dalal: The CIEDE2000 Color-Difference Formula. Implementation Notes, Supplementary Test Data, and
# Mathematical Observations. Color Research and Application 30 (2005), table 1: pairs 1, 4, 7, 9, 11, 13, 16 to 22, 25,
# 26, 28, 33, 34. Around pairs 9 to 16 the mean hue jumps, which most wrong implementations get wrong.
SHARMA = [
    ((50.0000, 2.6772, -79.7751), (50.0000, 0.0000, -82.7485), 2.0425),
    ((50.0000, -1.3802, -84.2814), (50.0000, 0.0000, -82.7485), 1.0000),
    ((50.0000, 0.0000, 0.0000), (50.0000, -1.0000, 2.0000), 2.3669),
    ((50.0000, 2.4900, -0.0010), (50.0000, -2.4900, 0.0009), 7.1792),
    ((50.0000, 2.4900, -0.0010), (50.0000, -2.4900, 0.0011), 7.2195),
    ((50.0000, -0.0010, 2.4900), (50.0000, 0.0009, -2.4900), 4.8045),
    ((50.0000, -0.0010, 2.4900), (50.0000, 0.0011, -2.4900), 4.7461),
    ((50.0000, 2.5000, 0.0000), (50.0000, 0.0000, -2.5000), 4.3065),
    ((50.0000, 2.5000, 0.0000), (73.0000, 25.0000, -18.0000), 27.1492),
    ((50.0000, 2.5000, 0.0000), (61.0000, -5.0000, 29.0000), 22.8977),
    ((50.0000, 2.5000, 0.0000), (56.0000, -27.0000, -3.0000), 31.9030),
    ((50.0000, 2.5000, 0.0000), (58.0000, 24.0000, 15.0000), 19.4535),
    ((50.0000, 2.5000, 0.0000), (50.0000, 3.1736, 0.5854), 1.0000),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((63.0109, -31.0961, -5.8663), (62.8187, -29.7946, -4.0864), 1.2630),
    ((35.0831, -44.1164, 3.7933), (35.0232, -40.0716, 1.5901), 1.8645),
    ((6.7747, -0.2908, -2.4247), (5.8714, -0.0985, -2.2286), 0.6377),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


def colour(text: str) -> Colour:
    found = parse_hex(text)
    assert found is not None
    return found


@pytest.mark.parametrize(("one", "other", "published"), SHARMA)
def test_the_difference_is_the_published_one(one: Lab, other: Lab, published: float) -> None:
    """CIEDE2000 gives the values of its authors' test data, in both directions."""
    assert lab_difference(one, other) == pytest.approx(published, abs=5e-5)
    assert lab_difference(other, one) == pytest.approx(published, abs=5e-5)


# WCAG 2.1 (1.4.3, 1.4.6 and their Understanding pages): 21 is the most there is, #767676 the lightest grey that is
# enough for text on white, #777777 just misses it, #949494 the lightest that is enough for large text, #595959 for AAA;
# pure red just misses AA on white, and yellow is nearly white.
@pytest.mark.parametrize(
    ("one", "ground", "published"),
    [
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#ffffff", 1),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#949494", "#ffffff", 3.03),
        ("#595959", "#ffffff", 7.0),
        ("#ff0000", "#ffffff", 4.0),
        ("#ffff00", "#ffffff", 1.07),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_the_one_of_the_guidelines(one: str, ground: str, published: float) -> None:
    """Contrast of well-known pairs is what every checker of WCAG says, whichever colour is the ground."""
    assert contrast(colour(one), colour(ground)) == pytest.approx(published, abs=0.006)
    assert contrast(colour(ground), colour(one)) == contrast(colour(one), colour(ground))


@given(colours, colours)
def test_contrast_is_the_one_of_a_colour_library(one: Colour, ground: Colour) -> None:
    """Our three lines and coloraide agree on every pair."""
    assert contrast(one, ground) == pytest.approx(Color(one.hex).contrast(Color(ground.hex), method="wcag21"), abs=2e-3)


def test_what_is_not_opaque_is_seen_on_its_ground() -> None:
    """Black at half its strength on white is a grey, and reads like one."""
    assert contrast(Colour(0, 0, 0, 0.5), WHITE) == contrast(Colour(128, 128, 128), WHITE)
    assert contrast(Colour(0, 0, 0, 0.0), WHITE) == 1


@given(colours, colours)
def test_a_readable_colour_reads(chosen: Colour, ground: Colour) -> None:
    """Whatever the brand chose, text in its colour has a contrast of 4.5 to its ground."""
    assert contrast(readable(chosen, ground), ground) >= TEXT


def test_a_colour_that_reads_stays_as_it_is() -> None:
    """A brand's colour is only touched where it has to be."""
    fjord = colour("#2b6777")
    assert readable(fjord, WHITE) == fjord


def test_the_nearest_colour_is_the_one_that_the_eye_takes() -> None:
    """A darker fjord is fjord, and its difference to itself is none."""
    brand = [colour("#2b6777"), colour("#a84e28"), colour("#fbf8f3")]
    near, away = nearest(colour("#24596a"), brand)
    assert near == brand[0]
    assert 0 < away < 8
    assert difference(brand[0], brand[0]) == 0
    assert difference(BLACK, WHITE) == pytest.approx(100, abs=0.1)


def test_a_difference_is_weighted_by_share() -> None:
    """A tenth of the picture that is 50 away makes it 5 away; nothing is nowhere."""
    assert weighted_difference([(0.9, 0.0), (0.1, 50.0)]) == pytest.approx(5)
    assert weighted_difference([]) == 0
