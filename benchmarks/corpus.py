"""Posts for measuring: short German texts of a coffee roastery, the same for everybody, from a seed.

`write_workspace` writes them as a workspace of Leitstand, `write_plain` as Markdown files that any site builder takes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from toolkit.workspace.naming import mint_uid

START: Final = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)
NOW: Final = "2026-11-21T12:00+01:00"
CHANNELS: Final = ("mastodon", "bluesky", "x", "feed")
_SENTENCES: Final = (
    "{Wer} hat am {Tag} {was} {gemacht}.",
    "Im {Ort} steht jetzt {was}.",
    "{Wer} fragt am {Tag} nach {wem}.",
    "Ohne {wen} wäre der {Tag} im {Ort} nur halb so {wie}.",
    "Wir haben {was} {gemacht}, und {Wer} war dabei.",
    "Heute ist {was} besonders {wie}.",
    "Am {Tag} riecht es im {Ort} nach {wem}.",
    "{Wer} findet {was} {wie}, wir auch.",
)
# One word for each gap of a sentence; enough of them that no two posts are nearly the same.
_WORDS: Final = {
    "Wer": "Anna Jonas Martin Thomas Ole Peter Maria Klaus Julia Paul Nora Kai Sabine Karl Ida Max Eva Uwe Elke Hans",
    "Tag": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Morgen Abend Mittag Vormittag Nachmittag",
    "Ort": "Laden Hafen Garten Keller Hof Lager Büro Park Markt Museum Zelt Haus Saal Kiosk Rathaus Bahnhof Foyer Atelier",
    "wem": "Kaffee Zimt Kuchen Brot Regen Holz Rauch Nuss Honig Vanille Butter Salz Wind Tee Kakao Pfeffer Heu Milch",
    "wen": "Kaffee Kuchen Tee Honig Zimt Kakao Pfeffer Humor Musik Hilfe Geduld Licht Wärme Besuch Regen Wind Sonne",
    "was": "Regal Schild Rezept Fenster Fass Fahrrad Café Licht Lager Sieb Buch Bild Glas Blatt Tuch Brett Rad Seil",
    "wie": "mild kräftig süß leise warm kühl neu alt bunt fein rund frisch schön ruhig klar voll leicht hell dunkel wild",
    "gemacht": "gefunden gebaut gemalt geputzt verschenkt gefilmt gezeichnet gedreht verpackt gewogen gesucht geholt",
}
_TAGS: Final = ("Kaffee", "Rösterei", "Werkstatt", "Filterkaffee", "Hafen")


@dataclass(frozen=True, slots=True)
class Text:
    """One post: its number, its moment, and what it says."""

    number: int
    moment: datetime
    title: str
    body: str


def texts(count: int) -> Iterator[Text]:
    """`count` posts, 25 hours apart."""
    dice = random.Random(20261121)
    for number in range(count):
        said = [_sentence(dice) for _each in range(5)]
        body = f"{' '.join(said)} #{dice.choice(_TAGS)}\n\nhttps://example.com/{number}\n"
        yield Text(number, START + timedelta(hours=25 * number), said[0].rstrip("."), body)


def _sentence(dice: random.Random) -> str:
    words = {name: dice.choice(known.split()) for name, known in _WORDS.items()}
    return dice.choice(_SENTENCES).format(**{**words, "was": f"das {words['was']}"})


def write_workspace(root: Path, count: int) -> None:
    """A workspace with `count` ready posts on four channels, and a mkdocs.yml."""
    accounts = "".join(f'[accounts.{name}]\nnetwork = "{name}"\n' for name in CHANNELS)
    settings = f'format = 1\n[workspace]\nid = "bench"\nlanguages = ["de"]\ninterface = "de"\n{accounts}'
    (root / "leitstand.toml").write_text(settings, encoding="utf-8")
    (root / "mkdocs.yml").write_text(
        "site_name: Bench\ndocs_dir: guidelines\ntheme: material\nplugins: [search, leitstand]\n", encoding="utf-8"
    )
    (root / "guidelines").mkdir()
    (root / "guidelines/index.md").write_text("# Handbuch\n", encoding="utf-8")
    for one in texts(count):
        head = f"uid: {mint_uid(one.moment)}\ntitle: {one.title}\nstatus: ready\npublish: {one.moment:%Y-%m-%d %H:%M}\n"
        _write(root / "content/posts", one, f"---\n{head}channels: [{', '.join(CHANNELS)}]\n---\n{one.body}")


def write_plain(folder: Path, count: int) -> None:
    """The same posts as files of Markdown below folders of year and month, with title and date as front matter."""
    for one in texts(count):
        _write(folder, one, f"---\ntitle: {one.title}\ndate: {one.moment:%Y-%m-%d %H:%M}\n---\n{one.body}")


def _write(folder: Path, one: Text, content: str) -> None:
    file = folder / f"{one.moment:%Y/%m}/post-{one.number}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
