"""The navigation: seven tabs at most, and below each the pages that lead to all others.

What there are many of (posts, months, campaigns, people) stands in none of it: every page carries the navigation, and the
pages that lead there list them. The handbook is the exception: as it lies in its folders.
"""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.pages.markup import text
from toolkit.pages.page import Content, Page
from toolkit.pages.places import Part, parts
from toolkit.pages.view import HANDBOOK

Item = dict[str, "str | list[Item | str]"]


def make_navigation(pages: Mapping[str, Content]) -> list[Item]:
    """The `nav` of a MkDocs configuration."""
    shown = {path: page for path, page in pages.items() if isinstance(page, Page) and page.in_nav}
    home, called, *others = parts()
    handbook = _folder(shown, HANDBOOK)
    second: Item = {text(called.title): handbook} if handbook else {}
    return [item for item in (_part(home, shown), second, *(_part(one, shown) for one in others)) if item]


def _part(part: Part, pages: Mapping[str, Page]) -> Item:
    """A tab with its pages; the page itself where there is one alone."""
    found: list[Item | str] = [{text(title): path} for path, title in part.pages if path in pages]
    if not found:
        return {}
    return {text(part.title): found if len(found) > 1 else next(path for path, _title in part.pages if path in pages)}


def _folder(pages: Mapping[str, Page], folder: str) -> list[Item | str]:
    """Index first, then pages by title, then folders, each called as its own index page."""
    inside = [path for path in pages if path.startswith(f"{folder}/")]
    direct = [path for path in inside if "/" not in path.removeprefix(f"{folder}/")]
    names = sorted({path.removeprefix(f"{folder}/").split("/")[0] for path in inside if path not in direct})
    index = next((path for path in direct if _stem(path) in {"index", "readme"}), "")
    listed: list[Item | str] = [index] if index else []
    rest = sorted((path for path in direct if path != index), key=lambda path: pages[path].title.casefold())
    listed += [{text(pages[path].title): path} for path in rest]
    for name in names:
        sub = _folder(pages, f"{folder}/{name}")
        listed.append({_folder_title(pages, f"{folder}/{name}"): sub})
    return listed


def _folder_title(pages: Mapping[str, Page], folder: str) -> str:
    for name in ("index.md", "README.md", "readme.md"):
        if f"{folder}/{name}" in pages:
            return text(pages[f"{folder}/{name}"].title)
    return text(folder.rpartition("/")[2].replace("-", " ").replace("_", " ").capitalize())


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md").casefold()
