"""Previews of every network in a real browser: they open at the fold, change their look without a script, and read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import serve
from toolkit.model import Attachment, Count, Part, Rendition
from toolkit.networks import NETWORKS
from toolkit.pages.markup import Html, div, join, tag
from toolkit.pages.posts.post import looks
from toolkit.pages.posts.surface import Sight, surface
from toolkit.pages.stylesheet import STYLE_PATH, style_sheet
from toolkit.settings import Account
from toolkit.tokens import open_tokens
from toolkit.workspace import load_workspace

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
LONG = "Heute hat Finja den letzten Sack in Gerda gekippt. " * 12 + "#Kaffee @hafen https://nordlicht.example.com/shop"
# A picture of one pixel.
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def card(network: str, files: int, **fields: str) -> Html:
    """One card with so many pictures, the second of them without a text."""
    account = Account(name=network, network=network, id=f"nordlicht.{network}", title=network.title())
    media = tuple(Attachment(f"{at}.png", "photo", "" if at == 1 else f"Bild {at}") for at in range(files))
    part = Part(LONG, Count(len(LONG), 500, "characters"), attachments=media, fields=fields)
    rendition = Rendition(network, network, "de", (part, Part("Zwei", Count(4, 500, "characters"))), title="Titel")
    shown = surface(Sight("Nordlicht Kaffee", account, lambda _file: PIXEL, "07:30"), rendition)
    return tag("article", shown, class_=f"ls-card ls-net-{network}", aria_label=f"{network} {files}")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page for each scheme with three cards of every network."""
    folder = tmp_path_factory.mktemp("previews")
    tokens, _problems = open_tokens(load_workspace(ROOT).tree)
    (folder / "site.css").write_bytes(style_sheet(tokens)[STYLE_PATH])
    cards = [card(network, files) for network in NETWORKS for files in (0, 1, 3)]
    cards.append(card("mastodon", 0, poll_options="Ja | Nein", content_warning="Umfrage"))
    top = div(tag("h2", "In jedem Netzwerk"), looks(), class_="ls-look")
    body = tag("main", tag("h1", "Vorschau"), tag("section", top, div(*cards, class_="ls-cards")), class_="ls")
    for scheme in ("default", "slate"):
        head = '<meta charset="utf-8"><title>Vorschau</title><meta name="viewport" content="width=device-width">'
        style = '<link rel="icon" href="data:,"><link rel="stylesheet" href="site.css">'
        (folder / f"{scheme}.html").write_text(
            f'<!doctype html><html lang="de"><head>{head}{style}</head><body data-md-color-scheme="{scheme}"'
            f' style="background:var(--ls-page);color:var(--ls-ink)"><div class="md-typeset">{join([body])}</div></body></html>',
            encoding="utf-8",
        )
    with serve(folder) as found:
        yield found


@pytest.fixture
def window(opened: Callable[..., Page], address: str) -> Callable[..., Page]:
    """Opens the page in a scheme and width, with or without scripts."""
    return lambda scheme="default", *, width=1280, scripts=True: opened(
        f"{address}{scheme}.html", width=width, scripts=scripts
    )


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_every_card_reads(window: Callable[..., Page], scheme: str) -> None:
    """Neither scheme gives axe anything to say about any network's card."""
    assert violations(window(scheme)) == []


def test_every_look_fits_a_phone(window: Callable[..., Page]) -> None:
    """As published, with the texts of the pictures and without them: nothing is wider than 360 pixels."""
    page = window(width=360)
    for look in ("network", "alt", "text"):
        page.check(f'[value="{look}"]')
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_fold_opens_by_keyboard_and_without_scripts(window: Callable[..., Page]) -> None:
    """The rest of a text is hidden as the network hides it, and comes with a key."""
    page = window(scripts=False)
    shown = page.get_by_role("article", name="linkedin 0")
    rest, more = shown.locator(".ls-rest"), shown.locator(".ls-fold summary")
    assert not rest.is_visible()
    more.focus()
    page.keyboard.press("Enter")
    assert rest.is_visible()
    assert more.inner_text() == "less"


def test_texts_stand_side_by_side_without_scripts(window: Callable[..., Page]) -> None:
    """Texts only: no picture, every alternative text, nothing folded; back again by keyboard."""
    page = window(scripts=False)
    shown = page.get_by_role("article", name="instagram 3")
    assert shown.locator("img").first.is_visible()
    page.check('[value="text"]')
    assert not shown.locator("img").first.is_visible()
    assert shown.locator(".ls-alt > span").first.is_visible()
    assert shown.locator(".ls-rest").first.is_visible()
    assert shown.get_by_text("no alt text").is_visible()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert shown.locator("img").first.is_visible()


def test_paper_has_every_word(window: Callable[..., Page]) -> None:
    """In print nothing stays folded."""
    page = window()
    page.emulate_media(media="print")
    assert all(one.is_visible() for one in page.locator(".ls-rest").all())
