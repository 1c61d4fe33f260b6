"""Pages of the content pillars: what they are for, their share, their posts, their ideas, and what a report says of them."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from tests.pages.conftest import Outline, Studio
from toolkit.pages.paths import pillar_path
from toolkit.pages.rendering import render_site

PLAN = """---
title: Strategie
owner: wiebke
pillars:
  - {name: produkt, title: Produkt, most: 30 %}
  - {name: wissen, title: Wissen <b>, least: 20 %, about: macht Kaffee besser, owner: jule}
---
# Strategie
"""
IDEA = """---
id: 01JDK3V7Q2M8X4T6R9A0B1C2F1
title: Mahlgrad hören
status: shortlisted
pillar: wissen
by: jule
created: 2026-11-01
score: {reach: 4, fit: 5, effort: 2}
---
Man hört ihn.
"""
# As a report has it: toolkit/reports/strengths.py.
REPORT = """<html><head><title>Monatsbericht Oktober 2026</title></head><body>
<h2 id="strengths">Stärken</h2><table><caption>Was Säulen bringen</caption><thead><tr><th>Gruppe</th><th>Art</th><th>n</th>
<th>Faktor</th><th>Intervall (90 %)</th><th>zu erwarten</th><th>Unterschied</th></tr></thead><tbody>
<tr><th scope="row">wissen</th><td>Säule</td><td class="number">43</td><td data-value="1.87">1,87&times;</td>
<td>1,70&times; bis 2,06&times;</td><td data-value="1.85">1,85&times;</td><td><span class="good">verlässlich mehr</span></td></tr>
<tr><th scope="row">produkt</th><td>Säule</td><td>2</td><td>&ndash;</td><td>&ndash;</td><td>&ndash;</td><td>zu wenige (n = 2)</td></tr>
</tbody></table><h2 id="times">Zeiten</h2></body></html>"""


@pytest.fixture
def house(studio: Studio) -> Studio:
    """Two pillars, seven posts of December, one of October, an idea."""
    studio.write("guidelines/strategy.md", PLAN)
    studio.write("content/ideas/mahlgrad.md", IDEA)
    pillars = ["produkt"] * 6 + ["wissen"]
    for at, pillar in enumerate(pillars, 1):
        uid, more = f"01JDK3V7Q2M8X4T6R9A0B1C2D{at}", f"pillar: {pillar}\n"
        studio.post(path=f"p{at}.md", uid=uid, title=f"Neu {at}", publish=f"2026-12-0{at} 07:30", more=more)
    old = {"uid": "01JDK3V7Q2M8X4T6R9A0B1C2E1", "title": "Alt", "publish": "2026-10-05 07:30"}
    studio.post(path="alt.md", more="pillar: wissen\n", **old)
    return studio


def report(state: Path) -> None:
    file = state / "reports" / "monthly" / "2026-10" / "index.html"
    file.parent.mkdir(parents=True)
    file.write_text(REPORT, encoding="utf-8")


def texts(html: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)))


def test_a_pillar_says_what_it_is_for_and_who_answers(house: Studio) -> None:
    """Its sentence, its owner, the share the plan wants, and the way to the strategy."""
    text = texts(house.page(pillar_path("wissen")))
    for words in ("macht Kaffee besser", "Jule Hansen", "20% to 100%", "pillar: wissen", "Strategy"):
        assert words in text
    assert "&lt;b&gt;" in house.page(pillar_path("wissen"))
    # Who answers for the plan answers for a pillar that names nobody.
    assert "Wiebke Thomsen" in texts(house.page(pillar_path("produkt")))


def test_its_posts_and_ideas_lead_on(house: Studio) -> None:
    """What comes and what was, and the ideas that wait with what they are worth."""
    text = texts(house.page(pillar_path("wissen")))
    comes, _was, rest = text.partition("What was")
    assert "Neu 7" in comes
    assert "Alt" not in comes
    assert "Alt" in rest
    assert "Mahlgrad hören value 10.0" in rest


def test_the_share_of_a_month_stands_beside_the_plan(house: Studio) -> None:
    """One of seven posts in December is not 20%, but whole posts keep it: none is missing."""
    assert re.search(r"December 2026 14% 1 of 7", texts(house.page(pillar_path("wissen"))))
    assert re.search(r"December 2026 too many 86% 6 of 7", texts(house.page(pillar_path("produkt"))))


def test_what_it_brings_is_the_report_s_own_number(house: Studio) -> None:
    """Factor, interval and verdict as the report has them; without a report the command that makes one."""
    assert "leitstand report monthly" in texts(house.page(pillar_path("wissen")))
    report(house.state)
    text = texts(house.page(pillar_path("wissen"))).partition("What it brings")[2]
    assert re.search(r"Wissen <b> 1.87× 1.70× to 2.06× 43 verlässlich mehr Produkt 2 zu wenige", text)  # noqa: RUF001


def test_pages_are_whole(house: Studio, outline: type[Outline]) -> None:
    """Every element is closed, headings step by one, and the index leads to each pillar."""
    report(house.state)
    for path in ("pillars/index.md", "pillars/wissen.md"):
        page = outline(house.page(path))
        assert page.open == []
        assert page.levels[0] == 1
        assert all(after - before <= 1 for before, after in zip(page.levels, page.levels[1:], strict=False))
    assert "wissen/" in outline(house.page("pillars/index.md")).targets


def test_people_outside_have_no_pages_of_pillars(house: Studio) -> None:
    """Ideas and figures are the house's own."""
    assert not [path for path in render_site(house.gather(partner=True)) if path.startswith("pillars/")]


def test_a_name_that_no_address_can_have_still_has_a_page() -> None:
    """Two names that become one address are told apart."""
    assert pillar_path("wissen") == "pillars/wissen.md"
    assert len({pillar_path(name) for name in ("a/b", "a b", "a-b", "index")}) == 4


def test_the_board_calls_pillars_by_their_titles(house: Studio) -> None:
    """A report's sentence names the short name; the board leads to the pillar. Other quoted words stay as they are."""
    points = '<h3 id="strengths-good">Stärken</h3><ul><li>„wissen“ bringt mehr als „Text“.</li></ul>'
    report(house.state)
    file = house.state / "reports" / "monthly" / "2026-10" / "index.html"
    file.write_text(REPORT.replace('<h2 id="times"', f'{points}<h2 id="times"'), encoding="utf-8")
    page = house.page("research/board.md")
    assert '<a href="../../pillars/wissen/">Wissen &lt;b&gt;</a> bringt mehr als „Text“.' in page


def test_a_post_leads_to_its_pillar(house: Studio) -> None:
    """By its title; a pillar that the plan does not know stays as it is written."""
    assert '<a href="../../pillars/wissen/">Wissen &lt;b&gt;</a>' in house.page("posts/p7.md")
    house.post(path="p8.md", uid="01JDK3V7Q2M8X4T6R9A0B1C2D8", more="pillar: unbekannt\n")
    assert "<dd>unbekannt</dd>" in house.page("posts/p8.md")
