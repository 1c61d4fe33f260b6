"""Matomo: days of the website, and the campaigns that are ours."""

from __future__ import annotations

import json

from tests.importers.exports import said
from tests.importers.shops import UID, amounts, extract_tracked


def test_the_summary_by_day_is_the_website() -> None:
    """Actions are no page views; a day without visits has nothing, which is not zero."""
    report = {
        "2026-11-18": {"nb_uniq_visitors": 90, "nb_visits": 120, "nb_actions": 400, "bounce_count": 50},
        "2026-11-19": [],
    }
    kind, found = extract_tracked(json.dumps(report), "export.json")
    assert (kind, said(found)) == ("matomo", [])
    assert amounts(found, "site", "") == {("visits", "11-18"): 120, ("visitors", "11-18"): 90}


def test_campaigns_get_what_their_links_brought() -> None:
    """The website's total is not in that report; other people's campaigns are named and left out."""
    report = {"2026-11-18": [
        {"label": "Advent-2026", "nb_visits": 30, "nb_conversions": 2, "revenue": 99,
         "segment": "referrerType==campaign;referrerName==Advent-2026"},
        {"label": "brand", "nb_visits": 9, "nb_conversions": 0, "segment": "referrerType==campaign;referrerName==brand"},
    ]}  # fmt: skip
    _kind, found = extract_tracked(json.dumps(report), "export.json")
    assert amounts(found, "campaign:advent-2026") == {("visits", "11-18"): 30, ("conversions", "11-18"): 2}
    assert amounts(found, "site") == {}
    assert said(found) == ["export.json:1:1: not attributed, because no campaign is called so: brand (import)"]


def test_posts_are_found_where_links_have_their_uid() -> None:
    """Matomo writes it in small letters; websites that refer are no campaigns."""
    report = {"2026-11-18": [
        {"label": UID.lower(), "nb_visits": 4, "segment": f"campaignContent=={UID.lower()}"},
        {"label": "advent-2026", "nb_visits": 7, "segment": "referrerType==website;referrerName==advent-2026"},
    ]}  # fmt: skip
    _kind, found = extract_tracked(json.dumps(report), "export.json")
    assert {one.subject: one.value for one in found.observations} == {UID: 4}


def test_pages_of_the_settings_are_leads_and_downloads() -> None:
    """Their address decides, whatever its query is."""
    report = {"2026-11-18": [
        {"label": "/danke", "nb_visits": 3, "nb_hits": 5, "url": "https://nordlicht.example.com/danke?x=1"},
        {"label": "/index", "nb_visits": 80, "nb_hits": 90, "url": "https://nordlicht.example.com/"},
        {"label": "preise.pdf", "nb_visits": 2, "nb_hits": 2, "url": "https://nordlicht.example.com/preise.pdf"},
    ]}  # fmt: skip
    _kind, found = extract_tracked(json.dumps(report), "export.json")
    assert amounts(found, "site") == {("leads", "11-18"): 5, ("downloads", "11-18"): 2}


def test_a_csv_in_utf_16_is_read() -> None:
    """As Matomo writes it, by its own names and translated."""
    own = "date,nb_uniq_visitors,nb_visits,nb_actions\n2026-11-18,90,120,400\n2026-11-19,80,100,300\n"
    kind, found = extract_tracked(own.encode("utf-16"))
    assert kind == "matomo"
    assert amounts(found, "site")["visits", "11-19"] == 100
    german = "Datum,Eindeutige Besucher,Besuche,Aktionen,Absprünge\n2026-11-18,90,120,400,10\n"
    assert amounts(extract_tracked(german.encode("utf-16"))[1], "site") == amounts(
        extract_tracked(own.replace("2026-11-19,80,100,300\n", "").encode("utf-16"))[1], "site"
    )


def test_a_report_that_is_none_of_these_says_so() -> None:
    """Countries have days and visits too, but nothing that is counted here."""
    report = {"2026-11-18": [{"label": "Germany", "nb_visits": 30, "segment": "countryCode==de"}]}
    _kind, found = extract_tracked(json.dumps(report), "export.json")
    assert not found.clean
    assert "VisitsSummary.get" in said(found)[0]
