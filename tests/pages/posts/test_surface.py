from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from toolkit.model import Attachment, Count, Part, Rendition, SpanKind
from toolkit.networks import NETWORKS
from toolkit.networks.looks import Piece
from toolkit.pages.markup import Html
from toolkit.pages.posts.drift import drift
from toolkit.pages.posts.embeds import find_link_card
from toolkit.pages.posts.gallery import gallery
from toolkit.pages.posts.styled import styled_words
from toolkit.pages.script import read_asset
from toolkit.tokens import contrast, parse_hex

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

PAGE = "posts/2026/12/tuer-1.md"
# What a network shows of its own colours, on its ground.
_SCHEME: Final = re.compile(r"--n-(ground|ink|soft|link): light-dark\((#\w{6}), (#\w{6})\)")


def part(text: str = "", files: int = 0, **fields: str) -> Part:
    """A part with so many pictures."""
    media = tuple(Attachment(f"media/{number}.png", "photo", f"Bild {number}") for number in range(files))
    return Part(text, Count(len(text), 500, "characters"), attachments=media, fields=fields)


def test_every_networks_colours_read_in_both_schemes() -> None:
    """Words, notes and links reach 4.5 : 1 on the ground of each network's card, light and dark."""
    sheet = read_asset("styles/posts.css")
    blocks = list(re.findall(r"[^{}]*\.ls-shown \{([^}]*--n-ground[^}]*)\}", sheet))
    blocks.append(re.findall(r"(?m)^\.ls-shown \{([^}]*)\}", sheet)[0])
    assert len(blocks) >= 11
    for block in blocks:
        colours = {name: (light, dark) for name, light, dark in _SCHEME.findall(block)}
        assert set(colours) == {"ground", "ink", "soft", "link"}
        for scheme in (0, 1):
            ground, *marks = (parse_hex(colours[name][scheme]) for name in ("ground", "ink", "soft", "link"))
            assert ground is not None
            assert all(one is not None and contrast(one, ground) >= 4.5 for one in marks), (block, scheme)


@pytest.mark.parametrize("network", sorted(NETWORKS))
def test_every_network_has_a_card(studio: Studio, network: str) -> None:
    """Whatever the network, sender, words and length stand on its card, in its class."""
    name = "own"
    settings = (studio.root / "leitstand.toml").read_text()
    studio.write("leitstand.toml", f'{settings}\n[accounts.{name}]\nnetwork = "{network}"\nid = "nordlicht"\n')
    studio.post("Moin aus dem Hafen", channels=name)
    text = studio.page(PAGE)
    assert f'class="ls-card ls-net-{network}"' in text
    assert "Moin aus dem Hafen" in text[text.index("ls-shown") :]
    assert 'class="ls-count' in text


def test_a_mail_shows_its_letter_and_not_its_frame(studio: Studio) -> None:
    """A newsletter's card has the subject once and no table that only makes the letter's width."""
    settings = (studio.root / "leitstand.toml").read_text()
    studio.write("leitstand.toml", f'{settings}\n[accounts.brief]\nnetwork = "newsletter"\nid = "a@example.com"\n')
    studio.post("Moin aus dem Hafen", channels="brief", more="options: {brief: {preheader: Vorab}}\n")
    shown = studio.page(PAGE).partition('class="ls-shown"')[2].partition("ls-foot")[0]
    assert shown.count("Tür 1") == 1
    assert "<table" not in shown
    assert '<p class="ls-preheader">Vorab</p>' in shown


def test_a_list_goes_on_counting_in_an_article(studio: Studio) -> None:
    """Parts of a thread that are joined keep the numbers of their lists; what is no number is none."""
    studio.post("1. Eins\n\n---\n\n2. Zwei", channels="feed")
    assert '<li value="2">Zwei' in studio.page(PAGE)


def test_a_link_has_a_card_where_the_network_makes_one() -> None:
    """Mastodon takes the first link, X the last; LinkedIn and Bluesky only what the author asks for."""
    shown = [Piece(one, SpanKind.LINK, f"https://www.{one}/a") for one in ("erste.example", "letzte.example")]
    first, last = find_link_card("mastodon", part(), shown), find_link_card("x", part(), shown)
    assert first is not None
    assert last is not None
    assert (first.domain, last.domain) == ("erste.example", "letzte.example")
    assert find_link_card("bluesky", part(), shown) is None
    assert find_link_card("linkedin", part(), shown) is None
    own = find_link_card("bluesky", part(card_link="https://a.example/b", card_title="Titel"), shown)
    assert own is not None
    assert own.title == "Titel"


