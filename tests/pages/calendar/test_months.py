from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from toolkit.pages.page import Page
from toolkit.pages.rendering import render_site

if TYPE_CHECKING:
    from tests.pages.conftest import Outline, Studio

DECEMBER = "calendar/2026-12.md"
AHEAD = ["2026-11", "2026-12", "2027-01", "2027-02"]


def months_of(studio: Studio) -> list[str]:
    """The months that have pages."""
    return [path[9:16] for path in studio.render() if re.fullmatch(r"calendar/\d{4}-\d\d\.md", path)]


def test_a_month_is_a_table_of_its_days(studio: Studio, outline: type[Outline]) -> None:
    """December 2026 has 31 day cells in weeks that begin on Monday, each with its full date for screen readers."""
    studio.post()
    text = studio.page(DECEMBER)
    assert text.count("ls-date") == 31
    assert text.count('class="ls-other"') == 4, "1 December 2026 is a Tuesday, 31 a Thursday"
    assert "Tuesday, 1 December 2026" in text
    assert outline(text).tags.count("th") == 8 + 5, "seven days and the weeks' column, then the number of each week"


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
    """From a month one gets to the next one whether it has posts or not, to the list, and back to the index."""
    studio.post()
    studio.post(path="2027/02/x.md", uid="01JDK3V7Q2M8X4T6R9A0B1C2D4", publish="2027-02-03 10:00")
    text = studio.page(DECEMBER)
    assert 'href="../2027-01/"' in text
    assert 'href="../2026-11/"' in text
    assert 'href="../../posts/2026-12/"' in text
    empty = studio.page("calendar/2027-01.md")
    assert "Nothing is planned in this month." in empty
    assert 'href="../2027-02/"' in empty
    assert 'href="../../posts/2027-01/"' in empty
    assert "Nothing is planned in this month." in studio.page("posts/2027-01.md")


def test_a_typo_in_a_year_makes_one_page(studio: Studio) -> None:
    """A post in 2126 or in 2006 adds its month, not the hundred years between."""
    studio.post(publish="2126-12-01 07:30")
    studio.post(path="x.md", uid="01JDK3V7Q2M8X4T6R9A0B1C2D4", publish="2006-12-01 07:30")
    assert months_of(studio) == ["2006-12", *AHEAD, "2126-12"]


def test_months_reach_as_far_as_something_is_known(studio: Studio) -> None:
    """Three months ahead in any case; as far as a campaign ends, or a day of the house comes, where that is later."""
    assert months_of(studio) == AHEAD
    studio.write("content/campaigns/mai.md", "---\ntitle: Mai\nstart: 2027-04-20\nend: 2027-05-10\n---\n")
    assert months_of(studio) == [*AHEAD, "2027-03", "2027-04", "2027-05"]
    studio.write("content/occasions/haus.yml", "occasions:\n  - {name: Röstfest, from: 2027-06-20}\n")
    studio.write("content/campaigns/far.md", "---\ntitle: Immer\nstart: 2019-01-01\nend: 2040-12-31\n---\n")
    assert months_of(studio) == [*AHEAD, "2027-03", "2027-04", "2027-05", "2027-06"]
    studio.post(publish="2026-08-30 07:30")
    assert months_of(studio)[:4] == ["2026-08", "2026-09", "2026-10", "2026-11"]


def test_a_planner_sees_what_is_free_in_the_months_ahead(studio: Studio) -> None:
    """Months in which nobody has planned anything show their free slots to the end, and the index counts them."""
    studio.write("guidelines/times.md", "# Times\n\n```slots\nchannels: [mastodon]\ntimes: [sun 12:00]\n```\n")
    february = studio.page("calendar/2027-02.md")
    assert february.count("1 free slot") == 4, "the last day of February 2027 is a Sunday"
    index = studio.page("calendar/index.md")
    assert "<strong>February</strong><span>4 free slots</span>" in index
    studio.post(publish="2027-02-03 10:00")
    assert "<strong>February</strong><span>1 post</span>" in studio.page("calendar/index.md")


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
    assert "<span>Werksfest &lt;b&gt;</span>" in cells["04"]
    assert "ls-special" not in cells["21"], "the first day of the school holidays"
    assert "ls-special" in cells["25"]


def test_weeks_are_numbered_and_lead_to_their_pages(studio: Studio) -> None:
    """Each week says its ISO number; 1 December 2026 lies in week 49."""
    studio.post()
    text = studio.page(DECEMBER)
    assert '<a href="../2026-W49/"' in text
    assert "Week 49, 2026" in text


def test_a_full_day_folds_what_does_not_fit(studio: Studio) -> None:
    """Of nine posts of a day six stand open and three can be unfolded; all are on the page."""
    for number in range(9):
        uid = f"01JDK3V7Q2M8X4T6R9A0B1C2D{number}"
        studio.post(path=f"2026/12/{number}.md", uid=uid, title=f"Nr {number}", publish=f"2026-12-01 1{number}:00")
    text = studio.page(DECEMBER)
    assert "3 more" in text
    folded = text[text.index('class="ls-folded"') :].split("</details>")[0]
    assert [f"Nr {number}" in folded for number in range(9)] == [False] * 6 + [True] * 3


def test_posts_too_close_say_so(studio: Studio) -> None:
    """Two posts of one channel ten minutes apart, where the house wants thirty: the second says it, in words."""
    studio.post(channels="mastodon, feed")
    studio.post(path="2026/12/b.md", uid="01JDK3V7Q2M8X4T6R9A0B1C2D4", title="B", publish="2026-12-01 07:40")
    text = studio.page(DECEMBER)
    assert text.count("too close: 10 minutes after the post before on Mastodon") == 1
    assert "ls-i-clash" in text


def test_changed_clocks_are_marked(studio: Studio) -> None:
    """On 28 March 2027 the clocks of Berlin go forward, on 25 October 2026 they went back."""
    studio.post(publish="2027-03-10 07:30")
    studio.post(path="x.md", uid="01JDK3V7Q2M8X4T6R9A0B1C2D4", publish="2026-10-10 07:30")
    assert "Clocks go forward: 02:00 becomes 03:00" in studio.page("calendar/2027-03.md")
    assert "Clocks go back: 03:00 becomes 02:00" in studio.page("calendar/2026-10.md")


def test_a_channel_elsewhere_says_its_own_hour(studio: Studio) -> None:
    """A channel whose audience lives in New York shows its hour there beside ours."""
    file = studio.root / "leitstand.toml"
    file.write_text(file.read_text().replace('title = "Bluesky"', 'title = "Bluesky"\ntimezone = "America/New_York"'))
    studio.post(channels="bluesky", more="timezone: Europe/Berlin\n")
    assert "01:30 New York" in studio.page(DECEMBER)
    assert "Times in Berlin" in studio.page(DECEMBER)


def test_people_outside_see_no_plans(studio: Studio) -> None:
    """Free slots, silences and collisions are the team's own business."""
    studio.post()
    studio.post(path="2026/12/b.md", uid="01JDK3V7Q2M8X4T6R9A0B1C2D4", title="B", publish="2026-12-01 07:40")
    page = render_site(studio.gather(partner=True))[DECEMBER]
    assert isinstance(page, Page)
    assert "too close" not in page.text
    assert "Tür 1" in page.text
