from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.pages.build.conftest import MakeSite, fill
from toolkit.pages.build.discovery import name_feeds

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

LINK = re.compile(r'<link rel="alternate feed" type="([^"]+)" title="[^"]+" href="([^"]+)">')


def test_every_page_names_the_feeds_that_there_are(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """News and calendar, from the first page, the handbook and a post, each as seen from there."""
    fill(studio, png)
    site = make_site()
    for path in ("index.html", "handbook/voice/index.html", "posts/2026/12/tuer-1/index.html"):
        page = site / path
        found = LINK.findall(page.read_text(encoding="utf-8").partition("</head>")[0])
        assert [kind for kind, _href in found] == ["application/atom+xml", "text/calendar"]
        assert all((page.parent / href).is_file() for _kind, href in found), path


def test_only_the_head_is_touched() -> None:
    """What somebody writes about HTML stays as it is."""
    html = "<head></head><p></head></p>"
    assert name_feeds(html, "a.html").endswith("</head><p></head></p>")
    assert 'href="../feeds/' in name_feeds(html, "a/b.html")
    assert 'href="feeds/' in name_feeds(html, "")
