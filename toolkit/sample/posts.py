"""The invented posts of the time before the sample workspace: their slots, and titles with formats per pillar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Final

SLOTS: Final = (time(7, 30), time(8, 0), time(11, 0), time(12, 15), time(15, 30), time(17, 0), time(19, 0))

# pillar → (format, title)
TITLES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "wissen": (
        ("graphic", "Mahlgrad in drei Bildern"),
        ("document", "Rezeptkarte: Filterkaffee für vier"),
        ("photo", "Warum die erste Minute zählt"),
        ("text", "Eine Frage aus dem Postfach: Wie viel Koffein?"),
        ("video", "So riecht ein guter First Crack"),
        ("graphic", "Wasserhärte, kurz erklärt"),
    ),
    "handwerk": (
        ("photo", "Gerda läuft warm"),
        ("video", "Zwölf Minuten Röstung in dreißig Sekunden"),
        ("text", "Rösttagebuch"),
        ("photo", "Säcke zählen im Regen"),
        ("photo", "Die Waage wird geeicht"),
        ("document", "Röstprofil zum Mitlesen"),
    ),
    "produkt": (
        ("photo", "Polarnacht ist wieder da"),
        ("photo", "Morgenrot im neuen Gewand"),
        ("graphic", "Welcher Kaffee passt zu dir?"),
        ("photo", "Windstille, entkoffeiniert"),
        ("video", "Eine Tüte, von innen"),
    ),
    "begegnung": (
        ("photo", "Zu Besuch bei der Töpferei"),
        ("photo", "Verkostung am Freitag"),
        ("video", "Drei Fragen an unsere Packerei"),
        ("text", "Danke an den Chor nebenan"),
        ("photo", "Markttag"),
    ),
    "service": (
        ("text", "Öffnungszeiten der Rösterei"),
        ("graphic", "Versand zum Feiertag"),
        ("text", "Pfand auf Gläser, so geht es"),
        ("graphic", "Bestellschluss diese Woche"),
    ),
}

# What reach is bought for, twice a month.
BOUGHT: Final = ("Morgenrot zum Kennenlernen", "Das Handfilter-Set", "Polarnacht, solange es dunkel ist")
