"""Pages of reported months: numbers stand there as the reports say them, beside those of other months."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from tests.pages.conftest import Outline, Studio
from toolkit.pages.rendering import render_site
from toolkit.pages.results.pairs import _figure, shift_month
from toolkit.pages.results.readings import Said, read_groups, read_tables

HEADS = "".join(f"<th>{name}</th>" for name in ("KPI", "{month}", "Median", "Month before", "A year ago", "Goal", "n"))
# As toolkit/reports/compared.py writes it.
FIGURES = (
    '<h2 id="kpis">Key figures</h2><table><caption>Posts in {month}</caption><thead><tr>'
    + HEADS
    + '</tr></thead><tbody><tr><th scope="row">Likes</th><td data-value="{now}">{now}<br/><small class="">{low} to 90</small></td>'
    '<td>2</td><td data-value="{before}">{before}<br/><small class="good">▲ +30%</small></td>'
    '<td data-value="40">40<br/><small class="bad">▼ &minus;5%</small></td><td>60</td><td>9</td></tr></tbody></table>'
)
CHANGES = (
    '<h2 id="changes">What has changed</h2><table><caption>What has changed since</caption><thead><tr><th>KPI</th><th>then</th>'
    "<th>now</th><th>because of</th></tr></thead><tbody><tr><th>Likes</th><td>49</td><td>52</td><td>late.csv</td></tr></tbody>"
    "</table>"
)


def report(state: Path, period: str, month: str, *, more: str = "", **numbers: int) -> None:
    """A monthly report; `numbers` are now, low and before."""
    folder = state / "reports" / "monthly" / period
    folder.mkdir(parents=True)
    html = FIGURES.format(month=month, **numbers) + more
    (folder / "index.html").write_text(
        f"<html><title>Report {month}</title><body>{html}</body></html>", encoding="utf-8"
    )
    manifest = {"made_at": "2026-11-20T10:00:00+00:00", "outputs": {}}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


@pytest.fixture
def filled(studio: Studio) -> Studio:
    """October, made anew with other numbers, and September, which was reported with 41 and is called 40 today."""
    report(studio.state, "2026-09", "September 2026", now=41, low=30, before=20)
    report(studio.state, "2026-10", "October 2026", now=52, low=33, before=40, more=CHANGES)
    return studio


def texts(html: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)))


def test_a_month_stands_beside_the_one_before_and_a_year_ago(filled: Studio) -> None:
    """Values, intervals, changes and n, letter by letter those of the report."""
    text = texts(filled.page("reports/2026-10.md"))
    assert "Likes 52 33 to 90 2 40 ▲ +30%" in text
    assert "40 ▼ −5% 60 9" in text  # noqa: RUF001  # as reports write a minus


def test_what_a_month_s_own_report_said_is_not_forgotten(filled: Studio) -> None:
    """September's report said 41; October's says 40 of September: both stand there."""
    text = texts(filled.page("reports/2026-10.md"))
    assert "40 ▲ +30% reported then: 41" in text
    assert text.count("reported then") == 1


def test_months_lead_to_each_other(filled: Studio, outline: type[Outline]) -> None:
    """October back to September, September on to October, both to the whole report and to the archive."""
    october, september = (outline(filled.page(f"reports/2026-{month}.md")) for month in ("10", "09"))
    assert "../2026-09/" in october.targets
    assert "../2026-10/" in september.targets
    assert "../monthly/2026-10/index.html" in october.targets
    assert {"2026-10/", "2026-09/"} <= set(outline(filled.page("reports/index.md")).targets)
    assert october.open == []


def test_what_changed_since_the_version_before(filled: Studio) -> None:
    """Key figure, then, now and because of which import; nothing for a month that was made once."""
    assert "Likes 49 52 late.csv" in texts(filled.page("reports/2026-10.md"))
    assert "since the version before" not in filled.page("reports/2026-09.md")


def test_people_outside_see_no_months(filled: Studio) -> None:
    """Reports are internal."""
    assert not [path for path in render_site(filled.gather(partner=True)) if path.startswith("reports/")]


def test_a_report_of_another_program_has_no_such_page(studio: Studio) -> None:
    """Without tables of key figures there is nothing to compare."""
    folder = studio.state / "reports" / "monthly" / "2026-10"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("<p>Likes: 52</p>", encoding="utf-8")
    assert "reports/2026-10.md" not in studio.render()


@pytest.mark.parametrize(
    ("period", "back", "found"), [("2026-01", 1, "2025-12"), ("2026-10", 12, "2025-10"), ("2026-W4", 1, "")]
)
def test_months_are_counted_back(period: str, back: int, found: str) -> None:
    """Over the turn of a year; what is no month has none before it."""
    assert shift_month(period, back) == found


@pytest.mark.parametrize(
    "html",
    [
        "",
        '<h2 id="kpis">',
        '<h2 id="kpis"><table><tr><td>',
        '<h2 id="kpis"><table><thead><tr><th>a</th></tr></thead><tr><td>1</td><td>2</td></tr></table>',
    ],
)
def test_a_broken_report_says_nothing(html: str) -> None:
    """Half a table, rows of another width: no number is put where it does not belong."""
    assert all(not one.rows for one in read_tables(html.encode(), "kpis"))
    assert read_groups(html.encode()) == {}


def test_any_two_months_stand_in_one_table(filled: Studio, outline: type[Outline]) -> None:
    """Every month that a report knows, the latest first; one without a report of its own has what another says of it."""
    page = filled.page("reports/compare.md")
    assert re.findall(r'<option value="([\d-]+)"', page)[:5] == ["2026-10", "2026-09", "2026-08", "2025-10", "2025-09"]
    assert "Likes 52 33 to 90 41 30 to 90 20 40 40" in texts(page)
    assert "August 2026" in texts(page).partition("as a later report says it")[2]
    assert 'data-value="52" data-low="33" data-high="90"' in page
    assert 'data-value="20"' in page
    assert outline(page).open == []
    assert "compare/" in outline(filled.page("reports/index.md")).targets
    assert "../compare/" in outline(filled.page("reports/2026-10.md")).targets


def test_an_interval_in_another_unit_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of the value are taken where value and both ends are of one unit, in the spoken language's own numbers."""
    monkeypatch.setenv("LEITSTAND_LANG", "de")
    rate = _figure(Said("2,00 %", "1,50 % bis 2,50 %", value=0.02))
    assert (rate.low, rate.high) == (0.75, 1.25)
    views = _figure(Said("40.000", "30.000 bis 60.000", value=40000))
    assert (views.low, views.high) == (0.75, 1.5)
    assert _figure(Said("2 h", "30 min bis 4 h", value=7200)).low is None
    assert _figure(Said("1.400", "79 % erreicht", value=1400)).low is None
    assert _figure(Said("keine Daten")).value is None
    assert _figure(Said("+0,14", value=0.14)).value is None, "a balance has no ratio"
