"""A page whose text was converted before is not converted again, and what there is to say of it is said each time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import markdown  # type: ignore[import-untyped]
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.structure.pages import Page

from tests.pages.build.conftest import CONFIG, MakeSite, fill
from tests.pages.build.test_warm import CHANGES, HANDBOOK, tree

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

VOICE: Final = "guidelines/voice.md"
INDEX: Final = "guidelines/index.md"
Say = Callable[..., list[str]]


@pytest.fixture
def converted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text with words that Python-Markdown converts."""
    found: list[str] = []
    plain = markdown.Markdown.convert

    def convert(md: markdown.Markdown, source: str) -> str:
        if source.strip():
            found.append(source)
        return str(plain(md, source))

    monkeypatch.setattr(markdown.Markdown, "convert", convert)
    return found


@pytest.fixture
def say(studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Say:
    """Builds the site; what MkDocs says about it at a level or above."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(studio.state))
    monkeypatch.setenv("LEITSTAND_NOW", "2026-11-21T12:00+01:00")
    monkeypatch.setenv("LEITSTAND_LANG", "en")

    def run(level: int = logging.WARNING, config: str = CONFIG) -> list[str]:
        studio.write("mkdocs.yml", config)
        caplog.clear()
        with caplog.at_level(level, "mkdocs"):
            build(load_config(str(studio.root / "mkdocs.yml"), site_dir=str(tmp_path / "site")))
        return [record.getMessage() for record in caplog.records if "Doc file" in record.getMessage()]

    return run


def test_only_a_text_that_changed_is_converted(
    studio: Studio, png: bytes, make_site: MakeSite, converted: list[str]
) -> None:
    """Nothing is converted a second time; of an edited handbook its one page, for its own place and for the book."""
    fill(studio, png)
    make_site()
    assert len(converted) >= 6
    converted.clear()
    make_site()
    assert converted == []
    HANDBOOK["handbook text"](studio)
    make_site()
    assert len(converted) == 2
    assert all("Back to" in text for text in converted)
    converted.clear()
    CHANGES["text"](studio)
    studio.write("guidelines/crisis/new.png", "another file")
    make_site()
    assert converted == []


def test_a_page_is_converted_again_where_its_links_lead_elsewhere(
    studio: Studio, png: bytes, make_site: MakeSite, converted: list[str]
) -> None:
    """With addresses of another kind every link is another one."""
    fill(studio, png)
    make_site()
    converted.clear()
    folder = make_site(CONFIG + "use_directory_urls: false\n")
    assert converted
    assert 'href="voice.html"' in (folder / "handbook/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("first", [logging.WARNING, logging.ERROR])
def test_a_link_that_leads_nowhere_is_said_each_time(studio: Studio, png: bytes, say: Say, first: int) -> None:
    """Also after a build that was asked to be quiet, and until somebody mends it."""
    fill(studio, png)
    studio.write(VOICE, "# Voice\n\n[away](away.md)\n")
    assert len(say(first)) == (first < logging.ERROR)
    assert "a link 'away.md'" in str(say())
    assert "a link 'away.md'" in str(say())
    studio.write("guidelines/away.md", "# Away\n")
    assert say() == []


def test_a_page_that_somebody_leads_to_is_missed_when_it_goes(studio: Studio, png: bytes, say: Say) -> None:
    """The page with the link is as it was; what it leads to is not."""
    fill(studio, png)
    assert say() == []
    (studio.root / VOICE).unlink()
    assert "a link 'voice.md'" in str(say())


def test_an_anchor_that_somebody_leads_to_is_missed_when_it_goes(studio: Studio, png: bytes, say: Say) -> None:
    """Anchors are compared in each build, those of converted pages and those of others."""
    fill(studio, png)
    studio.write(INDEX, "# Handbook\n\n[Voice](voice.md#loud)\n")
    studio.write(VOICE, '# Voice\n\n## Loud\n\n<i id="quiet"></i>\n')
    assert say(logging.INFO) == []
    assert say(logging.INFO) == []
    studio.write(VOICE, "# Voice\n\n## Quiet\n")
    assert "does not contain an anchor '#loud'" in str(say(logging.INFO))
    studio.write(INDEX, "# Handbook\n\n[Voice](voice.md#quiet)\n")
    assert say(logging.INFO) == []


def test_an_extension_that_reads_files_is_asked_each_time(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """What a page takes from another file is no part of its text."""
    fill(studio, png)
    config = f"{CONFIG}markdown_extensions:\n  - pymdownx.snippets: {{base_path: ['{studio.root}']}}\n"
    studio.write("part.txt", "First")
    studio.write(VOICE, '# Voice\n\n--8<-- "part.txt"\n')
    make_site(config)
    studio.write("part.txt", "Second")
    assert "Second" in (make_site(config) / "handbook/voice/index.html").read_text(encoding="utf-8")


DAMAGE: Final[Mapping[str, Callable[[str], str]]] = {
    "cut": lambda text: text[: len(text) // 2],
    "empty": lambda _text: "",
    "no answers": lambda _text: "[]",
    "answers of another shape": lambda text: text.replace('"children"', '"other"').replace("[", '["x",'),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damaged_conversions_are_made_anew(studio: Studio, png: bytes, make_site: MakeSite, name: str) -> None:
    """The site is the same, whatever became of the files in the cache."""
    fill(studio, png)
    whole = tree(make_site())
    kept = studio.root / ".leitstand/cache"
    for file in (*(kept / "pages").rglob("*.json"), kept / "book.json"):
        file.write_text(DAMAGE[name](file.read_text(encoding="utf-8")), encoding="utf-8")
    assert tree(make_site()) == whole


def test_nothing_of_an_unknown_builder_is_kept(
    studio: Studio, png: bytes, make_site: MakeSite, converted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where conversion sets more on a page than this program knows, it is done each time."""
    fill(studio, png)
    plain = Page.render

    def render(page: Page, *given: object) -> None:
        plain(page, *given)  # type: ignore[arg-type]
        vars(page)["reading_time"] = 7

    monkeypatch.setattr(Page, "render", render)
    make_site()
    converted.clear()
    make_site()
    assert any("back to" in text for text in converted)


def test_only_what_a_build_used_is_kept(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """The cache holds one conversion for each page, however often its text changes."""
    fill(studio, png)
    make_site()
    file = studio.root / ".leitstand/cache/pages/en-team/converted.json"
    before = len(file.read_bytes())
    for number in range(3):
        studio.write(VOICE, f"# Voice\n\nback to [start](index.md) {number}\n")
        make_site()
    assert len(file.read_bytes()) <= before + 100
