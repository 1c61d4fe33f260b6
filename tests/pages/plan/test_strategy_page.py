"""The page of the social media plan and the plan on a campaign's page: what stands there, from which numbers, for whom."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from tests.pages.conftest import NOW, Outline, Studio
from toolkit.metrics import open_store
from toolkit.model import Observation
from toolkit.pages.page import Page
from toolkit.pages.plan.counting import NAME, read_progress
from toolkit.pages.rendering import render_site
from toolkit.workspace import load_workspace

PLAN = """---
title: Strategie
owner: wiebke
goals:
  - {metric: visits, target: 320, deadline: 2026-12-31}
  - {metric: orders, target: 99}
audiences:
  - {name: neugierige, title: Die Neugierigen, wants: <b>Herkunft</b>}
pillars:
  - {name: produkt, title: Produkt, most: 30 %}
  - {name: wissen, title: Wissen, least: 20 %}
channels:
  - {channel: mastodon, purpose: das Gespräch, audiences: [neugierige], weekly: 2.5}
products:
  - {name: Polarnacht, about: Espresso}
  - {name: Herbststurm, until: 2026-10-31}
values:
  - {name: Leise, means: Wir drängen niemanden}
budget:
  - {for: Fotos, amount: 2400, year: 2026}
  - {for: Anzeigen, amount: 900, year: 2025}
currency: EUR
---
# Strategie

Das Fenster zur Röststube.

## Warum

Darum.

```claim
claim: Gas
words: [weniger Gas]
proof: Zähler
until: 2027-03-31
owner: wiebke
```
"""
CAMPAIGN = """---
title: Abo
owner: wiebke
start: 2026-11-01
end: 2026-11-30
budget: 600
goals:
  - {metric: visits, target: 300, baseline: 100}
  - {metric: orders, target: 10}
messages: [Zwei Klicks]
phases:
  - {name: Anfang, from: 2026-11-01, until: 2026-11-15}
  - {name: Ende, from: 2026-11-16, until: 2026-11-30}
assets:
  - {order: Foto A, owner: jule, due: 2026-11-20}
  - {order: Foto B, owner: jule, due: 2026-11-25}
risks:
  - {risk: Kritik, playbook: welle, owner: jule}
---
Ein Satz.
"""
PAGE, ABO = "handbook/strategy.md", "campaigns/abo.md"


@pytest.fixture
def house(studio: Studio) -> Studio:
    """A plan, a campaign and a crisis plan; nothing has been counted."""
    studio.write("guidelines/strategy.md", PLAN)
    studio.write("content/campaigns/abo.md", CAMPAIGN)
    studio.write("guidelines/crisis/welle.md", "---\nid: welle\ntitle: Welle der Kritik\n---\n# Welle\n")
    return studio


def count(state: Path) -> None:
    """Ten visits a day since January; each day of November half of them because of the campaign."""
    day, seen = date(2026, 1, 1), []
    while day < NOW.date():
        at = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
        subjects = {"site": 10.0, **({"campaign:abo": 5.0} if day.month == 11 else {})}
        seen += [
            Observation(subject, "web", "visits", value, at, None, "t", "1") for subject, value in subjects.items()
        ]
        day += timedelta(days=1)
    open_store(state).append(seen, imported_at=NOW, name="visits.csv")


def texts(html: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)))


def test_the_plan_stands_below_the_first_lines(house: Studio) -> None:
    """First the sentence that people wrote, then what the front matter says, then the reasons."""
    page = house.page(PAGE)
    assert page.index("Das Fenster") < page.index("ls-plan") < page.index("## Warum")
    text = texts(page)
    for said in (
        "das Gespräch",
        "Die Neugierigen",
        "2.5",
        "Polarnacht",
        "Wir drängen niemanden",
        "proved until 31 March 2027",
    ):
        assert said in text
    assert "&lt;b&gt;Herkunft" in page
    assert "Herbststurm" not in page.partition("ls-plan")[2].partition("## Warum")[0]


def test_a_mix_is_shown_for_this_month_and_the_next(house: Studio) -> None:
    """Six posts of December, all about the product: too many of these, too few of the others."""
    for at in range(1, 7):
        house.post(
            path=f"2026/12/p{at}.md",
            uid=f"01JDK3V7Q2M8X4T6R9A0B1C2D{at}",
            publish=f"2026-12-0{at} 07:30",
            more="pillar: produkt\n",
        )
    text = texts(house.page(PAGE))
    december = text.partition("December 2026")[2]
    assert re.search(r"6 posts Produkt too many 100% plan 0% to 30% Wissen too few 0% plan 20% to 100%", december)
    assert "0 posts" in text.partition("November 2026")[2].partition("December")[0]


def test_people_outside_see_no_goals_no_budget_and_no_risks(house: Studio) -> None:
    """The plan has parts that are nobody else's business."""
    inside = {path: page.text for path, page in render_site(house.gather()).items() if isinstance(page, Page)}
    outside = {
        path: page.text for path, page in render_site(house.gather(partner=True)).items() if isinstance(page, Page)
    }
    for path, words in ((PAGE, ("plan-goals", "Fotos")), (ABO, ("Kritik", "600 €"))):
        for word in words:
            assert word in inside[path]
            assert word not in outside[path]
    assert "das Gespräch" in outside[PAGE]


