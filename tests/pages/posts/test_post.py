from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.approval import content_hash
from toolkit.pages.gather import render_draft
from toolkit.pages.page import Page
from toolkit.pages.rendering import render_site
from toolkit.workspace import drafts, instances, load_workspace

if TYPE_CHECKING:
    from tests.pages.conftest import Outline, Studio

PAGE = "posts/2026/12/tuer-1.md"
AFTER = datetime(2026, 12, 1, 9, tzinfo=UTC)


def test_a_post_page_says_what_when_where_who(studio: Studio) -> None:
    """Title, status, moment with zone, channel, author and file stand on the page."""
    studio.post()
    text = studio.page(PAGE)
    for words in ("Tür 1", "Ready", "Tuesday, 1 December 2026, 07:30 (Europe/Berlin)", "Mastodon", "Jule Hansen"):
        assert words in text
    assert "content/posts/2026/12/tuer-1.md" in text


def test_search_finds_words_and_not_their_marks(studio: Studio) -> None:
    """A link is found by its label and its address, and headings and bold words without what Markdown adds to them."""
    studio.post(
        "## Zwei Türen\n\n**Die** [Karte](https://nordlicht.example.com/karte), Preis 2 * 3 €\n\n#Advent! ![Tor](tor.webp)"
    )
    page = render_site(studio.gather())[PAGE]
    assert isinstance(page, Page)
    assert page.words.split("\n\n") == [
        "Zwei Türen",
        "Die Karte https://nordlicht.example.com/karte, Preis 2 * 3 €",
        "#Advent! Tor tor.webp",
    ]


def publish_half(studio: Studio) -> None:
    """A post that Mastodon takes and Bluesky refuses."""
    path = studio.post(channels="mastodon, bluesky")
    with studio.ledger() as ledger:
        for account in ("mastodon", "bluesky"):
            studio.plan(path, ledger, account)
        for row in ledger.rows():
            sending = ledger.begin(row, AFTER, rendition="{}", hashes=["sha256:x"], commit="")
            assert sending is not None
            if row.account == "mastodon":
                ledger.confirm(sending, AFTER, "109", "https://social.example.com/@nordlicht/109")
            else:
                ledger.refuse(sending, AFTER, "record too large")


def test_the_page_follows_the_ledger(studio: Studio) -> None:
    """Published with its link, refused with its reason: the ledger's word stands on the page."""
    publish_half(studio)
    text = studio.page(PAGE, AFTER)
    assert 'href="https://social.example.com/@nordlicht/109"' in text
    assert "record too large" in text
    assert "Failed" in text
    assert "Published" in text


def test_a_thread_that_stopped_half_way_says_how_far_it_is(studio: Studio) -> None:
    """One of three parts is out and the second is refused: the page says 1/3, not how far the waiting ones would be."""
    path = studio.post()
    with studio.ledger() as ledger:
        studio.plan(path, ledger, "mastodon")
        for part in range(2):
            sending = ledger.begin(ledger.due(AFTER)[0], AFTER, rendition="{}", hashes=("a", "b", "c"), commit="")
            assert sending is not None
            if part:
                ledger.refuse(sending, AFTER, "record too large")
            else:
                ledger.confirm(sending, AFTER, "109", "https://social.example.com/@nordlicht/109")
    text = studio.page(PAGE, AFTER)
    assert "1/3 out" in text
    assert "2/3 out" not in text


def test_a_published_post_shows_what_was_published(studio: Studio) -> None:
    """After publication the card keeps showing what went out, and says when the file says something else by now."""
    studio.publish(studio.post("Moin aus dem Hafen"), AFTER)
    assert "The file has changed since" not in studio.page(PAGE, AFTER)
    studio.post("Moin vom Berg")
    text = studio.page(PAGE, AFTER)
    assert "Moin aus dem Hafen" in text
    assert "Moin vom Berg" not in text
    assert "The file has changed since" in text


def test_past_posts_without_a_row_are_past(studio: Studio) -> None:
    """What the ledger never sent is neither published nor overdue; what it planned and did not send is overdue."""
    path = studio.post()
    assert "Past" in studio.page(PAGE, AFTER)
    with studio.ledger() as ledger:
        studio.plan(path, ledger, "mastodon")
    assert "Overdue" in studio.page(PAGE, AFTER)


def test_a_missing_approval_is_said(studio: Studio) -> None:
    """A ready post that still needs a yes is not called ready; with the yes it is; after a change it is void."""
    studio.write("leitstand.toml", (studio.root / "leitstand.toml").read_text() + "\n[policy]\napprovals = 1\n")
    path = studio.post()
    text = studio.page(PAGE)
    assert "Approval missing" in text
    assert "needs 1 approval" in text
    workspace = load_workspace(studio.root)
    digest = content_hash(workspace.posts[0], workspace)
    yes = f"approved: [{{by: wiebke, at: 2026-11-20T10:00:00+01:00, hash: '{digest}'}}]\n"
    studio.post(more=yes)
    assert "Approval missing" not in studio.page(PAGE)
    assert "Wiebke Thomsen" in studio.page(PAGE)
    studio.post("Moin, geändert!", more=yes)
    assert "void: the post changed since" in studio.page(PAGE)
    assert path in studio.page(PAGE)


