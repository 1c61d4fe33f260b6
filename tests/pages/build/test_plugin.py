from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from tests.pages.build.conftest import CONFIG, MakeSite, fill

if TYPE_CHECKING:
    from tests.pages.conftest import Outline, Studio


@pytest.mark.parametrize("addresses", ["true", "false"])
def test_every_link_of_the_built_site_leads_somewhere(
    studio: Studio, png: bytes, make_site: MakeSite, outline: type[Outline], addresses: str
) -> None:
    """A strict build says nothing, and every link, picture and anchor on every page exists, with both address forms."""
    fill(studio, png)
    folder = make_site(CONFIG + f"use_directory_urls: {addresses}\n")
    pages = {path: outline(path.read_text()) for path in folder.rglob("*.html") if path.name != "404.html"}
    assert len(pages) > 20
    checked = 0
    for page, found in pages.items():
        assert "script" not in found.open
        for target in found.targets:
            parts = urlsplit(target)
            if parts.scheme or parts.netloc or not parts.path or target.startswith("#"):
                continue
            file = (page.parent / unquote(parts.path)).resolve()
            file = file / "index.html" if file.is_dir() else file
            assert file.is_file(), f"{page.relative_to(folder)} links to {target}"
            if parts.fragment and file in pages:
                assert parts.fragment in pages[file].anchors, f"{page.relative_to(folder)} links to {target}"
            checked += 1
    assert checked > 500


def test_nothing_is_asked_of_other_servers(
    studio: Studio, png: bytes, make_site: MakeSite, outline: type[Outline]
) -> None:
    """No page loads a font, script or picture from elsewhere."""
    fill(studio, png)
    folder = make_site()
    for page in folder.rglob("*.html"):
        text = page.read_text()
        for word in ("googleapis", "gstatic", "unpkg", "jsdelivr", "cdnjs", 'src="http', 'rel="stylesheet" href="http'):
            assert word not in text, f"{word} on {page.relative_to(folder)}"


