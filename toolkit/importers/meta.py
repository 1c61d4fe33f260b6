"""What the exports of Meta have in common: a few columns, and what nobody has verified about them.

English headers are those of real files. German ones were never seen in one: they are the words of the menus, and the only
public program that reads them calls its own a reconstruction; so several stand for one. Meta does not say which zone its
times are in: its older Insights export had Pacific time (snowadays.jp/2013/04/1505), its interface for programs ends days at
midnight there (developers.facebook.com/docs/platforminsights/page), and of these files nobody has written it down.
"""

from __future__ import annotations

from typing import Final

from toolkit.importers.base import Menu
from toolkit.importers.layout import Column, Kind

ID: Final = Column("id", ("Post ID", "Beitrags-ID", "Beitrag-ID"), needed=True)
PUBLISHED: Final = Column(
    "published_at",
    ("Publish time", "Veröffentlichungszeitpunkt", "Veröffentlichungszeit", "Zeitpunkt der Veröffentlichung"),
    Kind.MOMENT,
    needed=True,
)
FORMAT: Final = Column("format", ("Post type", "Beitragstyp", "Beitragsart"))
COMMENTS: Final = Column("comments", ("Comments", "Kommentare"), Kind.COUNT)
SHARES: Final = Column("shares", ("Shares", "Geteilte Inhalte", "Geteilt"), Kind.COUNT)
# Where Meta may have counted the hours: at its own seat, or nowhere.
ZONES: Final = ("America/Los_Angeles", "UTC")
_HEADERS: Final = Menu(
    en="the German headers: made from the words of the menus, no German file was ever seen",
    de="die deutschen Spaltennamen: aus den Wörtern der Menüs gebildet, eine deutsche Datei lag nie vor",
)


def unverified(en: str, de: str) -> Menu:
    """The German headers, and something else."""
    return Menu(en=f"{_HEADERS.en}; {en}", de=f"{_HEADERS.de}; {de}")


POSTS: Final = unverified(
    en="the zone of “Publish time”, which Meta does not state: posts of ours in the file prove it, else it is read as the "
    "workspace's and a warning says so",
    de="die Zeitzone der „Veröffentlichungszeit“, die Meta nicht angibt: eigene Beiträge in der Datei beweisen sie, sonst gilt "
    "die des Arbeitsbereichs, und eine Warnung sagt es",
)
DAYS: Final = unverified(
    en="where a day begins: Meta's interface for programs counts days of the Pacific zone",
    de="wann ein Tag beginnt: Metas Schnittstelle für Programme zählt Tage der Pazifik-Zone",
)