def test_pictures_and_polls_take_the_place_of_a_card() -> None:
    """A post has a card or media or a poll; where the author wants no preview there is none."""
    shown = [Piece("a.example", SpanKind.LINK, "https://a.example")]
    assert find_link_card("mastodon", part(files=1), shown) is None
    assert find_link_card("mastodon", part(poll_options="Ja | Nein"), shown) is None
    assert find_link_card("telegram", part(link_preview="no"), shown) is None
    assert find_link_card("telegram", part(), shown) is not None
    assert find_link_card("mastodon", part(), [Piece("x", SpanKind.LINK, "javascript:alert(1)")]) is None


def test_a_poll_shows_its_answers(studio: Studio) -> None:
    """What can be chosen, whether several, and for how long."""
    studio.post("Welche Kanne?", more='options: {mastodon: {poll_options: "Filter | <b>Presse</b>", poll_days: 3}}\n')
    text = studio.page(PAGE)
    assert "<li>Filter</li><li>&lt;b&gt;Presse&lt;/b&gt;</li>" in text
    assert "open for 3 days" in text


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 9])
def test_media_are_laid_out_by_their_number(count: int) -> None:
    """Each picture is there with its text; a strip can be reached by keyboard."""
    grid, strip = (gallery(name, part(files=count).attachments, str) for name in ("mastodon", "instagram"))
    assert grid is not None
    assert strip is not None
    assert grid.count("<img") == strip.count("<img") == count
    assert f"ls-of-{min(count, 5)}" in grid
    assert ('tabindex="0"' in strip) == (count > 1)


def test_films_documents_and_missing_texts_are_said() -> None:
    """What no browser shows here is a named box; a picture without alt text says so in words."""
    film = Attachment("media/film.mp4", "video", "Ein Film")
    shown = gallery("mastodon", (film, Attachment("media/a.png", "photo", "")), lambda file: f"../{file}")
    assert shown is not None
    assert "film.mp4" in shown
    assert "<video" not in shown
    assert "no alt text" in shown


def rendition(*texts: str) -> Rendition:
    """A rendition of these parts."""
    return Rendition("mastodon", "mastodon", "de", tuple(part(text) for text in texts))


def test_drift_names_the_words() -> None:
    """What went and what came is said and marked; the rest is left out."""
    before, after = "Ab Dienstag gibt es Kaffee im Laden am Hafen.", "Ab Mittwoch gibt es Kaffee im Laden am Hafen."
    found = drift(rendition(after), rendition(before))
    assert found is not None
    assert "<del>" in found
    assert "Dienstag</del>" in found
    assert "Mittwoch</ins>" in found
    assert "Hafen" not in found


def test_no_drift_where_nothing_was_sent_or_nothing_changed() -> None:
    """The same text, or one side missing, is no drift; markup in a text stays words."""
    assert drift(rendition("a"), None) is None
    assert drift(None, rendition("a")) is None
    assert drift(rendition("a"), rendition("a")) is None
    hostile = drift(rendition("<script>alert(1)</script>"), rendition("gut"))
    assert isinstance(hostile, Html)
    assert "<script>" not in hostile


def test_drift_of_books_is_not_compared_word_by_word() -> None:
    """Comparing takes the square of the words; a book only says that it changed."""
    found = drift(rendition("wort " * 3000), rendition("anders " * 3000))
    assert found is not None
    assert "<details" not in found


@pytest.mark.parametrize("network", ["telegram", "slack", "discord"])
def test_styles_are_seen_where_a_network_has_them(studio: Studio, network: str) -> None:
    """Bold, italic, code and named links look as readers see them, beside emoji, and hostile words stay words."""
    settings = (studio.root / "leitstand.toml").read_text()
    studio.write("leitstand.toml", f'{settings}\n[accounts.own]\nnetwork = "{network}"\nid = "nordlicht"\n')
    body = "👋 **Moin** und *leise* `gerda` [Zum Shop](https://example.com/shop) <script>alert(1)</script> #Kaffee"
    studio.post(body, channels="own")
    shown = studio.page(PAGE).partition('class="ls-shown"')[2].partition("ls-foot")[0]
    assert "<strong>Moin</strong>" in shown
    assert "<em>leise</em>" in shown
    assert "<code>gerda</code>" in shown
    assert re.search(r'<a href="https://example.com/shop[^"]*"[^>]*>Zum Shop</a>', shown)
    assert "<script" not in shown
    assert "👋" in shown


@pytest.mark.parametrize("entities", ["{", "[1]", '[{"type": "bold", "offset": 90, "length": 5}]', '[{"offset": "x"}]'])
def test_styles_that_cannot_be_read_leave_the_words(entities: str) -> None:
    """What another version wrote into the ledger breaks no page."""
    words = styled_words("telegram", part("Moin", entities=entities))
    assert words is None or "".join(word or "" for word in words) == "Moin"
