"""Kits on the site: what a person publishes, with everything for it."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.pages.conftest import SETTINGS
from toolkit.ledger import ByHand
from toolkit.model import Rendition
from toolkit.pages.page import Page
from toolkit.workspace import drafts, load_workspace

if TYPE_CHECKING:
    from tests.pages.conftest import Outline, Studio

KIT = "kits/2026/12/tuer-1/instagram.md"
POST = "posts/2026/12/tuer-1.md"
HANDS = """
[accounts.instagram]
network = "instagram"
id = "nordlicht.kaffee"
title = "Instagram"
hand_off = true
"""
MEDIA = """media:
  - file: media/tuer.jpg
    alt: Eine Tür steht offen
    crop: "4:5"
"""
DUE, LATE = datetime(2026, 12, 1, 6, 30, tzinfo=UTC), datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.fixture
def hands(studio: Studio) -> Studio:
    """A workspace with an account that people publish on, and a post for it."""
    studio.write("leitstand.toml", SETTINGS + HANDS)
    picture = io.BytesIO()
    Image.new("RGB", (500, 500), "teal").save(picture, "JPEG")
    studio.write("content/media/tuer.jpg", picture.getvalue())
    studio.post("Moin **du**!\n\n#Hafen", channels="mastodon, instagram", more=MEDIA)
    return studio


def hand_over(studio: Studio) -> None:
    """Put the post into the ledger and hand it over at its time."""
    workspace = load_workspace(studio.root)
    (post,) = workspace.posts
    (draft,) = [one for one in drafts(post, workspace.settings) if one.account.name == "instagram"]
    rendition = studio.gather().render(draft)
    assert rendition is not None
    with studio.ledger() as ledger:
        studio.plan(post.path, ledger, "instagram")
        ledger.hand_over(ledger.rows()[0], DUE, "by hand", rendition=rendition, commit="")


def test_a_kit_has_everything(hands: Studio, outline: type[Outline]) -> None:
    """Text, hashtags and command to copy, the cut picture under a good name, the deadline with its zone."""
    pages = hands.render()
    page = pages[KIT]
    assert isinstance(page, Page)
    for words in ("Publish by hand: Instagram", "from 07:30 to 08:30 (CET, Europe/Berlin)", "Step by step"):
        assert words in page.text
    copied = [unescape(one) for one in re.findall(r'id="copy-[\w-]+"[^>]*>([^<]*)<', page.text)]
    command = "leitstand confirm 01JDK3V7Q2M8X4T6R9A0B1C2D3 instagram URL"
    assert copied == ["Moin du!\n\n#Hafen", "Eine Tür steht offen", "#Hafen", command]
    cut = pages["kits/2026/12/tuer-1/instagram/tuer-1-instagram-1.jpg"]
    assert isinstance(cut, bytes)
    with Image.open(io.BytesIO(cut)) as picture:
        assert picture.size == (400, 500)
    found = outline(page.text)
    assert found.open == []
    assert "tuer-1-instagram-1.jpg" in " ".join(found.targets)


def test_buttons_are_shown_by_the_script_alone(hands: Studio) -> None:
    """Without JavaScript there is no button that does nothing; each names what it copies and what it will say."""
    buttons = re.findall(r"<button[^>]*>", hands.page(KIT))
    assert len(buttons) == 4
    for button in buttons:
        assert " hidden" in button
        assert 'type="button"' in button
        assert "data-done=" in button
    assert 'aria-live="polite"' in hands.page(KIT)


def test_the_way_to_a_kit(hands: Studio) -> None:
    """The post's page leads there at once, home when it is due soon."""
    assert "kits/2026/12/tuer-1/instagram" in hands.page(POST)
    assert "To publish by hand" not in hands.page("index.md")
    home = hands.page("index.md", datetime(2026, 11, 30, 12, tzinfo=UTC))
    assert "To publish by hand" in home
    assert 'href="kits/2026/12/tuer-1/instagram/"' in home


