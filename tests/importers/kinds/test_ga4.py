"""Google Analytics 4: comments, several tables, totals, and what our links brought."""

from __future__ import annotations

import pytest

from tests.importers.exports import said
from tests.importers.shops import UID, amounts, extract_tracked

# As explorations are exported in 2026.
FREE_FORM = """\
# ----------------------------------------
# Nordlicht Kaffee
# Free form-Free form 1
# 20261101-20261130
# ----------------------------------------

"""
REPORT = """\
# ----------------------------------------
# {title}
# Account: Nordlicht
# Property: Nordlicht Kaffee
# ----------------------------------------
#
# All Users
# Start date: {start}
# End date: {end}

"""


def test_days_by_source_are_shared_out() -> None:
    """The website has every session once, Mastodon and the campaign theirs, and the rest is not attributed."""
    text = FREE_FORM + (
        "Date,Session source / medium,Session campaign,Session manual ad content,Sessions,Views,Active users\n"
        ",,,,185,400,150,Grand total\n"
        f"20261118,mastodon / social,advent-2026,{UID},40,90,30\n"
        "20261118,(direct) / (none),(direct),(not set),100,200,80\n"
        "20261118,google / cpc,brand_search,(not set),25,60,20\n"
        "20261119,google / organic,(organic),(not set),20,50,20\n"
    )
    kind, found = extract_tracked(text)
    assert kind == "ga4"
    site = amounts(found, "site", "")
    assert (site["visits", "11-18"], site["visits", "11-19"], site["page_views", "11-18"]) == (165, 20, 350)
    assert (site["visits_unattributed", "11-18"], site["visits_unattributed", "11-19"]) == (125, 20)
    assert amounts(found, "campaign:advent-2026", "mastodon") == {("visits", "11-18"): 40, ("page_views", "11-18"): 90}
    assert amounts(found, UID, "mastodon")["visits", "11-18"] == 40
    assert amounts(found, "account", "mastodon")["site_visits", "11-18"] == 40
    assert said(found) == ["export.csv:1:1: not attributed, because no campaign is called so: brand_search (import)"]


def test_people_in_several_rows_are_not_added_up() -> None:
    """Active users are taken where the table has one row per day, and nowhere else."""
    split = FREE_FORM + "Date,Session source,Sessions,Active users\n20261118,a,1,1\n20261118,b,1,1\n"
    assert ("visitors", "11-18") not in amounts(extract_tracked(split)[1], "site")
    alone = FREE_FORM + "Date,Sessions,Active users\n20261118,5,3\n20261119,7,4\n"
    assert amounts(extract_tracked(alone)[1], "site")["visitors", "11-18"] == 3


def test_two_tables_that_say_the_same_count_once() -> None:
    """Where visits came from is kept from the table that knows it, whichever stands first."""
    text = FREE_FORM + (
        "Date,Sessions,Active users\n,140,99,Grand total\n20261118,140,99\n\n"
        "Date,Session source / medium,Sessions\n,,140,Grand total\n"
        "20261118,mastodon / social,40\n20261118,google / organic,100\n"
    )
    site = amounts(extract_tracked(text)[1], "site")
    assert site == {
        ("visits", "11-18"): 140, ("visits_unattributed", "11-18"): 100, ("visitors", "11-18"): 99,
    }  # fmt: skip


def test_events_and_pages_of_the_settings_are_leads_and_downloads() -> None:
    """Other events count as nothing, and sessions of an event's rows are not the website's visits."""
    text = FREE_FORM + (
        "Date,Event name,Session source / medium,Event count,Sessions\n"
        "20261118,generate_lead,mastodon / social,3,3\n20261118,generate_lead,google / organic,2,2\n"
        "20261118,file_download,google / organic,5,4\n20261118,page_view,google / organic,900,300\n\n"
        "Date,Page path and screen class,Views\n20261119,/danke,4\n20261119,/,50\n"
    )
    found = extract_tracked(text)[1]
    site = amounts(found, "site")
    assert (site["leads", "11-18"], site["downloads", "11-18"], site["leads", "11-19"]) == (5, 5, 4)
    assert site["page_views", "11-19"] == 54
    assert not [metric for metric, _day in site if metric.startswith("visits")]
    assert amounts(found, "account", "mastodon") == {("site_leads", "11-18"): 3}


def test_a_report_counts_its_days_from_its_start() -> None:
    """Charts number their days; tables of the same file without any are left out."""
    text = REPORT.format(title="Reports snapshot", start=20261117, end=20261119) + (
        "Nth day,Active users\n0000,10\n0001,12\n0002,9\n\nCountry,Active users\nGermany,25\n"
    )
    assert amounts(extract_tracked(text)[1], "site") == {
        ("visitors", "11-17"): 10, ("visitors", "11-18"): 12, ("visitors", "11-19"): 9,
    }  # fmt: skip


def test_a_report_of_one_day_needs_no_column_for_it() -> None:
    """Its comments say which day it is."""
    text = REPORT.format(title="Traffic acquisition", start=20261118, end=20261118)
    text += "Session source / medium,Sessions\nmastodon / social,7\ngoogle / organic,3\n"
    assert amounts(extract_tracked(text)[1], "site")["visits", "11-18"] == 10


def test_a_report_of_a_month_without_days_is_refused_with_the_remedy() -> None:
    """A month's sum is nobody's day."""
    text = REPORT.format(title="Traffic acquisition", start=20261001, end=20261031)
    _kind, found = extract_tracked(text + "Session source / medium,Sessions\nmastodon / social,7\n")
    assert found.observations == ()
    assert "add Date (Datum) to the rows" in said(found)[0]


def test_german_headers_are_read() -> None:
    """The same with German names and numbers."""
    text = (
        "# Startdatum: 20261101\n# Enddatum: 20261130\n\n"
        "Datum;Sitzung – Quelle/Medium;Sitzungen;Aufrufe\n20261118;mastodon / social;1.240;2.000\n;;1.240;2.000;Gesamtsumme\n"  # noqa: RUF001  # as Google writes it
    )
    kind, found = extract_tracked(text)
    assert kind == "ga4"
    assert amounts(found, "account", "mastodon")["site_visits", "11-18"] == 1240
    assert said(found) == []


@pytest.mark.parametrize("row", ["20261118,viele", "gestern,7", "20261331,7"])
def test_a_cell_that_cannot_be_read_is_a_problem_with_its_place(row: str) -> None:
    """Nothing is guessed, and the file is not taken over half."""
    _kind, found = extract_tracked(FREE_FORM + f"Date,Sessions\n20261117,3\n{row}\n")
    assert not found.clean
    assert said(found)[0].startswith("export.csv:9:")


def test_the_day_of_the_export_is_left_out() -> None:
    """It is not over, and tomorrow's number would be larger."""
    _kind, found = extract_tracked(FREE_FORM + "Date,Sessions\n20261120,3\n20261121,1\n")
    assert amounts(found, "site") == {("visits", "11-20"): 3}
    assert "1 day is not over" in said(found)[0]
