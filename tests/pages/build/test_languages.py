from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from tests.browser.conftest import Visit, serve
from tests.pages.build.conftest import CONFIG, MakeSite, fill
from toolkit.pages.build.languages import alternates, lead_home, lead_over

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.pages.conftest import Studio

BOTH = CONFIG.replace("plugins: [search, leitstand]", "plugins: [search, leitstand: {languages: [de, en]}]")
OTHER = re.compile(r'<a href="([^"]*)" hreflang="(\w\w)"')


@pytest.fixture
def both(studio: Studio, png: bytes, make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder with the site in both languages, as the handbook says to build it."""
    fill(studio, png)
    folder = tmp_path / "both"
    folder.mkdir()
    for language in ("de", "en"):
        monkeypatch.setenv("LEITSTAND_LANG", language)
        make_site(BOTH).rename(folder / language)
    return folder


def pages(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}


def test_both_languages_have_the_same_addresses(both: Path) -> None:
    """What a page is called in the address depends on no language."""
    assert pages(both / "de") == pages(both / "en")
    assert len(pages(both / "de")) > 20


def test_every_page_leads_to_itself_in_the_other_language(both: Path) -> None:
    """The switch in the header; each address exists and is that page's."""
    for language in ("de", "en"):
        for name in pages(both / language) - {"404.html"}:
            if name.startswith("reports/") and name.count("/") > 1:
                continue  # a report is in the language it was made in
            page = both / language / name
            html = page.read_text()
            assert f'<html lang="{language}"' in html
            found = OTHER.findall(html)
            assert [one for _address, one in found] == ["de", "en"], name
            for address, one in found:
                there = (page.parent / unquote(address)).resolve()
                assert there / "index.html" == (both / one / name).resolve(), f"{name}: {address}"


def test_where_no_page_is_the_switch_leads_home() -> None:
    """The page for addresses that do not exist knows only where sites begin."""
    assert lead_home('href="/lsOther0en9"') == 'href="/../en/"'
    assert lead_home('href="/x/de/lsOther0en9"') == 'href="/x/de/../en/"'


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", "../en/"),
        ("calendar/", "../../en/calendar/"),
        ("a/b.html", "../../en/a/b.html"),
        ("a.html", "../en/a.html"),
    ],
)
def test_the_way_is_relative(address: str, expected: str) -> None:
    """The sites may lie anywhere, as long as they lie beside each other."""
    for written in ("lsOther0en9", "../lsOther0en9", "./lsOther0en9"):
        assert lead_over(f'href="{written}"', address) == f'href="{expected}"'


def test_each_language_is_called_by_its_own_name() -> None:
    """Who cannot read German finds English."""
    assert [(one["lang"], one["name"]) for one in alternates(["de", "en"])] == [("de", "Deutsch"), ("en", "English")]


def test_one_language_has_no_switch(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """A site that is built once offers no other."""
    fill(studio, png)
    assert "hreflang" not in (make_site() / "index.html").read_text()


@pytest.mark.browser
def test_people_switch_and_stay_on_the_page(chromium: Browser, both: Path) -> None:
    """By keyboard to the other language, back by mouse; the scheme can be switched in each; the browser complains of nothing."""
    with serve(both) as address:
        window = Visit(chromium.new_page(color_scheme="light"), address)
        window.listen()
        page = window.page
        window.go("de/posts/2026/12/tuer-1/")
        page.locator(".md-select button").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/posts/2026/12/tuer-1/")
        assert page.locator("html").get_attribute("lang") == "en"
        page.locator("label[title='Switch to the dark scheme']").click()
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
        page.locator(".md-select button").hover()
        page.locator(".md-select__link[hreflang=de]").click()
        page.wait_for_url("**/de/posts/2026/12/tuer-1/")
        assert window.complaints == []
        page.close()
