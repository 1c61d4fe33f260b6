"""YouTube Studio: videos with their totals, the channel's days, and no half totals."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.importers.exports import said, values
from tests.importers.shops import amounts, extract_tracked

TABLE = (
    "Content,Video title,Video publish time,Duration,Views,Watch time (hours),Subscribers,Impressions,"
    "Impressions click-through rate (%)\n"
    "Total,,,,1500,80.5,12,9000,4.2\n"
    '_aBc-123456,"Filter, richtig gemacht","Nov 5, 2026",185,1000,50.25,10,6000,5.1\n'
    'xYz_7890123,Herbststurm,"Jun 1, 2026",60,500,30.25,-2,3000,3.0\n'
)
GERMAN = (
    "Videos,Videotitel,Veröffentlichungszeitpunkt des Videos,Dauer,Aufrufe,Wiedergabezeit (Stunden),Abonnenten,"
    "Geschätzter Umsatz (EUR),Impressionen,Klickrate der Impressionen (%)\n"
    'Gesamt,,,,1000,"50,25",10,0,6000,"5,1"\n_aBc-123456,Filter,05.11.2026,185,1000,"50,25",10,0,6000,"5,1"\n'
)


def test_videos_have_their_totals_and_the_row_of_totals_is_no_video() -> None:
    """Hours become seconds; subscribers can be lost."""
    kind, found = extract_tracked(TABLE, "Table data.csv")
    assert (kind, said(found)) == ("youtube", [])
    assert values(found, "youtube:_aBc-123456") == {
        "views": 1000, "follows": 10, "impressions": 6000, "view_time": 180900
    }  # fmt: skip
    assert values(found, "youtube:xYz_7890123")["follows"] == -2
    assert {one.uid: (one.title, one.format) for one in found.subjects}["youtube:_aBc-123456"] == (
        "Filter, richtig gemacht", "video",
    )  # fmt: skip
    assert {one.channel for one in found.observations} == {"youtube"}
    assert found.observations[0].published_at == datetime(2026, 11, 5, 11, tzinfo=UTC)


def test_german_files_say_the_same() -> None:
    """Headers, the row of totals and decimal commas."""
    kind, found = extract_tracked(GERMAN, "Tabellendaten.csv")
    assert (kind, said(found)) == ("youtube", [])
    assert values(found, "youtube:_aBc-123456") == values(extract_tracked(TABLE)[1], "youtube:_aBc-123456")


def test_videos_older_than_the_period_are_left_out() -> None:
    """Their views of the period are not their total; the archive's name says the period."""
    _kind, found = extract_tracked(TABLE, "Content 2026-11-01_2026-11-20 Nordlicht.zip/Table data.csv")
    assert {one.subject for one in found.observations} == {"youtube:_aBc-123456"}
    assert [one.uid for one in found.subjects] == ["youtube:_aBc-123456"]
    assert "1 video is older than the period" in said(found)[0]


def test_totals_are_the_channels_days() -> None:
    """The smallest file of the archive: a day and what was chosen."""
    kind, found = extract_tracked("Datum,Aufrufe\n2026-11-18,3415\n", "Gesamtwerte.csv")
    assert kind == "youtube"
    assert amounts(found, "account", "youtube") == {("views", "11-18"): 3415}


def test_the_chart_says_nothing_new() -> None:
    """It is recognised, so that the archive is imported without a complaint."""
    text = 'Date,Content,Video title,Video publish time,Duration,Views\n2026-11-18,a,T,"Nov 5, 2026",60,7\n'
    kind, found = extract_tracked(text, "Chart data.csv")
    assert (kind, found.observations, found.clean) == ("youtube", (), True)
