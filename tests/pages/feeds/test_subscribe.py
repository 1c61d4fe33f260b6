from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.pages.page import Page
from toolkit.pages.paths import SUBSCRIBE
from toolkit.pages.rendering import render_site

if TYPE_CHECKING:
    from tests.pages.conftest import Outline, Studio


def test_every_feed_is_offered_and_exists(studio: Studio, outline: type[Outline]) -> None:
    """The page links each feed of the site once as a file, and no other."""
    studio.write("content/campaigns/advent.md", "---\ntitle: Advent\nstart: 2026-12-01\nend: 2026-12-24\n---\n")
    studio.post()
    pages = studio.render()
    page = pages[SUBSCRIBE]
    assert isinstance(page, Page)
    offered = {target.removeprefix("../../") for target in outline(page.text).targets if "feeds/" in target}
    assert offered == {path for path in pages if path.startswith("feeds/")}


def test_the_calendar_leads_there(studio: Studio) -> None:
    """From the calendar's index and from each month."""
    studio.post()
    assert 'href="subscribe/"' in studio.page("calendar/index.md")
    assert 'href="../subscribe/"' in studio.page("calendar/2026-12.md")


def test_whole_addresses_stand_there_where_they_are_known(studio: Studio) -> None:
    """To copy, and as webcal, which calendar programs open; without an address a script fills both in."""
    studio.post()
    assert 'data-address="../../feeds/calendar/all.ics">feeds/calendar/all.ics<' in studio.page(SUBSCRIBE)
    file = studio.root / "leitstand.toml"
    file.write_text(
        file.read_text().replace('id = "nordlicht"', 'id = "nordlicht"\nurl = "https://site.example.com"', 1)
    )
    text = studio.page(SUBSCRIBE)
    assert ">https://site.example.com/feeds/calendar/all.ics<" in text
    assert 'href="webcal://site.example.com/feeds/calendar/all.ics"' in text


def test_what_a_login_prevents_is_said(studio: Studio) -> None:
    """Programs that fetch a calendar cannot pass a sign-on page; who cannot read that tries in vain."""
    studio.post()
    text = studio.page(SUBSCRIBE)
    for program in ("Outlook", "Google Calendar", "Apple Calendar", "Thunderbird"):
        assert program in text
    assert "single sign-on" in text


def test_people_outside_are_offered_no_persons(studio: Studio) -> None:
    """Nobody outside learns from the page who is in the team."""
    studio.post()
    page = render_site(studio.gather(partner=True))[SUBSCRIBE]
    assert isinstance(page, Page)
    assert not re.search("person|Wiebke", page.text)
