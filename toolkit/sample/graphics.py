"""Pictures that carry words: logo, recipe cards, steps, quote, dates, notice, job, and the printable guide."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from toolkit.sample.canvas import Canvas, smooth
from toolkit.sample.goods import bean, cup, dripper, kettle, steam
from toolkit.sample.landscapes import aurora, stars
from toolkit.sample.palette import (
    AURORA,
    BERRY,
    COFFEE,
    COPPER,
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


def logo() -> Canvas:
    """A bean under three arcs of light."""
    canvas = Canvas(*SQUARE, FOAM)
    canvas.ellipse((600, 520), 400, (NIGHT, DEEP))
    for width, reach, colour in ((32, 262, AURORA), (23, 188, MINT), (15, 124, FOAM)):
        turns = [math.pi * step / 48 for step in range(49)]
        canvas.line([(600 - reach * math.cos(a), 566 - reach * math.sin(a)) for a in turns], width, colour)
    bean(canvas, (600, 690), 128, -18, (GOLD, "#b98a3a"))
    canvas.text((600, 1010), "Nordlicht", 132, NIGHT, "serif")
    canvas.text((600, 1112), "K A F F E E", 56, FJORD, "sans")
    return canvas


def steps() -> Canvas:
    """Four steps of a hand filter."""
    canvas = Canvas(*WIDE, SAND)
    titles = ("Filter ausspülen", "Anfeuchten, warten", "In Kreisen gießen", "Servieren")
    notes = ("heißes Wasser, weggießen", "60 ml, 30 Sekunden", "bis 300 ml, 94 °C", "nach etwa 3 Minuten")
    for index in range(4):
        x = 218 + index * 388
        canvas.box((x - 172, 70, x + 172, 830), FOAM, radius=22)
        canvas.ellipse((x, 130), 42, COPPER)
        canvas.text((x, 130), str(index + 1), 50, FOAM, "serif")
        if index < 3:
            dripper(canvas, (x, 630), 330, (0, 0.03, 0.2)[index])
        if index in (0, 2):
            canvas.line(smooth([(x + 96, 224), (x + 26, 240), (x + 8, 300)]), 9, "#7fb0ae")
        if index == 1:
            for drop in range(3):
                canvas.ellipse((x - 34 + drop * 34, 262 - (drop % 2) * 22), (8, 12), "#7fb0ae")
        if index == 3:
            cup(canvas, (x - 14, 630), 210, (FJORD, DEEP))
            steam(canvas, (x - 14, 460), 190, 1)
            canvas.line(smooth([(x - 44, 440), (x - 20, 380), (x - 50, 320), (x - 20, 260)]), 7, DUNE)
            canvas.line(smooth([(x + 16, 440), (x + 40, 390), (x + 10, 340), (x + 36, 290)]), 7, DUNE)
        canvas.text((x, 706), titles[index], 33, NIGHT, "bold")
        canvas.text((x, 758), notes[index], 27, STONE)
    return canvas


def card(title: str, kicker: str, items: Sequence[str], method: str, art: Callable[[Canvas], None]) -> Canvas:
    """A recipe card; `art` paints into the upper 430 units."""
    canvas = Canvas(*TALL, FOAM)
    canvas.box((0, 0, 1080, 430), (DEEP, FJORD))
    with canvas.within((0, 0, 1080, 430)):
        art(canvas)
    canvas.box((0, 430, 1080, 442), GOLD)
    canvas.text((80, 520), kicker, 30, COPPER, "bold", anchor="ls")
    canvas.text((80, 604), title, 76, NIGHT, "serif", anchor="ls")
    y = 690
    for item in items:
        canvas.ellipse((92, y - 11), 8, AURORA)
        canvas.text((120, y), item, 36, NIGHT, "sans", anchor="ls")
        y += 58
    canvas.line([(80, y - 14), (1000, y - 14)], 2, DUNE)
    canvas.paragraph((80, y + 18), method, 34, COFFEE, width=920)
    canvas.text((80, 1302), "Nordlicht Kaffee · Rezeptkarte", 26, STONE, "sans", anchor="ls")
    return canvas


def recipe_filter() -> Canvas:
    """The everyday recipe for the hand filter."""

    def art(canvas: Canvas) -> None:
        aurora(canvas, (0, -40, 1080, 330), strength=0.8)
        dripper(canvas, (540, 420), 400)
        kettle(canvas, (880, 420), 250, (COPPER, "#6f3018"))

    items = ("18 g Kaffee, mittel gemahlen", "300 ml Wasser, 94 °C", "1 Papierfilter", "3 Minuten Zeit")
    method = (
        "Filter ausspülen. Kaffee einfüllen und glatt rütteln. 60 ml angießen, 30 Sekunden warten. "
        "Den Rest in drei Zügen kreisend aufgießen, zuletzt einmal sanft schwenken.\n"
        "Zu sauer? Feiner mahlen. Zu bitter? Gröber."
    )
    return card("Handfilter, alltags", "EIN GROSSER BECHER", items, method, art)


def recipe_syrup() -> Canvas:
    """A spiced syrup for the dark months."""

    def art(canvas: Canvas) -> None:
        canvas.ellipse((540, 430), 330, GOLD, 0.35, 60)
        cup(canvas, (540, 410), 330, (FOAM, DUNE))
        steam(canvas, (540, 180), 150, 0.8)
        for x, y, degrees in ((180, 330, 20), (250, 370, 80), (860, 340, 130), (920, 300, 40)):
            canvas.box((x - 70, y - 9, x + 70, y + 9), COPPER, radius=9)
            bean(canvas, (x + 20, y - 40), 24, degrees)

    items = (
        "200 g Rohrzucker, 200 ml Wasser",
        "2 Stangen Zimt, 6 Kapseln Kardamom",
        "1 Streifen Orangenschale",
        "1 Prise Salz",
    )
    method = (
        "Alles aufkochen, zehn Minuten leise ziehen lassen, durch ein Sieb gießen. "
        "Hält im Kühlschrank etwa zwei Wochen.\nZwei Teelöffel auf einen doppelten Espresso und 150 ml heiße Milch."
    )
    return card("Gewürzsirup", "FÜR ETWA ZWÖLF TASSEN", items, method, art)


def quote() -> Canvas:
    """A sentence by the master roaster."""
    canvas = Canvas(*SQUARE, (NIGHT, DEEP))
    stars(canvas, (0, 0, 1200, 500), 50, 17)
    aurora(canvas, (-60, -80, 1260, 420), strength=0.9)
    canvas.text((112, 520), "„", 320, GOLD, "serif", anchor="ls")
    bottom = canvas.paragraph(
        (120, 600),
        "Wir rösten nicht dunkler, um Fehler zu verstecken. Wir schreiben sie auf.“",
        78,
        FOAM,
        width=960,
        face="serif",
    )
    canvas.line([(120, bottom + 30), (300, bottom + 30)], 6, AURORA)
    canvas.text((120, bottom + 96), "Wiebke Thomsen, Röstmeisterin", 38, MINT, "sans", anchor="ls")
    return canvas


def grind() -> Canvas:
    """Five grinds, from fine to coarse."""
    canvas = Canvas(*SQUARE, SAND)
    canvas.text((600, 130), "Wie fein ist fein?", 84, NIGHT, "serif")
    rows = (("Espresso", 5), ("Herdkännchen", 8), ("Handfilter", 12), ("Filtermaschine", 16), ("Stempelkanne", 23))
    for index, (name, size) in enumerate(rows):
        y = 290 + index * 184
        canvas.box((90, y - 76, 1110, y + 76), FOAM, radius=20)
        canvas.text((140, y), name, 50, NIGHT, "bold", anchor="lm")
        grains = round(520 / (size * 1.55))
        for grain in range(grains):
            for row in range(max(1, round(64 / (size * 1.4)))):
                place = (570 + grain * size * 1.55, y - 32 + row * size * 1.5 + (grain % 3) * size * 0.22)
                canvas.ellipse(place, (size * 0.62, size * 0.5), COFFEE)
    return canvas


def dates() -> Canvas:
    """Order deadlines before Christmas on a line."""
    canvas = Canvas(*WIDE, (NIGHT, DEEP))
    aurora(canvas, (-60, -230, 1660, 170), strength=0.6)
    canvas.text((110, 190), "Bestellschluss vor Weihnachten", 76, FOAM, "serif", anchor="ls")
    canvas.text(
        (110, 254), "Damit es an Heiligabend unter dem Baum liegt und nicht im Depot.", 34, MINT, "sans", anchor="ls"
    )
    canvas.line([(150, 520), (1450, 520)], 8, FJORD)
    stops = (
        (250, "13. Dezember", "Europäische Union", AURORA),
        (620, "17. Dezember", "Österreich, Schweiz", AURORA),
        (990, "20. Dezember", "Deutschland, 23.59 Uhr", GOLD),
        (1360, "24. Dezember", "Abholung bis 12 Uhr", MINT),
    )
    for x, day, place, colour in stops:
        canvas.ellipse((x, 520), 34, NIGHT)
        canvas.ellipse((x, 520), 24, colour)
        canvas.text((x, 618), day, 42, FOAM, "bold")
        canvas.text((x, 672), place, 29, DUNE)
    canvas.text(
        (110, 830),
        "Alle Angaben für Bestellungen im Onlineshop von Nordlicht Kaffee, 2026",
        26,
        DUNE,
        "sans",
        anchor="ls",
    )
    return canvas


def notice() -> Canvas:
    """Where the lot number stands on the jug."""
    canvas = Canvas(*SQUARE, FOAM)
    canvas.box((0, 0, 1200, 176), BERRY)
    canvas.text((80, 112), "Wichtiger Produkthinweis", 72, FOAM, "serif", anchor="ls")
    jug = smooth(
        [(430, 300), (700, 300), (724, 400), (900, 760), (850, 930), (280, 930), (230, 760), (406, 400)],
        closed=True,
    )
    canvas.polygon(jug, ("#dcebea", "#bcd8d5"))
    canvas.line([*jug, jug[0]], 7, FJORD)
    canvas.line(smooth([(742, 420), (930, 430), (990, 560), (930, 700), (872, 690)]), 30, COFFEE)
    canvas.ellipse((565, 905), (190, 24), FJORD, 0.35)
    canvas.text((565, 866), "GK-26-09", 54, BERRY, "bold")
    canvas.line([(160, 1030), (330, 900)], 9, BERRY)
    canvas.polygon([(370, 868), (318, 872), (350, 920)], BERRY)
    canvas.text((80, 1086), "Losnummer am Boden: bitte nicht mehr benutzen.", 44, NIGHT, "bold", anchor="ls")
    canvas.text((80, 1144), "Andere Lose sind in Ordnung.", 40, STONE, "sans", anchor="ls")
    return canvas


def job() -> Canvas:
    """The job ad's picture."""
    canvas = Canvas(*TALL, (DEEP, NIGHT))
    aurora(canvas, (-60, -60, 1140, 520), strength=0.9)
    canvas.text((80, 640), "Wir suchen", 58, MINT, "italic", anchor="ls")
    canvas.text((80, 734), "Röstassistenz", 104, FOAM, "serif", anchor="ls")
    canvas.text((80, 800), "(m/w/d) · Teilzeit, 24 Stunden · ab 1. März 2027", 37, DUNE, "sans", anchor="ls")
    for index, line in enumerate(
        ("Du hörst, wenn eine Bohne knackt.", "Du schreibst auf, was du tust.", "Du magst den Dienstag.")
    ):
        y = 930 + index * 92
        bean(canvas, (116, y - 14), 30, 20 + index * 30, (GOLD, "#b98a3a"))
        canvas.text((176, y), line, 44, FOAM, "sans", anchor="ls")
    canvas.box((80, 1196, 1000, 1286), AURORA, radius=14)
    canvas.text((540, 1241), "Bewerbung bis 15. Januar 2027", 42, NIGHT, "bold")
    return canvas


