"""What the sample's feeds told in the last months: trade press, authorities and competitors, with two subjects hidden in it.

In the last week before `now` six sources write about freight, and both competitors about Advent calendars; `PLANTED` says
which. Everything else is as in every week. All papers, events and numbers are invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final

from toolkit.research.published import Published
from toolkit.workspace.feeds import Feed, Kind

WEEKS: Final = 14
PLANTED: Final = ("Frachtraten", "Adventskalender")
_DE: Final = (
    "Neue Siebträger im Vergleich: was die Einsteigerklasse kann",
    "Interview: wie eine Barista ihr eigenes Café eröffnet hat",
    "Filterkaffee ist zurück: drei Rezepte aus {place}",
    "Rösterei in {place} stellt auf Ökostrom um",
    "Kaffeegenossenschaft aus {land} gewinnt Qualitätspreis",
    "Ernte in {land}: Erzeuger hoffen auf ruhiges Wetter",
    "Mahlgrad und Wasserhärte: ein Selbstversuch",
    "Verpackung aus Papier: was der Handel verlangt",
    "Ausbildung in der Gastronomie: Betriebe in {place} suchen Nachwuchs",
    "Cold Brew im Test: sieben Flaschen aus dem Regal",
    "Mehrwegbecher: {place} zieht nach einem Jahr Bilanz",
    "Hafermilch schäumt besser als gedacht",
    "Verkostung: helle Röstungen aus {land}",
    "Direkter Handel: Besuch bei Erzeugern in {land}",
    "Café des Monats: ein Wohnzimmer in {place}",
    "Mühlen für unterwegs: leicht, laut, gut",
)
_EN: Final = (
    "Grinder review: burrs that last a decade",
    "Harvest notes from {land}",
    "A roaster in {place} switches to heat pumps",
    "Why filter brewing keeps winning friends",
    "Tasting light roasts from {land}",
    "Paper packaging and what shops ask for",
    "Barista training: a day in {place}",
    "Oat drinks on the bar, compared",
)
_RIVAL: Final = (
    "Neu im Regal: {bean} aus {land}",
    "Kurs am Samstag: Espresso für Anfänger",
    "Hinter der Trommel: so rösten wir {bean}",
    "Unser Team stellt sich vor: {name}",
    "Rezept der Woche: {bean} aus dem Handfilter",
)
_WARNING: Final = ("Rückruf: Keramikfilter mit scharfer Kante", "Prüfbericht: Koffeingehalt von Kaffeegetränken")
_FREIGHT: Final[Mapping[str, Sequence[tuple[float, str]]]] = {
    "Kaffeeblatt": (
        (5.1, "Frachtraten steigen: Rohkaffee kommt später"),
        (1.3, "Frachtraten: was Röster jetzt vereinbaren"),
    ),
    "Gastro Nord": ((4.2, "Frachtraten verdoppelt: Cafés rechnen neu"), (0.9, "Häfen voll, Frachtraten hoch")),
    "Handel heute": (
        (3.6, "Frachtraten treffen kleine Importeure"),
        (2.0, "Warum Frachtraten bis Februar hoch bleiben"),
    ),
    "Blog Röstwerk": ((2.4, "In eigener Sache: Frachtraten und unsere Preise"),),
    "Warnungen": ((1.7, "Frachtraten und Gefahrgut: Hinweise für Importe"),),
}
_ADVENT: Final[Mapping[str, Sequence[tuple[float, str]]]] = {
    "Blog Elbkaffee": ((6.0, "Unser Adventskalender ist da"), (2.7, "Adventskalender: so füllen wir die Türen"), (0.6, "Adventskalender: letzte Exemplare")),
    "Blog Röstwerk": ((4.9, "Adventskalender zum Selberfüllen"), (1.1, "Adventskalender für Büros")),
    "Gastro Nord": ((3.1, "Adventskalender in Cafés: was sich lohnt"),),
}  # fmt: skip
_WORDS: Final = {
    "place": ("Lübeck", "Husum", "Flensburg", "Bremen", "Rostock", "Leeds", "Bergen"),
    "land": ("Guji", "Huila", "Nariño", "Sidama", "Cajamarca", "Boquete"),
    "bean": ("Hafenröster", "Alte Trommel", "Elbwind", "Südhang", "Morgenschicht"),
    "name": ("Ayla", "Piet", "Lena", "Mats"),
}
_EXCERPT: Final = {"de": "Mehr dazu auf der Seite von {source}.", "en": "Read on at {source}."}


def press(feeds: Sequence[Feed], now: datetime, seed: int = 7) -> Iterator[Published]:
    """The entries of all feeds of others; the same feeds, moment and seed give the same ones."""
    for feed in feeds:
        if feed.kind is not Kind.OURS:
            yield from _usual(feed, now, Random(f"{seed}:{feed.name}"))  # noqa: S311  # a sample, not a secret
    by_name = {feed.name: feed for feed in feeds}
    for told in (_FREIGHT, _ADVENT):
        for name, titles in told.items():
            for days, title in titles if name in by_name else ():
                yield _entry(by_name[name], title, now - timedelta(days=days), earlier=False)


def _usual(feed: Feed, now: datetime, chance: Random) -> Iterator[Published]:
    """Two or three entries a week, of authorities one in two weeks; those of the first weeks were there before."""
    titles = {Kind.COMPETITOR: _RIVAL, Kind.AUTHORITY: _WARNING}.get(feed.kind, _EN if feed.language == "en" else _DE)
    for week in range(WEEKS):
        few = feed.kind is Kind.AUTHORITY
        for number in range(week % 2 if few else chance.choice((2, 2, 3))):
            title = chance.choice(titles).format(**{key: chance.choice(words) for key, words in _WORDS.items()})
            at = now - timedelta(days=7 * week + 0.4 + 6.2 * chance.random())
            yield _entry(feed, f"{title} ({at:%W}/{number + 1})", at, earlier=week >= WEEKS - 4)


def _entry(feed: Feed, title: str, at: datetime, *, earlier: bool) -> Published:
    site, name = feed.url.rpartition("/")[0], f"{at:%Y%m%d%H%M}"
    address, excerpt = f"{site}/{name}", _EXCERPT.get(feed.language, _EXCERPT["en"]).format(source=feed.name)
    return Published(feed.name, address, feed.kind.value, title, address, at, excerpt, feed.language, earlier=earlier)
