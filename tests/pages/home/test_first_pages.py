"""The first pages of the roles: what each shows, what it says where there is nothing yet, and what nobody outside sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.community.inbox.inboxes import said
from tests.pages.conftest import NOW, SETTINGS
from toolkit.community.inbox.book import open_inbox
from toolkit.community.inbox.gathering import Listener
from toolkit.community.inbox.place import find_inbox
from toolkit.pages.home.queues import read_waits
from toolkit.pages.home.ranked import Ranked, Ranking
from toolkit.pages.home.waits import Waits
from toolkit.pages.page import Page
from toolkit.pages.plan.progress import Progress, Stand
from toolkit.pages.rendering import render_site
from toolkit.pages.results.figures import Figure
from toolkit.pages.view import SiteInput
from toolkit.workspace import load_workspace

if TYPE_CHECKING:
    from tests.pages.conftest import Outline, Studio

ROLES = ("index.md", "home/manager.md", "home/community.md", "home/editor.md", "home/reader.md", "home/first-day.md")
APPROVED = SETTINGS.replace(
    'id = "@nordlicht@social.example.com"', 'id = "@nordlicht@social.example.com"\napprovals = 1'
)
DUTY = "---\ntitle: Roles\n---\n# Roles\n\n```duty\nroster:\n  - {person: jule, hours: [sa 10:00-16:00]}\n  - {person: wiebke, hours: [mo-fr 08:00-18:00]}\n```\n"
HOURS = "---\ntitle: Hours\n---\n# Hours\n\n```hours\nhours: [mo-so 08:00-20:00]\nfirst_response: PT2H\n```\n"


def page(given: SiteInput, path: str) -> str:
    found = render_site(given)[path]
    assert isinstance(found, Page)
    return found.text


@pytest.mark.parametrize("path", ROLES)
def test_every_first_page_stands_in_an_empty_house(studio: Studio, outline: type[Outline], path: str) -> None:
    """In good order, with a row that leads to all of them and marks this one; each says what to do next."""
    text = studio.page(path)
    assert outline(text).levels[0] == 1
    assert outline(text).open == []
    row = text[text.index('class="ls-roles"') : text.index("</nav>")]
    assert row.count("<a ") == len(ROLES)
    assert row.count('aria-current="page"') == 1


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("home/manager.md", "leitstand import FILE"),
        ("home/manager.md", "leitstand report"),
        ("home/community.md", "leitstand inbox fetch"),
        ("home/editor.md", "leitstand new TITLE"),
        ("home/editor.md", "leitstand idea new TITLE"),
        ("home/reader.md", "put a table of tasks and links there"),
        ("home/first-day.md", "write guidelines/first-day.md"),
    ],
)
def test_what_is_not_there_yet_says_how_to_begin(studio: Studio, path: str, said: str) -> None:
    """An empty box names the command or the file."""
    assert said in studio.page(path)


def test_people_outside_get_the_day_and_the_handbook_alone(studio: Studio) -> None:
    """No page of a role, no link to one, and no name of anybody."""
    studio.write("guidelines/roles.md", DUTY)
    pages = render_site(studio.gather(partner=True))
    assert [path for path in pages if path == "index.md" or path.startswith("home/")] == ["index.md", "home/reader.md"]
    for path in ("index.md", "home/reader.md"):
        found = pages[path]
        assert isinstance(found, Page)
        assert "Management" not in found.text
        assert "Jule Hansen" not in found.text


def test_a_manager_reads_what_presses_first(studio: Studio) -> None:
    """What is missed and what needs a yes within a day stand below “Now”, with whose it is; other approvals below."""
    studio.write("leitstand.toml", APPROVED)
    studio.post(title="Today", publish="2026-11-21 18:00")
    studio.post(title="Advent", path="b.md", uid="01JDK3V7Q2M8X4T6R9A0B1C2D4")
    studio.write("content/ideas/cups.md", "---\nid: I1\ntitle: Cups\ncreated: 2026-11-03\n---\nWhich?\n")
    text = studio.page("home/manager.md")
    order = [
        ">Now<",
        ">Today</a>",
        "needed by Sat 21 Nov, 18:00",
        ">These days<",
        ">Advent</a>",
        ">When there is time<",
        "1 idea waits for a decision",
        "since 3 November 2026",
    ]
    assert [text.index(word, text.index('id="decide"')) for word in order] == sorted(
        text.index(word, text.index('id="decide"')) for word in order
    )
    assert text.count('<a href="../../team/wiebke/" class="ls-person">') >= 2


def test_a_reply_that_waits_for_a_yes_is_told_with_its_age(studio: Studio) -> None:
    """Only that it waits, and since when."""
    given = replace(studio.gather(), waits=Waits(known=True, drafted=2, since=NOW - timedelta(minutes=20)))
    text = page(given, "home/manager.md")
    assert "2 replies wait for a yes" in text
    assert "since 11:40" in text


@pytest.mark.parametrize(
    ("value", "target", "said", "tone"),
    [(1_110.0, 1_400.0, "290 behind plan", "bad"), (376.0, 340.0, "on plan", "good")],
)
def test_a_monthly_goal_says_in_words_how_far_it_is(
    studio: Studio, value: float, target: float, said: str, tone: str
) -> None:
    """The last month beside the target, what is expected next, between what and what, and how likely that is."""
    stand = Stand(
        "interactions", target, "open", value=value, steps=(900.0, value), names=("2026-09", "2026-10"),
        expected=1_038.0, low=513.0, high=2_101.0, chance=0.23,
    )  # fmt: skip
    text = page(replace(studio.gather(), progress=Progress(goals=(stand,))), "home/manager.md")
    assert f'<span class="ls-chip ls-{tone}">{said}</span>' in text
    assert "October 2026" in text
    assert "expected next month: 1,038 (513 to 2,101, 90%); 23% chance" in text


def test_where_less_is_better_more_is_above_the_plan(studio: Studio) -> None:
    """A response time of four hours misses a target of two."""
    stand = Stand("response_time", 7_200.0, "bold", value=14_400.0, names=("2026-10",))
    text = page(replace(studio.gather(), progress=Progress(goals=(stand,))), "home/manager.md")
    assert "above plan" in text
    assert "behind plan" not in text


def test_a_running_campaign_has_a_mark_where_an_even_pace_would_be(studio: Studio) -> None:
    """After 5 of 10 days half of the target; what comes out is compared with the target."""
    studio.write(
        "content/campaigns/advent.md", "---\ntitle: Advent\nstart: 2026-11-16\nend: 2026-11-25\n---\n# Idea\n\nText\n"
    )
    stand = Stand(
        "visits", 200.0, "behind", value=60.0, steps=(12.0,) * 5, length=10, expected=120.0, low=100.0, high=150.0, chance=0.05,
    )  # fmt: skip
    text = page(replace(studio.gather(), progress=Progress(campaigns={"advent": (stand,)})), "home/manager.md")
    assert "80 behind plan" in text
    assert "after 5 of 10 days" in text
    assert 'class="ls-due" style="left:50.0%"' in text
    assert 'class="ls-has" style="width:30.0%"' in text


def test_numbers_stand_beside_the_month_before(studio: Studio) -> None:
    """A change is green only where the intervals are apart; without a month before nothing is compared."""
    figures = {
        "interactions": (Figure("2026-09", 855.0, 30, 700.0, 1_000.0), Figure("2026-10", 1_110.0, 34, 900.0, 1_500.0)),
        "reach": (Figure("2026-09", 100.0, 30, 90.0, 110.0), Figure("2026-10", 300.0, 34, 280.0, 320.0)),
        "visits": (Figure("2026-10", 7_518.0, 31),),
    }
    text = page(replace(studio.gather(), figures=figures), "home/manager.md")
    assert "October 2026 in numbers" in text
    tiles = text[text.index('id="numbers"') :].split('class="ls-stat"')
    assert 'ls-chip ls-good"><i class="ls-icon ls-i-up" aria-hidden="true"></i>+200%' in tiles[1]
    assert 'ls-chip ls-quiet"><i class="ls-icon ls-i-up" aria-hidden="true"></i>+30%' in tiles[2]
    assert "September: 855" in tiles[2]
    assert "n = 34" in tiles[2]
    assert "no month before to compare with" in tiles[3]


def test_tops_and_flops_lead_to_the_posts_and_say_n(studio: Studio) -> None:
    """A post of the workspace is linked; with fewer than two posts there is no verdict."""
    studio.post(title="Der letzte Sack", publish="2026-10-01 07:30")
    top = Ranking("01JDK3V7Q2M8X4T6R9A0B1C2D3", "?", "mastodon", 119.0, 25.0, 4.6, 46)
    flop = Ranking("elsewhere", "An old <b>post</b>", "mastodon", 9.0, 46.0, 0.2, 22)
    given = studio.gather()
    text = page(replace(given, ranked=Ranked("2026-10", (top,), (flop,), compared=19, young=3)), "home/manager.md")
    assert '<a href="../../posts/2026/12/tuer-1/">Der letzte Sack</a>' in text
    assert "119 interactions, usual 25 (n = 46)" in text
    assert "An old &lt;b&gt;post&lt;/b&gt;" in text
    assert "n = 19. A single post may be chance. 3 posts are too young." in text
    few = page(replace(given, ranked=Ranked("2026-10", (top,), compared=1)), "home/manager.md")
    assert "n = 1: too few posts" in few
    assert "119 interactions" not in few


def test_the_inbox_is_counted_and_nobody_s_words_are_shown(studio: Studio) -> None:
    """How many wait, since when, by when, too late; no name, no address and no text of whoever wrote."""
    studio.write("guidelines/hours.md", HOURS)
    listener = Listener("mastodon:@nordlicht@social.example.com", "mastodon", {"post-1": "01POST"})
    settings = load_workspace(studio.root).settings
    studio.state.mkdir()
    with open_inbox(find_inbox(studio.state, settings, studio.environ), now=NOW) as inbox:
        for at, name in ((NOW - timedelta(hours=3), "a"), (NOW - timedelta(minutes=30), "b")):
            inbox.gather(listener, [said(name, author=f"@{name}@far.example", at=at)], NOW)
    found = read_waits(load_workspace(studio.root), studio.state, studio.environ, NOW)
    assert (found.count, found.late, found.oldest) == (2, 1, NOW - timedelta(hours=3))
    assert found.due == NOW + timedelta(minutes=90)
    text = studio.page("home/community.md")
    assert "people wait" in text
    assert "09:00" in text  # since then the first waits
    assert "13:30" in text  # the deadline of the second
    for secret in ("words of", "far.example", ">A<", ">B<"):
        assert secret not in text


def test_an_inbox_that_cannot_be_read_is_no_empty_one(studio: Studio) -> None:
    """The page says why, and the site is built all the same."""
    text = page(replace(studio.gather(), waits=Waits(unknown="the file is damaged")), "home/community.md")
    assert "The inbox cannot be read: the file is damaged" in text
    assert "Nobody waits" not in text


def test_the_day_sheet_says_who_is_there(studio: Studio) -> None:
    """By the roster of this weekday; on a day when somebody is away, who stands in."""
    studio.write("guidelines/roles.md", DUTY)
    text = studio.page("home/community.md")
    assert "answers 10:00\N{EN DASH}16:00" in text
    assert "08:00\N{EN DASH}18:00" not in text
    away = SETTINGS.replace(
        'name = "Jule Hansen"',
        'name = "Jule Hansen"\ndeputy = "wiebke"\nabsences = [{ from = 2026-11-20, to = 2026-11-23 }]',
    )
    studio.write("leitstand.toml", away)
    text = studio.page("home/community.md")
    assert "answers 10:00\N{EN DASH}16:00 for Jule Hansen" in text
    assert "away until 23 November 2026; Wiebke Thomsen stands in" in text


def test_editors_read_what_is_due_and_what_is_missing(studio: Studio) -> None:
    """Drafts by the day on which they are wanted, late ones in red words; ordered media with owner and day."""
    order = 'due: 2026-11-20\nmedia: [{order: "Photo of the door", owner: wiebke, due: 2026-11-28, kind: photo}]\n'
    studio.post(title="Late one", status="draft", more=order)
    studio.post(
        title="Later one", status="draft", more="due: 2026-11-27\n", path="b.md", uid="01JDK3V7Q2M8X4T6R9A0B1C2D4"
    )
    text = studio.page("home/editor.md")
    drafts = text[text.index('id="drafts"') : text.index('id="media"')]
    assert drafts.index("Late one") < drafts.index("wanted by Fri 20 Nov") < drafts.index("Later one")
    assert drafts.count("ls-tone-bad") == 1
    media = text[text.index('id="media"') :]
    assert media.index("Photo of the door") < media.index("Wiebke Thomsen") < media.index("wanted by Sat 28 Nov")
    assert 'data-f-person="jule"' in drafts


def test_editors_see_the_next_free_slots(studio: Studio) -> None:
    """Two of each channel, none that a post has already."""
    studio.write(
        "guidelines/times.md",
        "---\ntitle: Times\n---\n# Times\n\n```slots\nchannels: [mastodon]\ntimes: [tue 08:00]\n```\n",
    )
    studio.post(publish="2026-11-24 08:00")
    text = studio.page("home/editor.md")
    free = text[text.index('id="free"') :]
    assert "Tue 1 Dec, 08:00" in free
    assert "Tue 24 Nov, 08:00" not in free


def test_readers_come_for_the_tasks_of_the_handbook_s_first_page(studio: Studio) -> None:
    """Each row of its table with the page to begin with; what leads nowhere is left out."""
    studio.write(
        "guidelines/index.md",
        "# Handbook\n\n| You want to | read |\n|---|---|\n| write a post | [Voice](voice.md), then [Words](words.md) |\n"
        "| fly | [Wings](wings.md) |\n",
    )
    studio.write("guidelines/voice.md", "# Voice\n")
    studio.write("guidelines/words.md", "# Words\n")
    text = studio.page("home/reader.md")
    tasks = text[text.index('id="tasks"') :]
    assert (
        tasks.index("write a post")
        < tasks.index('<a href="../../handbook/voice/" class="ls-task">')
        < tasks.index("Words")
    )
    assert "Wings" not in text
    assert "fly" not in text


def test_the_first_day_begins_with_the_house_s_own_words(studio: Studio) -> None:
    """The first paragraph of its page, the way to it, and everybody with their role."""
    studio.write(
        "guidelines/first-day.md",
        "---\nowner: wiebke\n---\n# Welcome aboard\n\nWe roast *coffee*.\nBy the sea.\n\n## More\n",
    )
    text = studio.page("home/first-day.md")
    assert "We roast <em>coffee</em>." in text
    assert 'href="../../handbook/first-day/"' in text
    assert text.index("Jule Hansen") < text.index("Wiebke Thomsen")
    assert text.count('class="ls-badge"') == 2


def test_a_page_is_the_same_however_often_it_is_made(studio: Studio) -> None:
    """The same input gives the same bytes."""
    studio.post(publish="2026-11-21 18:00")
    given = studio.gather(datetime(2026, 11, 21, 11, tzinfo=UTC))
    assert [page(given, path) for path in ROLES] == [page(given, path) for path in ROLES]
