"""Nothing that runs, loads or hides gets from a notebook's output onto the page."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.reports.sanitise import clean

PIXEL = "data:image/png;base64,iVBORw0KGgo="


@pytest.mark.parametrize(
    ("dirty", "tidy"),
    [
        ("<script>alert(1)</script>ok", "ok"),
        ("<style>body{display:none}</style>ok", "ok"),
        ('<p style="position:fixed" onclick="x()">ok</p>', "<p>ok</p>"),
        ('<img src="https://example.com/p.png" alt="a">', '<img alt="a">'),
        ('<img src="data:image/svg+xml;base64,AAAA" alt="a">', '<img alt="a">'),
        (f'<img src="{PIXEL}" alt="a">', f'<img src="{PIXEL}" alt="a">'),
        ('<a href="javascript:alert(1)">x</a>', '<a rel="noopener noreferrer">x</a>'),
        ('<a href="data:text/html,x">x</a>', '<a rel="noopener noreferrer">x</a>'),
        ('<iframe src="//example.com"></iframe><object data="x"></object>ok', "ok"),
        ('<form action="//example.com"><input name="a"></form>ok', "ok"),
        ('<div tabindex="5">ok</div>', "<div>ok</div>"),
        ("<svg onload=x()><circle/></svg>ok", "ok"),
        ('<table><tr><th scope="row" colspan="2">ok</th></tr></table>', '<table><tbody><tr><th scope="row" colspan="2">ok</th></tr></tbody></table>'),
    ],
)  # fmt: skip
def test_what_is_kept_and_what_is_not(dirty: str, tidy: str) -> None:
    """Structure, words and embedded pictures stay; scripts, styles, handlers, frames and far pictures go."""
    assert clean(dirty) == tidy


class Attributes(HTMLParser):
    """Every attribute of a text, with its tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, name, value or "") for name, value in attrs]


@given(st.lists(st.sampled_from(["<img src=", '"', "'", ">", "x onerror=", "javascript:", "<script>", "<a href=", "//e.x/", "data:", "<!--", "]]>", "<svg>", "&#106;"])).map("".join))  # fmt: skip
def test_no_mixture_of_fragments_gets_through(text: str) -> None:
    """However fragments are combined, no handler, no far picture and no script address comes out."""
    cleaned = clean(text)
    assert "<script" not in cleaned
    for tag, name, value in Attributes(cleaned).found:
        assert not name.startswith("on")
        assert tag != "img" or name != "src" or value.startswith("data:image/")
        assert not value.replace(" ", "").lower().startswith("javascript:")
