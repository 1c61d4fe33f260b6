"""Channel pages: purpose, who answers, what is next and free, the rhythm, failures, and what reports say."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from tests.pages.conftest import Outline, Studio
from toolkit.pages.page import Page
from toolkit.pages.rendering import render_site

PAGE = "channels/mastodon.md"
DUE = datetime(2026, 11, 3, 6, 30, tzinfo=UTC)
PLAN = """---
title: Strategie
audiences:
  - {name: neugierige, title: Die Neugierigen}
channels:
  - {channel: mastodon, purpose: das <Gespräch>, audiences: [neugierige], weekly: 2.5}
---
# Strategie
"""
REPORT = """<html><title>Monatsbericht</title><h2 id="channels">Kanäle</h2><table><thead><tr><th>Gruppe</th><th>Wert</th>
<th>Intervall (90 %)</th><th>n</th></tr></thead><tr><th>Mastodon</th><td>2,23 %</td><td>1,51 % bis 3,19 %</td><td>10</td></tr>
</table><table><thead><tr><th>Kanal</th><th>Beiträge</th><th>Interaktionen</th><th>Rate</th><th>Reichweite</th><th>Follower</th>
</tr></thead><tr><th>Mastodon</th><td>10</td><td>495<br/><small class="good">+16 %</small></td><td>2,23 %</td><td>-</td>
<td>2.246</td></tr></table><h2 id="series">Verlauf</h2><table><thead><tr><th>Tag</th><th>Mastodon</th></tr></thead>
<tr><td>31.08.2026</td><td data-value="2100">2.100</td></tr><tr><td>31.10.2026</td><td data-value="2246">2.246</td></tr></table>"""


@pytest.fixture
def house(studio: Studio) -> Studio:
    """A plan, a network sheet, eight posts to come and two that were."""
    studio.write("guidelines/strategy.md", PLAN)
    studio.write("guidelines/netzwerke/mastodon.md", "---\ntitle: Mastodon bei uns\n---\n# Mastodon\n")
    for at in range(1, 9):
        uid = f"01JDK3V7Q2M8X4T6R9A0B1C2D{at}"
        studio.post(path=f"p{at}.md", uid=uid, title=f"Neu {at}", publish=f"2026-12-0{at} 07:30")
    for at, day in enumerate(("2026-10-06", "2026-11-03"), 1):
        studio.post(path=f"a{at}.md", uid=f"01JDK3V7Q2M8X4T6R9A0B1C2E{at}", title=f"Alt {at}", publish=f"{day} 07:30")
    return studio


def texts(html: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)))


def test_what_the_account_is_for_comes_first(house: Studio, outline: type[Outline]) -> None:
    """Its purpose, whom it is for, the sheet of the network, and its calendar."""
    page = house.page(PAGE)
    text = texts(page)
    assert text.index("das <Gespräch>") < text.index("Planned") < text.index("Die Neugierigen")
    assert "Mastodon bei uns" in text
    targets = outline(page).targets
    assert {"../../handbook/netzwerke/mastodon/", "../../feeds/calendar/channel-mastodon.ics"} <= set(targets)
    assert outline(page).open == []


def test_the_first_posts_stand_open_and_all_are_there(house: Studio) -> None:
    """Six of eight; the other two are folded away."""
    planned = house.page(PAGE).partition(">Past<")[0]
    assert "2 more" in planned
    assert planned.index("Neu 6") < planned.index("<details") < planned.index("Neu 7")


def test_a_page_does_not_grow_with_every_post(house: Studio) -> None:
    """Of very many only the next are there; the others are a click away, in the lists of their months."""
    for at in range(60):
        uid = f"01JDK3V7Q2M8X4T6R9A0B1C3{at:02}"
        house.post(path=f"q{at}.md", uid=uid, title=f"Viel {at:02}", publish=f"2027-01-01 08:{at:02}")
    planned = house.page(PAGE).partition(">Past<")[0]
    assert "50 more" in planned
    assert planned.index("Viel 47") < planned.index("All others by month")
    assert "Viel 48" not in planned
    assert '<a href="../../posts/" class="ls-more">' in planned


def test_the_rhythm_is_counted_from_the_first_post(house: Studio) -> None:
    """Two posts in 47 days are 0.3 a week; the cells and a table say the same."""
    page = house.page(PAGE)
    text = texts(page)
    assert (
        "2 posts since 6 October 2026, 0.3 a week. The strategy plans 2.5 a week. Most often on Tuesday: 2 posts."
        in text
    )
    assert page.count('class="ls-heat-1"') == 2
    assert "None of the posts kept here went out in the last half year." in texts(house.page("channels/bluesky.md"))


def test_failures_stand_on_top(house: Studio) -> None:
    """A post that the network refused is told before what is planned, also on the index."""
    assert "Somebody has to decide" not in house.page(PAGE)
    with house.ledger() as ledger:
        house.plan("content/posts/a2.md", ledger, "mastodon", DUE - timedelta(hours=1))
        [row] = ledger.rows()
        sending = ledger.begin(row, DUE, rendition="{}", hashes=["sha256:x"], commit="")
        assert sending is not None
        ledger.refuse(sending, DUE, "too large")
    text = texts(house.page(PAGE))
    assert text.index("Somebody has to decide") < text.index("Planned")
    assert "Failed 1" in texts(house.page("channels/index.md"))


def test_numbers_are_those_of_the_reports(house: Studio) -> None:
    """Month by month with interval and n; followers from the first to the last month."""
    assert "leitstand report monthly" in house.page(PAGE)
    file = house.state / "reports" / "monthly" / "2026-10" / "index.html"
    file.parent.mkdir(parents=True)
    file.write_text(REPORT, encoding="utf-8")
    text = texts(house.page(PAGE))
    assert "Followers: 2.100 on 31.08.2026, 2.246 on 31.10.2026." in text
    assert "October 2026 10 495 +16 % 2,23 % 1,51 % bis 3,19 %, n = 10 2.246" in text


def test_people_outside_see_posts_and_no_numbers(house: Studio) -> None:
    """What is planned, and neither reports nor who is on duty."""
    page = render_site(house.gather(partner=True))[PAGE]
    assert isinstance(page, Page)
    assert "Neu 1" in page.text
    for words in ("What reports say", "Who answers", "netzwerke"):
        assert words not in page.text
