from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from toolkit.networks.looks import initials
from toolkit.pages.media import Copied

if TYPE_CHECKING:
    from tests.pages.conftest import Outline, Studio

PAGE = "posts/2026/12/tuer-1.md"
HOSTILE = '</p><script>alert(1)</script><img src=x onerror=alert(1)>\n\n```\n# no\n```\n--8<-- "leitstand.toml"\n'


def test_post_text_is_never_markup(studio: Studio, outline: type[Outline]) -> None:
    """Tags, fences, headings and includes in a post are words on its page, on every network's card."""
    studio.post(HOSTILE, title='"<b>Titel</b>"', channels="mastodon, bluesky, feed, elsewhere")
    text = studio.page(PAGE)
    found = outline(text)
    assert not {"script", "b"} & set(found.tags)
    assert found.tags.count("img") == 0
    assert found.open == []
    assert text.count("\n") == 1 + text.count("\n", 0, text.index('<div class="ls"')), "a page of ours is one line"
    assert "onerror=alert(1)&gt;" in text


def test_a_card_counts_as_its_network_does(studio: Studio) -> None:
    """The count on the card is the rendition's, and what is too long says by how much."""
    studio.post("ä" * 310, channels="bluesky, mastodon")
    text = studio.page(PAGE)
    assert "310 / 300" in text
    assert "10 too many" in text
    assert "310 / 500" in text


def test_a_thread_is_shown_in_numbered_parts(studio: Studio) -> None:
    """Each part of a thread stands for itself, numbered."""
    studio.post("Eins\n\n---\n\nZwei")
    text = studio.page(PAGE)
    assert "Part 1 of 2" in text
    assert "Part 2 of 2" in text


def test_links_and_hashtags_are_marked(studio: Studio) -> None:
    """A link can be followed, a hashtag is set apart, and a full stop belongs to neither."""
    studio.post("Mehr auf https://example.com/advent. #Kaffee")
    text = studio.page(PAGE)
    assert 'href="https://example.com/advent"' in text
    assert '<span class="ls-tag">#Kaffee</span>' in text


def test_a_content_warning_stands_before_the_text(studio: Studio) -> None:
    """What the network folds away is folded away here."""
    studio.post("Text", more="options: {mastodon: {content_warning: Werbung}}\n")
    text = studio.page(PAGE)
    assert text.index("Werbung") < text.index(">Text<")
    assert "<details" in text


def test_a_picture_is_shown_with_its_alt_text(studio: Studio, png: bytes) -> None:
    """The picture is copied once, shown with its alt text, and cut as the network will get it."""
    studio.write("content/media/tuer.png", png)
    studio.write("content/media/unused.png", png)
    studio.post(more="media: [{file: media/tuer.png, alt: 'Eine \"Tür\"', crop: '4:5', focus: [0.4, 0.5]}]\n")
    pages = studio.render()
    assert pages["media/tuer.png"] == Copied(studio.root / "content/media/tuer.png")
    assert "media/unused.png" not in pages
    text = studio.page(PAGE)
    assert 'src="../../../../media/tuer.png"' in text
    assert 'alt="Eine &quot;Tür&quot;"' in text
    assert "aspect-ratio:4/5;object-position:40% 50%" in text


def test_media_outside_the_media_folder_stay_outside_the_site(studio: Studio) -> None:
    """``../`` in a post publishes nothing that is not a medium."""
    studio.write("secret.png", b"secret")
    studio.post(more="media: [{file: ../secret.png, alt: x}, {file: media/../../secret.png, alt: y}]\n")
    assert not [content for content in studio.render().values() if isinstance(content, Copied)]


def test_a_picture_that_is_not_fetched_is_not_shown(studio: Studio) -> None:
    """A pointer of Git LFS is no picture."""
    studio.write("content/media/tuer.png", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
    studio.post(more="media: [{file: media/tuer.png, alt: x}]\n")
    assert "media/tuer.png" not in studio.render()
    assert "<img" not in studio.page(PAGE)


def test_an_ordered_picture_is_named(studio: Studio) -> None:
    """A picture that somebody still has to make is a box that says so."""
    studio.post(more="media: [{order: Foto Tür 1, owner: jule, due: 2026-11-28}]\n")
    text = studio.page(PAGE)
    assert "<strong>Ordered: Foto Tür 1</strong>" in text
    assert "Jule Hansen · due Sat 28 Nov" in text


def test_an_unknown_network_gets_a_plain_card(studio: Studio) -> None:
    """Without an adapter the text is shown as written, and the card says so."""
    studio.post("So *steht* es da", channels="elsewhere")
    text = studio.page(PAGE)
    assert "No adapter knows this network" in text
    assert "So *steht* es da" in text


def test_a_card_speaks_the_language_of_its_text(studio: Studio) -> None:
    """The card is marked with the language of the post, not of the site."""
    studio.post(more="options: {mastodon: {language: en}}\n")
    assert 'class="ls-shown" lang="en"' in studio.page(PAGE)


@pytest.mark.parametrize(
    ("name", "letters"), [("Nordlicht Kaffee", "NK"), ("Mastodon", "MA"), ("„Ä“", "Ä"), ("…", "?")]
)
def test_initials(name: str, letters: str) -> None:
    """The circle holds one or two letters."""
    assert initials(name) == letters


def test_the_site_publishes_no_svg_of_a_post(studio: Studio) -> None:
    """Opened by itself an SVG is a document of the site's origin and would run its scripts; pictures are copied."""
    for name in ("a.svg", "a.png"):
        studio.write(
            f"content/media/{name}", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>' + " " * 1024
        )
    studio.post(more="media: [{file: media/a.svg, kind: graphic, alt: x}, {file: media/a.png, alt: y}]\n")
    media = [path for path in studio.render() if path.startswith("media/")]
    assert media == ["media/a.png"]
    assert 'src="../../../../media/a.svg"' not in studio.page(PAGE)
