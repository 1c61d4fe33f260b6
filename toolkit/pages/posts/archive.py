"""The archive: a page for each month with the posts that are over, each in short, and what stays at their old addresses.

A preview card costs more than everything that is still asked of a post after a year and a half: what it said, where it
can be seen, what its pictures show and what it brought. So these stand on one page of their month, which is made once.
The addresses of the posts' own pages were given away (reports, calendars, bookmarks) and lead on for good.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import date
from itertools import pairwise

from toolkit.dates import say_moment, say_month
from toolkit.messages import _, ngettext
from toolkit.networks.markup import read_markup
from toolkit.networks.plain import plain_text
from toolkit.pages.build.policy import say_policy
from toolkit.pages.entries import Entry
from toolkit.pages.filters import entry_choices, entry_marks, filter_bar
from toolkit.pages.icons import icon
from toolkit.pages.kept import digest
from toolkit.pages.markup import Html, div, heading, hidden, join, link, outside, para, span, tag
from toolkit.pages.media import asset_path
from toolkit.pages.page import Moved, Page, generated
from toolkit.pages.paths import POSTS, archive_path, campaign_path, list_path, split_place
from toolkit.pages.pieces import channel_chip, chip, count_posts, head, spaced, step
from toolkit.pages.posts.measured import Brought
from toolkit.pages.view import Site
from toolkit.reports.wording import Wording
from toolkit.settings import Account
from toolkit.values import dataclass
from toolkit.workspace.naming import name_post


@dataclass(frozen=True, slots=True)
class Kept:
    """A post of the archive at its place; what the page shows beside what its entries' key says already.

    `out` are the addresses at which readers see it, by account; `brought` is what was counted there, and `pictures` are
    the site's paths of its media that are there.
    """

    anchor: str
    entries: tuple[Entry, ...] = field(repr=False)
    out: tuple[tuple[str, tuple[str, ...]], ...]
    brought: tuple[tuple[str, Brought], ...]
    pictures: tuple[str, ...]


def archive_pages(site: Site) -> dict[str, Page]:
    """A page for each month that has archived posts."""
    months: dict[date, list[Kept]] = {}
    # By their first moment.
    for post in site.in_order:
        if post.path in site.archived:
            kept = _keep(site, site.entries_of[post.path])
            months.setdefault(kept.entries[0].local.date().replace(day=1), []).append(kept)
    order = [None, *months, None]
    beside = {month: (before, after) for (before, month), (_same, after) in pairwise(pairwise(order)) if month}
    return {archive_path(month): _page(site, month, found, beside[month]) for month, found in months.items()}


def moved_pages(site: Site) -> dict[str, Moved]:
    """File of the site → what stays there of the page that an archived post had."""
    said, policy = _("This post is in the archive now:"), Html(say_policy())
    found = {}
    for path, target in site.archived.items():
        own, post = site.own_pages[path], site.posts_by_path[path]
        address = site.address(own)
        day = site.entries_of[path][-1].local.date()
        to = site.link(own, target)
        found[f"{address}index.html" if address.endswith("/") else address] = Moved(
            name_post(post), said, to, site.link("index.md", target), site.common.language, day, policy
        )
    return found


def _keep(site: Site, entries: tuple[Entry, ...]) -> Kept:
    post = entries[0].post
    drafts = site.drafts_of(post)
    out, brought = [], []
    for account in dict.fromkeys(account.name for entry in entries for account in entry.accounts):
        rows = site.rows_of(post, site.settings.accounts[account])
        out.append((account, tuple(dict.fromkeys(row.url for row in rows if row.url))))
        counted = site.given.measured.get((post.uid, account)) if post.uid else None
        if counted is not None:
            brought.append((account, counted))
    pictures = {asset_path(medium.file) for draft in drafts for medium in draft.media} & site.media.keys()
    anchor = split_place(site.archived[post.path])[1]
    return Kept(anchor, entries, tuple(out), tuple(brought), tuple(sorted(pictures)))


def _page(site: Site, month: date, found: Sequence[Kept], beside: tuple[date | None, date | None]) -> Page:
    page, title = archive_path(month), _("Archive {month}").format(month=say_month(month))
    entries = [entry for one in found for entry in one.entries]

    def body() -> Html:
        return join(
            (
                head(
                    title,
                    div(
                        para(count_posts(len(found)), class_="ls-summary"),
                        _steps(site, page, beside),
                        class_="ls-bar-of",
                    ),
                    kicker=_kicker(site, page, month),
                ),
                filter_bar(entry_choices(site, entries)),
                div(*(_article(site, page, one) for one in found), class_="ls-archive", data_filter=True),
            )
        )

    texts = [site.content_key(one.entries[0].post) for one in found]
    key = digest(site.common.key, site.entries_key(entries), repr((month, found, beside, texts)))
    return generated(title, body, in_nav=False, search=False, key=key)


def _kicker(site: Site, page: str, month: date) -> Html:
    return join(
        (
            link(site.link(page, POSTS), _("Posts")),
            " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} ",
            link(site.link(page, list_path(month)), say_month(month)),
        )
    )


def _steps(site: Site, page: str, beside: tuple[date | None, date | None]) -> Html | None:
    before, after = beside
    found = [
        step(site.link(page, archive_path(before)), "previous", say_month(before)) if before else None,
        step(site.link(page, archive_path(after)), "next", say_month(after), label_first=True) if after else None,
    ]
    if not any(found):
        return None
    return tag("nav", *spaced([one for one in found if one]), class_="ls-steps", aria_label=_("Other months"))


def _article(site: Site, page: str, kept: Kept) -> Html:
    first = kept.entries[0]
    post, draft = first.post, site.drafts_of(first.post)[0]
    edit = site.edit_link(post.path)
    name = heading(2, link(f"#{_fragment(site, kept)}", first.title))
    said = plain_text(read_markup("\n\n".join(draft.parts) or post.body))
    return tag(
        "article",
        name,
        div(*spaced(_summary(site, page, kept)), class_="ls-summary"),
        div(said, class_="ls-said", lang=draft.language or None),
        _pictures(site, page, kept),
        _channels(site, kept),
        para(
            tag("code", post.path),
            *((" ", outside(edit, icon("edit"), _("Edit"), class_="ls-edit")) if edit else ()),
            class_="ls-place",
        ),
        id=kept.anchor,
        class_="ls-kept",
        **entry_marks(first),
    )


def _fragment(site: Site, kept: Kept) -> str:
    return site.link("index.md", site.archived[kept.entries[0].post.path]).partition("#")[2]


def _summary(site: Site, page: str, kept: Kept) -> list[Html]:
    first, last = kept.entries[0], kept.entries[-1]
    found = [
        tag("time", say_moment(first.local), datetime=first.local.isoformat(), class_="ls-when"),
        chip(first.state),
    ]
    if last is not first:
        times = ngettext("{count} time", "{count} times", len(kept.entries))
        found.append(span(times, title=say_moment(last.local)))
    campaign = site.workspace.campaigns.get(first.post.campaign)
    if campaign:
        found.append(link(site.link(page, campaign_path(campaign)), icon("campaign"), campaign.title))
    return found


def _pictures(site: Site, page: str, kept: Kept) -> Html | None:
    """What the media show, in words, and the way to those that are there."""
    items = []
    for medium in kept.entries[0].post.media:
        path = asset_path(medium.file)
        words = medium.alt or path.rpartition("/")[2]
        items.append(
            tag("li", icon("media"), link(site.link(page, path), words) if path in kept.pictures else span(words))
        )
    return tag("ul", *items, class_="ls-plain ls-alts") if items else None


def _channels(site: Site, kept: Kept) -> Html:
    """Each channel with the way to what stands there, and what it brought."""
    words, brought = Wording(site.common.language), dict(kept.brought)
    items = []
    for name, urls in kept.out:
        account = site.settings.accounts[name]
        shown = [_seen(account, url) for url in urls] or [channel_chip(account)]
        counts = _counts(words, brought[name]) if name in brought else None
        items.append(tag("li", span(*spaced(shown)), " ", counts))
    return tag("ul", *items, class_="ls-plain ls-out")


def _seen(account: Account, url: str) -> Html:
    return outside(url, channel_chip(account), " ", hidden(_("as published")))


def _counts(words: Wording, one: Brought) -> Html | None:
    """``1,204 views · 31 interactions · 4 comments``; what the network does not tell is left out."""
    told = [
        label.format(number=words.number(value))
        for label, value in (
            (_("Views: {number}"), one.views),
            (_("Interactions: {number}"), one.interactions),
            (_("Comments: {number}"), one.comments),
        )
        if value is not None
    ]
    return span(" · ".join(told), class_="ls-counts") if told else None
