"""The archive of reports: months beside each other with what they are worth, and nothing of it for people outside."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest

from tests.pages.conftest import Studio
from tests.pages.results.test_kpis import append
from toolkit.cli import execute
from toolkit.pages.page import Page
from toolkit.pages.rendering import render_site

HTML = '<!doctype html><title>{name} {period}</title><p class="banner stage {stage}">So far.</p><p>Secret 4711</p>'


def deposit(studio: Studio, name: str, period: str, stage: str, **parameters: str) -> None:
    """A finished report with a PDF and a workbook."""
    folder = studio.state / "reports" / name / period
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(HTML.format(name=name, period=period, stage=stage))
    files = (f"{name}-{period}.pdf", f"{name}-{period}.xlsx")
    for file in files:
        (folder / file).write_bytes(b"%PDF")
    manifest = {
        "made_at": f"{period}-28T08:00:00+00:00",
        "basis": {"parameters": parameters},
        "outputs": dict.fromkeys(files, "sha256:0"),
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))


class Rows(HTMLParser):
    """The cells of a page's first table: text and addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.open = True
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.open and tag == "tr":
            self.rows.append([])
        if self.open and tag in {"td", "th"}:
            self.rows[-1].append("")
        if self.open and tag == "a" and self.rows:
            self.rows[-1][-1] += f"<{dict(attrs).get('href')}>"

    def handle_data(self, data: str) -> None:
        if self.open and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data

    def handle_endtag(self, tag: str) -> None:
        self.open = self.open and tag != "table"


@pytest.fixture
def filled(studio: Studio) -> Studio:
    deposit(studio, "monthly", "2026-10", "provisional")
    deposit(studio, "monthly", "2026-09", "final", before="2026-09-07T10:00:00+00:00")
    deposit(studio, "year", "2026-09", "final")
    return studio


def test_months_stand_beside_each_other(filled: Studio) -> None:
    """A row for each month, the latest first; in each report's column its stage, and its page, PDF and workbook."""
    head, october, september = Rows(filled.page("reports/index.md")).rows
    assert [cell.split() for cell in head] == [["Period"], ["Monthly", "report"], ["Year"]]
    assert october[0] == "October 2026"
    assert october[1].split() == [
        "provisional",
        "<monthly/2026-10/index.html>HTML",
        "<monthly/2026-10/monthly-2026-10.pdf>PDF",
        "<monthly/2026-10/monthly-2026-10.xlsx>XLSX",
    ]
    assert october[2] == "\N{EN DASH}"
    assert september[1].split()[0] == september[2].split()[0] == "final"


def test_campaigns_are_compared_where_they_stand_beside_each_other(filled: Studio) -> None:
    """With two of them the archive leads there: their totals are no measure of each other, their factors are."""
    plan = "---\ntitle: {0}\nowner: wiebke\nstart: 2026-09-01\nend: 2026-10-31\n---\nText.\n"
    filled.write("content/campaigns/autumn.md", plan.format("Autumn"))
    assert "Campaigns beside each other" not in filled.page("reports/index.md")
    filled.write("content/campaigns/advent.md", plan.format("Advent"))
    assert '<a href="../campaigns/" class="ls-step">Campaigns beside each other</a>' in filled.page("reports/index.md")


def test_the_monthly_report_stands_first(filled: Studio) -> None:
    """The packaged kinds in the order in which they are read, then a team's own by their names."""
    for name in ("year", "experiment", "a-first", "campaign", "zoo"):
        deposit(filled, name, "2026-10", "final")
    (head, *_rest) = Rows(filled.page("reports/index.md")).rows
    assert head[1:] == ["Monthly report", "Campaigns", "Experiments", "Year", "a-first", "zoo"]


@pytest.mark.parametrize("said", ["banner stage provisional", "note stage provisional"])
def test_the_stage_is_read_as_reports_write_it(filled: Studio, said: str) -> None:
    """Whatever else the sentence is called, the archive shows how final its report is."""
    page = filled.state / "reports/monthly/2026-10/index.html"
    page.write_text(page.read_text().replace("banner stage provisional", said))
    assert Rows(filled.page("reports/index.md")).rows[1][1].split()[0] == "provisional"


def test_a_later_version_names_the_one_before(filled: Studio) -> None:
    """A report that was made again with other numbers says of which version it takes the place."""
    page = filled.page("reports/index.md")
    assert page.count("with other numbers than the version of") == 1
    assert "7 September 2026" in page


def test_people_outside_see_no_report(filled: Studio) -> None:
    """The partners' site has the calendar and the posts, and neither reports nor key figures nor findings, nor a link to them."""
    append(filled.state, 8)
    filled.post()
    team = render_site(filled.gather())
    partner = render_site(filled.gather(partner=True))
    gone = set(team) - set(partner)
    assert {"reports/index.md", "reports/monthly/2026-10/monthly-2026-10.pdf", "kpis/likes.md", "problems.md"} <= gone
    internal = ("reports/", "kpis/", "problems", "team/", "home/", "feeds/", "handbook/changes")
    assert [path for path in gone if not path.startswith(internal)] == []
    assert {"index.md", "posts/index.md", "calendar/index.md"} <= set(partner)
    for path, content in partner.items():
        text = (
            content.text
            if isinstance(content, Page)
            else content.decode("utf-8", "ignore")
            if isinstance(content, bytes)
            else ""
        )
        assert "4711" not in text, path
        assert "reports/" not in text, path
        assert "kpis/" not in text, path


def test_stage_can_write_the_partners_site(filled: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """`leitstand stage DIR --partner` writes no report, without it does; a later one takes the reports away again."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(filled.state))
    target = filled.root.parent / "staged"
    args = ["stage", str(target), "--workspace", str(filled.root), "--now", "2026-11-21T12:00+01:00"]
    assert execute(args, {"LEITSTAND_LANG": "en"}) == 0
    assert list(target.rglob("*.pdf"))
    assert execute([*args, "--partner"], {"LEITSTAND_LANG": "en"}) == 0
    assert not [path for path in target.rglob("*") if "reports" in path.parts]
