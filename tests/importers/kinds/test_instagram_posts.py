"""Instagram's post export in English and with the German names of the Business Suite."""

from __future__ import annotations

import pytest

from tests.importers.exports import extract, recognised, said_but_zone, values

ENGLISH = "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,Follows,Comments,Saves\n"
GERMAN = "Beitrags-ID;Konto-ID;Benutzername des Kontos;Kontoname;Beschreibung;Dauer (Sek.);Veröffentlichungszeitpunkt;Permalink;Beitragstyp;Kommentar zu Daten;Datum;Aufrufe;Reichweite;„Gefällt mir“-Angaben;Geteilte Inhalte;Follows;Kommentare;Gespeichert\n"


@pytest.mark.parametrize(
    ("header", "mark", "when", "form", "views"),
    [
        (ENGLISH, ",", "07/01/2026 09:30", "IG carousel", '"1,204"'),
        (GERMAN, ";", "01.07.2026 09:30", "IG-Karussell", "1.204"),
    ],
)
def test_both_languages_say_the_same(header: str, mark: str, when: str, form: str, views: str) -> None:
    """Headers, days and thousands of either language; a count cannot have decimals, so 1.204 is no doubt."""
    cells = [
        "17900001",
        "17841",
        "nordlicht.kaffee",
        "Nordlicht",
        "Neu",
        "0",
        when,
        "https://www.instagram.com/p/Cabc123/",
    ]
    cells += [form, "", "Lifetime", views, "900", "80", "6", "1", "7", "12"]
    found = extract(header + mark.join(cells) + "\n")
    assert said_but_zone(found) == []
    assert values(found, "instagram:17900001") == {
        "views": 1204, "reach": 900, "likes": 80, "shares": 6, "follows": 1, "comments": 7, "saves": 12
    }  # fmt: skip
    assert (found.subjects[0].format, found.observations[0].channel) == ("photo", "instagram")
    assert found.observations[0].published_at is not None
    assert found.observations[0].published_at.isoformat() == "2026-07-01T07:30:00+00:00"


def test_a_file_without_numbers_is_none() -> None:
    """A post's id alone is no export of numbers."""
    assert recognised("Post ID,Account username,Publish time\n1,n,07/01/2026 09:30\n") == ""
