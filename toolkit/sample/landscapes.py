"""The north: sky, stars, aurora, sea, hills, harbour, leaves. Each paints onto a canvas."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from toolkit.sample.canvas import Box, Canvas, Fill, Point, placed, smooth, turned
from toolkit.sample.palette import AURORA, DEEP, FOAM, GOLD, MINT, NIGHT


def stars(canvas: Canvas, bounds: Box, count: int, seed: int) -> None:
    """Small lights, the same every time."""
    chance = random.Random(seed)  # noqa: S311  # where stars stand is no secret
    x0, y0, x1, y1 = bounds
    for _index in range(count):
        place = (chance.uniform(x0, x1), chance.uniform(y0, y1))
        canvas.ellipse(place, chance.choice((1.2, 1.6, 2.4)), FOAM, chance.uniform(0.35, 0.95))


def aurora(
    canvas: Canvas,
    bounds: Box,
    colours: Sequence[str] = (AURORA, MINT, AURORA),
    strength: float = 1,
    *,
    phase: float = 0,
) -> None:
    """Curtains of light that hang from the top of `bounds`; they wave with `phase`, the same again after 2π."""
    x0, y0, x1, y1 = bounds
    width, height = x1 - x0, y1 - y0
    for index, colour in enumerate(colours):
        shift = index * 1.7 + phase * (-1) ** index
        lower = [
            (x0 + width * t / 8, y0 + height * (0.62 + 0.16 * index + 0.2 * math.sin(t * 0.95 + shift)))
            for t in range(-1, 10)
        ]
        depth = height * (0.75 - 0.1 * index)
        curve = smooth(lower)
        _curtain(canvas, curve, depth, colour, strength)


def _curtain(canvas: Canvas, curve: Sequence[Point], depth: float, colour: str, strength: float) -> None:
    blur = depth / 14
    for share, alpha in ((1.0, 0.10), (0.72, 0.13), (0.48, 0.17), (0.28, 0.22), (0.12, 0.30)):
        upper = [(x + depth * 0.1 * share, y - depth * share) for x, y in reversed(curve)]
        canvas.polygon([*curve, *upper], colour, alpha * strength, blur * share + 2)
    canvas.line(curve, depth / 34, colour, 0.55 * strength, blur / 5)


def hills(canvas: Canvas, horizon: float, heights: Sequence[float], fill: Fill, alpha: float = 1) -> None:
    """A soft ridge over the whole width; `heights` rise above `horizon`."""
    step = canvas.width / (len(heights) - 1)
    ridge = smooth([(index * step, horizon - height) for index, height in enumerate(heights)])
    canvas.polygon([(0, canvas.height), *ridge, (canvas.width, canvas.height)], fill, alpha)


def sea(canvas: Canvas, horizon: float, fill: Fill, glints: str, seed: int) -> None:
    """Water up to `horizon` with short lines of light, longer the nearer they are."""
    canvas.box((0, horizon, canvas.width, canvas.height), fill)
    chance = random.Random(seed)  # noqa: S311  # a drawing, not a secret
    depth = canvas.height - horizon
    for index in range(42):
        near = (index / 42) ** 1.4
        y = horizon + 6 + near * depth
        x, length = chance.uniform(-40, canvas.width), 24 + near * chance.uniform(40, 170)
        canvas.line([(x, y), (x + length, y)], 1.5 + near * 3.5, glints, 0.12 + 0.2 * chance.random())


def waves(canvas: Canvas, bounds: Box, colours: Sequence[str]) -> None:
    """Rows of swell, one colour each, from back to front."""
    x0, y0, x1, y1 = bounds
    step = (x1 - x0) / 6
    for index, colour in enumerate(colours):
        base = y0 + (y1 - y0) * index / len(colours)
        lift = (y1 - y0) / len(colours) * 0.34
        crest = smooth([(x0 + step * (t - 0.6 * (index % 2)), base + lift * (-1) ** t) for t in range(-1, 9)])
        canvas.polygon([(x0 - step, y1), *crest, (x1 + step, y1)], colour)


def leaf(canvas: Canvas, at: Point, size: float, degrees: float, fill: Fill) -> None:
    """A simple leaf with a vein."""
    x, y = at
    shape = smooth(
        placed([(0, -1), (0.42, -0.2), (0.2, 0.6), (0, 1), (-0.2, 0.6), (-0.42, -0.2)], at, size),
        closed=True,
    )
    canvas.polygon(turned(shape, degrees, at), fill)
    vein = turned([(x, y - size * 0.7), (x, y + size * 1.25)], degrees, at)
    canvas.line(vein, size * 0.07, FOAM, 0.35)


def night(canvas: Canvas, horizon: float, seed: int) -> None:
    """The brand's sky: night, stars, aurora, two ridges."""
    canvas.box((0, 0, canvas.width, horizon), (NIGHT, DEEP))
    stars(canvas, (0, 0, canvas.width, horizon * 0.8), 90, seed)
    aurora(canvas, (-60, 0, canvas.width + 60, horizon * 0.86))
    hills(canvas, horizon, (40, 90, 60, 120, 70, 105, 50), "#173246")
    hills(canvas, horizon + 30, (60, 40, 74, 44, 80, 38, 66), "#10222f")


def snow(canvas: Canvas, bounds: Box, count: int, seed: int) -> None:
    """Flakes of different distance."""
    chance = random.Random(seed)  # noqa: S311  # a drawing, not a secret
    x0, y0, x1, y1 = bounds
    for _index in range(count):
        near = chance.random()
        place = (chance.uniform(x0, x1), chance.uniform(y0, y1))
        canvas.ellipse(place, 2 + near * 5, FOAM, 0.35 + near * 0.55, 0.4 + 1.2 * near)


def house(canvas: Canvas, bounds: Box, fill: Fill, roof: float, lit: Sequence[tuple[int, int]]) -> None:
    """A gabled brick house with a grid of four by three windows; `lit` names (column, row) with light."""
    x0, y0, x1, y1 = bounds
    canvas.polygon([(x0, y1), (x0, y0), ((x0 + x1) / 2, y0 - roof), (x1, y0), (x1, y1)], fill)
    width, height = (x1 - x0) / 4, (y1 - y0) / 3
    for column in range(4):
        for row in range(3):
            left, top = x0 + column * width + width * 0.27, y0 + row * height + height * 0.2
            pane = (left, top, left + width * 0.46, top + height * 0.56)
            shining = (column, row) in lit
            if shining:
                canvas.box(pane, GOLD, 0.5, 14)
            canvas.box(pane, ("#f6d58c", GOLD) if shining else "#0d1d29", radius=2)
            middle = (pane[0] + pane[2]) / 2
            canvas.line([(middle, pane[1]), (middle, pane[3])], 2, NIGHT, 0.6)
