"""Where each post stands: on a page of its own, or, finished and old enough, as a part of a month's page of the archive."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final

from toolkit.outlook.standing import FINISHED
from toolkit.pages.paths import archive_path
from toolkit.pages.span import add_months
from toolkit.workspace import POSTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.model import Post
    from toolkit.pages.entries import Entry
    from toolkit.pages.view import Site

# Lists of posts are called like this.
_MONTH: Final = re.compile(r"\d{4}-\d{2}")
_NO_ANCHOR: Final = re.compile(r"[^\w-]+")


def own_pages(posts: Iterable[Post]) -> dict[str, str]:
    """Path of a post → path of a page of its own. Names that differ only in case, or mean pages of ours, are told apart."""
    pages: dict[str, str] = {}
    taken: set[str] = set()
    for post in posts:
        stem = post.path.removeprefix(f"{POSTS}/").removesuffix(".md")
        if posixpath.basename(stem).casefold() in {"index", "readme"} or _MONTH.fullmatch(stem):
            stem += "-post"
        stem = _free(stem, taken)
        pages[post.path] = f"posts/{stem}.md"
    return pages


def archived(site: Site) -> dict[str, str]:
    """Path of an archived post → page of the archive and the place on it: ``archive/2024-03.md#post-2024-03-door``.

    Archived is a post all of whose moments lie in months that are over for as many months as the settings say, by the
    calendar of the brand's time zone, and about which nothing is open: every channel has it or will never have it, and
    nobody waits for an answer below it. It stands in the month of its first moment.
    """
    after = site.settings.site.archive_after
    if after is None:
        return {}
    border = add_months(site.today.replace(day=1), -after)
    taken: set[str] = set()
    found = {}
    for path, page in site.own_pages.items():
        # A place is taken by every post, archived or not, so that time moves no other one's.
        anchor = _free("post-" + _NO_ANCHOR.sub("-", page.removeprefix("posts/").removesuffix(".md")), taken)
        entries = site.entries_of.get(path, ())
        if entries and entries[-1].local.date() < border and not _is_open(site, entries):
            found[path] = f"{archive_path(entries[0].local.date())}#{anchor}"
    return found


def _is_open(site: Site, entries: tuple[Entry, ...]) -> bool:
    if any(state.key not in FINISHED for entry in entries for state in entry.states):
        return True
    heard = site.given.heard.get(entries[0].post.uid)
    return heard is not None and heard.ours > 0


def _free(name: str, taken: set[str]) -> str:
    """The name, or one like it that nothing is called yet."""
    while name.casefold() in taken:
        name += "-2"
    taken.add(name.casefold())
    return name
