"""Google Search Console: days are amounts, positions averages, queries and pages sums of a period."""

from __future__ import annotations

import pytest

from tests.importers.exports import said, values
from tests.importers.shops import amounts, extract_tracked


def test_days_are_the_websites_searches() -> None:
    """The rate is not kept: it is clicks by impressions."""
    kind, found = extract_tracked("Date,Clicks,Impressions,CTR,Position\n2026-11-18,12,340,3.53%,8.2\n")
    assert (kind, said(found)) == ("search-console", [])
    assert amounts(found, "search") == {
        ("clicks", "11-18"): 12, ("impressions", "11-18"): 340, ("position", "11-18"): 8.2,
    }  # fmt: skip


def test_queries_and_pages_have_names_of_their_own() -> None:
    """A period's sum is nobody's day, so no metric of theirs is called like a day's."""
    found = extract_tracked('Top queries,Clicks,Impressions,CTR,Position\n"kaffee, fair",3,120,2.5%,8.1\n')[1]
    assert values(found, "search:kaffee, fair") == {
        "period_clicks": 3, "period_impressions": 120, "period_position": 8.1
    }  # fmt: skip
    pages = extract_tracked(
        "Top pages,Clicks,Impressions,CTR,Position\nhttps://nordlicht.example.com/,10,300,3.3%,9\n"
    )[1]
    assert values(pages, "search:https://nordlicht.example.com/")["period_position"] == 9


def test_german_headers_and_decimal_commas_are_read() -> None:
    """As the German interface exports it."""
    text = "Datum;Klicks;Impressionen;CTR;Position\n18.11.2026;1.200;34.000;3,53 %;8,2\n"
    assert amounts(extract_tracked(text)[1], "search")["clicks", "11-18"] == 1200


@pytest.mark.parametrize("text", [
    "Country,Clicks,Impressions,CTR,Position\nGermany,3,120,2.5%,8.1\n",
    "Device,Clicks,Impressions,CTR,Position\nMobile,3,120,2.5%,8.1\n",
    "Filter,Value\nSearch type,Web\n",
])  # fmt: skip
def test_the_other_files_of_the_archive_are_known_and_left_out(text: str) -> None:
    """A ZIP of Google's is no mistake of the user."""
    kind, found = extract_tracked(text)
    assert (kind, found.observations, found.clean) == ("search-console", (), True)
    assert "left out" in said(found)[0]


def test_what_cannot_be_read_is_a_problem_with_its_place() -> None:
    """Nothing is guessed."""
    found = extract_tracked("Date,Clicks,Impressions,CTR,Position\n2026-11-18,zwölf,340,3.5%,8.2\n")[1]
    assert said(found)[0].startswith("export.csv:2:12:")
