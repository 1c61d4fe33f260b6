"""Pictures of people, rooms and origins: harbour, café, team, roaster, tasting, farm."""

from __future__ import annotations

import math
import random

from toolkit.sample.canvas import Canvas, Point, placed, smooth
from toolkit.sample.goods import bean, cup, cup_from_above, dripper, roaster, steam
from toolkit.sample.landscapes import aurora, hills, house, leaf, sea, stars
from toolkit.sample.palette import (
    AURORA,
    BERRY,
    COFFEE,
    COPPER,
    DAWN,
    DEEP,
    DUNE,
    FJORD,
    FOAM,
    GOLD,
    MINT,
    NIGHT,
    SAND,
    STONE,
)

WIDE = (1600, 900)
SQUARE = (1200, 1200)
TALL = (1080, 1350)


def harbour() -> Canvas:
    """The old net factory at dusk, three windows lit."""
    canvas = Canvas(*WIDE, ("#27455c", "#e0a37e"))
    stars(canvas, (0, 0, 1600, 260), 40, 2)
    hills(canvas, 610, (30, 60, 30, 80, 40, 20, 50), "#4c6572", 0.9)
    sea(canvas, 640, ("#8a7f80", "#22394a"), "#f0c596", 8)
    canvas.box((380, 626, 1600, 676), ("#2a3640", "#182530"))
    canvas.box((1180, 190, 1232, 420), "#5d3024")
    for index in range(5):
        puff = (1210 + index * 34, 170 - index * 26)
        canvas.ellipse(puff, (26 + index * 9, 15 + index * 5), FOAM, 0.3 - index * 0.04, 9)
    house(canvas, (940, 330, 1480, 630), ("#8a4a36", "#5d3024"), 130, ((0, 1), (2, 0), (3, 2)))
    house(canvas, (620, 430, 900, 630), ("#43545e", "#2c3a44"), 80, ())
    canvas.box((990, 300, 1430, 344), NIGHT, 0.9, radius=6)
    canvas.text((1210, 322), "NORDLICHT KAFFEE", 30, FOAM, "serif")
    canvas.polygon([(150, 700), (460, 700), (420, 752), (190, 752)], "#14222d")
    canvas.polygon([(250, 640), (350, 640), (350, 700), (250, 700)], FOAM)
    canvas.box((266, 654, 300, 680), GOLD)
    canvas.line([(300, 640), (300, 520)], 6, NIGHT)
    canvas.line([(300, 530), (430, 700)], 2.5, NIGHT)
    for x in (1006, 1276, 1412):
        canvas.box((x - 14, 690, x + 14, 860), GOLD, 0.28, 9)
    return canvas


def cups() -> Canvas:
    """Three cups on the bar in front of the morning sky."""
    canvas = Canvas(*WIDE, ("#34505f", "#4b6a75"))
    canvas.box((120, 60, 1480, 640), "#1c2f3b", radius=10)
    pane = [(142, 82), (1458, 82), (1458, 640), (142, 640)]
    with canvas.clipped(pane):
        canvas.box((142, 82, 1458, 640), ("#9fc2c6", "#f6d9b4"))
        canvas.ellipse((1120, 520), 120, "#fbe6bd", 0.95)
        hills(canvas, 620, (40, 90, 50, 120, 60, 30), "#7f9ca0", 0.9)
        canvas.box((142, 600, 1458, 660), ("#a9c6c4", "#7fb0ae"))
    canvas.box((790, 82, 812, 640), "#1c2f3b")
    canvas.box((0, 640, 1600, 900), ("#b98a5a", "#7d5636"))
    for y in (700, 770, 840):
        canvas.line([(0, y), (1600, y + 6)], 2, COFFEE, 0.35)
    for x, colours in ((430, (FJORD, DEEP)), (800, (SAND, DUNE)), (1170, (COPPER, "#6f3018"))):
        cup(canvas, (x, 770), 270, colours)
        steam(canvas, (x, 560), 240, 0.8)
    return canvas


def team() -> Canvas:
    """Seven people from behind, looking at the aurora."""
    canvas = Canvas(*WIDE, (NIGHT, DEEP))
    stars(canvas, (0, 0, 1600, 560), 120, 31)
    aurora(canvas, (-80, -20, 1680, 620), (AURORA, MINT, AURORA), 1.25)
    sea(canvas, 640, ("#1f4e58", "#10222f"), MINT, 12)
    canvas.polygon(
        [(0, 900), (0, 800), *smooth([(0, 800), (500, 770), (1100, 790), (1600, 760)]), (1600, 900)], "#0a151d"
    )
    coats = ("#16303f", "#23323c", "#1d3a3a", "#33262f", "#14293a", "#2c3138", "#1a3340")
    for index, height in enumerate((300, 340, 318, 352, 290, 330, 312)):
        _person(canvas, (330 + index * 158, 815), height, coats[index], index)
    return canvas


