"""Posts as lists: an index of months, a table per month, and what has no moment yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from toolkit.dates import say_month, say_short_day, say_time
from toolkit.dispatch.standing import state
from toolkit.messages import _
from toolkit.model import Post
from toolkit.pages.calendar.switch import views
from toolkit.pages.entries import Entry
from toolkit.pages.markup import Html, div, heading, join, link, para, span, tag
from toolkit.pages.paths import POSTS, list_path
from toolkit.pages.pieces import channel_chip, chip, count_posts, empty, head, spaced
from toolkit.pages.tables import row, table
from toolkit.pages.view import Page, Site, generated
from toolkit.settings import Account
from toolkit.workspace import drafts
from toolkit.workspace.naming import name_post


def list_pages(site: Site) -> dict[str, Page]:
    """The index and one list per month."""
    pages = {POSTS: _index(site)}
    for month, found in site.months.items():
        pages[list_path(month)] = _month(site, month, found)
    return pages


def _index(site: Site) -> Page:
    title = _("Posts")
    loose = [post for post in site.workspace.posts if post.path not in site.entries_of]
    rows = (_month_row(site, month, found) for month, found in reversed(list(site.months.items())))
    months = table((_("Month"), _("Posts"), _("States")), rows, _("Posts by month"))
    waiting = _unplanned(site, loose) if loose else None
    body = join((head(title, para(count_posts(len(site.workspace.posts)), class_="ls-summary")), waiting, months))
    return generated(title, body, search=False)


def _month_row(site: Site, month: date, found: Sequence[Entry]) -> Html:
    counts = Counter(entry.state.key for entry in found)
    states = (span(chip(state(key)), f" {number}", class_="ls-tally") for key, number in counts.most_common())
    name = link(site.link(POSTS, list_path(month)), say_month(month))
    return row((_("Month"), name), (_("Posts"), str(len(found))), (_("States"), span(*spaced(states))))


def _unplanned(site: Site, posts: Sequence[Post]) -> Html:
    rows = (
        row(
            (_("Post"), link(site.link(POSTS, site.post_pages[post.path]), name_post(post))),
            (_("Channels"), _channels(draft.account for draft in drafts(post, site.settings))),
            (_("Author"), site.name_of(post.author)),
            (_("State"), chip(state(post.status.value))),
        )
        for post in posts
    )
    shown = table((_("Post"), _("Channels"), _("Author"), _("State")), rows, _("Posts without a publish time"))
    return tag("section", heading(2, _("Without a publish time"), "unplanned"), shown, aria_labelledby="unplanned")


def _month(site: Site, month: date, found: Sequence[Entry]) -> Page:
    page, title = list_path(month), say_month(month)
    body = join(
        (
            head(
                title,
                div(
                    para(count_posts(len(found)), class_="ls-summary"),
                    views(site, page, month, current="list"),
                    class_="ls-bar-of",
                ),
                kicker=link(site.link(page, POSTS), _("Posts")),
            ),
            entry_table(site, page, found) if found else empty(_("Nothing is planned in this month.")),
        )
    )
    return generated(_("Posts {month}").format(month=title), body, search=False)


def entry_table(site: Site, page: str, found: Iterable[Entry]) -> Html:
    """Entries as a table with a column each for when, what, where, who and how it stands."""
    heads = (_("When"), _("Post"), _("Channels"), _("Author"), _("State"))
    rows = (
        row(
            (heads[0], _when(entry)),
            (heads[1], link(site.link(page, site.post_pages[entry.post.path]), entry.title)),
            (heads[2], _channels(entry.accounts)),
            (heads[3], site.name_of(entry.post.author)),
            (heads[4], chip(entry.state)),
        )
        for entry in found
    )
    return table(heads, rows, _("Posts"), class_="ls-table ls-posts")


def _when(entry: Entry) -> Html:
    words = f"{say_short_day(entry.local)}, {say_time(entry.local)}"
    return tag("time", words, datetime=entry.local.isoformat(), class_="ls-when")


def _channels(accounts: Iterable[Account]) -> Html:
    return span(*spaced(map(channel_chip, accounts)), class_="ls-channels")