def test_problems_stand_below_the_cards(studio: Studio) -> None:
    """What the rules find in a post is read where the post is looked at."""
    studio.post("x" * 600)
    text = studio.page(PAGE)
    assert 'id="problems"' in text
    assert "length" in text[text.index('id="problems"') :]


def test_posts_stay_out_of_the_navigation_and_are_found_by_their_day(studio: Studio) -> None:
    """No page carries a thousand posts in its navigation; search knows of what day each is, however old."""
    studio.post()
    old = studio.render(AFTER + timedelta(days=400))[PAGE]
    assert isinstance(old, Page)
    assert not old.in_nav
    assert "search" not in old.front
    assert old.day == date(2026, 12, 1)


def test_titles_are_escaped_in_the_front_matter(studio: Studio) -> None:
    """Builders put titles into pages unescaped, so they get them escaped."""
    studio.post(title="'Kaffee & <script>'")
    page = studio.render()[PAGE]
    assert isinstance(page, Page)
    assert 'title: "Kaffee &amp; &lt;script&gt;"' in page.markdown()


def test_pages_of_posts_do_not_collide(studio: Studio) -> None:
    """Names that differ in case only, or mean an index, or a list of ours, have pages of their own."""
    paths = ["2026/12/advent.md", "2026/12/Advent.md", "index.md", "2026/README.md", "2026-12.md"]
    for number, path in enumerate(paths):
        studio.post(path=path, uid=f"01JDK3V7Q2M8X4T6R9A0B1C2D{number}", title=f"Beitrag {number}")
    pages = studio.render()
    for number in range(len(paths)):
        found = [path for path, page in pages.items() if isinstance(page, Page) and page.title == f"Beitrag {number}"]
        assert len(found) == 1
    assert len({path.casefold() for path in pages}) == len(pages)
    index, month = pages["posts/index.md"], pages["posts/2026-12.md"]
    assert isinstance(index, Page)
    assert isinstance(month, Page)
    assert (index.title, month.title) == ("Posts", "Posts December 2026")


def test_a_post_without_channels_shows_its_text(studio: Studio) -> None:
    """A first note has a page, too."""
    studio.post("Nur eine Notiz", channels="", status="draft", publish="")
    text = studio.page(PAGE)
    assert "Nur eine Notiz" in text
    assert "no publish time yet" in text


def test_broken_posts_have_pages_and_break_none(studio: Studio, outline: type[Outline]) -> None:
    """Whatever is wrong with a file, its page stands, is well formed and names the problem."""
    samples = sorted((Path(__file__).parents[2] / "broken").glob("*.md"))
    assert len(samples) > 30
    for sample in samples:
        studio.write(f"content/posts/{sample.name}", sample.read_bytes())
    pages = studio.render()
    for page in pages.values():
        if isinstance(page, Page) and page.html is not None:
            assert outline(page.html).open == []
    problems = pages["problems.md"]
    assert isinstance(problems, Page)
    for name in ("alias-bomb", "unclosed-quote", "utf-16"):
        assert f"content/posts/{name}.md" in problems.text


def test_the_page_of_a_series_shows_every_text(studio: Studio) -> None:
    """The next day's card comes first, then one for each day whose text is its own; what went out stays with its day."""
    more = "repeat: FREQ=DAILY;COUNT=4\n"
    path = studio.post("Every day.\n\n## @2026-12-03\n\nOnly on the third.", more=more)
    text = studio.page(PAGE)
    assert text.count('<article class="ls-card') == 2
    assert text.index("Every day.") < text.index("Only on the third.")
    assert "Preview for Mastodon, 3 December 2026" in text
    late = datetime(2026, 12, 2, 12, tzinfo=UTC)
    workspace = load_workspace(studio.root)
    (post,) = workspace.posts
    (draft,) = drafts(post, workspace.settings)
    rendition = render_draft(instances(draft)[0])
    assert rendition is not None
    with studio.ledger() as ledger:
        studio.plan(path, ledger, "mastodon", occurrence="2026-12-01")
        (row,) = ledger.rows()
        sending = ledger.begin(row, AFTER, rendition=rendition.to_json(), hashes=["sha256:x"], commit="")
        assert sending is not None
        ledger.confirm(sending, AFTER, "109", "https://social.example.com/@nordlicht/109")
    text = studio.page(PAGE, late)
    assert text.index("Only on the third.") < text.index("Every day.")
    assert "The file has changed since" not in text


def test_the_page_of_a_channel_says_how_it_stands_there(studio: Studio) -> None:
    """Refused on one channel and published on the other: each channel's page says its own state."""
    publish_half(studio)
    assert "Published" in studio.page("channels/mastodon.md", AFTER)
    assert "Failed" not in studio.page("channels/mastodon.md", AFTER)
    assert "Failed" in studio.page("channels/bluesky.md", AFTER)
