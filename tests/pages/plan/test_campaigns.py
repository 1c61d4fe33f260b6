"""Campaign pages: how it stands at a glance, its posts on a line for each channel, what is missing, what it brought."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.pages.conftest import Outline, Studio
from toolkit.pages.page import Page
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
    assert "Vorfreude, 16 to 30 November 2026" in texts(
        page
    ) or "Vorfreude, 16 November 2026 to 30 November 2026" in texts(page)
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
    file = house.state / "reports" / "monthly" / "2026-10" / "index.html"
    file.parent.mkdir(parents=True)
    file.write_text(REPORT, encoding="utf-8")
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
