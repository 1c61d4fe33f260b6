"""Draws the sample workspace's media: `draw_pictures(folder)` writes every file that its posts name.

The pictures are made by the project, so that they may be used freely, and are the same every time on the same machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from toolkit.sample import graphics, places, products
from toolkit.sample.canvas import Canvas
from toolkit.sample.film import film

Draw = Callable[[], Canvas]

# A PDF carries its date; this one is fixed (2026-09-01, seconds since 1970), so that it is the same file every time.
PRINTED: Final = 1_788_220_800

# file → what draws it
PICTURES: Final[Mapping[str, Draw]] = {
    "logo.png": graphics.logo,
    "herbststurm.jpg": products.herbststurm,
    "polarnacht.jpg": products.polarnacht,
    "morgenrot.jpg": products.morgenrot,
    "windstille.jpg": products.windstille,
    "winterleuchten.jpg": products.winterleuchten,
    "kalender.jpg": products.calendar,
    "abo-paket.jpg": products.parcel,
    "tassen.jpg": places.cups,
    "hafen.jpg": places.harbour,
    "team.jpg": places.team,
    "gerda.jpg": places.gerda,
    "verkostung.jpg": places.tasting,
    "kirschen.jpg": places.cherries,
    "regenfenster.jpg": places.window_rain,
    "toepferei.webp": places.pottery,
    "herkunft-guji.png": places.origin,
    "aufguss-schritte.png": graphics.steps,
    "rezept-handfilter.jpg": graphics.recipe_filter,
    "rezept-gewuerzsirup.jpg": graphics.recipe_syrup,
    "zitat-wiebke.jpg": graphics.quote,
    "mahlgrade.png": graphics.grind,
    "bestellschluss.jpg": graphics.dates,
    "hinweis-glaskanne.png": graphics.notice,
    "stelle-roestassistenz.jpg": graphics.job,
    "anleitung-handfilter.pdf": graphics.guide,
    **{
        f"tuer-{number:02}.jpg": partial(products.door, number, colours, behind)
        for number, (colours, behind) in products.DOORS.items()
    },
}


FILM: Final = "nordlicht-tasse.mp4"


def draw_pictures(folder: Path) -> list[Path]:
    """Draw everything, the film included, into `folder` (made when absent); the paths, sorted."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILM).write_bytes(film())
    return sorted([folder / FILM, *(draw_picture(name, folder) for name in PICTURES)])


def draw_picture(name: str, folder: Path) -> Path:
    """Draw one of `PICTURES` into `folder`. Raises KeyError for a name that is not there."""
    from PIL import Image

    picture = PICTURES[name]().finished()
    path = folder / name
    if path.suffix == ".png":
        few = picture.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
    elif path.suffix == ".webp":
        picture.save(path, quality=84, method=6)
    elif path.suffix == ".pdf":
        dated = time.gmtime(PRINTED)
        picture.save(path, resolution=150, quality=70, title="Handfilter", creationDate=dated, modDate=dated)
    else:
        picture.save(path, quality=82, optimize=True, progressive=True)
    return path
