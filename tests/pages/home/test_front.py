from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from toolkit.pages.page import Page
from toolkit.pages.rendering import render_site

if TYPE_CHECKING:
    from tests.pages.conftest import Outline, Studio


def test_an_empty_workspace_has_a_home(studio: Studio, outline: type[Outline]) -> None:
    """Without a single post the home page stands, in good order, and says so."""
    text = studio.page("index.md")
    assert "Nothing goes out today." in text
    assert "Nothing waits for a decision." in text
    assert outline(text).levels[0] == 1
    assert outline(text).open == []


def test_home_shows_today_and_next(studio: Studio) -> None:
    """What goes out today and what comes next are told apart by the workspace's own date."""
    studio.post(title="Heute Abend", publish="2026-11-21 23:30")
    studio.post(title="Morgen", publish="2026-11-22 00:30", path="b.md", uid="01JDK3V7Q2M8X4T6R9A0B1C2D4")
    text = studio.page("index.md")
    today, coming = text.index('id="ready"'), text.index('id="next"')
    assert "Heute Abend" in text[today:coming]
    assert "Morgen" not in text[today:coming]
    assert "Morgen" in text[coming:]


def test_missed_posts_stand_above_everything(studio: Studio) -> None:
    """What the ledger calls missed waits for a decision, before this week's calendar."""
    path = studio.post(publish="2026-11-21 12:30")
    with studio.ledger() as ledger:
        studio.plan(path, ledger, "mastodon")
        later = datetime(2026, 11, 21, 15, tzinfo=UTC)
        ledger.miss(ledger.rows()[0], later, "grace is over")
    text = studio.page("index.md", later)
    assert "1 post needs a decision" in text
    assert text.index("Missed") < text.index('id="week"')


def test_home_counts_the_problems(studio: Studio) -> None:
    """Errors lead to the page of problems."""
    studio.post("x" * 600)
    text = studio.page("index.md")
    assert '<a href="problems/" class="ls-chip ls-bad">' in text


def test_home_leads_into_the_handbook(studio: Studio) -> None:
    """The pages of guidelines/ are linked by their titles."""
    studio.write("guidelines/voice.md", "# So klingen wir\n")
    assert '<a href="handbook/voice/">So klingen wir</a>' in studio.page("index.md")


def test_an_empty_workspace_says_what_to_do_next(studio: Studio) -> None:
    """On the first page, in the calendar and in the list of posts; people outside are told no commands."""
    told = "Nothing is planned. Begin a post: <code>leitstand new TITLE</code>"
    for page in ("index.md", "calendar/index.md", "posts/index.md"):
        assert told in studio.page(page)
        outside = render_site(studio.gather(partner=True))[page]
        assert isinstance(outside, Page)
        assert "Nothing is planned." in outside.text
        assert "leitstand new" not in outside.text
    assert "<table" not in studio.page("posts/index.md")


def test_a_pause_stands_above_everything(studio: Studio) -> None:
    """A pause says what stands still, why, who and until when; posts it stops are called paused, others are not."""
    studio.post(channels="mastodon, bluesky")
    pause = "- {scope: 'channel:mastodon', reason: Glass jar recall, owner: wiebke, until: 2026-12-03 09:00}\n"
    studio.write("content/pause.yml", pause)
    text = studio.page("index.md")
    assert text.index("Publishing is paused") < text.index('id="week"')
    assert "Glass jar recall" in text
    assert "Wiebke Thomsen, until Thursday, 3 December 2026, 09:00" in text
    card = studio.page("posts/2026/12/tuer-1.md")
    mastodon, bluesky = card.split("<article")[1:3]
    assert "Paused" in mastodon
    assert "Paused" not in bluesky


def test_a_post_that_is_held_is_named_by_its_title(studio: Studio) -> None:
    """Publishing goes on: the box says which post is held and leads to it, and what is paused has its own name."""
    studio.post(uid="01M7QKXVM19PD6FNSM2EX8YP3D")
    held = "- {scope: 'post:01M7QKXVM19PD6FNSM2EX8YP3D', reason: Another picture, owner: wiebke}\n"
    studio.write("content/pause.yml", held)
    text = studio.page("index.md")
    assert "1 post is held" in text
    assert "Publishing is paused" not in text
    assert '<strong><a href="posts/2026/12/tuer-1/">' in text
    studio.write("content/pause.yml", f"{held}- {{scope: 'channel:mastodon', reason: Recall, owner: wiebke}}\n")
    assert "Publishing is paused" in studio.page("index.md")


def test_an_unreadable_pause_file_pauses_everything(studio: Studio) -> None:
    """In doubt nothing is sent, and the site says so."""
    studio.write("content/pause.yml", "- {scope: [\n")
    assert "the pause file cannot be read" in studio.page("index.md")