def test_post_text_survives_the_builder(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """What the author typed is what the reader sees: no tag, no fence, no include is acted upon."""
    fill(studio, png)
    text = (make_site() / "posts/2026/12/tuer-1/index.html").read_text()
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "--8&lt;--" in text
    assert "[workspace]" not in text


def test_data_of_the_handbook_stays_inside(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """Tokens and Vale styles are for tools; pictures and pages are for readers."""
    fill(studio, png)
    folder = make_site()
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    assert not [name for name in names if "tokens" in name or "styles/" in name]
    assert {"handbook/crisis/plan.png", "handbook/voice/index.html", "media/tür 1.png"} <= names
    voice = (folder / "handbook/voice/index.html").read_text()
    assert "Wiebke Thomsen" in voice
    assert "2027-05-01" in voice


def test_posts_are_found_but_not_in_the_navigation(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """The search index holds the post; the navigation of the home page does not."""
    fill(studio, png)
    folder = make_site()
    texts = [one for file in (folder / "search/texts").iterdir() for one in json.loads(file.read_bytes())]
    assert [one for one in texts if one[0].startswith("posts/2026/12/tuer-1/")]
    assert not [one for one in texts if one[0].startswith("calendar/2026")]
    navigation = (folder / "handbook/index.html").read_text()
    assert "posts/2026/12/tuer-1/" not in navigation
    assert 'href="../calendar/"' in navigation


def test_an_empty_workspace_builds(make_site: MakeSite) -> None:
    """Without posts, handbook, campaigns or ledger there is still a site with a home."""
    assert (make_site() / "index.html").is_file()


def test_what_mkdocs_yml_says_wins(studio: Studio, make_site: MakeSite) -> None:
    """Language and navigation from the file are not overwritten; the rest is still filled in."""
    studio.write("guidelines/index.md", "# Handbook\n")
    config = CONFIG.replace("theme: material", "theme: {name: material, language: de}")
    text = (make_site(config + "nav: [{Start: index.md}, {Regeln: handbook/index.md}]\n") / "index.html").read_text()
    assert '<html lang="de"' in text
    assert "Regeln" in text
    assert "assets/leitstand.css" in text


def test_a_workspace_that_cannot_be_read_stops_the_build_with_a_sentence(
    studio: Studio, make_site: MakeSite, caplog: pytest.LogCaptureFixture
) -> None:
    """A broken leitstand.toml is named with its place, not shown as a traceback."""
    studio.write("leitstand.toml", "format = 1\n[workspace]\nid = ?\n")
    with pytest.raises(Abort):
        make_site()
    assert "leitstand.toml:3:" in caplog.text
    assert "not valid TOML" in caplog.text


@pytest.mark.parametrize(
    ("named", "config"), [("de_DE.UTF-8", CONFIG), ("", CONFIG.replace("material", "{name: material, language: de}"))]
)
def test_what_stops_the_build_is_said_in_the_readers_language(
    studio: Studio,
    make_site: MakeSite,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    *,
    named: str,
    config: str,
) -> None:
    """A leitstand.toml that cannot be read cannot say the language: the terminal does, or the theme of mkdocs.yml."""
    for variable in ("LEITSTAND_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", named)
    studio.write("leitstand.toml", "format = 1\n[workspace]\nid = ?\n")
    with pytest.raises(Abort):
        make_site(config)
    assert "kein gültiges TOML" in caplog.text


def test_a_clock_without_an_offset_is_refused(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The time of the site is never guessed."""
    monkeypatch.setenv("LEITSTAND_NOW", "2026-11-21 12:00")
    with pytest.raises(Abort):
        make_site()
    assert "needs a time with an offset" in caplog.text


def test_the_builder_watches_the_workspace(studio: Studio) -> None:
    """A change of a post or of leitstand.toml rebuilds a served site."""
    studio.post()
    studio.write("mkdocs.yml", CONFIG)
    loaded = load_config(str(studio.root / "mkdocs.yml"))
    loaded = loaded.plugins.on_config(loaded)
    assert {str(studio.root / "content"), str(studio.root / "leitstand.toml")} <= set(loaded.watch)


def test_pages_are_edited_at_their_source(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """The edit button of a post and of a handbook page leads to the file in the workspace."""
    fill(studio, png)
    forge = "repo_url: https://forge.example.com/brand/social\nedit_uri: edit/main/guidelines/\n"
    folder = make_site(CONFIG + forge)
    post = (folder / "posts/2026/12/tuer-1/index.html").read_text()
    assert 'href="https://forge.example.com/brand/social/edit/main/content/posts/2026/12/tuer-1.md"' in post
    assert "guidelines/../content" not in post
    voice = (folder / "handbook/voice/index.html").read_text()
    assert 'href="https://forge.example.com/brand/social/edit/main/guidelines/voice.md"' in voice


def test_a_german_workspace_has_a_german_site(
    studio: Studio, png: bytes, make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Labels, months, page language and search speak German where the workspace does; an English page says so."""
    fill(studio, png)
    monkeypatch.delenv("LEITSTAND_LANG")
    settings = studio.root / "leitstand.toml"
    settings.write_text(settings.read_text().replace('interface = "en"', 'interface = "de"'))
    studio.write("guidelines/reply.md", "---\nlanguage: en\n---\n# Shipping\n\nOn its way.\n")
    folder = make_site()
    home = (folder / "index.html").read_text()
    assert '<html lang="de"' in home
    assert "Diese Woche" in home
    assert "Dezember 2026" in (folder / "calendar/2026-12/index.html").read_text()
    assert '<div lang="en">' in (folder / "handbook/reply/index.html").read_text()
    assert ["posts", "Beiträge"] in json.loads((folder / "search/index.json").read_text())["groups"]


def test_what_mkdocs_yml_excludes_stays_excluded(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """`exclude_docs` works for the handbook as everywhere."""
    fill(studio, png)
    studio.write("guidelines/draft.md", "# Draft\n")
    folder = make_site(CONFIG + "exclude_docs: draft.md\n")
    assert not (folder / "handbook/draft").exists()
    assert (folder / "handbook/voice").exists()
