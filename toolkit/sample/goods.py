"""What the roastery sells and uses: bags, cups, brewers, beans, the roaster, doors."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from toolkit.sample.canvas import Canvas, Fill, Point, placed, smooth, turned
from toolkit.sample.palette import COFFEE, DUNE, FOAM, GOLD, NIGHT, SAND

Art = Callable[[Canvas, tuple[float, float, float, float]], None]


def shadow(canvas: Canvas, centre: Point, radius: Point, alpha: float = 0.28) -> None:
    """What a thing throws on the table."""
    canvas.ellipse(centre, radius, NIGHT, alpha, radius[1] * 0.55)


def bag(canvas: Canvas, foot: Point, size: Point, colours: tuple[str, str], *, name: str, art: Art) -> None:
    """A stand-up coffee bag; `foot` is the middle of its bottom, `art` paints the band across its front."""
    (x, y), (w, h) = foot, size
    half = w / 2
    shape = smooth(
        placed(
            [
                (-0.9, -1),
                (0.9, -1),
                (0.94, -0.86),
                (1, -0.4),
                (1.02, -0.06),
                (0.92, 0),
                (-0.92, 0),
                (-1.02, -0.06),
                (-1, -0.4),
                (-0.94, -0.86),
            ],
            foot,
            (half, h),
        ),
        steps=8,
        closed=True,
    )
    canvas.polygon(shape, colours)
    with canvas.clipped(shape):
        band = (x - half * 1.05, y - h * 0.66, x + half * 1.05, y - h * 0.24)
        with canvas.within(band):
            art(canvas, band)
        canvas.box((x - half * 1.1, y - h * 0.245, x + half * 1.1, y - h * 0.237), FOAM, 0.8)
        canvas.box((x - half * 1.1, y - h * 0.665, x + half * 1.1, y - h * 0.657), FOAM, 0.8)
        canvas.box((x + half * 0.55, y - h * 1.1, x + half * 1.3, y + 9), NIGHT, 0.22, w * 0.09)
        canvas.box((x - half * 1.3, y - h * 1.1, x - half * 0.74, y + 9), FOAM, 0.16, w * 0.07)
        canvas.box((x - half * 1.1, y - h * 1.05, x + half * 1.1, y - h * 0.93), NIGHT, 0.16)
        for row in (0.975, 0.958, 0.941):
            canvas.line([(x - half, y - h * row), (x + half, y - h * row)], 1.5, FOAM, 0.25)
    canvas.ellipse((x, y - h * 0.86), w * 0.035, NIGHT, 0.35)
    canvas.ellipse((x, y - h * 0.86), w * 0.015, FOAM, 0.5)
    canvas.text((x, y - h * 0.75), name, w * 0.115, FOAM, "serif")
    canvas.text((x, y - h * 0.13), "Nordlicht Kaffee", w * 0.062, FOAM)
    canvas.text((x, y - h * 0.075), "250 g · ganze Bohne", w * 0.045, FOAM)


def bean(canvas: Canvas, at: Point, size: float, degrees: float, fill: Fill = ("#6b4a37", COFFEE)) -> None:
    """A roasted bean with its curved cut."""
    x, y = at
    outline = [(x + size * math.cos(a / 12 * math.pi), y + size * 0.66 * math.sin(a / 12 * math.pi)) for a in range(24)]
    canvas.polygon(turned(outline, degrees, at), fill)
    cut = smooth([(x - size * 0.92, y), (x - size * 0.3, y - size * 0.14), (x + size * 0.3, y + size * 0.14)])
    canvas.line(turned([*cut, (x + size * 0.92, y)], degrees, at), size * 0.11, "#2c1d15", 0.8)


def steam(canvas: Canvas, at: Point, height: float, alpha: float = 0.5, *, phase: float = 0) -> None:
    """Two threads of vapour, which wave with `phase`."""
    x, y = at
    for shift, share in ((-0.12, 1.0), (0.13, 0.75)):
        thread = smooth(
            [(x + height * (shift + 0.07 * math.sin(t * 1.5 - phase)), y - height * share * t / 4) for t in range(5)]
        )
        canvas.line(thread, height * 0.055, FOAM, alpha, height * 0.03)


def cup(canvas: Canvas, foot: Point, width: float, colours: tuple[str, str], *, handle: bool = True) -> None:
    """A cup from the side, slightly from above."""
    x, y = foot
    half, height = width / 2, width * 0.72
    shadow(canvas, (x, y), (half * 0.95, width * 0.06))
    if handle:
        ring = [
            (x + half * 0.86 + width * 0.2 * math.cos(a), y - height * 0.56 + width * 0.2 * math.sin(a))
            for a in [math.pi * step / 14 - math.pi / 2 for step in range(15)]
        ]
        canvas.line(ring, width * 0.075, colours[1])
    body = [(x - half, y - height), (x + half, y - height), (x + half * 0.93, y - height * 0.45)]
    body += [(x + half * 0.6, y), (x - half * 0.6, y), (x - half * 0.93, y - height * 0.45)]
    curve = [body[0], body[1], *smooth(body[1:4])[1:], body[4], *smooth(body[4:] + body[:1])[1:]]
    canvas.polygon(curve, colours)
    with canvas.clipped(curve):
        canvas.box((x + half * 0.35, y - height, x + half * 1.2, y), NIGHT, 0.16, width * 0.08)
    canvas.ellipse((x, y - height), (half, width * 0.115), colours[0])
    canvas.ellipse((x, y - height), (half * 0.9, width * 0.09), ("#2c1d15", COFFEE))
    canvas.ellipse((x - half * 0.2, y - height - width * 0.015), (half * 0.42, width * 0.03), DUNE, 0.25, width * 0.01)


def cup_from_above(canvas: Canvas, at: Point, radius: float, rim: str, coffee: Sequence[str]) -> None:
    """A bowl seen from above, for tastings."""
    canvas.ellipse((at[0] + radius * 0.08, at[1] + radius * 0.14), radius * 1.02, NIGHT, 0.25, radius * 0.12)
    canvas.ellipse(at, radius, rim)
    canvas.ellipse(at, radius * 0.88, (coffee[0], coffee[1]))
    canvas.ellipse(
        (at[0] - radius * 0.3, at[1] - radius * 0.32), (radius * 0.34, radius * 0.2), FOAM, 0.18, radius * 0.07
    )


def dripper(canvas: Canvas, foot: Point, size: float, full: float = 0.2, glass: str = "#cfe3e2") -> None:
    """A hand filter on its glass jug, filled up to the share `full` of `size`; `foot` is the middle of its bottom."""
    x, y = foot
    level = y - size * full
    shadow(canvas, (x, y), (size * 0.4, size * 0.05))
    jug = smooth(
        placed(
            [
                (-0.17, -0.52),
                (0.17, -0.52),
                (0.2, -0.4),
                (0.38, -0.12),
                (0.3, 0),
                (-0.3, 0),
                (-0.38, -0.12),
                (-0.2, -0.4),
            ],
            foot,
            size,
        ),
        closed=True,
    )
    canvas.polygon(jug, glass, 0.75)
    with canvas.clipped(jug):
        if full:
            canvas.box((x - size * 0.5, level, x + size * 0.5, y + 5), ("#6b4a37", "#2c1d15"))
            canvas.ellipse((x, level), (size * 0.33, size * 0.025), "#7d5a45")
    if full:
        canvas.line([(x, y - size * 0.5), (x, level)], size * 0.018, COFFEE)
    cone = [(x - size * 0.36, y - size * 0.92), (x + size * 0.36, y - size * 0.92)]
    paper = [(x - size * 0.31, y - size * 0.99), (x + size * 0.31, y - size * 0.99), *reversed(cone)]
    canvas.polygon(paper, FOAM)
    canvas.polygon([*cone, (x + size * 0.08, y - size * 0.56), (x - size * 0.08, y - size * 0.56)], (SAND, DUNE))
    canvas.box((x - size * 0.24, y - size * 0.575, x + size * 0.24, y - size * 0.535), DUNE, radius=size * 0.02)


def kettle(canvas: Canvas, foot: Point, size: float, colours: tuple[str, str]) -> None:
    """A kettle with a swan neck pointing left."""
    x, y = foot
    spout = smooth(placed([(-0.3, -0.12), (-0.52, -0.2), (-0.5, -0.46), (-0.68, -0.62)], foot, size))
    canvas.line(spout, size * 0.055, colours[1])
    grip = smooth(
        [(x + size * 0.25, y - size * 0.52), (x + size * 0.56, y - size * 0.5), (x + size * 0.5, y - size * 0.14)]
    )
    canvas.line(grip, size * 0.06, NIGHT)
    canvas.polygon(
        [
            (x - size * 0.22, y - size * 0.56),
            (x + size * 0.22, y - size * 0.56),
            (x + size * 0.34, y),
            (x - size * 0.34, y),
        ],
        colours,
    )
    canvas.box((x - size * 0.24, y - size * 0.6, x + size * 0.24, y - size * 0.55), colours[1], radius=size * 0.02)
    canvas.ellipse((x, y - size * 0.63), size * 0.045, NIGHT)


def roaster(canvas: Canvas, foot: Point, size: float, colours: tuple[str, str]) -> None:
    """Gerda: a drum roaster from the side with hopper, window, brass and cooling tray."""
    x, y = foot
    shadow(canvas, (x, y), (size * 0.62, size * 0.05))
    for leg in (-0.3, 0.16):
        canvas.polygon(
            placed([(leg, -0.3), ((leg + 0.1), -0.3), ((leg + 0.13), 0), ((leg - 0.03), 0)], foot, size),
            NIGHT,
        )
    canvas.line([(x + size * 0.22, y - size * 0.72), (x + size * 0.22, y - size * 1.25)], size * 0.08, DUNE)
    canvas.box((x - size * 0.42, y - size * 0.76, x + size * 0.36, y - size * 0.28), colours, radius=size * 0.06)
    canvas.polygon(
        placed([(-0.36, -1.06), (0.02, -1.06), (-0.1, -0.76), (-0.24, -0.76)], foot, size),
        (GOLD, "#b98a3a"),
    )
    canvas.ellipse((x - size * 0.2, y - size * 0.52), size * 0.19, GOLD)
    canvas.ellipse((x - size * 0.2, y - size * 0.52), size * 0.165, colours[1])
    canvas.ellipse((x - size * 0.2, y - size * 0.54), size * 0.07, ("#f6d58c", "#d98e3f"))
    canvas.text((x + size * 0.16, y - size * 0.6), "Gerda", size * 0.095, GOLD, "italic")
    canvas.ellipse((x - size * 0.56, y - size * 0.16), (size * 0.36, size * 0.075), "#b98a3a")
    canvas.ellipse((x - size * 0.56, y - size * 0.175), (size * 0.34, size * 0.06), COFFEE)
    canvas.polygon(
        placed([(-0.92, -0.15), (-0.2, -0.15), (-0.3, -0.05), (-0.82, -0.05)], foot, size),
        ("#b98a3a", "#8a6427"),
    )
    canvas.box((x - size * 0.58, y - size * 0.05, x - size * 0.54, y), NIGHT)
    for index in range(9):
        drop = index / 8
        place = (x - size * (0.4 + 0.1 * drop), y - size * (0.42 - 0.22 * drop))
        bean(canvas, (place[0] + size * 0.02 * (-1) ** index, place[1]), size * 0.018, index * 47)
