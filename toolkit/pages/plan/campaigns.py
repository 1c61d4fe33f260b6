"""Campaign pages: prose, goals, period and posts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from toolkit.dates import say_period
from toolkit.messages import _
from toolkit.pages.entries import Entry
from toolkit.pages.markup import Html, div, heading, join, link, para, prose, span, tag
from toolkit.pages.outward import without_comments
from toolkit.pages.paths import CAMPAIGNS, campaign_path
from toolkit.pages.pieces import channel_chip, count_posts, empty, facts, head, spaced
from toolkit.pages.plan.goals import say_money
from toolkit.pages.plan.undertaking import campaign_goals, campaign_plan
from toolkit.pages.posts.lists import entry_table
from toolkit.pages.tables import wrap_tables
from toolkit.pages.view import Page, Site, generated
from toolkit.strategy import read_strategy
from toolkit.workspace import Campaign


def campaign_pages(site: Site) -> dict[str, Page]:
    """The index and a page per campaign; nothing without campaigns."""
    campaigns = sort_campaigns(site)
    if not campaigns:
        return {}
    title = _("Campaigns")
    boxes = tag("ul", *(campaign_box(site, CAMPAIGNS, one) for one in campaigns), class_="ls-boxes")
    pages = {CAMPAIGNS: generated(title, join((head(title), boxes)), search=False)}
    for one in campaigns:
        pages[campaign_path(one)] = _page(site, one)
    return pages


def sort_campaigns(site: Site) -> list[Campaign]:
    """Running ones first, then coming, then past ones, latest first."""
    order = {"running": 0, "coming": 1, "past": 2}

    def key(one: Campaign) -> tuple[int, int, str]:
        start = (one.start or date.min).toordinal()
        return order[phase(site, one)], -start, one.name

    return sorted(site.workspace.campaigns.values(), key=key)


def phase(site: Site, campaign: Campaign) -> str:
    """``running``, ``coming`` or ``past``."""
    if campaign.start and campaign.start > site.today:
        return "coming"
    return "past" if campaign.end and campaign.end < site.today else "running"


def entries_of(site: Site, campaign: Campaign) -> list[Entry]:
    """The campaign's entries in order of time."""
    return [entry for entry in site.entries if entry.post.campaign == campaign.name]


def campaign_box(site: Site, page: str, campaign: Campaign, level: int = 2) -> Html:
    """A campaign with its period, how far it is, and how many posts it has."""
    found = entries_of(site, campaign)
    title = heading(level, link(site.link(page, campaign_path(campaign)), campaign.title))
    words = f"{_phase_word(site, campaign)} · {say_period(campaign.start, campaign.end)}"
    return tag("li", title, para(words), _progress(site, campaign), para(_tally(site, found)), class_="ls-campaign")


def _phase_word(site: Site, campaign: Campaign) -> str:
    return {"running": _("running"), "coming": _("coming"), "past": _("past")}[phase(site, campaign)]


def _progress(site: Site, campaign: Campaign) -> Html | None:
    if not (campaign.start and campaign.end):
        return None
    length = (campaign.end - campaign.start).days + 1
    share = max(0, min(100, round(100 * ((site.today - campaign.start).days + 1) / length)))
    return span(span(style=f"width:{share}%"), class_="ls-bar", aria_hidden="true")


def _tally(site: Site, found: Sequence[Entry]) -> str:
    past = sum(entry.local < site.now for entry in found)
    return _("{posts}, {past} of them past").format(posts=count_posts(len(found)), past=past)


def _page(site: Site, campaign: Campaign) -> Page:
    page, found = campaign_path(campaign), entries_of(site, campaign)
    accounts = [site.settings.accounts[name] for name in campaign.channels if name in site.settings.accounts]
    about = facts(
        (
            (_("Period"), say_period(campaign.start, campaign.end)),
            (_("Owner"), site.name_of(campaign.owner)),
            (_("Audience"), campaign.audience),
            (_("Budget"), _budget(site, campaign)),
            (_("Channels"), span(*spaced(map(channel_chip, accounts))) if accounts else None),
            (_("File"), tag("code", campaign.path)),
        )
    )
    shown = entry_table(site, page, found) if found else empty(_("No post belongs to this campaign yet."))
    text = div(Html(wrap_tables(prose(without_comments(campaign.text)))), class_="ls-prose")
    posts = tag("section", heading(2, _("Posts"), "posts"), shown, aria_labelledby="posts")
    main = div(campaign_goals(site, campaign), text, *campaign_plan(site, campaign), posts, class_="ls-main")
    summary = para(f"{_phase_word(site, campaign)} · {_tally(site, found)}", class_="ls-summary")
    kicker = link(site.link(page, CAMPAIGNS), _("Campaigns"))
    side = tag("aside", heading(2, _("Facts"), "facts"), about, class_="ls-side")
    body = join(
        (head(campaign.title, summary, _progress(site, campaign), kicker=kicker), div(main, side, class_="ls-split"))
    )
    return generated(campaign.title, body, source=campaign.path)


def _budget(site: Site, campaign: Campaign) -> str:
    if campaign.budget is None or site.given.partner:
        return ""
    return say_money(campaign.budget, read_strategy(site.workspace).currency)
