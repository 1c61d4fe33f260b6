"""Posts as lists: an index of months, a table per month, and what has no moment yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from toolkit.dates import say_month, say_short_day, say_time
from toolkit.messages import _
from toolkit.model import Post
from toolkit.outlook.standing import state
from toolkit.pages.calendar.switch import views
from toolkit.pages.entries import Entry
from toolkit.pages.filters import CHANNEL, PERSON, STATUS, Choice, entry_choices, entry_marks, filter_bar, filter_marks
from toolkit.pages.kept import digest
from toolkit.pages.markup import Html, div, heading, join, link, para, span, tag, when
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import POSTS, list_path
from toolkit.pages.pieces import channel_row, chip, count_posts, empty, head, nothing_planned, spaced
from toolkit.pages.tables import row, table
from toolkit.pages.view import Site
from toolkit.workspace.naming import name_post

# Fewer posts than that nobody filters.
_FEW: Final = 5


def list_pages(site: Site) -> dict[str, Page]:
    """The index and one list per month."""
    pages = {POSTS: _index(site)}
    for month, found in site.months.items():
        pages[list_path(month)] = _month(site, month, found)
    return pages


def _index(site: Site) -> Page:
    title = _("Posts")
    loose = [post for post in site.workspace.posts if post.path not in site.entries_of]
    rows = [_month_row(site, month, found) for month, found in reversed(list(site.months.items())) if found]
    months = table((_("Month"), _("Posts"), _("States")), rows, _("Posts by month")) if rows else None
    waiting = _unplanned(site, loose) if loose else None
    if months is None and waiting is None:
        months = empty(nothing_planned(site))
    body = join((head(title, para(count_posts(len(site.workspace.posts)), class_="ls-summary")), waiting, months))
    return generated(title, body, search=False)


def _month_row(site: Site, month: date, found: Sequence[Entry]) -> Html:
    counts = Counter(entry.state.key for entry in found)
    states = (span(chip(state(key)), f" {number}", class_="ls-tally") for key, number in counts.most_common())
    name = link(site.link(POSTS, list_path(month)), say_month(month))
    return row((_("Month"), name), (_("Posts"), str(len(found))), (_("States"), span(*spaced(states))))


def _unplanned(site: Site, posts: Sequence[Post]) -> Html:
    heads = (_("Post"), _("Channels"), _("Author"), _("State"))
    rows = (
        row(
            (heads[0], link(site.link(POSTS, site.post_pages[post.path]), name_post(post))),
            (heads[1], channel_row(draft.account for draft in site.drafts_of(post))),
            (heads[2], site.name_of(post.author)),
            (heads[3], chip(state(post.status.value))),
            **_marks(site, post),
        )
        for post in posts
    )
    shown = table(heads, rows, _("Posts without a publish time"))
    top = heading(2, _("Without a publish time"), "unplanned")
    bar = filter_bar(_choices(site, posts)) if len(posts) > _FEW else None
    return tag("section", top, bar, div(shown, data_filter=True), aria_labelledby="unplanned")


def _marks(site: Site, post: Post) -> Mapping[str, str]:
    channels = [draft.account.name for draft in site.drafts_of(post)]
    people = dict.fromkeys(filter(None, (post.author, post.owner)))
    return filter_marks(channel=channels, status=[post.status.value], person=people)


def _choices(site: Site, posts: Iterable[Post]) -> tuple[Choice, ...]:
    accounts = {draft.account.name: draft.account for post in posts for draft in site.drafts_of(post)}
    people = {name: site.name_of(name) for post in posts for name in (post.author, post.owner) if name}
    states = {post.status.value: state(post.status.value).label for post in posts}
    return (
        Choice(CHANNEL, _("Channel"), {name: one.title or name for name, one in sorted(accounts.items())}),
        Choice(STATUS, _("State"), states),
        Choice(PERSON, _("Person"), dict(sorted(people.items(), key=lambda item: item[1].casefold()))),
    )


def _month(site: Site, month: date, found: Sequence[Entry]) -> Page:
    page, title = list_path(month), say_month(month)

    def body() -> Html:
        return join(
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
                _filtered(site, page, found) if found else empty(_("Nothing is planned in this month.")),
            )
        )

    key = digest(site.common.key, site.entries_key(found), repr((month, site.today)))
    return generated(_("Posts {month}").format(month=title), body, search=False, key=key)


def _filtered(site: Site, page: str, found: Sequence[Entry]) -> Html:
    """The table below a bar to choose by channel, state, campaign and person."""
    return join((filter_bar(entry_choices(site, found)), div(entry_table(site, page, found), data_filter=True)))


def entry_table(site: Site, page: str, found: Iterable[Entry]) -> Html:
    """Entries as a table with a column each for when, what, where, who and how it stands."""
    heads = (_("When"), _("Post"), _("Channels"), _("Author"), _("State"))
    rows = (
        row(
            (heads[0], _when(entry)),
            (heads[1], link(site.link(page, site.post_pages[entry.post.path]), entry.title)),
            (heads[2], channel_row(entry.accounts)),
            (heads[3], site.name_of(entry.post.author)),
            (heads[4], chip(entry.state)),
            **entry_marks(entry),
        )
        for entry in found
    )
    return table(heads, rows, _("Posts"), class_="ls-table ls-posts")


def _when(entry: Entry) -> Html:
    words = f"{say_short_day(entry.local)}, {say_time(entry.local)}"
    return when(entry.local.isoformat(), words, class_="ls-when")