def guide() -> Canvas:
    """One printable page: hand filter at a glance (A4 at 150 dpi)."""
    canvas = Canvas(1240, 1754, FOAM)
    canvas.box((0, 0, 1240, 330), (NIGHT, FJORD))
    aurora(canvas, (-60, -80, 1300, 300), strength=0.7)
    canvas.text((110, 200), "Handfilter", 124, FOAM, "serif", anchor="ls")
    canvas.text((110, 264), "Eine Seite für die Innenseite der Schranktür", 38, MINT, "sans", anchor="ls")
    rows = (
        ("1", "Wasser", "300 ml aufkochen, Deckel auf, kurz warten: 92 bis 96 °C."),
        ("2", "Filter", "Papier falten, einsetzen, heiß ausspülen, Spülwasser weggießen."),
        ("3", "Kaffee", "18 g, mittel gemahlen, etwa wie Meersalz. Glatt rütteln."),
        ("4", "Anfeuchten", "60 ml aufgießen und 30 Sekunden warten."),
        ("5", "Aufgießen", "Den Rest kreisend in drei Zügen. Nach etwa drei Minuten ist er durchgelaufen."),
        ("6", "Nachstellen", "Zu sauer: feiner mahlen. Zu bitter: gröber. Immer nur eines ändern."),
    )
    for index, (number, title, text) in enumerate(rows):
        y = 420 + index * 190
        canvas.ellipse((160, y + 50), 50, COPPER)
        canvas.text((160, y + 50), number, 58, FOAM, "serif")
        canvas.text((250, y + 46), title, 48, NIGHT, "bold", anchor="ls")
        canvas.paragraph((250, y + 66), text, 35, COFFEE, width=880)
    canvas.line([(110, 1600), (1130, 1600)], 3, DUNE)
    canvas.text(
        (110, 1660),
        "Nordlicht Kaffee · Alte Netzfabrik, Wiekhaven · nordlicht.example.com",
        30,
        STONE,
        "sans",
        anchor="ls",
    )
    return canvas
