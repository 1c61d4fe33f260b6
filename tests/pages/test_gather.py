from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from toolkit.errors import UsageError
from toolkit.pages.build.repairs import repair
from toolkit.pages.clocks import choose_clock
from toolkit.pages.gather import read_reports

if TYPE_CHECKING:
    from tests.pages.conftest import Studio


def test_without_ledger_and_reports_nothing_is_made(studio: Studio) -> None:
    """Reading for the site leaves no trace in the state directory."""
    studio.post()
    given = studio.gather()
    assert given.rows == ()
    assert given.reports == ()
    assert not studio.state.exists()


def test_reports_are_found_latest_first(studio: Studio) -> None:
    """Every finished report is listed and copied; a folder without HTML is not finished."""
    for period in ("2026-09", "2026-10"):
        folder = studio.state / "reports/monthly" / period
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(f"<title>{period}</title>")
    (studio.state / "reports/monthly/2026-11").mkdir()
    manifest = {
        "made_at": "2026-11-01T08:00:00+00:00",
        "commit": "0123456789abcdef",
        "failures": ["cell 7"],
        "basis": {"imports": [["id", "mastodon.csv", "2026-11-01"]]},
        "outputs": {
            "index.html": "",
            "monthly-2026-10.pdf": "",
            "monthly.ipynb": "",
            "../../secret.pdf": "",
            "gone.xlsx": "",
        },
    }
    for name in ("monthly-2026-10.pdf", "monthly.ipynb", "unknown.pdf"):
        (studio.state / "reports/monthly/2026-10" / name).write_text(name)
    (studio.state / "reports/monthly/secret.pdf").write_text("secret")
    (studio.state / "reports/monthly/2026-10/manifest.json").write_text(json.dumps(manifest))
    found = read_reports(studio.state / "reports")
    assert found[0].title == "2026-10"
    assert found[0].facts["Not complete"] == "cell 7"
    assert found[0].facts["Commit"] == "0123456789"
    assert found[0].facts["Imports"] == "1"
    assert found[0].made_at == datetime(2026, 11, 1, 8, tzinfo=UTC)
    assert found[1].made_at is None
    assert [report.period for report in found] == ["2026-10", "2026-09"]
    pages = studio.render()
    shown = pages["reports/monthly/2026-10/index.html"]
    assert isinstance(shown, bytes)
    assert b'srcdoc="&lt;title&gt;2026-10&lt;/title&gt;"' in shown, "not made here: in a frame"
    assert 'href="monthly/2026-10/index.html"' in studio.page("reports/index.md")
    # Only files that the manifest vouches for, and never the notebook: it shows more than the page.
    assert [path for path in pages if path.startswith("reports/monthly/") and not path.endswith("index.html")] == [
        "reports/monthly/2026-10/monthly-2026-10.pdf"
    ]
    assert 'aria-label="2026-10 as PDF"' in studio.page("reports/index.md")


@pytest.mark.parametrize("stage", ["provisional", "final"])
def test_the_archive_says_how_final_a_report_is(studio: Studio, stage: str) -> None:
    """What stands at the top of the report stands in the archive, too."""
    folder = studio.state / "reports/monthly/2026-10"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(f'<title>October</title><p class="stage {stage}">So it is.</p>')
    assert read_reports(studio.state / "reports")[0].stage == stage
    assert f">{stage}</span>" in studio.page("reports/index.md")


def test_the_environment_sets_the_clock_over_the_option() -> None:
    """LEITSTAND_NOW, then the option, then the system; a time without an offset is refused."""
    moment = datetime(2026, 11, 21, 11, tzinfo=UTC)
    environ = {"LEITSTAND_NOW": "2026-11-21T12:00+01:00"}
    assert choose_clock("2020-01-01T00:00Z", environ).now() == moment
    assert choose_clock("2026-11-21T12:00+01:00", {}).now() == moment
    assert choose_clock("", {}).now().year >= 2025
    with pytest.raises(UsageError, match="offset"):
        choose_clock("yesterday", {})


def test_the_themes_dialog_gets_a_name() -> None:
    """The search dialog and the sections' navigation are named; other markup passes unchanged."""
    search = '<div class="md-search" data-md-component="search" role="dialog">'
    assert 'aria-label="Search"' in repair(search)
    section = (
        '<nav aria-labelledby="__nav_3_label" aria-expanded="false">\n <label class="md-nav__title" for="__nav_3">'
    )
    made = repair(section)
    assert 'aria-labelledby="__nav_3_title"' in made
    assert 'id="__nav_3_title" class="md-nav__title"' in made
    assert repair("<p>Text</p>") == "<p>Text</p>"
