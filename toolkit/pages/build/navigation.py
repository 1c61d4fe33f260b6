"""The navigation: the handbook as it lies in its folders, then the generated parts, few enough to stay quick."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.messages import _
from toolkit.pages.markup import text
from toolkit.pages.paths import BOARD, HOME, KPI_INDEX, PROBLEMS, REPORTS, RESEARCH, RIVALS, TIMES
from toolkit.pages.view import HANDBOOK, Content, Page

# A month list has one page a month for ever; the index pages lead to the older ones.
_MONTHS: Final = 4

Item = dict[str, "str | list[Item | str]"]


def make_navigation(pages: Mapping[str, Content]) -> list[Item]:
    """The `nav` of a MkDocs configuration."""
    shown = {path: page for path, page in pages.items() if isinstance(page, Page) and page.in_nav}
    groups = (
        (_("Calendar"), "calendar", _MONTHS),
        (_("Posts"), "posts", _MONTHS),
        (_("Ideas"), "ideas", 12),
        (_("Campaigns"), "campaigns", 12),
        (_("Channels"), "channels", 50),
        (_("Experiments"), "experiments", 12),
        (_("Incidents"), "incidents", 12),
        (_("Team"), "team", 12),
    )
    items: list[Item] = [{_("Home"): HOME}]
    handbook = _folder(shown, HANDBOOK)
    if handbook:
        items.append({_("Handbook"): handbook})
    for title, folder, most in groups:
        listed = _group(shown, folder, most)
        if listed:
            items.append({title: listed})
    research: list[Item | str] = [path for path in (RESEARCH, RIVALS, BOARD) if path in shown]
    if research:
        items.append({_("Research"): research})
    if REPORTS in shown:
        beside = [path for path in (KPI_INDEX, TIMES) if path in shown]
        items.append({_("Reports"): [REPORTS, *beside] if beside else REPORTS})
    if PROBLEMS in shown:
        items.append({_("Problems"): PROBLEMS})
    return items


def _group(pages: Mapping[str, Page], folder: str, most: int) -> list[Item | str]:
    index = f"{folder}/index.md"
    if index not in pages:
        return []
    rest = [path for path in pages if path.startswith(f"{folder}/") and path != index]
    months = folder in {"calendar", "posts"}
    listed: list[Item | str] = [index]
    chosen = rest[-most:][::-1] if months else rest[:most]
    listed += [{text(pages[path].title): path} for path in chosen]
    return listed


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
