"""Pictures of the five roasts, the calendar and its doors, the subscription parcel."""

from __future__ import annotations

import random
from collections.abc import Callable

from toolkit.sample.canvas import Box, Canvas, smooth, turned
from toolkit.sample.goods import bag, bean, cup, dripper, kettle, shadow, steam
from toolkit.sample.landscapes import aurora, hills, leaf, night, sea, snow, stars, waves
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

SQUARE = (1200, 1200)
WIDE = (1600, 900)


def herbststurm() -> Canvas:
    """A bag that leans into the wind, leaves around it."""
    canvas = Canvas(*SQUARE, ("#b9c7cb", "#e9dcc6"))
    hills(canvas, 900, (120, 60, 150, 80, 40, 110), "#8fa5ab", 0.7)
    waves(canvas, (0, 900, 1200, 1200), ("#6d8b95", FJORD, DEEP))
    for row, (y, length) in enumerate(((180, 420), (320, 300), (520, 380), (700, 260))):
        x = 60 + 190 * (row % 3)
        gust = smooth([(x, y), (x + length / 3, y - 26), (x + length * 0.7, y + 18), (x + length, y - 8)])
        canvas.line(gust, 7, FOAM, 0.55)
    shadow(canvas, (620, 1010), (300, 40))

    def storm(surface: Canvas, at: Box) -> None:
        surface.box(at, ("#8fa5ab", "#d7c9ae"))
        waves(surface, (at[0], at[1] + 80, at[2], at[3]), ("#5f808b", FJORD, DEEP, NIGHT))

    bag(canvas, (620, 1010), (470, 760), ("#47697a", DEEP), name="Herbststurm", art=storm)
    chance = random.Random(8)  # noqa: S311  # a drawing, not a secret
    for index in range(22):
        at = (chance.uniform(40, 1160), chance.uniform(90, 1080))
        if 360 < at[0] < 880 and 260 < at[1] < 1010:
            continue
        leaf(canvas, at, chance.uniform(20, 46), chance.uniform(0, 360), (COPPER, DAWN, GOLD, BERRY)[index % 4])
    leaf(canvas, (372, 640), 58, 70, COPPER)
    leaf(canvas, (872, 380), 52, 220, GOLD)
    return canvas


def polarnacht() -> Canvas:
    """The espresso bag in front of the aurora."""
    canvas = Canvas(*SQUARE, NIGHT)
    night(canvas, 930, 3)
    canvas.box((0, 960, 1200, 1200), ("#0d1c28", "#1b3040"))
    canvas.ellipse((600, 1040), (420, 70), AURORA, 0.25, 40)

    def sky(surface: Canvas, at: Box) -> None:
        surface.box(at, (NIGHT, DEEP))
        stars(surface, at, 40, 9)
        aurora(surface, at, strength=1.5)
        ridge = [(at[0], at[3]), (at[0], at[3] - 60), (at[0] + 120, at[3] - 120), (at[0] + 240, at[3] - 50)]
        surface.polygon([*ridge, (at[2] - 110, at[3] - 105), (at[2], at[3] - 40), (at[2], at[3])], "#0b1822")

    bag(canvas, (600, 1050), (490, 800), ("#243c50", "#0f2130"), name="Polarnacht", art=sky)
    for x, degrees in ((300, 20), (246, 130), (900, 70), (962, 160), (860, 15)):
        bean(canvas, (x, 1085 + (x % 7) * 4), 26, degrees)
    return canvas


def morgenrot() -> Canvas:
    """The filter roast at dawn, a cup beside it."""
    canvas = Canvas(*SQUARE, ("#e9b48c", "#f7e7d2"))
    canvas.ellipse((820, 560), 190, "#f9e3b8", 0.9)
    canvas.ellipse((820, 560), 270, "#fbe9c9", 0.5, 60)
    hills(canvas, 760, (60, 150, 90, 210, 120, 60), "#d28a6a", 0.8)
    hills(canvas, 840, (140, 60, 120, 50, 130, 90), "#a65f4e", 0.9)
    canvas.box((0, 930, 1200, 1200), (SAND, DUNE))
    shadow(canvas, (470, 1060), (290, 38))

    def dawn(surface: Canvas, at: Box) -> None:
        surface.box(at, (DAWN, "#f8dcae"))
        surface.ellipse(((at[0] + at[2]) / 2, at[3] - 70), 80, FOAM, 0.85)
        for lift, colour in ((80, "#c8795a"), (40, BERRY)):
            crest = smooth([(at[0] + t * 100, at[3] - lift - 26 * (-1) ** t) for t in range(-1, 8)])
            surface.polygon([(at[0] - 100, at[3]), *crest, (at[2] + 200, at[3])], colour)

    bag(canvas, (470, 1060), (470, 780), ("#c8654a", BERRY), name="Morgenrot", art=dawn)
    cup(canvas, (920, 1075), 270, (FOAM, DUNE))
    steam(canvas, (920, 850), 210, 0.75)
    return canvas


