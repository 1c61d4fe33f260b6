"""What the site's search finds a page by, for pages that the builder's own search plugin never sees.

A post stands on its page once for each network and again in chips, counts and buttons; search wants it once. So a page
may say what it is found by (`Page.words`), and of other pages the visible text counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from html import unescape
from pathlib import Path
from typing import Final

from toolkit.pages.markup import text
from toolkit.pages.view import Page

# Where builders of the MkDocs family keep what the reader's browser loads.
INDEX: Final = "search/search_index.json"
_TAG: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the index: its address from the site's root, its title and text as HTML."""

    location: str
    title: str
    text: str


def entries_of(pages: Mapping[str, Page], address: Mapping[str, str]) -> list[Entry]:
    """The entries of all `pages` that search may find; `address` is where a path is published."""
    found = ((path, page) for path, page in pages.items() if "search" not in page.front)
    return [Entry(address[path], text(page.title), f"<p>{text(_words(page))}</p>") for path, page in found]


def add_entries(folder: Path, entries: Iterable[Entry]) -> None:
    """Put `entries` into the index below `folder`; a site without search has none."""
    file = folder / INDEX
    if not file.is_file():
        return
    index = json.loads(file.read_bytes())
    index["docs"].extend(map(asdict, entries))
    file.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _words(page: Page) -> str:
    words = page.words or unescape(_TAG.sub(" ", page.html or ""))
    return " ".join(words.split())
