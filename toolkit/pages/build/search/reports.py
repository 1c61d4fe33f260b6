"""What finished reports say, for search: their own HTML pages, which the builder never reads, by their headings.

Whoever made a report, of its HTML nothing but text is taken. That takes ten milliseconds for each, so it is kept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import astuple
from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import quote

from toolkit.pages.build.search.documents import Document, group_of, plain
from toolkit.pages.kept import digest, kept
from toolkit.pages.results.frames import as_published
from toolkit.pages.results.reports import report_path
from toolkit.pages.view import ReportFile

# Raise it when the same reports give other sections.
_FORMAT: Final = "1"
_SILENT: Final = {"head", "iframe", "nav", "noscript", "script", "style", "svg", "template", "title"}
# A section each; other headings are text of it.
_HEADING: Final = re.compile(r'(?s)<h2(?: id="([^"]*)")?>(.*?)</h2>')


def read_reports(reports: Sequence[ReportFile], cache: Path) -> list[Document]:
    """The sections of each report that have words; `cache` is a folder that may be deleted."""
    if not reports:
        return []
    parts = ((report_path(one), one.title, hashlib.blake2b(one.html).hexdigest()) for one in reports)
    return kept(
        cache / "reports.json",
        digest(_FORMAT, *(part for one in parts for part in one)),
        lambda: [document for one in reports for document in _read(one)],
        lambda found: [astuple(one) for one in found],
        lambda rows: [Document(*row) for row in rows],
    )


def _read(report: ReportFile) -> Iterator[Document]:
    location = quote(report_path(report))
    # Within a frame no address leads to a heading.
    framed = as_published(report.html, report.title, "") is not report.html
    for anchor, title, text in _sections(report.html.decode("utf-8", "replace")):
        if text:
            at = f"{location}#{quote(anchor)}" if anchor and not framed else location
            yield Document(at, title or report.title, text, report.title if title else "", group_of(location))


def _sections(html: str) -> Iterator[tuple[str, str, str]]:
    """Id, heading and text of each section; what stands before the first has neither id nor heading."""
    import nh3  # only sites with reports need it

    # A cell ends a word as a space does.
    spaced = html.replace("<", " <")
    clean = nh3.clean(spaced, tags={"h2"}, clean_content_tags=_SILENT, attributes={"h2": {"id"}}, link_rel=None)
    first, *pieces = _HEADING.split(clean)
    yield "", "", plain(first)
    for anchor, title, text in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        yield unescape(anchor or ""), plain(title), plain(text)
