"""The theme's frame, rendered once per depth: every page in it is whole, and nothing of a page changes the frame."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pages.build.conftest import CONFIG, MakeSite, fill
from toolkit.pages.build.shell import CONTENT, EDIT, TITLE, cut, model_path, tighten
from toolkit.pages.markup import Html
from toolkit.pages.page import Page, generated

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Studio

FORGE = "site_url: https://social.example.com/\nrepo_url: https://forge.example.com/brand/social\nedit_uri: edit/main/guidelines/\n"
MODEL = f"<title>{TITLE} - Brand</title>\n\n  <pre>\n  x\n\n</pre>\n  <a href='/edit/{EDIT}'>e</a>\n{CONTENT}\n"


@given(st.text(), st.text(max_size=40))
def test_a_page_is_its_frame_and_its_values(title: str, body: str) -> None:
    """Whatever a title or a body holds, marks of the frame among it, stands in its place as text and moves nothing."""
    page = generated(title, Html(body.replace("<", "&lt;")))
    filled = cut(MODEL).page("posts/2026/a.md", page, "content/a.md").decode()
    before, _body, after = filled.partition(str(page.html))
    assert re.fullmatch(
        r"<title>[^<>]* - Brand</title>\n<pre>\n  x\n\n</pre>\n<a href='/edit/content/a\.md'>e</a>\n", before
    )
    assert after == "\n"


@given(st.integers(0, 6))
def test_a_model_lies_as_deep_as_its_pages(depth: int) -> None:
    """Relative links to style sheets and to the navigation hold for every page of that depth."""
    path = "/".join(["a"] * depth + ["page.md"])
    assert model_path(path).count("/") == depth
    assert not depth or model_path(path).split("/")[0] != "a"


@pytest.mark.parametrize(
    "kept", ["<pre>\n  a\n\n</pre>", "<textarea>\n\n x</textarea>", "<script>\n  // a\n  b\n</script>"]
)
def test_space_goes_only_where_it_means_nothing(kept: str) -> None:
    """Preformatted text and scripts keep every line."""
    assert tighten(f"<div>\n\n   <p>a\n   b</p>\n{kept}\n   </div>") == f"<div>\n<p>a\nb</p>\n{kept}\n</div>"


def test_a_page_without_html_of_ours_is_not_bare() -> None:
    """Only what is HTML as a whole is put in a frame; Markdown needs the builder."""
    assert Page("Voice", "# Voice\n").html is None


def test_a_bare_page_is_what_the_builder_would_have_made(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """Named in the navigation, and so rendered by MkDocs itself, a post's page has the same head, content and links."""
    fill(studio, png)
    path = "posts/2026/12/tuer-1"
    bare = read(make_site(CONFIG + FORGE) / path / "index.html")
    whole = read(make_site(f"{CONFIG}{FORGE}nav: [index.md, {path}.md]\n") / path / "index.html")
    for pattern in (
        r"<title>.*?</title>",
        r'<link rel="canonical"[^>]*>',
        r'<a [^>]*rel="edit"[^>]*>',
        r'<a [^>]*class="md-skip"',
    ):
        assert re.findall(pattern, bare) == re.findall(pattern, whole) != []
    article = re.compile(r'(?s)<div class="ls" id="content">.*?</article>')
    assert article.findall(bare) == article.findall(whole) != []
    sheets = re.compile(r'<link rel="stylesheet" href="[^"]*">')
    assert sheets.findall(bare) == sheets.findall(whole) != []


def test_all_links_of_a_bare_page_lead_somewhere(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """Its navigation is that of another folder, and still every address on it is a file of the site."""
    fill(studio, png)
    folder = make_site()
    page = folder / "posts/2026/12/tuer-1/index.html"
    links = re.findall(r'<a href="(?!https?:|#|mailto:)([^"#]+)', page.read_text())
    assert len(links) > 10
    for link in links:
        target = (page.parent / unquote(link)).resolve()
        assert (target / "index.html" if target.is_dir() else target).is_file(), link


def test_a_site_without_search_is_built(studio: Studio, make_site: MakeSite) -> None:
    """Who wants no search gets no index."""
    studio.post()
    folder = make_site(CONFIG.replace("search, ", ""))
    assert (folder / "posts/2026/12/tuer-1/index.html").is_file()
    assert not (folder / "search").exists()


def read(path: Path) -> str:
    """A page, on single spaces."""
    return " ".join(path.read_text(encoding="utf-8").split())