def test_goals_have_their_months_once_something_is_counted(house: Studio) -> None:
    """310 visits in October; the expectation is near, and what nobody counts is too early to say."""
    assert "Expected" not in texts(house.page(PAGE)).partition("Channels")[0]
    count(house.state)
    page = house.page(PAGE)
    assert page.count('class="ls-strip"') == 1
    assert "Bars of the last 9 months, from 280 to 310; the line is the target, 320." in unescape(page)
    goals = texts(page).partition("Pillars")[0]
    assert re.search(r"Visits 310 320 by 31 December 2026 \d{3} \d{3} to \d{3} (bold|open) \d+% chance", goals)
    assert re.search(r"Orders 99 too early to say", goals)


def test_a_campaign_tells_where_it_comes_out(house: Studio) -> None:
    """Twenty days with five visits each: about 150 of 300 at the end, so it is behind."""
    count(house.state)
    page = house.page(ABO)
    text = texts(page)
    assert re.search(r"Visits 100 300 100 1[3-7]\d \d+ to \d+ behind 1% chance", text)
    assert re.search(r"Orders 10 no data", text)
    assert "100 after 20 of 30 days; the line is the target, 300." in page


def test_a_campaign_shows_its_working_plan(house: Studio) -> None:
    """What is said, which phase runs, what is late, and the crisis plan that holds."""
    page = house.page(ABO)
    text = texts(page)
    assert "Zwei Klicks" in text
    assert re.search(r'<li[^>]*aria-current="step"[^>]*><b>Ende</b>', page)
    assert re.search(r"Foto A Jule Hansen 20 November 2026 late Foto B Jule Hansen 25 November 2026 ordered", text)
    assert re.search(r'href="[^"]*handbook/crisis/welle/"[^>]*>Welle der Kritik', page)
    assert "600 €" in text


def test_the_pages_are_whole(house: Studio, outline: type[Outline]) -> None:
    """Every element is closed, no anchor stands there twice, and headings follow each other."""
    count(house.state)
    for path in (PAGE, ABO):
        html = "".join(line for line in house.page(path).splitlines() if line.startswith("<"))
        found = outline(html)
        assert found.open == []
        assert len(found.anchors) == len(set(found.anchors))
        assert all(after - before <= 1 for before, after in zip(found.levels, found.levels[1:], strict=False))


def test_counting_is_done_once(house: Studio) -> None:
    """The second look reads the cache; another target or another day counts anew; a broken cache is counted again."""
    count(house.state)
    workspace, cache = load_workspace(house.root), house.state / "cache" / NAME
    first = read_progress(workspace, house.state, NOW)
    kept = json.loads(cache.read_bytes())["key"]
    assert read_progress(workspace, house.state, NOW) == first
    read_progress(workspace, house.state, NOW + timedelta(days=1))
    assert json.loads(cache.read_bytes())["key"] != kept
    cache.write_text('{"key": 1')
    assert read_progress(workspace, house.state, NOW) == first
    house.write("guidelines/strategy.md", PLAN.replace("target: 320", "target: 200"))
    again = read_progress(load_workspace(house.root), house.state, NOW)
    assert [one.target for one in again.goals] == [200, 99]
    assert (again.goals[0].chance or 0) > (first.goals[0].chance or 0)