def windstille() -> Canvas:
    """The decaf over a sea without a wave."""
    canvas = Canvas(*SQUARE, ("#d6e7e4", "#f4efe2"))
    canvas.ellipse((300, 300), 110, FOAM, 0.95)
    hills(canvas, 660, (20, 46, 26, 60, 30, 22), "#a9c6c4", 0.8)
    sea(canvas, 660, ("#bcd8d5", "#7fb0ae"), FOAM, 5)
    canvas.polygon([(910, 640), (1060, 640), (1030, 668), (940, 668)], DEEP)
    canvas.polygon([(982, 470), (982, 630), (900, 630)], FOAM)
    canvas.polygon([(994, 500), (994, 630), (1054, 630)], COPPER)
    shadow(canvas, (560, 1060), (290, 40), 0.2)

    def calm(surface: Canvas, at: Box) -> None:
        surface.box(at, ("#e4f0ec", "#f7f1e3"))
        surface.ellipse((at[2] - 150, at[1] + 120), 46, GOLD, 0.9)
        surface.box((at[0], at[1] + 190, at[2], at[3]), (MINT, AURORA))
        for row in range(5):
            surface.line([(at[0], at[1] + 210 + row * 24), (at[2], at[1] + 210 + row * 24)], 2.5, FOAM, 0.5)

    bag(canvas, (560, 1060), (470, 780), ("#5f9c97", FJORD), name="Windstille", art=calm)
    return canvas


def winterleuchten() -> Canvas:
    """The winter roast in falling snow."""
    canvas = Canvas(*SQUARE, NIGHT)
    night(canvas, 900, 21)
    canvas.polygon(
        [(0, 1200), (0, 960), *smooth([(0, 960), (300, 925), (700, 975), (1200, 930)]), (1200, 1200)], "#dfeaf0"
    )
    snow(canvas, (0, 0, 1200, 1150), 130, 4)
    shadow(canvas, (600, 1060), (300, 36), 0.35)

    def glow(surface: Canvas, at: Box) -> None:
        surface.box(at, ("#1c3a57", "#2d5d74"))
        aurora(surface, at, (MINT, AURORA, GOLD), 1.3)
        for index, height in enumerate((120, 170, 140, 190, 130, 160)):
            x = at[0] + 40 + index * 86
            for tier in range(3):
                wide, top = 22 + tier * 13, at[3] - height + tier * height * 0.27
                surface.polygon([(x, top), (x - wide, top + height * 0.42), (x + wide, top + height * 0.42)], "#0d2230")

    bag(canvas, (600, 1060), (480, 790), ("#8c2f45", "#4f1a2b"), name="Winterleuchten", art=glow)
    canvas.polygon(
        smooth([(330, 1075), (460, 1040), (600, 1066), (740, 1038), (880, 1075), (600, 1110)], closed=True), "#eef4f7"
    )
    return canvas


def calendar() -> Canvas:
    """Twenty-four small bags on lines below the aurora."""
    canvas = Canvas(*WIDE, NIGHT)
    night(canvas, 760, 13)
    canvas.box((0, 790, 1600, 900), "#10222f")
    colours = ((BERRY, "#5f1d2f"), (FJORD, DEEP), (DUNE, "#b89f78"), (COPPER, "#743318"), (AURORA, "#27705b"))
    for row in range(4):
        y = 172 + row * 178
        rope = smooth([(60, y - 26), (430, y), (800, y - 6), (1170, y), (1540, y - 26)])
        canvas.line(rope, 4, DUNE, 0.9)
        for column in range(6):
            number = row * 6 + column + 1
            x = 190 + column * 244 + (14 if row % 2 else -14)
            _small_bag(canvas, x, y - 4, colours[(number * 3 + row) % 5], number)
    return canvas


