"""The whole handbook: one page of the site, and one PDF that another program reads."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from toolkit.pages.handbook.book import chapters
from toolkit.pages.handbook.paper import book_html, book_pdf
from toolkit.pages.handbook.prose import handbook_assets, handbook_pages
from toolkit.pages.page import Content, Page
from toolkit.pages.rendering import render_site
from toolkit.pages.view import Site

if TYPE_CHECKING:
    from tests.pages.conftest import Outline, Studio

RULE = '```rule\nid: duzen\nextends: existence\nmessage: "Wir duzen."\nlevel: error\ntokens: [Sie]\ngood: [Du]\nbad: [Sie]\n```\n'


def fill(studio: Studio) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "#2b6777").save(picture, "png")
    studio.write("guidelines/m/bild.png", picture.getvalue())
    studio.write(
        "guidelines/index.md",
        "---\ntitle: Handbuch\nowner: wiebke\n---\n# Moin\n\nZuerst [Stimme](stimme.md#ton), dann [Krise](crisis/index.md) "
        "und [Befehle](referenz/befehle.md).\n",
    )
    studio.write(
        "guidelines/stimme.md", f"# Stimme\n\n## Ton\n\nSiehe [Netz](https://example.com/x?a=1&b=2).\n\n{RULE}"
    )
    studio.write("guidelines/aufbau.md", '# Aufbau\n\n## Ton\n\n`href="stimme.md"` ![Bild](m/bild.png)\n')
    studio.write(
        "guidelines/crisis/index.md",
        "---\ninternal: true\n---\n# Krise\n\nZurück zu [Aufbau](../aufbau.md), Nummer 0431.\n",
    )
    studio.write("guidelines/crisis/rueckruf.md", "# Rückruf\n\n![Bild](../m/bild.png)\n")
    studio.write("guidelines/referenz/befehle.md", "# Befehle\n")


def open_handbook(studio: Studio, *, partner: bool = False) -> tuple[Site, dict[str, Content]]:
    site = Site(studio.gather(partner=partner))
    return site, {**handbook_pages(site), **handbook_assets(site)}


def test_no_page_of_the_handbook_leads_the_readers_of_the_book_away(studio: Studio) -> None:
    """HTML that reviewers let in neither reloads the page nor runs, also where the book is a file of its own."""
    fill(studio)
    leads = "<meta http-equiv=refresh content='0;url=https://evil.example/'>"
    studio.write("guidelines/boese.md", f"# Böse\n\n{leads}\n\nText {leads}\n")
    alone = book_html(*open_handbook(studio))
    for html in (studio.page("handbook/all.md"), alone):
        assert html.count("&lt;meta http-equiv=refresh") == 2
        assert "<meta http-equiv=refresh" not in html
    assert "script-src 'self'" in alone[:600]


def test_the_book_is_the_handbook_in_reading_order(studio: Studio, outline: type[Outline]) -> None:
    """Index, pages by title, folders; links inside lead inside, no anchor stands there twice, the reference is left out."""
    fill(studio)
    text = studio.page("handbook/all.md")
    assert re.findall(r'<h2 id="([\w-]+)">', text) == [
        *("contents", "index", "aufbau", "stimme", "crisis-index", "crisis-rueckruf")
    ]
    found = outline(text)
    assert found.open == []
    assert len(found.anchors) == len(set(found.anchors))
    inside = re.findall(r'href="#([^"]+)"', text)
    assert set(inside) <= set(found.anchors)
    assert {"stimme--ton", "crisis-index", "aufbau", "stimme--duzen"} <= set(inside)
    assert 'href="../referenz/befehle/"' in text
    assert text.count('src="../m/bild.png"') == 2
    assert 'href="https://example.com/x?a=1&amp;b=2"' in text
    assert "href=&quot;stimme.md&quot;" in text or 'href="stimme.md"</code>' in text
    assert ">Moin<" not in text


def test_people_outside_get_no_internal_chapter(studio: Studio) -> None:
    """What stands on an internal page is in neither their page nor their PDF."""
    fill(studio)
    pages = render_site(studio.gather(partner=True))
    book = pages["handbook/all.md"]
    assert isinstance(book, Page)
    assert "0431" not in book.text
    assert "0431" not in book_html(*open_handbook(studio, partner=True))


def test_a_handbook_of_one_page_is_a_book_already(studio: Studio) -> None:
    """No second page says the same."""
    studio.write("guidelines/index.md", "# Handbuch\n")
    assert "handbook/all.md" not in studio.render()


def test_the_pdf_has_titles_outline_links_and_tags(studio: Studio) -> None:
    """Another program finds title, language, bookmarks of chapters and sections, words, links and the tags for ears."""
    pypdf = pytest.importorskip("pypdf")
    pytest.importorskip("weasyprint")
    fill(studio)
    site, pages = open_handbook(studio)
    data = book_pdf(site, pages)
    assert data == book_pdf(site, pages)
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert reader.metadata.title == "Handbook: Nordlicht Kaffee"
    assert reader.root_object["/Lang"] == "en"
    assert reader.root_object["/MarkInfo"]["/Marked"] == True  # noqa: E712  # a PDF object, not Python's
    assert b"pdfuaid" in reader.root_object["/Metadata"].get_data()
    titles = [one.title for one in reader.outline if not isinstance(one, list)]
    assert titles == [one.title for one in chapters(pages)] == ["Handbuch", "Aufbau", "Stimme", "Krise", "Rückruf"]
    assert [one.title for one in reader.outline[2]] == ["Ton"]
    words = [page.extract_text() for page in reader.pages]
    assert "Nordlicht Kaffee" in words[0]
    assert re.search(r"Stimme[ .]+5", words[1])
    assert "Wir duzen." in words[4]
    links = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    addresses = [one["/A"]["/URI"] for one in links if "/A" in one and "/URI" in one["/A"]]
    assert set(addresses) == {"https://example.com/x?a=1&b=2"}
    assert sum("/Dest" in one for one in links) >= len(titles)
    assert any(page.images for page in reader.pages)
