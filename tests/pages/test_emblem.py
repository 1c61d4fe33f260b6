"""The sign of a house: initials on its colour, as an SVG that is nothing but a picture."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from toolkit.pages.emblem import EMBLEM, emblem
from toolkit.tokens import Tokens


@pytest.mark.parametrize(
    ("name", "letters"), [("Nordlicht Kaffee", "NK"), ("Kontor", "K"), ("7 & <b>", "7"), ("Ö", "Ö")]
)
def test_it_is_well_formed_and_shows_the_initials(name: str, letters: str) -> None:
    """Whatever a brand is called; where no word begins with a letter, its first sign."""
    drawing = ET.fromstring(emblem(name, Tokens())[EMBLEM])
    assert "".join(drawing.itertext()) == letters