def _small_bag(canvas: Canvas, x: float, y: float, colours: tuple[str, str], number: int) -> None:
    shape = [(x - 50, y), (x + 50, y), (x + 54, y + 126), (x - 54, y + 126)]
    tilt = (-2.5, 1.5, 3, -1)[number % 4]
    canvas.polygon(turned([(a + 7, b + 9) for a, b in shape], tilt, (x, y)), "#050c12", 0.4, 6)
    canvas.polygon(turned(shape, tilt, (x, y)), colours)
    canvas.polygon(turned([(x - 50, y), (x + 50, y), (x + 50, y + 18), (x - 50, y + 18)], tilt, (x, y)), NIGHT, 0.25)
    canvas.box((x - 8, y - 14, x + 8, y + 16), GOLD, radius=4)
    dark = colours[0] == DUNE
    canvas.text((x, y + 74), str(number), 56, NIGHT if dark else FOAM, "serif")


def door(number: int, colours: tuple[str, str], behind: Callable[[Canvas], None]) -> Canvas:
    """An open door with a number; `behind` paints what stands in the light, around (600, 960)."""
    canvas = Canvas(*SQUARE, ("#233b4d", "#31505f"))
    for row in range(13):
        for column in range(-1, 9):
            x, y = column * 150 + (75 if row % 2 else 0), row * 94
            canvas.box((x + 3, y + 3, x + 147, y + 91), "#2a4657", 0.55 + 0.1 * ((row * 3 + column) % 4), radius=4)
    canvas.box((290, 150, 910, 1060), "#e9dcc6", radius=6)
    opening = [(330, 190), (870, 190), (870, 1060), (330, 1060)]
    canvas.polygon(opening, ("#f3c979", "#f9ecd0"))
    with canvas.clipped(opening):
        canvas.ellipse((600, 560), 330, "#fff6df", 0.8, 70)
        canvas.box((330, 960, 870, 1060), ("#c9985c", "#a87440"))
        behind(canvas)
    canvas.polygon([(250, 1060), (950, 1060), (1050, 1200), (150, 1200)], ("#c7b593", "#8f8068"))
    canvas.polygon([(330, 1060), (870, 1060), (960, 1200), (240, 1200)], "#f9dfa6", 0.55, 12)
    leaf_shape = [(330, 190), (168, 110), (168, 1150), (330, 1060)]
    canvas.polygon([(x + 16, y + 10) for x, y in leaf_shape], NIGHT, 0.4, 16)
    canvas.polygon(leaf_shape, colours)
    for top, bottom in ((0.1, 0.45), (0.55, 0.9)):
        panel = [(306, 190 + 870 * top), (196, 110 + 1040 * top), (196, 110 + 1040 * bottom), (306, 190 + 870 * bottom)]
        canvas.line([*panel, panel[0]], 5, NIGHT, 0.35)
    canvas.ellipse((306, 640), 15, GOLD)
    canvas.ellipse((1040, 330), 92, NIGHT, 0.35, 12)
    canvas.ellipse((1040, 322), 92, FOAM)
    canvas.ellipse((1040, 322), 80, colours[1])
    canvas.text((1040, 322), str(number), 96, FOAM, "serif")
    return canvas


def _bag_behind(canvas: Canvas) -> None:
    def sky(surface: Canvas, at: Box) -> None:
        surface.box(at, (NIGHT, FJORD))
        aurora(surface, at, strength=1.5)

    bag(canvas, (610, 1010), (350, 590), ("#8c2f45", "#5a1d31"), name="Winterleuchten", art=sky)


def _dripper_behind(canvas: Canvas) -> None:
    dripper(canvas, (600, 1010), 560)
    steam(canvas, (600, 440), 170, 0.9)


def _spice_behind(canvas: Canvas) -> None:
    cup(canvas, (590, 1010), 300, (COPPER, "#6f3018"))
    steam(canvas, (590, 770), 260, 0.95)
    for index, x in enumerate((800, 836, 772)):
        star = [(x, 1000 - index * 30)]
        for spoke in range(8):
            tip = turned([(star[0][0], star[0][1] - 24)], spoke * 45, star[0])[0]
            canvas.line([star[0], tip], 8, COFFEE)
        canvas.ellipse(star[0], 6, GOLD)


