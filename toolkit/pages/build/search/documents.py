"""What search can find: the sections of pages as the builder's own plugin cut them, and pages it never saw.

A post stands on its page once for each network and again in chips, counts and buttons; search wants it once. So a page
may say what it is found by (`Page.words`), and of other pages the visible text counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import Final

from toolkit.pages.kept import Shelf, digest
from toolkit.pages.markup import text
from toolkit.pages.page import Moved, Page
from toolkit.values import dataclass

# Raise it when the same HTML gives another text.
_FORM: Final = "1"
# Where builders of the MkDocs family keep what the reader's browser loads.
BUILDERS: Final = "search/search_index.json"
# Whole ways to other pages, which say nothing about this one; of everything else the tags.
_TAG: Final = re.compile(r"(?s)<(nav|script|style)\b.*?</\1>|<[^>]*>")


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to be found, as plain text; `location` is its address from the site's root.

    `context` is the title of the page that a section stands on, `group` the folder of the site (``posts``), `day` the
    date it is about as ``2026-12-01``: younger ones come first among equals. It is "" where there is none.
    """

    location: str
    title: str
    text: str
    context: str = ""
    group: str = ""
    day: str = ""


def take_sections(folder: Path) -> list[Document] | None:
    """What the builder's plugin indexed below `folder`, and away with its index; None without search."""
    file = folder / BUILDERS
    if not file.is_file():
        return None
    found = list(_sections(json.loads(file.read_bytes())["docs"]))
    file.unlink()
    return found


def _sections(entries: Sequence[Mapping[str, str]]) -> Iterator[Document]:
    titles: dict[str, str] = {}
    for number, entry in enumerate(entries):
        location, title, words = entry["location"], plain(entry["title"]), plain(entry["text"])
        page = location.partition("#")[0]
        context = titles.setdefault(page, title)
        # A page begins with its heading, which is a section of its own.
        if words or number + 1 == len(entries) or not entries[number + 1]["location"].startswith(f"{page}#"):
            yield Document(location, title, words, "" if context == title else context, group_of(location))


def made_once(page: Page) -> Page:
    """`page`, remembering its HTML if search finds it by that: then it is asked for twice."""
    return replace(page, make=cache(page.make)) if page.make and _is_found(page) and not page.words else page


def read_pages(pages: Mapping[str, Page], address: Mapping[str, str], kept: Path) -> Iterator[Document]:
    """All `pages` that search may find; `address` is where a path is published, `kept` a folder that may be deleted."""
    shelf = Shelf(kept / "pages.json", _FORM)
    for path, page in pages.items():
        if _is_found(page):
            words = " ".join(page.words.split()) if page.words else _visible(path, page, shelf)
            day = page.day.isoformat() if page.day else ""
            yield Document(address[path], page.title, words, "", group_of(path), day)
    shelf.save()


def _is_found(page: Page) -> bool:
    return "search" not in page.front


def _visible(path: str, page: Page, shelf: Shelf) -> str:
    key = page.key and digest(path, page.key)
    words = shelf.find(key, str)
    if words is None:
        words = plain(page.html or "")
        if key:
            shelf.put(key, words)
    return words


def read_moved(pages: Iterable[Moved]) -> Iterator[Document]:
    """Posts of the archive where they are now, by their titles alone: texts of many years are most of an index."""
    for one in pages:
        yield Document(one.address, one.title, "", "", "posts", one.day.isoformat())


def add_pages(folder: Path, documents: Iterable[Document]) -> None:
    """Put `documents` into the builder's index below `folder`, for themes whose search is not ours."""
    file = folder / BUILDERS
    if not file.is_file():
        return
    index = json.loads(file.read_bytes())
    index["docs"] += [
        {"location": one.location, "title": text(one.title), "text": f"<p>{text(one.text)}</p>"} for one in documents
    ]
    file.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def group_of(location: str) -> str:
    """The folder of the site that an address or path lies in, "" at the top."""
    folder, slash, _rest = location.partition("/")
    return folder if slash else ""


def plain(html: str) -> str:
    """The text of HTML without its navigation, on one line."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())