def test_what_was_handed_over_is_no_alarm(hands: Studio) -> None:
    """Within its grace the post stands among what is to be published by hand, afterwards among the decisions."""
    hand_over(hands)
    home = hands.page("index.md", DUE)
    assert "Nothing waits for a decision." in home
    assert "To publish by hand" in home
    assert "1 post needs a decision" in hands.page("index.md", LATE)
    assert "Held" not in hands.page(POST, LATE)


def test_a_published_post_has_no_kit_any_more(hands: Studio) -> None:
    """Confirmed, it shows its link, and nobody is led to publish it twice."""
    hand_over(hands)
    with hands.ledger() as ledger:
        (row,) = ledger.rows()
        text = Rendition.from_json(row.rendition)
        receipt = ByHand("https://www.instagram.com/p/1", "published by Jule", text, DUE)
        assert ledger.confirm_by_hand(row, receipt, DUE) is not None
    pages = hands.render(DUE)
    assert not [path for path in pages if path.startswith("kits/")]
    assert "https://www.instagram.com/p/1" in hands.page(POST, DUE)


def test_a_medium_that_is_gone_is_said(hands: Studio) -> None:
    """The kit names a file that is missing, or no picture, and shows the rest."""
    (hands.root / "content/media/tuer.jpg").unlink()
    assert "there is no content/media/tuer.jpg" in hands.page(KIT)
    hands.write("content/media/tuer.jpg", b"rubbish")
    assert "the bytes are no picture" in hands.page(KIT)
    hands.write("content/media/tuer.jpg", b"\xff\xd8\xff\xe0" + bytes(40))
    assert "the picture is cut short or damaged" in hands.page(KIT)


@pytest.mark.parametrize("file", ["../../leitstand.toml", "media/drawing.svg", "media/link.jpg"])
def test_what_is_no_medium_never_gets_onto_the_site(hands: Studio, file: str) -> None:
    """Files outside content/, drawings that may hold scripts, and links are named and not published."""
    hands.write("content/media/drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")
    (hands.root / "content/media/link.jpg").symlink_to(hands.root / "leitstand.toml")
    more = MEDIA.replace("media/tuer.jpg", file)
    hands.post("Moin!", channels="instagram", more=more)
    pages = hands.render()
    assert file in hands.page(KIT)
    assert [path for path in pages if path.startswith("kits/")] == [KIT]


def test_a_site_without_such_accounts_has_no_kits(studio: Studio) -> None:
    """Nobody is led to a page that nothing needs."""
    studio.post()
    assert not [path for path in studio.render() if "kit" in path.removeprefix("assets/leitstand")]


def test_a_text_is_never_markup(hands: Studio, outline: type[Outline]) -> None:
    """What stands in a post cannot break out of its kit."""
    hands.post('"><script>alert(1)</script> &lt;b&gt;', channels="instagram")
    page = hands.page(KIT)
    assert "<script>alert" not in page
    assert "script" not in outline(page).tags


def test_the_calendar_names_the_deadline(hands: Studio) -> None:
    """Until when a person has to publish it stands in the month, until it is out."""
    month = hands.page("calendar/2026-12.md")
    assert "by hand until 08:30" in month


def test_each_day_of_a_series_has_its_kit(hands: Studio) -> None:
    """No day's kit is written over another's: each has its own page, text and command."""
    more = "repeat: FREQ=DAILY;COUNT=2\n"
    hands.post("Every day.\n\n## @2026-12-02\n\nThe second.", channels="instagram", more=MEDIA + more)
    first = hands.page("kits/2026/12/tuer-1/instagram-2026-12-01.md")
    second = hands.page("kits/2026/12/tuer-1/instagram-2026-12-02.md")
    assert "Every day." in first
    assert "The second." in second
    assert "instagram URL --day 2026-12-02" in unescape(second)
    assert "kits/2026/12/tuer-1/instagram-2026-12-02/" in hands.page(POST)
