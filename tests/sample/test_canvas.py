"""The drawing surface: curves meet their points, clipping nests, edges are smooth, a missing font says what to do."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from toolkit.errors import LeitstandError
from toolkit.sample import canvas as drawing
from toolkit.sample.canvas import Canvas, placed, smooth, turned

POINTS = some.lists(some.tuples(some.integers(-500, 500), some.integers(-500, 500)), min_size=2, max_size=9)


@given(POINTS)
def test_a_curve_goes_through_its_points(points: list[tuple[int, int]]) -> None:
    """Catmull-Rom: no point of an open curve is missed, and it ends at the last."""
    curve = smooth(points)
    assert all(any(math.dist(point, at) < 1e-6 for at in curve) for point in points)
    assert curve[-1] == points[-1]


@given(POINTS, some.integers(-720, 720))
def test_turning_back_gives_the_same_points(points: list[tuple[int, int]], degrees: int) -> None:
    """Turning by an angle and back moves nothing."""
    back = turned(turned(points, degrees, (10, 20)), -degrees, (10, 20))
    assert all(math.dist(one, other) < 1e-6 for one, other in zip(points, back, strict=True))


def test_placing_takes_one_size_or_two() -> None:
    """A drawing of one unit is put to its place, scaled by width and height."""
    assert placed([(0, 0), (1, -1)], (10, 20), 5) == [(10, 20), (15, 15)]
    assert placed([(1, -1)], (10, 20), (5, 8)) == [(15, 12)]


def test_nothing_is_painted_outside_a_clipping() -> None:
    """Inside two nested clippings only their overlap takes colour."""
    canvas = Canvas(40, 40, "#000000")
    with canvas.within((0, 0, 20, 40)), canvas.within((10, 0, 40, 40)):
        canvas.box((0, 0, 40, 40), "#ff0000")
    picture = canvas.finished()
    assert picture.getpixel((15, 20)) == (255, 0, 0)
    assert picture.getpixel((5, 20)) == picture.getpixel((30, 20)) == (0, 0, 0)
    canvas.box((0, 0, 40, 40), "#00ff00")
    assert canvas.finished().getpixel((5, 20)) == (0, 255, 0)


def test_edges_are_smooth_and_gradients_run_down() -> None:
    """A circle's edge has colours between inside and outside; a gradient goes from the first to the second colour."""
    canvas = Canvas(60, 60, "#000000")
    canvas.ellipse((30, 30), 20.5, "#ffffff")
    levels = {canvas.finished().convert("L").getpixel((x, 20)) for x in range(60)}
    assert len(levels) > 2
    canvas.box((0, 0, 60, 60), ("#ff0000", "#0000ff"))
    picture = canvas.finished()
    top, bottom = picture.getpixel((30, 1)), picture.getpixel((30, 58))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert (top[0] > 240, top[2] < 15) == (True, True)
    assert (bottom[2] > 240, bottom[0] < 15) == (True, True)


def test_shapes_beside_the_canvas_do_no_harm() -> None:
    """A shape that lies outside leaves the picture as it was."""
    canvas = Canvas(20, 20, "#123456")
    canvas.ellipse((-50, -50), 10, "#ffffff")
    assert canvas.finished().getcolors() == [(400, (0x12, 0x34, 0x56))]


def test_without_fonts_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without any of the fonts is told which to install."""
    monkeypatch.setitem(drawing.FACES, "sans", ("no-such-font.ttf",))
    drawing.font.cache_clear()
    with pytest.raises(LeitstandError, match="Liberation"):
        Canvas(20, 20, "#000000").text((1, 1), "Moin", 12, "#ffffff")
    drawing.font.cache_clear()
