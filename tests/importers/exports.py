"""Documents for tests of importers: a text in the format of an export, and what one says about accounts."""

from __future__ import annotations

from datetime import UTC, datetime

from toolkit.importers import Document, Extract, KnownPosts, choose, open_export
from toolkit.settings import Account

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ACCOUNTS = {
    name: Account(name, name, id_)
    for name, id_ in {
        "facebook": "100200300",
        "instagram": "nordlicht.kaffee",
        "linkedin": "nordlicht-kaffee",
        "x": "nordlichtkaffee",
    }.items()
}


def document(text: str | bytes, name: str = "export.csv", known: KnownPosts | None = None) -> Document:
    """A file with that text, in a workspace with four accounts."""
    data = text.encode() if isinstance(text, str) else text
    return Document(name, data, "Europe/Berlin", NOW, accounts=ACCOUNTS, known=known or KnownPosts())


def extract(text: str | bytes, name: str = "export.csv", known: KnownPosts | None = None) -> Extract:
    """What the importer that recognises the text makes of it."""
    choice = choose(open_export(name, text.encode() if isinstance(text, str) else text))
    assert choice is not None
    assert choice.fits, choice.match
    return choice.importer.extract(document(text, name, known))


def recognised(text: str | bytes) -> str:
    """The name of the importer that recognises the text, "" where none does."""
    choice = choose(open_export("export.csv", text.encode() if isinstance(text, str) else text))
    return choice.name if choice is not None and choice.fits else ""


def values(found: Extract, subject: str) -> dict[str, float]:
    """Metric → value of one subject."""
    return {one.metric: one.value for one in found.observations if one.subject == subject}


def said(found: Extract) -> list[str]:
    """The problems as people read them."""
    return [str(problem) for problem in found.problems]


def said_but_zone(found: Extract) -> list[str]:
    """The problems but for the one that Meta's files always have: nobody knows the zone of their times."""
    return [one for one in said(found) if "give the zone with --times" not in one]
