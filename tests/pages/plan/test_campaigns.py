"""Campaign pages: how it stands at a glance, its posts on a line for each channel, what is missing, what it brought."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from tests.pages.conftest import Outline, Studio
from toolkit.pages.page import Page
from toolkit.pages.posts.measured import Brought
from toolkit.pages.rendering import render_site

PAGE = "campaigns/advent.md"
CAMPAIGN = """---
title: Advent <24>
owner: wiebke
start: 2026-11-16
end: 2026-12-24
channels: [mastodon, bluesky]
goals:
  - {metric: visits, target: 300}
phases:
  - {name: Vorfreude, from: 2026-11-16, until: 2026-11-30}
  - {name: Türen, from: 2026-12-01, until: 2026-12-24}
assets:
  - {order: Foto A, owner: jule, due: 2026-11-20}
  - {order: Foto B, owner: jule, due: 2026-11-27}
  - {order: Foto C, owner: jule, file: media/c.png}
---
Ein Satz.
"""
REPORT = """<html><title>Monatsbericht</title><h2 id="strengths">Stärken</h2><table><thead><tr><th>Gruppe</th><th>Art</th><th>n</th>
<th>Faktor</th><th>Intervall</th><th>zu erwarten</th><th>Unterschied</th></tr></thead><tr><th>Advent &lt;24&gt;</th><td>Kampagne</td>
<td>10</td><td data-value="1.26">1,26</td><td>0,86 bis 1,85</td><td>1,1</td><td>im Zufallsbereich</td></tr></table>"""


@pytest.fixture
def house(studio: Studio) -> Studio:
    """A campaign on its sixth day: two posts are over, seven are to come, one of them still a draft."""
    studio.write("content/campaigns/advent.md", CAMPAIGN)
    days = ["2026-11-17", "2026-11-19", *(f"2026-12-0{at}" for at in range(1, 8))]
    for at, day in enumerate(days, 1):
        studio.post(
            path=f"p{at}.md",
            uid=f"01JDK3V7Q2M8X4T6R9A0B1C2D{at}",
            title=f"Neu {at}",
            publish=f"{day} 07:30",
            status="draft" if at == 9 else "ready",
            channels="mastodon, bluesky" if at % 2 else "mastodon",
            more="campaign: advent\n",
        )
    return studio


def report(state: Path, name: str, period: str, html: str, *files: str) -> None:
    """A finished report, and the files beside it."""
    folder = state / "reports" / name / period
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(html, encoding="utf-8")
    for file in files:
        (folder / file).write_bytes(b"x")
    (folder / "manifest.json").write_text(json.dumps({"outputs": dict.fromkeys(files, "")}), encoding="utf-8")


def texts(html: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)))


def test_how_it_stands_is_seen_at_a_glance(house: Studio) -> None:
    """The day, posts that are out, those that are not ready, and material that is late."""
    text = texts(house.page(PAGE)).partition("Goals Goal")[0]
    for words in (
        "Day 6 of 39",
        "Posts out 2 of 9 1 not ready",
        "Material there 1 of 3 1 is late",
        "Goals 1 goal too early",
    ):
        assert words in text


def test_each_channel_has_its_line(house: Studio, outline: type[Outline]) -> None:
    """Nine marks on Mastodon and five on Bluesky, phases above them, and all of it in words below."""
    page = house.page(PAGE)
    assert page.count("ls-course-post") == 14
    assert page.count("ls-course-post ls-quiet ls-out") == 3
    assert page.count('class="ls-phase') == 2
    assert "Vorfreude, 16 to 30 November 2026" in texts(page)
    assert "left:0.00%" in page
    assert outline(page).open == []


def test_the_next_posts_stand_open_and_all_are_there(house: Studio) -> None:
    """Six rows of what comes; the table of all nine is folded away."""
    posts = house.page(PAGE).partition('id="posts"')[2]
    opened, _details, folded = posts.partition("<details")
    assert opened.count('class="ls-row"') == 6
    assert "Neu 1<" not in opened
    assert "Neu 1<" in folded
    assert "all 9 posts" in texts(folded)


def test_what_it_brought_is_the_report_s_own_number(house: Studio) -> None:
    """Factor, interval and n as the newest monthly report has them, with the way there."""
    assert 'id="results"' not in house.page(PAGE)
    report(house.state, "monthly", "2026-10", REPORT)
    text = texts(house.page(PAGE)).partition("Results so far")[2]
    assert re.search(
        r"1.26. as many interactions as other posts, 0.86. to 1.85. \(90%\), n = 10: im Zufallsbereich.", text
    )


def test_people_outside_see_the_course_and_no_goals(house: Studio) -> None:
    """What is planned and missing is their work; goals and results are not."""
    page = render_site(house.gather(partner=True))[PAGE]
    assert isinstance(page, Page)
    assert "ls-course-post" in page.text
    assert "Goals 1" not in texts(page.text)
    assert 'id="results"' not in page.text


def test_the_best_posts_stand_beside_what_is_usual(house: Studio) -> None:
    """By how far each is above its channel; one that is too young, or has nothing to be compared with, is none of them."""
    uid = "01JDK3V7Q2M8X4T6R9A0B1C2D{}"
    measured = {
        (uid.format(1), "mastodon"): Brought(interactions=1240.0, usual=310.0),
        (uid.format(2), "mastodon"): Brought(interactions=30.0, usual=5.0),
        (uid.format(1), "bluesky"): Brought(interactions=20.0, usual=10.0),
        (uid.format(3), "mastodon"): Brought(interactions=9.0, usual=3.0),
        (uid.format(4), "mastodon"): Brought(interactions=900.0, usual=1.0, young=True),
        (uid.format(5), "mastodon"): Brought(interactions=900.0),
    }
    page = render_site(replace(house.gather(), measured=measured))[PAGE]
    assert isinstance(page, Page)
    best = page.text.partition("Best posts")[2].partition("</table>")[0]
    assert re.findall(r">(Neu \d)<", best) == ["Neu 2", "Neu 1", "Neu 3"]
    assert "1,240 310.0 4.0" in texts(best)


def test_what_was_learned_leads_to_its_decision(house: Studio) -> None:
    """A decision that names the campaign stands on its page; one that names another does not."""
    entries = (
        "{id: a, at: '2026-11-02T10:15:00+01:00', status: accepted, summary: 'Advent <24>: mehr Türen.'}",
        "{id: b, at: '2026-11-01T10:15:00+01:00', status: accepted, summary: Etwas anderes.}",
    )
    text = "---\nowner: wiebke\ndecisions:\n" + "".join(f"  - {one}\n" for one in entries) + "---\n# Zeiten\n"
    house.write("guidelines/zeiten.md", text)
    learned = house.page(PAGE).partition("What was learned")[2].partition("</ul>")[0]
    assert 'href="../../team/decisions/#a"' in learned
    assert "Advent &lt;24&gt;: mehr Türen." in learned
    assert "Etwas anderes" not in learned


def test_its_reports_can_be_taken_along(house: Studio) -> None:
    """The campaign reports of its months with their files; those of other months are not its own."""
    for period in ("2026-10", "2026-11", "2027-03"):
        html = f"<html><head><title>Kampagnen {period}</title></head></html>"
        report(house.state, "campaign", period, html, "campaign.pdf", "campaign.xlsx")
    found = house.page(PAGE).partition('id="results"')[2].partition("</section>")[0]
    assert "Kampagnen 2026-11" in found
    assert "Kampagnen 2026-10" not in found
    assert "Kampagnen 2027-03" not in found
    assert found.count(" download=") == 2


def test_all_campaigns_stand_on_one_line_of_time(house: Studio, outline: type[Outline]) -> None:
    """A bar for each that runs around today; one of two years ago has its card alone."""
    assert 'id="timeline"' not in house.page("campaigns/index.md")
    head = "---\ntitle: {}\nstart: {}\nend: {}\n---\nText.\n"
    house.write("content/campaigns/herbst.md", head.format("Herbst", "2026-09-01", "2026-10-31"))
    house.write("content/campaigns/alt.md", head.format("Alt", "2024-09-01", "2024-10-31"))
    page = house.page("campaigns/index.md")
    line = page.partition('id="timeline"')[2]
    assert re.findall(r"ls-time ls-time-(\w+)", line) == ["past", "running"]
    assert "Herbst, 1 September to 31 October 2026" in line
    assert "Alt" not in texts(line)
    assert "1 running, 0 coming, 2 past" in texts(page)
    assert outline(page).open == []


def test_what_campaigns_brought_is_compared(house: Studio) -> None:
    """On one scale, as the newest monthly report has it, and only for people of the house."""
    report(house.state, "monthly", "2026-10", REPORT)
    brought = house.page("campaigns/index.md").partition('id="brought"')[2]
    assert re.search(r"1\.26. 0\.86. to 1\.85. 10 im Zufallsbereich", texts(brought))
    outside = render_site(house.gather(partner=True))["campaigns/index.md"]
    assert isinstance(outside, Page)
    assert 'id="brought"' not in outside.text