def _beans_behind(canvas: Canvas) -> None:
    shadow(canvas, (600, 1008), (240, 22))
    canvas.line([(650, 800), (792, 540)], 24, ("#d9a05b", "#a87440"))
    canvas.ellipse((792, 540), 20, "#a87440")
    scoop = smooth([(560, 760), (622, 720), (690, 752), (700, 860), (580, 880)], closed=True)
    canvas.polygon(scoop, ("#e0ac6b", "#a87440"))
    chance = random.Random(5)  # noqa: S311  # how beans lie is no secret
    shades = (("#7d5a45", COFFEE), ("#6b4a37", "#3d2a20"), ("#8a6650", "#54392b"))
    for row in range(6):
        count = 3 + row
        for index in range(count):
            at = (600 + (index - (count - 1) / 2) * 58 + chance.uniform(-7, 7), 812 + row * 36)
            bean(canvas, at, 36, chance.uniform(-50, 50), shades[(row + index) % 3])


def _boot_behind(canvas: Canvas) -> None:
    shadow(canvas, (590, 1010), (210, 24))
    boot = smooth([(500, 560), (690, 560), (690, 800), (720, 860), (840, 910), (850, 985), (800, 1010)], steps=8)
    canvas.polygon([*boot, (500, 1010)], ("#a03a4f", BERRY))
    canvas.box((470, 520, 720, 606), FOAM, radius=42)
    canvas.box((494, 985, 852, 1015), COFFEE, radius=12)
    for index in range(7):
        bean(canvas, (520 + index * 28, 508 - (index % 3) * 20), 26, index * 53)


def _kettle_behind(canvas: Canvas) -> None:
    kettle(canvas, (622, 1010), 360, (AURORA, "#27705b"))
    steam(canvas, (376, 770), 170, 0.9)


def _candle_behind(canvas: Canvas) -> None:
    canvas.ellipse((600, 520), 190, GOLD, 0.6, 50)
    for x, top in ((480, 720), (560, 610), (640, 660), (720, 570)):
        canvas.box((x - 30, top, x + 30, 1010), (FOAM, DUNE), radius=8)
        canvas.line([(x, top), (x, top - 22)], 4, NIGHT)
        flame = smooth([(x, top - 92), (x + 20, top - 46), (x, top - 20), (x - 20, top - 46)], closed=True)
        canvas.polygon(flame, ("#fff3c9", DAWN))
    for index in range(16):
        leaf(canvas, (400 + index * 27, 1006 + (index % 2) * 8), 30, 60 + index * 37, "#2e6b57")


DOORS: dict[int, tuple[tuple[str, str], Callable[[Canvas], None]]] = {
    1: (("#35688a", DEEP), _bag_behind),
    2: (("#3f8a72", "#1f5a49"), _dripper_behind),
    3: ((COPPER, "#6f3018"), _spice_behind),
    5: (("#d0a24c", "#8a6414"), _beans_behind),
    6: (("#8c2f45", "#571c2c"), _boot_behind),
    13: ((STONE, "#323f47"), _kettle_behind),
    24: (("#2f5268", NIGHT), _candle_behind),
}


def parcel() -> Canvas:
    """A flat parcel on its way through a letter slot."""
    canvas = Canvas(*SQUARE, ("#3f6f7d", FJORD))
    canvas.box((140, 120, 1060, 1200), (DEEP, NIGHT), radius=18)
    for bounds in ((220, 200, 560, 560), (640, 200, 980, 560)):
        canvas.box(bounds, NIGHT, 0.45, radius=10)
        canvas.box((bounds[0] + 12, bounds[1] + 12, bounds[2] - 6, bounds[3] - 6), "#234c63", radius=8)
    canvas.box((280, 680, 920, 800), ("#f0cd86", "#b98a3a"), radius=18)
    canvas.box((316, 712, 884, 768), "#0a151d", radius=8)
    card = [(356, 742), (844, 742), (900, 1060), (300, 1060)]
    canvas.polygon([(x + 10, y + 22) for x, y in card], "#050c12", 0.5, 22)
    canvas.polygon(card, ("#c79a63", "#e2bd87"))
    canvas.polygon([(570, 742), (630, 742), (640, 1060), (560, 1060)], FOAM, 0.35)
    canvas.box((400, 880, 800, 1016), FOAM, radius=8)
    canvas.text((600, 922), "Nachschub", 58, NIGHT, "serif")
    canvas.text((600, 976), "geröstet am Dienstag", 30, STONE)
    canvas.text((600, 628), "Nr. 12", 44, GOLD, "serif")
    return canvas
