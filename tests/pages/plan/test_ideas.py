"""Ideas, occasions and no-go topics on the site."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.pages.conftest import Outline, Studio
from toolkit.pages.page import Page
from toolkit.pages.rendering import render_site

ID = "01JDK3V7Q2M8X4T6R9A0B1C2D4"
UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
DAYS = (
    "occasions:\n  - {name: Nikolaus, from: 2026-12-06, yearly: true, lead: 21, owner: jule, note: Stiefel}\n"
    "  - {name: Messe, from: 2027-03-01, until: 2027-03-04, lead: 30}\n"
)
STORM = (
    "---\ntitle: Krise\nowner: jule\n---\n# Krise\n\n```no-go\ntopic: Sturm\nwords: [Sturm]\nreason: Sturmflut\nuntil: 2026-12-05\n"
    "owner: wiebke\nbad: [Ein Sturm]\ngood: [Wir helfen]\nplaces: [posts, replies]\nchannels: [feed]\n```\n"
)


def fill(studio: Studio) -> None:
    """Four ideas, one of each stage; the planned one has a post, one title is an attack."""
    studio.post(more=f"idea: {ID}\n")
    idea = "content/ideas/{}.md"
    studio.write(
        idea.format("neu"),
        "---\ntitle: <b>Neu</b>\nsource: feed\norigin: javascript:alert(1)\nby: jule\n---\n<script>x</script>\n",
    )
    studio.write(
        idea.format("wert"),
        "---\ntitle: Wertvoll\nstatus: shortlisted\ngoal: interactions\nscore: {reach: 3, fit: 5, effort: 2}\nchannels: [mastodon]\nby: jule\n"
        "decided_by: wiebke\ndecided: 2026-11-20\n---\n",
    )
    studio.write(
        idea.format("geplant"),
        f"---\nid: {ID}\ntitle: Aus dem Tag\nstatus: planned\nsource: occasion\norigin: Nikolaus\ncreated: 2026-11-01\nposts: [{UID}]\n---\n",
    )
    studio.write(idea.format("index"), "# Wie das hier geht\n")
    studio.write(idea.format("topics"), "---\ntitle: Fort\nstatus: dropped\nreason: Zweimal derselbe Witz\n---\n")


def test_the_index_leads_with_what_waits(studio: Studio) -> None:
    """The shortlist before the new ones, then what became posts, then what was dropped, with the reason."""
    fill(studio)
    text = studio.page("ideas/index.md")
    order = [text.index(word) for word in ("Wertvoll", "Neu", "Aus dem Tag", "Fort", "Zweimal derselbe Witz")]
    assert order == sorted(order)
    assert "2 ideas wait for a decision" in text
    assert "value 7.5" in text


def test_an_idea_s_page_shows_the_way_in_and_out(studio: Studio) -> None:
    """Idea and post lead to each other; one that is called like a page of ours steps aside."""
    fill(studio)
    pages = studio.render()
    idea, post = pages["ideas/geplant.md"], pages["posts/2026/12/tuer-1.md"]
    assert isinstance(idea, Page)
    assert isinstance(post, Page)
    assert 'href="../../posts/2026/12/tuer-1/"' in idea.text
    assert 'href="../../../../ideas/geplant/"' in post.text
    assert {"ideas/topics-idea.md", "ideas/index.md"} <= set(pages)
    assert "<dd>Interactions</dd>" in studio.page("ideas/wert.md")


def test_what_people_write_stays_text(studio: Studio, outline: type[Outline]) -> None:
    """A title is no markup, a script in the text none, and an address that is none leads nowhere."""
    fill(studio)
    read = outline(studio.page("ideas/neu.md"))
    assert not {"script", "b"} & set(read.tags)
    assert not [target for target in read.targets if "javascript" in target]


def test_occasions_show_what_is_late(studio: Studio) -> None:
    """Its next day, who prepares it, from when on, and the ideas for it; without one it says that it is time."""
    studio.write("content/occasions/tage.yml", DAYS)
    assert "none, and it is time" in studio.page("ideas/occasions.md")
    fill(studio)
    text = studio.page("ideas/occasions.md")
    assert "none, and it is time" not in text
    for word in (
        "6 December 2026",
        "15 November 2026",
        "Jule Hansen",
        "Stiefel",
        "Aus dem Tag",
        "1 to 4 March 2027",
        "in 15 days",
        "has begun",
    ):
        assert word in text


def test_topics_show_where_and_how_long_they_are_closed(studio: Studio) -> None:
    """Today, soon, or open again; with examples, reason and whom to ask."""
    studio.write("guidelines/krise.md", STORM)
    text = studio.page("ideas/topics.md")
    for word in (
        "1 topic is closed today",
        "Sturmflut",
        "5 December 2026",
        "posts, replies",
        "only feed",
        "Wiebke Thomsen",
    ):
        assert word in text
    assert "Ein Sturm" in text
    later = studio.page("ideas/topics.md", datetime(2026, 12, 6, 12, tzinfo=UTC))
    assert "Everything may be talked about." in later
    assert "Open again" in later


def test_a_workspace_without_ideas_has_no_pages_of_them(studio: Studio) -> None:
    """Neither has a site for people outside, whatever there is."""
    studio.post()
    assert not [path for path in studio.render() if path.startswith("ideas/")]
    fill(studio)
    studio.write("content/occasions/tage.yml", DAYS)
    studio.write("guidelines/krise.md", STORM)
    outside = render_site(studio.gather(partner=True))
    assert not [path for path in outside if path.startswith(("ideas/", "team/"))]
    page = outside["posts/2026/12/tuer-1.md"]
    assert isinstance(page, Page)
    assert "Aus dem Tag" not in page.text


def test_pages_are_well_formed_and_lead_to_pages(studio: Studio, outline: type[Outline]) -> None:
    """Headings without gaps, every element closed."""
    fill(studio)
    studio.write("content/occasions/tage.yml", DAYS)
    studio.write("guidelines/krise.md", STORM)
    for path, page in studio.render().items():
        if path.startswith(("ideas/", "team/")):
            assert isinstance(page, Page)
            read = outline(page.text)
            assert read.open == []
            assert read.levels[0] == 1
            assert all(after - before <= 1 for before, after in zip(read.levels, read.levels[1:], strict=False))
