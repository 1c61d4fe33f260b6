"""Cards: which part has one, and what a page says about itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.networks.bluesky.sending import PICTURES, make_post
from toolkit.networks.bluesky.card import Page, parse_page
from toolkit.settings import Account

ACCOUNT = Account("bluesky", "bluesky", "@brand.example")
LINK = "https://example.com/shop/"


@pytest.mark.parametrize(
    ("html", "page"),
    [
        ("", Page()),
        ("<title> Ein\n Titel </title>", Page("Ein Titel")),
        ("<title>A</title><meta property=og:title content='B &amp; C'>", Page("B & C")),
        ("<meta name=description content=D><title>T</title><svg><title>Bild</title></svg>", Page("T", "D")),
        ("<meta property='og:description' content='O'><meta name=description content=D>", Page("", "O")),
        ("<meta property='og:image' content='bild.png'>", Page(image="https://example.com/shop/bild.png")),
        ("<meta property='og:image' content='//cdn.example/b.png'>", Page(image="https://cdn.example/b.png")),
        ("<meta property='og:image' content='http://[broken'>", Page()),
        ("<meta property='og:title'><meta content=x><![unclosed", Page()),
    ],
)
def test_a_page_says_its_title_description_and_picture(html: str, page: Page) -> None:
    """Open Graph first, the plain elements otherwise; relative addresses are resolved, broken ones left out."""
    assert parse_page(html, LINK) == page


@given(html=st.text(alphabet="<>!-[]/=\"' metailnogp:\n&;#x", max_size=200))
def test_no_page_is_too_broken_to_be_read(html: str) -> None:
    """Whatever a page is made of, reading it raises nothing."""
    assert isinstance(parse_page(html, LINK), Page)


def test_the_first_part_with_a_link_and_no_picture_has_the_card() -> None:
    """The card's fields and picture stand on that part alone; `none` and no wish make none."""
    text = "Ohne Link\n\n---\n\nMit [Link](https://example.com/a) und https://example.com/b\n\n---\n\nhttps://example.com/c"
    wish = {"card_title": "Titel", "card_image": "media/tuer.png"}
    parts = make_post(ACCOUNT, text, options=wish).rendition.parts
    assert [part.fields.get("card_link") for part in parts] == [None, "https://example.com/a", None]
    assert [[one.kind for one in part.attachments] for part in parts] == [[], ["card"], []]
    parts = make_post(ACCOUNT, "https://example.com/a", options=wish, pictures=PICTURES[:1]).rendition.parts
    assert [one.kind for one in parts[0].attachments] == ["photo"]
    for options in ({}, {"card": "none", "card_title": "Titel"}, {"card_description": "nur Text"}):
        parts = make_post(ACCOUNT, text, options=options).rendition.parts
        assert not [part for part in parts if part.attachments or "card_link" in part.fields]
