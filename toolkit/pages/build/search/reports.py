"""What finished reports say, for search: their own HTML pages, which the builder never reads, by their headings.

Whoever made a report, of its HTML nothing but text is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Final
from urllib.parse import quote

from toolkit.pages.build.search.documents import Document, group_of, plain
from toolkit.pages.results.frames import as_published
from toolkit.pages.results.reports import report_path
from toolkit.pages.view import ReportFile

_SILENT: Final = {"head", "iframe", "nav", "noscript", "script", "style", "svg", "template", "title"}
# A section each; other headings are text of it.
_HEADING: Final = re.compile(r'(?s)<h2(?: id="([^"]*)")?>(.*?)</h2>')


def read_reports(reports: Iterable[ReportFile]) -> Iterator[Document]:
    """The sections of each report that have words."""
    for one in reports:
        location = quote(report_path(one))
        # Within a frame no address leads to a heading.
        framed = as_published(one.html, one.title, "") is not one.html
        for anchor, title, text in _sections(one.html.decode("utf-8", "replace")):
            if text:
                at = f"{location}#{quote(anchor)}" if anchor and not framed else location
                yield Document(at, title or one.title, text, one.title if title else "", group_of(location))


def _sections(html: str) -> Iterator[tuple[str, str, str]]:
    """Id, heading and text of each section; what stands before the first has neither id nor heading."""
    import nh3  # only sites with reports need it

    # A cell ends a word as a space does.
    spaced = html.replace("<", " <")
    kept = nh3.clean(spaced, tags={"h2"}, clean_content_tags=_SILENT, attributes={"h2": {"id"}}, link_rel=None)
    first, *pieces = _HEADING.split(kept)
    yield "", "", plain(first)
    for anchor, title, text in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        yield unescape(anchor or ""), plain(title), plain(text)
