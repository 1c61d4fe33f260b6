"""Channel pages: what an account is, what it will publish and what it has published."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from toolkit.approval.verdict import required_approvals
from toolkit.messages import _
from toolkit.pages.entries import Entry
from toolkit.pages.markup import Html, div, heading, join, link, para, tag
from toolkit.pages.paths import CHANNELS, channel_path
from toolkit.pages.pieces import count_posts, empty, facts, head
from toolkit.pages.posts.lists import entry_table
from toolkit.pages.tables import row, table
from toolkit.pages.view import Page, Site, generated
from toolkit.settings import Account

# What is older stands in the month lists.
_PAST: Final = 50


def channel_pages(site: Site) -> dict[str, Page]:
    """The index and a page per account; nothing without accounts."""
    accounts = list(site.settings.accounts.values())
    if not accounts:
        return {}
    found = {account.name: _entries(site, account) for account in accounts}
    pages = {CHANNELS: _index(site, found)}
    for account in accounts:
        pages[channel_path(account)] = _page(site, account, found[account.name])
    return pages


def _entries(site: Site, account: Account) -> list[Entry]:
    """The account's entries, each in the state that it has there."""
    found = (entry for entry in site.entries if account in entry.accounts)
    return [replace(entry, state=entry.state_on(account)) for entry in found]


def _index(site: Site, found: dict[str, list[Entry]]) -> Page:
    title = _("Channels")
    heads = (_("Channel"), _("Network"), _("Account"), _("Planned"), _("All posts"))
    rows = (
        row(
            (heads[0], link(site.link(CHANNELS, channel_path(account)), account.title or account.name)),
            (heads[1], account.network),
            (heads[2], account.id),
            (heads[3], str(sum(entry.local >= site.now for entry in found[account.name]))),
            (heads[4], str(len(found[account.name]))),
        )
        for account in site.settings.accounts.values()
    )
    return generated(title, join((head(title), table(heads, rows, title))), search=False)


def _page(site: Site, account: Account, found: list[Entry]) -> Page:
    page, title = channel_path(account), account.title or account.name
    coming = [entry for entry in found if entry.local >= site.now]
    past = [entry for entry in reversed(found) if entry.local < site.now][:_PAST]
    about = facts(
        (
            (_("Network"), account.network),
            (_("Account"), account.id),
            (_("Name in posts"), tag("code", account.name)),
            (_("Language"), account.language),
            (_("Time zone"), account.timezone or site.settings.timezone),
            (_("Approvals needed"), str(required_approvals(account, site.settings))),
        )
    )
    main = div(
        _section(site, page, "planned", _("Planned"), coming),
        _section(site, page, "past", _("Past"), past),
        class_="ls-main",
    )
    side = tag("aside", heading(2, _("Facts"), "facts"), about, class_="ls-side")
    top = head(
        title, para(count_posts(len(found)), class_="ls-summary"), kicker=link(site.link(page, CHANNELS), _("Channels"))
    )
    return generated(title, join((top, div(main, side, class_="ls-split"))))


def _section(site: Site, page: str, anchor: str, title: str, found: list[Entry]) -> Html:
    shown = entry_table(site, page, found) if found else empty(_("None."))
    return tag("section", heading(2, title, anchor), shown, aria_labelledby=anchor)
