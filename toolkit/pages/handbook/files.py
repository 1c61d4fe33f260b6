"""The files of `guidelines/` that the site shows: Markdown pages with their titles, pictures and downloads."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import Final

from toolkit.pages.view import HANDBOOK, Site
from toolkit.source import Fields, FrontMatter, decode, read_frontmatter
from toolkit.values import dataclass

FOLDER: Final = "guidelines/"
# Everything else in guidelines/ is data for tools: styles, word lists.
PRIVATE: Final = ("styles/",)
_SHOWN: Final = frozenset(
    {".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".pdf", ".zip", ".woff2", ".woff", ".ttf", ".otf"}
)
_HEADING: Final = re.compile(r"(?m)^# +(.+?)(?: *#+)? *$")


@dataclass(frozen=True, slots=True)
class HandbookFile:
    """A page of the handbook before anything is done to it."""

    path: str  # in the workspace
    title: str
    text: str
    fields: Fields | None


def handbook_files(site: Site) -> list[str]:
    """Every file of guidelines/ that is no rule of others', by its path in the workspace."""
    found = site.workspace.tree.paths(FOLDER.rstrip("/"))
    return [path for path in found if not path.removeprefix(FOLDER).startswith(PRIVATE)]


def handbook_path(path: str) -> str:
    """Where the site has a file of the handbook: below ``handbook/``, so that links between pages stay as they are."""
    return f"{HANDBOOK}/{path.removeprefix(FOLDER)}"


def is_shown(path: str) -> bool:
    """Whether people see or take away a file that is no page."""
    return posixpath.splitext(path)[1].lower() in _SHOWN


def page_titles(site: Site) -> dict[str, str]:
    """Path in the workspace → what people call it, of every page and every file they can take away."""
    pages = {
        path: read_page(path, site.workspace.tree.read(path)).title
        for path in handbook_files(site)
        if path.endswith(".md")
    }
    return pages | {path: posixpath.basename(path) for path in handbook_files(site) if is_shown(path)}


@lru_cache(maxsize=1024)  # several pages ask for each other's titles
def read_page(path: str, data: bytes) -> HandbookFile:
    """Title and front matter of a page. Bytes that are not UTF-8 are shown as well as they can be."""
    source, _problems = decode(path, data)
    text = source.text if source else data.decode("utf-8", "replace")
    front: FrontMatter | None = None
    if source and text.startswith("---"):
        front, _found = read_frontmatter(source)
    fields = Fields(front, []) if front and front.root else None
    body = front.body if front else text
    found = _HEADING.search(body)
    stem = posixpath.splitext(posixpath.basename(path))[0].replace("-", " ").replace("_", " ").capitalize()
    title = (fields.text("title") if fields else "") or (found[1] if found else stem)
    return HandbookFile(path, title, text, fields)
