from __future__ import annotations

import io
import re
import sys

import pytest
from PIL import Image

from tests.lint.conftest import Desk
from toolkit.model import Severity

TOKENS = """{ "$type": "color", "night": { "$value": "#12263a" }, "foam": { "$value": "#fbf8f3" },
  "pink": { "$value": "#ff00aa", "$deprecated": "until 2020" } }"""
POST = """---
title: Grafik
media:
  - file: «media/grafik.png»
    kind: {kind}
    alt: Moin auf Nacht
---
Moin
"""
NIGHT, PINK = (0x12, 0x26, 0x3A), (0xFF, 0, 0xAA)


def picture(colour: tuple[int, int, int], share: float = 1.0) -> bytes:
    """Foam with a share of another colour."""
    image = Image.new("RGB", (300, 200), (0xFB, 0xF8, 0xF3))
    image.paste(colour, (0, 0, round(300 * share), 200))
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def branded(desk: Desk) -> Desk:
    desk.write("guidelines/tokens.json", TOKENS)
    return desk


def said(desk: Desk, kind: str = "graphic") -> list[str]:
    return desk.messages("brand-colours", POST.replace("{kind}", kind))


def test_a_graphic_in_foreign_colours_is_a_warning_with_figures(branded: Desk) -> None:
    """Half of it pink: how far, how much is allowed, which colour, how much of it, what is nearest."""
    branded.write("content/media/grafik.png", picture(PINK, 0.5))
    [message] = said(branded)
    figures = (
        r"2\d\.\d away from the brand's colours, at most 10 is wanted: (49|50)% #ff00aa \(nearest #fbf8f3, 44 away\)"
    )
    assert re.fullmatch(figures, message)
    assert {problem.severity for problem in branded.check("brand-colours")} == {Severity.WARNING}


def test_a_graphic_in_the_brands_colours_is_none(branded: Desk) -> None:
    """Night on foam is ours, and so is a touch of something else."""
    branded.write("content/media/grafik.png", picture(NIGHT, 0.5))
    branded.post(POST.replace("{kind}", "graphic"))
    assert branded.check("brand-colours") == []
    branded.write("content/media/grafik.png", picture(PINK, 0.05))
    assert branded.check("brand-colours") == []


def test_the_brand_says_how_far_is_too_far(branded: Desk) -> None:
    """With a limit of 1 the touch is too much."""
    branded.write("content/media/grafik.png", picture(PINK, 0.05))
    limit = ', "$extensions": { "dev.leitstand": { "pictures": { "difference": 1 } } } }'
    branded.write("guidelines/tokens.json", TOKENS.removesuffix(" }") + limit)
    assert len(said(branded)) == 1


def test_a_photo_is_never_looked_at(branded: Desk) -> None:
    """The world has its own colours; no memory of the picture is left either."""
    branded.write("content/media/grafik.png", picture(PINK))
    branded.post(POST.replace("{kind}", "photo"))
    assert branded.check("brand-colours") == []
    assert not (branded.root / ".leitstand").exists()


def test_a_picture_is_looked_at_once(branded: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second check needs neither Pillow nor coloraide; other bytes or another brand are measured anew."""
    branded.write("content/media/grafik.png", picture(PINK))
    first = said(branded)
    monkeypatch.setattr("toolkit.lint.rules.brand_colours.dominant_colours", refuse)
    assert said(branded) == first
    branded.write("guidelines/tokens.json", TOKENS.replace("#12263a", "#12263b"))
    with pytest.raises(AssertionError, match="looked"):
        branded.check("brand-colours")


def refuse(_data: bytes) -> None:
    raise AssertionError("looked at again")


def test_without_pillow_one_hint_says_so(branded: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two graphics, one hint, and what to install."""
    branded.write("content/media/grafik.png", picture(PINK))
    for name in ("a", "b"):
        branded.post(POST.replace("{kind}", "graphic"), f"content/posts/{name}.md")
    for module in [name for name in sys.modules if name == "PIL" or name.startswith("PIL.")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "PIL", None)
    [problem] = branded.check("brand-colours")
    assert problem.severity is Severity.HINT
    assert "pip install" in problem.message


def test_a_bomb_and_a_damaged_file_are_left_to_the_rules_about_media(branded: Desk) -> None:
    """Neither stops the check."""
    stream = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(stream, "PNG")
    for data in (stream.getvalue(), picture(PINK)[:90]):
        branded.write("content/media/grafik.png", data)
        branded.post(POST.replace("{kind}", "graphic"))
        assert branded.check("brand-colours") == []


def test_without_a_brand_nothing_is_foreign(desk: Desk) -> None:
    """No tokens, no opinion."""
    desk.write("content/media/grafik.png", picture(PINK))
    desk.post(POST.replace("{kind}", "graphic"))
    assert desk.check("brand-colours") == []
