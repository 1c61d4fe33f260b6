"""The handbook's pages: the Markdown of `guidelines/` as people wrote it, with a footer line about who answers for it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from toolkit.messages import _
from toolkit.pages.handbook.boxes import box_rules
from toolkit.pages.handbook.briefings import show_briefing
from toolkit.pages.handbook.playbooks import internal_text, is_internal, show_plan
from toolkit.pages.handbook.statements import box_statements
from toolkit.pages.handbook.swatches import show_tokens
from toolkit.pages.handbook.timetables import box_times
from toolkit.pages.handbook.urgency import box_urgency
from toolkit.pages.markup import Html, join, link, tag
from toolkit.pages.media import Copied
from toolkit.pages.paths import DECISIONS
from toolkit.pages.plan.strategy import show_strategy
from toolkit.pages.view import HANDBOOK, Page, Site
from toolkit.source import Fields, FrontMatter, decode, read_frontmatter
from toolkit.workspace.decisions import read_decisions

FOLDER: Final = "guidelines/"
# Everything else in guidelines/ is data for tools: styles, tokens, word lists.
_SHOWN: Final = frozenset(
    {".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".pdf", ".zip", ".woff2", ".woff", ".ttf", ".otf"}
)
_PRIVATE: Final = ("styles/",)
_HEADING: Final = re.compile(r"(?m)^# +(.+?)(?: *#+)? *$")


@dataclass(frozen=True, slots=True)
class HandbookFile:
    """A page of the handbook before anything is done to it."""

    path: str  # in the workspace
    title: str
    text: str
    fields: Fields | None


def handbook_pages(site: Site) -> dict[str, Page]:
    """Every Markdown file of guidelines/ below ``handbook/``, so that links between them stay as they are."""
    return {_target(path): _page(site, path) for path in _paths(site) if path.endswith(".md")}


def handbook_assets(site: Site) -> dict[str, Copied]:
    """Pictures and downloads of the handbook."""
    shown = (path for path in _paths(site) if posixpath.splitext(path)[1].lower() in _SHOWN)
    return {_target(path): Copied(site.workspace.root / path) for path in shown}


def _paths(site: Site) -> list[str]:
    found = site.workspace.tree.paths(FOLDER.rstrip("/"))
    return [path for path in found if not path.removeprefix(FOLDER).startswith(_PRIVATE)]


def _target(path: str) -> str:
    return f"{HANDBOOK}/{path.removeprefix(FOLDER)}"


def _page(site: Site, path: str) -> Page:
    file = read_page(path, site.workspace.tree.read(path))
    if site.given.partner and is_internal(path, file.fields):
        return Page(file.title, internal_text(file.title), source=path)
    footer = _footer(site, file)
    text = box_urgency(box_statements(box_rules(file.text), site.name_of), site.name_of)
    text = box_times(text, site.name_of, site.settings.accounts)
    text = show_strategy(site, path, text)
    text = show_briefing(site, path, show_plan(site, path, show_tokens(text, site.tokens)))
    if footer is not None:
        text = f"{text.rstrip()}\n\n{footer}\n"
    return Page(file.title, text, source=path)


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


def _footer(site: Site, file: HandbookFile) -> Html | None:
    if file.fields is None:
        return None
    values: Mapping[str, str] = {
        _("Owner"): site.name_of(file.fields.text("owner")),
        _("Last review"): file.fields.text("reviewed"),
        _("Next review"): file.fields.text("next_review"),
        _("Version"): file.fields.text("version"),
    }
    shown = [join((tag("b", label), " ", value)) for label, value in values.items() if value]
    page = next((one for one in site.workspace.handbook.pages if one.path == file.path), None)
    decided = len(read_decisions([page])[0]) if page is not None else 0
    if decided:
        log = link(site.link(_target(file.path), DECISIONS), str(decided))
        shown.append(join((tag("b", _("Decisions")), " ", log)))
    return tag("div", join(tag("span", one) for one in shown), class_="ls-review") if shown else None
