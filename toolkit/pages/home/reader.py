"""The first page of whoever looks something up: what people come for, what changed lately, whom to ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Final
from urllib.parse import unquote

from toolkit.dates import say_short_day
from toolkit.messages import _
from toolkit.pages.handbook.changes import handbook_changes
from toolkit.pages.handbook.files import FOLDER, handbook_path, read_page
from toolkit.pages.home.roles import begin, columns, more, section
from toolkit.pages.icons import icon
from toolkit.pages.markup import Html, div, join, link, para, span, tag
from toolkit.pages.page import Content, Page, generated
from toolkit.pages.paths import CHANGES, READER, TEAM
from toolkit.pages.pieces import empty, spaced
from toolkit.pages.team.people import name_links
from toolkit.pages.view import HANDBOOK, Site
from toolkit.planning.charges import Kind, find_charges, kind_word
from toolkit.settings.wording import role_word
from toolkit.values import dataclass

_TASKS: Final = 10
_LATELY: Final = 6
# A row of the table on the handbook's first page: what somebody wants to do, and the pages that help.
_ROW: Final = re.compile(r"(?m)^\|([^|\n]+)\|([^|\n]*\]\([^|\n]+)\|\s*$")
_LINK: Final = re.compile(r"\[([^\]\n]+)\]\(([^)\s]+?\.md)(#[^)\s]*)?\)")


@dataclass(frozen=True, slots=True)
class Task:
    """Something that people come for, and the pages about it: title and path on the site, the first one first."""

    words: str
    pages: tuple[tuple[str, str], ...]


def reader_page(site: Site, pages: Mapping[str, Content]) -> Page:
    """Links lead only to `pages` that are there."""
    main = (_tasks(site, pages), _lately(site, pages))
    side = (_search(), _people(site, pages), _handbook(site, pages))
    body = join((begin(site, READER, _("Look things up: where it stands")), columns(main, side)))
    return generated(_("Look things up"), body, search=False)


def find_tasks(site: Site, pages: Mapping[str, Content]) -> list[Task]:
    """What the handbook's first page sends people to: the rows of its table, else its links, in their order."""
    path = f"{FOLDER}index.md"
    if path not in site.workspace.tree.paths(FOLDER.rstrip("/"), ".md"):
        return []
    text = read_page(path, site.workspace.tree.read(path)).text
    rows = ((words.strip(), _links(found, pages)) for words, found in _ROW.findall(text))
    tasks = [Task(words, found) for words, found in rows if found]
    return tasks or [Task("", (one,)) for one in _links(text, pages)]


def _links(text: str, pages: Mapping[str, Content]) -> tuple[tuple[str, str], ...]:
    found = (
        (title, f"{HANDBOOK}/{unquote(target).removeprefix('./')}") for title, target, _anchor in _LINK.findall(text)
    )
    return tuple((title, path) for title, path in found if path in pages)


def _tasks(site: Site, pages: Mapping[str, Content]) -> Html:
    found = find_tasks(site, pages)[:_TASKS]
    if not found:
        shown = empty(
            _("The first page of the handbook sends nobody anywhere yet: put a table of tasks and links there")
        )
        return section(_("What do you want to do?"), "tasks", shown, symbol="next")
    items = map(partial(_task, site), found)
    return section(_("What do you want to do?"), "tasks", tag("ul", *items, class_="ls-tasks"), symbol="next")


def _task(site: Site, one: Task) -> Html:
    (title, path), *others = one.pages
    also = [link(site.link(READER, target), name) for name, target in others]
    rest = span(_("also: "), *_commas(also), class_="ls-soft") if also else None
    words = span(one.words, class_="ls-soft") if one.words else None
    return tag("li", words, link(site.link(READER, path), title, icon("next"), class_="ls-task"), rest)


def _commas(items: Iterable[Html]) -> list[Html | str]:
    return [part for item in items for part in (", ", item)][1:]


def _lately(site: Site, pages: Mapping[str, Content]) -> Html | None:
    """The last changes of the handbook; nothing without a history, and for people outside."""
    found = handbook_changes(site)[:_LATELY]
    if not found:
        return None
    items = (
        tag(
            "li",
            tag("time", say_short_day(one.at.astimezone(site.zone)), datetime=one.at.isoformat(), class_="ls-soft"),
            div(
                span(one.sentence),
                span(
                    *spaced(
                        link(site.link(READER, each.path), each.title) if each.path in pages else span(each.title)
                        for each in one.pages[:3]
                    ),
                    class_="ls-channels",
                ),
                class_="ls-what",
            ),
        )
        for one in found
    )
    return section(
        _("Changed lately"),
        "lately",
        tag("ul", *items, class_="ls-lately-list"),
        symbol="past",
        more=more(site, READER, CHANGES, pages),
    )


def _search() -> Html:
    keys = join((tag("kbd", "/"), " ", _("or"), " ", tag("kbd", "S")))
    said = para(_("Every word of the handbook, of posts and plans: the field at the top of each page."))
    return section(_("Search"), "search", said, para(_("By keyboard: "), keys, class_="ls-soft"))


def _people(site: Site, pages: Mapping[str, Content]) -> Html | None:
    """Whom to ask about what, by role; nobody for people outside."""
    people = site.settings.people
    if site.given.partner or not people:
        return None
    by_role: dict[str, list[str]] = {}
    for one in people.values():
        for role in one.roles:
            by_role.setdefault(role, []).append(one.key)
    lines = [
        tag("li", span(role_word(role), class_="ls-soft"), name_links(site, READER, found))
        for role, found in by_role.items()
    ]
    lines += _leads(site)
    shown = tag("ul", *lines, class_="ls-whom")
    return section(_("Whom to ask"), "people", shown, symbol="team", more=more(site, READER, TEAM, pages, _("Team")))


def _leads(site: Site) -> Iterator[Html]:
    found = dict.fromkeys(one.person for one in find_charges(site.workspace) if one.kind is Kind.CRISIS)
    if found:
        names = name_links(site, READER, found)
        yield tag("li", span(kind_word(Kind.CRISIS), class_="ls-soft"), names)


def _handbook(site: Site, pages: Mapping[str, Content]) -> Html | None:
    """The way in, by the pages of the first level."""
    titles = handbook_titles(pages)
    if not titles:
        return None
    links = (tag("li", link(site.link(READER, path), title)) for path, title in titles)
    return section(_("The whole handbook"), "handbook", tag("ul", *links, class_="ls-links ls-narrow"))


def handbook_titles(pages: Mapping[str, Content]) -> list[tuple[str, str]]:
    """Path and title of the handbook's pages of the first level and of its folders; the first page first."""
    found = [
        (path, page.title)
        for path, page in pages.items()
        if isinstance(page, Page)
        and path.startswith(f"{HANDBOOK}/")
        and (path.count("/") == 1 or (path.count("/") == 2 and path.endswith("/index.md")))
    ]
    return sorted(found, key=lambda one: (one[0] != handbook_path(f"{FOLDER}index.md"), one[1].casefold()))
