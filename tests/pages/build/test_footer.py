"""What stands at the foot of every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.pages.build.conftest import CONFIG, MakeSite, fill

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Studio

SITE = '\n[site]\nimprint = "https://nordlicht.example.com/?a=1&b=2"\nfeedback = "mailto:web@nordlicht.example.com"\n'


def say(studio: Studio, more: str) -> None:
    """Add to the settings."""
    file = studio.root / "leitstand.toml"
    file.write_text(file.read_text() + more)


def pages(folder: Path) -> dict[str, str]:
    """Pages of the theme's: a report is a document of its own."""
    found = {file.relative_to(folder).as_posix(): file.read_text() for file in folder.rglob("*.html")}
    return {path: text for path, text in found.items() if "md-footer" in text}


def test_every_page_leads_to_what_the_settings_name(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """Home, handbook, posts and the page of addresses that do not exist: each link once, escaped, and no other."""
    fill(studio, png)
    say(studio, SITE)
    found = pages(make_site())
    assert {"index.html", "404.html", "handbook/voice/index.html", "posts/2026/12/tuer-1/index.html"} <= found.keys()
    for path, text in found.items():
        foot = text[text.index('class="md-copyright"') :]
        assert foot.count('href="https://nordlicht.example.com/?a=1&amp;b=2"') == 1, path
        assert foot.count(">Imprint</a>") == foot.count(">Feedback</a>") == 1, path
        assert "Privacy" not in foot, path


def test_what_is_not_set_is_not_there(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """Without the table no page has a trace of it."""
    fill(studio, png)
    assert not [path for path, text in pages(make_site()).items() if "ls-house" in text or "Imprint" in text]


def test_the_links_stand_behind_a_copyright_of_ones_own(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """Who writes a copyright into mkdocs.yml keeps it, and has the links behind it."""
    fill(studio, png)
    say(studio, SITE)
    for text in pages(make_site(CONFIG + "copyright: <b>Ours</b>\n")).values():
        assert '<b>Ours</b><span class="ls-house"> · <a href="https://nordlicht' in text