def _person(canvas: Canvas, foot: Point, height: float, coat: str, index: int) -> None:
    x, y = foot
    wide = height * 0.155
    canvas.box((x - wide * 0.6, y - height * 0.4, x - wide * 0.06, y), "#0a151d")
    canvas.box((x + wide * 0.06, y - height * 0.4, x + wide * 0.6, y), "#0a151d")
    shoulders = smooth(
        placed(
            [(-1, -0.36), (-1.02, -0.68), (-0.5, -0.8), (0.5, -0.8), (1.02, -0.68), (1, -0.36)], foot, (wide, height)
        )
    )
    canvas.polygon(shoulders, coat)
    canvas.line(shoulders[: len(shoulders) // 2], 3, MINT, 0.35)
    canvas.ellipse((x, y - height * 0.9), height * 0.082, "#2a2f33")
    canvas.box(
        (x - wide * 0.42, y - height * 0.85, x + wide * 0.42, y - height * 0.77),
        (COPPER, GOLD, BERRY)[index % 3],
        radius=8,
    )
    if index % 3 == 1:
        canvas.ellipse((x, y - height * 0.94), (height * 0.088, height * 0.07), (BERRY, FJORD)[index % 2])
        canvas.ellipse((x, y - height * 1.015), height * 0.026, FOAM, 0.9)


def gerda() -> Canvas:
    """The roaster in her room."""
    canvas = Canvas(*SQUARE, ("#ece1d0", "#d9c7aa"))
    for row in range(9):
        for column in range(-1, 8):
            x, y = column * 170 + (85 if row % 2 else 0), row * 96
            canvas.box((x + 2, y + 2, x + 168, y + 94), "#e3d3b9", 0.75, radius=3)
    canvas.box((720, 110, 1080, 470), NIGHT, radius=8)
    canvas.box((736, 126, 1064, 454), ("#7fa6ad", "#f1d8b4"))
    canvas.box((892, 126, 908, 454), NIGHT)
    canvas.box((0, 930, 1200, 1200), ("#8f9a9c", "#5f6b70"))
    for x in range(-200, 1400, 150):
        canvas.line([(600 + (x - 600) * 0.6, 930), (x, 1200)], 3, FOAM, 0.18)
    roaster(canvas, (660, 1050), 660, ("#2f6b57", "#1b4537"))
    canvas.polygon(
        smooth([(60, 1120), (70, 900), (110, 850), (190, 850), (230, 900), (240, 1120)]), ("#cbb184", "#a98d5f")
    )
    canvas.line([(112, 856), (188, 856)], 10, COFFEE, 0.7)
    canvas.text((150, 1000), "14/14", 40, COFFEE, "serif")
    return canvas


def tasting() -> Canvas:
    """A cupping table from above."""
    canvas = Canvas(*SQUARE, ("#a67b50", "#8a6240"))
    for y in range(0, 1200, 120):
        canvas.line([(0, y), (1200, y + 8)], 3, COFFEE, 0.35)
    canvas.ellipse((600, 612), 520, NIGHT, 0.25, 20)
    canvas.ellipse((600, 600), 520, (SAND, DUNE))
    coffees = (("#7d5233", COFFEE), ("#a8683a", "#6b4027"), ("#5a3b2a", "#2c1d15"))
    for index in range(9):
        angle = index * math.tau / 9 - math.pi / 2
        at = (600 + 366 * math.cos(angle), 600 + 366 * math.sin(angle))
        cup_from_above(canvas, at, 98, (FOAM, "#d9e6e3", FOAM)[index % 3], coffees[index % 3])
    canvas.ellipse((600, 600), 150, FOAM)
    canvas.text((600, 570), "blind", 62, NIGHT, "italic")
    canvas.text((600, 640), "9 Tassen", 40, STONE)
    for degrees in (40, 160, 285):
        angle = math.radians(degrees)
        near = (600 + 196 * math.cos(angle), 600 + 196 * math.sin(angle))
        far = (600 + 256 * math.cos(angle), 600 + 256 * math.sin(angle))
        canvas.line([near, far], 11, STONE)
        canvas.ellipse(near, 19, STONE)
    return canvas


def cherries() -> Canvas:
    """A branch with ripe coffee cherries."""
    canvas = Canvas(*TALL, ("#f3ecd9", "#cfe2cf"))
    canvas.ellipse((860, 250), 260, "#fbf3da", 0.9, 60)
    hills(canvas, 1180, (90, 190, 120, 230, 140, 80), "#a9c8ab", 0.8)
    hills(canvas, 1290, (150, 70, 160, 90, 140, 60), "#6f9f84", 0.9)
    branch = smooth([(-40, 330), (260, 470), (560, 560), (860, 760), (1040, 1010)])
    canvas.line(branch, 26, ("#7d5a45", COFFEE))
    for index, (x, y) in enumerate(((160, 410), (330, 500), (560, 560), (740, 670), (900, 810), (1010, 960))):
        leaf(canvas, (x - 20, y - 140), 130, -28 + index * 9, ("#4f9472", "#2f6b57")[index % 2])
        leaf(canvas, (x + 90, y + 110), 120, 118 + index * 8, ("#2f6b57", "#3f8a6a")[index % 2])
    for index, (x, y) in enumerate(((250, 470), (470, 540), (650, 620), (830, 740), (960, 880))):
        for berry in range(5):
            at = (x + 44 * math.cos(berry * 1.3 + index), y + 66 + 40 * math.sin(berry * 1.3 + index))
            ripe = (index * 5 + berry) % 7 != 2
            canvas.ellipse(at, 40, ("#b8384f", BERRY) if ripe else ("#d8b45a", COPPER))
            canvas.ellipse((at[0] - 13, at[1] - 14), (10, 7), FOAM, 0.6, 2)
            canvas.ellipse((at[0] + 6, at[1] + 32), 5, COFFEE)
    return canvas


def origin() -> Canvas:
    """Contour lines of a highland with a marked place."""
    canvas = Canvas(*WIDE, (SAND, "#e6d8bd"))
    peaks = ((1080, 400, 520), (430, 560, 360))
    shades = ("#d7d9bd", "#c3cfb0", "#a9c3a4", "#8cb497", "#6fa088", "#578d79", "#3f7a6b")
    for ring in range(7):
        for x, y, reach in peaks:
            size = reach * (1 - ring / 7.6)
            shape = []
            for step in range(18):
                angle = step * math.tau / 18
                wobble = 1 + 0.13 * math.sin(3 * angle + ring * 0.5) + 0.07 * math.cos(5 * angle - ring)
                shape.append((x + size * wobble * math.cos(angle), y + size * 0.72 * wobble * math.sin(angle)))
            outline = smooth(shape, closed=True)
            canvas.polygon(outline, shades[ring], 0.85)
            canvas.line([*outline, outline[0]], 2.5, FOAM, 0.75)
    river = smooth([(-20, 180), (240, 260), (520, 230), (700, 420), (760, 660), (980, 800), (1200, 940)])
    canvas.line(river, 9, "#7fb0ae")
    canvas.ellipse((1080, 432), (52, 16), NIGHT, 0.3, 8)
    canvas.polygon(
        smooth([(1080, 430), (1016, 326), (1030, 262), (1080, 240), (1130, 262), (1144, 326)], closed=True), COPPER
    )
    canvas.ellipse((1080, 310), 26, FOAM)
    canvas.box((70, 640, 640, 840), FOAM, 0.94, radius=12)
    canvas.text((104, 708), "Guji-Hochland", 58, NIGHT, "serif", anchor="ls")
    canvas.text((104, 760), "Äthiopien · 1.900\u20132.100 m über dem Meer", 27, STONE, "sans", anchor="ls")
    canvas.text((104, 804), "Ernte Oktober bis Januar", 27, STONE, "sans", anchor="ls")
    return canvas


def window_rain() -> Canvas:
    """Rain on the window, a filter and a cup inside."""
    canvas = Canvas(*SQUARE, ("#5f7d88", "#8ea5a8"))
    hills(canvas, 640, (60, 110, 70, 130, 60, 90), "#557078", 0.8)
    chance = random.Random(12)  # noqa: S311  # where drops fall is no secret
    for index in range(120):
        x, y = chance.uniform(-30, 1230), chance.uniform(-40, 840)
        canvas.line([(x, y), (x - 16, y + 58)], 2.5, FOAM, 0.16 + 0.1 * (index % 3))
    for index in range(60):
        x, y = chance.uniform(20, 1180), chance.uniform(20, 820)
        canvas.ellipse((x, y), (6 + index % 4 * 2, 8 + index % 4 * 2.4), FOAM, 0.3)
        canvas.ellipse((x - 2, y - 3), 3, FOAM, 0.8)
    canvas.box((0, 870, 1200, 930), (FOAM, DUNE))
    canvas.box((0, 930, 1200, 1200), ("#7d5636", COFFEE))
    for bounds in ((0, 0, 44, 930), (1156, 0, 1200, 930), (582, 0, 618, 880), (0, 0, 1200, 40)):
        canvas.box(bounds, FOAM)
    dripper(canvas, (380, 905), 560)
    cup(canvas, (850, 905), 270, (COPPER, "#6f3018"))
    steam(canvas, (850, 690), 260, 0.85)
    for index in range(5):
        bean(canvas, (590 + index * 44, 1010 + (index % 2) * 36), 30, index * 61)
    return canvas


def pottery() -> Canvas:
    """A hand-thrown mug on a wheel-shaped shelf, the cooperation's picture."""
    canvas = Canvas(*SQUARE, ("#dfe5df", "#c6d0c9"))
    canvas.ellipse((600, 520), 400, FOAM, 0.8, 50)
    canvas.box((0, 900, 1200, 1200), ("#b08a63", "#7d5636"))
    for x, colours in ((290, (STONE, "#38444b")), (930, (DAWN, COPPER))):
        cup(canvas, (x, 930), 230, colours)
    cup(canvas, (600, 1000), 380, ("#6d8b95", DEEP))
    for ring in range(5):
        y = 800 + ring * 30
        reach = 172 - ring * 9
        line = smooth([(600 - reach, y - 8), (600, y + 12), (600 + reach, y - 8)])
        canvas.line(line, 3, FOAM, 0.3)
    steam(canvas, (600, 690), 260, 0.9)
    return canvas
