"""What changed in the handbook: commits that touched its pages and files, for people, newest first."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from typing import Final

from toolkit.dates import say_date, say_month
from toolkit.messages import _, ngettext
from toolkit.pages.handbook.files import FOLDER, PRIVATE, handbook_path, page_titles
from toolkit.pages.markup import Child, Html, heading, hidden, join, link, para, span, tag
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import CHANGES
from toolkit.pages.pieces import head
from toolkit.pages.view import Site
from toolkit.source.revisions import Revision, Touched, follow_files
from toolkit.values import dataclass

# Made from the product's code: that they are other ones than yesterday is no decision of the house.
_MADE: Final = f"{FOLDER}referenz/"
# More pages than these are folded away: a commit that touches sixty has nothing to say about any.
_NAMED: Final = 6
# Older commits are found in git.
_MOST: Final = 300
_KINDS: Final = ("A", "D")


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """A page or file of the handbook in one change: its title, where the site has it ("" when it has it no more)."""

    title: str
    path: str  # on the site, as ``handbook/stimme.md``
    kind: str  # A new, D taken away, M or R changed


@dataclass(frozen=True, slots=True)
class HandbookChange:
    """One commit: when, by whom, in which words, and which pages. Untrusted text."""

    at: datetime
    who: str
    sentence: str
    commit: str
    pages: tuple[ChangedPage, ...]


def handbook_changes(site: Site) -> tuple[HandbookChange, ...]:
    """Every commit that changed what people read in the handbook, newest first; none without git and for people outside."""
    titles = page_titles(site)
    found: dict[Revision, list[ChangedPage]] = {}
    for now, revision, file in follow_files(site.given.revisions):
        if _is_read(file):
            known = titles.get(now, "")
            title = known or posixpath.basename(file.path)
            found.setdefault(revision, []).append(ChangedPage(title, handbook_path(now) if known else "", file.kind))
    return tuple(
        HandbookChange(one.at, revised_by(site, one), one.sentence, one.commit, tuple(pages))
        for one, pages in found.items()
    )


def revised_by(site: Site, revision: Revision) -> str:
    """The name of the person of the house who made a commit; as git has it when nobody has that address."""
    mail = revision.email.casefold()
    people = site.settings.people.values()
    return next((one.name for one in people if mail and one.email.casefold() == mail), revision.name)


def _is_read(file: Touched) -> bool:
    """Whether people of the house read it: no rules of others, nothing made from code."""
    return file.path.startswith(FOLDER) and not file.path.startswith((_MADE, *(FOLDER + one for one in PRIVATE)))


def changes_page(site: Site) -> dict[str, Page]:
    """One page; nothing without a history."""
    changes = handbook_changes(site)
    if not changes:
        return {}
    shown = changes[:_MOST]
    said = ngettext("{count} change", "{count} changes", len(changes))
    latest = _("the last one on {day}").format(day=say_date(changes[0].at.astimezone(site.zone).date()))
    months = (
        _month(site, month, list(found))
        for month, found in groupby(shown, key=lambda one: one.at.astimezone(site.zone).date().replace(day=1))
    )
    rest = para(_("Older changes stand in the history of git."), class_="ls-empty") if len(changes) > _MOST else None
    title = _("What changed in the handbook")
    body = join((head(title, para(span(said), span(latest), class_="ls-summary")), *months, rest))
    page = generated(title, body, search=False)
    # It is a page of the handbook: the others stand beside it.
    return {CHANGES: replace(page, front={**page.front, "hide": ["toc"]})}


def _month(site: Site, month: date, changes: Sequence[HandbookChange]) -> Html:
    anchor = f"{month:%Y-%m}"
    days = (
        tag("li", _day(day), tag("ul", *(_item(site, one) for one in found)), class_="ls-change-day")
        for day, found in groupby(changes, key=lambda one: one.at.astimezone(site.zone).date())
    )
    title = heading(2, say_month(month), anchor)
    return tag("section", title, tag("ol", *days, class_="ls-changes"), aria_labelledby=anchor)


def _day(day: date) -> Html:
    return tag("time", say_date(day), datetime=f"{day:%Y-%m-%d}", class_="ls-change-date")


def _item(site: Site, one: HandbookChange) -> Html:
    named, rest = one.pages[:_NAMED], one.pages[_NAMED:]
    more = None
    if rest:
        count = ngettext("{count} more page", "{count} more pages", len(rest))
        more = tag("details", tag("summary", count), _links(site, rest), class_="ls-change-more")
    said = para(one.sentence, class_="ls-change-said")
    who = para(one.who, " · ", tag("code", one.commit[:8]), class_="ls-change-who")
    return tag("li", said, _links(site, named), more, who, class_="ls-change")


def _links(site: Site, pages: Iterable[ChangedPage]) -> Html:
    return tag("ul", *(tag("li", _linked(site, one)) for one in pages), class_="ls-change-pages")


def _linked(site: Site, one: ChangedPage) -> Html:
    words: dict[str, Child] = {"A": _("new"), "D": _("taken away")}
    mark = span(words[one.kind], class_="ls-change-kind") if one.kind in _KINDS else None
    if not one.path:
        return join((tag("s", one.title), hidden(" "), " ", mark) if one.kind == "D" else (one.title, " ", mark))
    return join((link(site.link(CHANGES, one.path), one.title), " ", mark))
