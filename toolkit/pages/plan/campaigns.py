"""Campaign pages: prose, goals, period and posts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from toolkit.dates import say_period
from toolkit.messages import _
from toolkit.pages.entries import Entry
from toolkit.pages.markup import Html, div, heading, join, link, para, prose, span, tag
from toolkit.pages.outward import without_comments
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import CAMPAIGNS, calendar_feed, campaign_path, channel_path
from toolkit.pages.pieces import channel_chip, count_posts, empty, entry_list, facts, head, spaced
from toolkit.pages.plan.course import course, glance, goals_stand, results
from toolkit.pages.plan.strategy import say_money
from toolkit.pages.plan.timeline import timeline
from toolkit.pages.plan.undertaking import campaign_goals, campaign_plan
from toolkit.pages.posts.lists import entry_table
from toolkit.pages.results.compared import compared_table
from toolkit.pages.results.readings import latest_report, read_groups
from toolkit.pages.results.reports import report_path
from toolkit.pages.tables import wrap_tables
from toolkit.pages.team.people import name_link
from toolkit.pages.view import Site
from toolkit.reports.titles import period_title
from toolkit.settings import Account
from toolkit.workspace import Campaign

_SHOWN: Final = 6
_TONES: Final = {"running": "good", "coming": "info", "past": "quiet"}


def campaign_pages(site: Site) -> dict[str, Page]:
    """The index and a page per campaign; nothing without campaigns."""
    campaigns = sort_campaigns(site)
    if not campaigns:
        return {}
    pages = {CAMPAIGNS: _index(site, campaigns)}
    for one in campaigns:
        pages[campaign_path(one)] = _page(site, one)
    return pages


def _index(site: Site, campaigns: Sequence[Campaign]) -> Page:
    """What runs beside what, a card for each, and what the reports say each brought."""
    title, phases = _("Campaigns"), [phase(site, one) for one in campaigns]
    counts = (phases.count("running"), phases.count("coming"), phases.count("past"))
    words = _("{running} running, {coming} coming, {past} past")
    said = words.format(running=counts[0], coming=counts[1], past=counts[2])
    boxes = tag("ul", *(campaign_box(site, CAMPAIGNS, one) for one in campaigns), class_="ls-boxes ls-thirds")
    top = head(title, para(said, class_="ls-summary"))
    return generated(title, join((top, boxes, timeline(site, campaigns), _brought(site, campaigns))), search=False)


def _brought(site: Site, campaigns: Sequence[Campaign]) -> Html | None:
    """All campaigns that the newest monthly report has counted, on one scale."""
    report = None if site.given.partner else latest_report(site)
    groups = read_groups(report.html) if report else {}
    found = [
        (link(site.link(CAMPAIGNS, campaign_path(one)), one.title), groups[one.title])
        for one in campaigns
        if one.title in groups
    ]
    if report is None or not found:
        return None
    title = _("What each brought")
    words = _("Interactions as a factor over all other posts of twelve months, as the report of {period} has it:")
    source = link(site.link(CAMPAIGNS, report_path(report)), report.title)
    reading = _(
        "Campaigns differ in length, channels and season, so no totals stand here: 1 is as usual, and one campaign is ahead of another only where their intervals do not overlap."
    )
    note = para(words.format(period=period_title(report.period)), " ", source, ". ", reading, class_="ls-aside")
    shown = compared_table(_("Campaign"), title, found)
    return tag("section", heading(2, title, "brought"), shown, note, aria_labelledby="brought")


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
    when = para(_phase_chip(site, campaign), " ", span(say_period(campaign.start, campaign.end)))
    stands = goals_stand(site, campaign)
    goals = para(_("{label}: {value}").format(label=stands.label, value=stands.said)) if stands else None
    progress = _progress(site, campaign) if phase(site, campaign) == "running" else None
    return tag("li", title, when, progress, para(_tally(site, found)), goals, class_="ls-campaign")


def _phase_chip(site: Site, campaign: Campaign) -> Html:
    return span(_phase_word(site, campaign), class_=f"ls-chip ls-{_TONES[phase(site, campaign)]}")


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
            (_("Owner"), name_link(site, page, campaign.owner) if campaign.owner else None),
            (_("Audience"), campaign.audience),
            (_("Budget"), _budget(site, campaign)),
            (_("Channels"), span(*spaced(_channel(site, page, one) for one in accounts)) if accounts else None),
            (_("Calendar"), link(site.link(page, calendar_feed("campaign", campaign.name)), _("as a file"))),
            (_("File"), tag("code", campaign.path)),
        )
    )
    text = div(Html(wrap_tables(prose(without_comments(campaign.text)))), class_="ls-prose")
    line = course(site, campaign, found)
    posts, brought = list(_posts(site, page, found)), results(site, campaign, found)
    # Of what is over people want to know what it brought.
    order = (brought, *posts) if phase(site, campaign) == "past" else (*posts, brought)
    parts = (campaign_goals(site, campaign), line, *order)
    main = div(*parts, *campaign_plan(site, campaign, phases=line is None), text, class_="ls-main ls-undertaking")
    summary = para(_phase_chip(site, campaign), say_period(campaign.start, campaign.end), class_="ls-summary")
    kicker = link(site.link(page, CAMPAIGNS), _("Campaigns"))
    side = tag("aside", heading(2, _("Facts"), "facts"), about, class_="ls-side")
    top = head(campaign.title, summary, kicker=kicker)
    body = join((top, glance(site, campaign, found), div(main, side, class_="ls-split")))
    return generated(campaign.title, body, source=campaign.path)


def _posts(site: Site, page: str, found: Sequence[Entry]) -> Iterator[Html]:
    """The next posts as rows, all of them as a table, which is folded away while some are to come."""
    coming = [entry for entry in found if entry.local >= site.now]
    title = heading(2, _("Next posts") if coming else _("Posts"), "posts")
    if not found:
        shown: tuple[Html, ...] = (empty(_("No post belongs to this campaign yet.")),)
    elif not coming:
        shown = (entry_table(site, page, found),)
    else:
        said = _("all {posts}").format(posts=count_posts(len(found)))
        every = tag("details", tag("summary", said), entry_table(site, page, found), class_="ls-behind")
        shown = (entry_list(site, page, coming[:_SHOWN], ""), every)
    yield tag("section", title, *shown, aria_labelledby="posts")


def _channel(site: Site, page: str, account: Account) -> Html:
    return link(site.link(page, channel_path(account)), channel_chip(account))


def _budget(site: Site, campaign: Campaign) -> str:
    if campaign.budget is None or site.given.partner:
        return ""
    return say_money(campaign.budget, site.strategy.currency)
