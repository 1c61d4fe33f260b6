from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from toolkit.pages.view import Page

if TYPE_CHECKING:
    from tests.pages.conftest import Outline, Studio

DECEMBER = "calendar/2026-12.md"


def test_a_month_is_a_table_of_its_days(studio: Studio, outline: type[Outline]) -> None:
    """December 2026 has 31 day cells in weeks that begin on Monday, each with its full date for screen readers."""
    studio.post()
    text = studio.page(DECEMBER)
    assert text.count("ls-date") == 31
    assert text.count('class="ls-other"') == 4, "1 December 2026 is a Tuesday, 31 a Thursday"
    assert "Tuesday, 1 December 2026" in text
    assert outline(text).tags.count("th") == 7


def test_posts_stand_on_the_day_of_the_workspace(studio: Studio) -> None:
    """A post at 23:30 in New York stands on the next day in Berlin, at the hour of Berlin."""
    studio.post(more="timezone: America/New_York\n", publish="2026-12-01 23:30")
    text = studio.page(DECEMBER)
    cell = text[text.index('datetime="2026-12-02"') : text.index('datetime="2026-12-03"')]
    assert "05:30" in cell
    assert "Tür 1" in cell


def test_channels_with_other_times_are_entries_of_their_own(studio: Studio) -> None:
    """One post that goes out twice stands there twice, each time with its channels."""
    studio.post(channels="mastodon, bluesky", more="options: {bluesky: {publish: 2026-12-01 15:00}}\n")
    text = studio.page(DECEMBER)
    assert "07:30 Tür 1: Ready, Mastodon" in text
    assert "15:00 Tür 1: Ready, Bluesky" in text


def test_today_is_marked(studio: Studio) -> None:
    """Today stands out by a word and for screen readers, not by colour alone; at Berlin's date, not UTC's."""
    studio.post()
    late = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)
    text = studio.page(DECEMBER, late)
    assert text.count('aria-current="date"') == 1
    before = text[: text.index('aria-current="date"')]
    assert before.rindex("ls-today") > before.rindex('datetime="2026-12-01"')


def test_months_lead_to_their_neighbours(studio: Studio) -> None:
    """From a month one gets to the next one that has posts, to the list, and back to the index."""
    studio.post()
    studio.post(path="2027/02/x.md", uid="01JDK3V7Q2M8X4T6R9A0B1C2D4", publish="2027-02-03 10:00")
    text = studio.page(DECEMBER)
    assert 'href="../2027-02/"' in text
    assert 'href="../2026-11/"' in text
    assert 'href="../../posts/2026-12/"' in text


def test_a_typo_in_a_year_makes_one_page(studio: Studio) -> None:
    """A post in 2126 adds its month, not the hundred years between."""
    studio.post(publish="2126-12-01 07:30")
    months = [path for path in studio.render() if path.startswith("calendar/2")]
    assert months == ["calendar/2026-11.md", "calendar/2126-12.md"]


def test_the_index_shows_the_years_months(studio: Studio) -> None:
    """Months with posts are links with a count, the others only names."""
    studio.post()
    page = studio.render()["calendar/index.md"]
    assert isinstance(page, Page)
    assert 'href="2026-12/"' in page.text
    assert "1 post<" in page.text
    assert "January" in page.text


def test_states_have_words_everywhere(studio: Studio) -> None:
    """A draft in the calendar is called a draft, in its entry and in the legend."""
    studio.post(status="draft")
    text = studio.page(DECEMBER)
    assert text.count("Draft") >= 3


def test_a_campaign_called_like_an_index_page_is_found(studio: Studio) -> None:
    """A campaign in `index.md` has a page of its own, and its month and its posts lead there."""
    studio.write("content/campaigns/index.md", "---\ntitle: Advent\nstart: 2026-12-01\nend: 2026-12-24\n---\n")
    studio.post(more="campaign: index\n")
    assert "Advent" in studio.page("campaigns/index-campaign.md")
    assert 'href="../../campaigns/index-campaign/"' in studio.page(DECEMBER)
    assert "campaigns/index-campaign/" in studio.page("posts/2026/12/tuer-1.md")


def test_holidays_and_the_house_s_own_days_stand_in_the_calendar(studio: Studio) -> None:
    """Public holidays of the region, days of mourning and occasions by name; school holidays are left out."""
    studio.post()
    file = studio.root / "leitstand.toml"
    file.write_text(file.read_text().replace("[workspace]\n", '[workspace]\nregion = "DE-SH"\n', 1))
    occasions = studio.root / "content/occasions/haus.yml"
    occasions.parent.mkdir(parents=True)
    occasions.write_text("occasions:\n  - {name: Werksfest <b>, from: 2026-12-04}\n")
    text = studio.page(DECEMBER)
    cells = {day: text[text.index(f'datetime="2026-12-{day}"') :].split("</td>")[0] for day in ("04", "21", "25")}
    assert '<span class="ls-special">Werksfest &lt;b&gt;</span>' in cells["04"]
    assert "ls-special" not in cells["21"], "the first day of the school holidays"
    assert '<span class="ls-special">' in cells["25"]
