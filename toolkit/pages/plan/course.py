"""The course of a campaign: how it stands in a few numbers, its posts on a line for each channel, and what it brought."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from toolkit.dates import say_date, say_period, say_short_day, say_time
from toolkit.messages import _, ngettext, spoken
from toolkit.pages.entries import Entry
from toolkit.pages.markup import Html, div, heading, link, para, span, tag
from toolkit.pages.paths import DECISIONS, campaign_path
from toolkit.pages.pieces import channel_chip, spaced
from toolkit.pages.plan.timeline import Stretch, course_line
from toolkit.pages.results.ranges import strip
from toolkit.pages.results.readings import Group, latest_report, read_groups
from toolkit.pages.results.reports import file_links, report_path
from toolkit.pages.tables import row, table
from toolkit.pages.view import ReportFile, Site
from toolkit.reports.titles import period_title
from toolkit.reports.wording import Wording
from toolkit.values import dataclass
from toolkit.workspace import Campaign
from toolkit.workspace.decisions import read_decisions
from toolkit.workspace.naming import name_post

_BEST: Final = 3


def glance(site: Site, campaign: Campaign, found: Sequence[Entry]) -> Html:
    """Days, posts, material and goals: each a number and what it means."""
    tiles = (_days(site, campaign), _posts(site, found), _material(site, campaign), _reached(site, campaign))
    return tag("ul", *(one for one in tiles if one is not None), class_="ls-stats ls-glance")


def _stat(label: str, value: str, about: str, tone: str = "") -> Html:
    note = span(about, class_=f"ls-tone-{tone}" if tone else "ls-soft") if about else None
    return tag("li", span(label, class_="ls-soft"), tag("b", value, class_="ls-number-big"), note, class_="ls-stat")


def _days(site: Site, campaign: Campaign) -> Html | None:
    if campaign.start is None or campaign.end is None:
        return None
    period = say_period(campaign.start, campaign.end)
    if site.today < campaign.start:
        left = (campaign.start - site.today).days
        return _stat(_("Begins"), ngettext("in {count} day", "in {count} days", left), period)
    if site.today > campaign.end:
        return _stat(_("Ended"), say_date(campaign.end), period)
    now, length = (site.today - campaign.start).days + 1, (campaign.end - campaign.start).days + 1
    return _stat(_("Day"), _("{count} of {total}").format(count=now, total=length), period)


def _posts(site: Site, found: Sequence[Entry]) -> Html:
    past = sum(entry.local < site.now for entry in found)
    # Only what is to come can still be made ready.
    open_ = sum(entry.local >= site.now and entry.state.key in {"draft", "review", "unapproved"} for entry in found)
    about = ngettext("{count} not ready", "{count} not ready", open_) if open_ else ""
    if not about and past < len(found):
        about = _("all others are ready")
    return _stat(
        _("Posts out"), _("{count} of {total}").format(count=past, total=len(found)), about, "warn" if open_ else ""
    )


def _material(site: Site, campaign: Campaign) -> Html | None:
    if not campaign.assets:
        return None
    ready = sum(one.ready for one in campaign.assets)
    late = sum(one.late(site.today) for one in campaign.assets)
    coming = sorted(one.due for one in campaign.assets if one.due and not one.ready and one.due >= site.today)
    about = _("next by {day}").format(day=say_date(coming[0])) if coming else ""
    if late:
        about = ngettext("{count} is late", "{count} are late", late)
    said = _("{count} of {total}").format(count=ready, total=len(campaign.assets))
    return _stat(_("Material there"), said, about, "bad" if late else "")


def _reached(site: Site, campaign: Campaign) -> Html | None:
    known = goals_stand(site, campaign)
    return _stat(known.label, known.said, known.about, "warn" if known.bad else "") if known else None


@dataclass(frozen=True, slots=True)
class Stands:
    """How the goals of a campaign stand together: what is said, and what to add where some are `bad`."""

    label: str
    said: str
    about: str = ""
    bad: bool = False


def goals_stand(site: Site, campaign: Campaign) -> Stands | None:
    """How many goals are reached or on course; None without goals, and for people outside."""
    stands = site.given.progress.campaigns.get(campaign.name, ())
    if not campaign.goals or site.given.partner:
        return None
    from toolkit.kpis.pace import Pace  # as in `toolkit.pages.plan.undertaking`

    good = sum(Pace(one.state) in {Pace.REACHED, Pace.AHEAD, Pace.ON_TRACK} for one in stands)
    bad = sum(Pace(one.state) in {Pace.BEHIND, Pace.MISSED} for one in stands)
    if not good + bad:
        goals = ngettext("{count} goal", "{count} goals", len(campaign.goals))
        return Stands(_("Goals"), goals, _("too early to say"))
    said = _("{count} of {total}").format(count=good, total=len(campaign.goals))
    if campaign.end is not None and campaign.end < site.today:
        about = ngettext("{count} missed", "{count} missed", bad) if bad else ""
        return Stands(_("Goals reached"), said, about, bad > 0)
    return Stands(_("Goals on course"), said, _("{count} behind").format(count=bad) if bad else "", bad > 0)


# --- posts on lines ---------------------------------------------------------------------------------------------------


def course(site: Site, campaign: Campaign, found: Sequence[Entry]) -> Html | None:
    """Phases above, a line for each channel below, a mark for each post; the table of posts says the same."""
    days = [entry.local.date() for entry in found]
    ends = [day for day in (campaign.start, campaign.end, *(one.end for one in campaign.phases)) if day]
    if not days or not ends:
        return None
    whole = Stretch(min([*ends, *days]), max([*ends, *days]))
    accounts = {account.name: account for entry in found for account in entry.accounts}
    lines = [_phases(site, campaign, whole)] if campaign.phases else []
    lines += [
        course_line(
            channel_chip(account), *(_mark(one, account.name, whole) for one in found if account in one.accounts)
        )
        for name, account in site.settings.accounts.items()
        if name in accounts
    ]
    today = None
    if whole.first <= site.today <= whole.last:
        # Lines and the mark of today share one width, beside the names of the channels.
        today = div(span(style=f"left:{whole.place(site.today)}"), class_="ls-course-now", title=_("today"))
    scale = course_line(None, span(say_date(whole.first)), span(say_date(whole.last)), class_="ls-course-ends")
    words = _("Each mark is a post on its channel; full ones are out. The posts stand below as a list.")
    picture = div(today, *lines, scale, class_="ls-course", aria_hidden="true")
    title = heading(2, _("Course"), "course")
    said = (tag("li", f"{one.name}, {say_period(one.start, one.end)}") for one in campaign.phases)
    spoken_phases = tag("ol", *said, class_="ls-sr ls-course-said") if campaign.phases else None
    return tag("section", title, picture, spoken_phases, para(words, class_="ls-aside"), aria_labelledby="course")


def _phases(site: Site, campaign: Campaign, whole: Stretch) -> Html:
    bars = (
        span(
            one.name,
            style=f"left:{whole.place(one.start, 0)};width:{whole.wide(one.start, one.end)}",
            class_="ls-phase ls-now" if one.contains(site.today) else "ls-phase",
            title=f"{one.name}, {say_period(one.start, one.end)}",
        )
        for one in campaign.phases
    )
    return course_line(None, *bars, class_="ls-course-phases")


def _mark(entry: Entry, channel: str, whole: Stretch) -> Html:
    state = next(one for account, one in zip(entry.accounts, entry.states, strict=True) if account.name == channel)
    part = (entry.local.hour * 60 + entry.local.minute) / (24 * 60)
    said = f"{say_short_day(entry.local)}, {say_time(entry.local)}: {entry.title} ({state.label})"
    out = " ls-out" if state.key in {"sent", "past"} else ""
    place = f"left:{whole.place(entry.local.date(), part)}"
    return span(style=place, class_=f"ls-course-post ls-{state.tone}{out}", title=said)


# --- what it brought --------------------------------------------------------------------------------------------------


def results(site: Site, campaign: Campaign, found: Sequence[Entry]) -> Html | None:
    """What the newest report says of the campaign, its best posts, what was decided, and its reports."""
    if site.given.partner:
        return None
    page = campaign_path(campaign)
    report = latest_report(site)
    group = read_groups(report.html).get(campaign.title) if report else None
    parts = [
        _factor(site, page, report, group) if report and group and group.factor is not None else None,
        _best(site, page, found),
        _learned(site, page, campaign),
        _files(site, page, campaign),
    ]
    if not any(parts):
        return None
    return tag("section", heading(2, _("Results so far"), "results"), *parts, aria_labelledby="results")


def _factor(site: Site, page: str, report: ReportFile, group: Group) -> Html | None:
    words = Wording(spoken())
    if group.factor is None or group.low is None or group.high is None:
        return None
    said = _("{factor} as many interactions as other posts, {low} to {high} (90%), n = {n}: {verdict}.").format(
        factor=words.times(group.factor, 2),
        low=words.times(group.low, 2),
        high=words.times(group.high, 2),
        n=group.n,
        verdict=group.verdict,
    )
    source = link(site.link(page, report_path(report)), period_title(report.period))
    return div(para(said, " ", source), strip(group.low, group.factor, group.high, sure=group.tone != ""))


def _best(site: Site, page: str, found: Sequence[Entry]) -> Html | None:
    """The posts furthest above what their channel usually has, of those that are old enough."""
    words = Wording(spoken())
    posts = {entry.post.uid: entry.post for entry in found if entry.post.uid}
    known = [
        (one.interactions / one.usual, uid, channel, one)
        for (uid, channel), one in site.given.measured.items()
        if uid in posts and one.interactions is not None and one.usual and not one.young
    ]
    if not known:
        return None
    heads = (_("Best posts"), _("Channel"), _("Interactions"), _("usual"), _("Factor"))
    rows = []
    for factor, uid, channel, one in sorted(known, key=lambda each: (-each[0], each[1], each[2]))[:_BEST]:
        account = site.settings.accounts.get(channel)
        cells = (
            link(site.link(page, site.post_pages[posts[uid].path]), name_post(posts[uid])),
            channel_chip(account) if account else span(channel),
            words.number(one.interactions or 0),
            words.number(one.usual or 0, 1),
            tag("b", words.times(factor)),
        )
        rows.append(row(*zip(heads, cells, strict=True)))
    return table(heads, rows, heads[0], numbers=(2, 3, 4))


def _learned(site: Site, page: str, campaign: Campaign) -> Html | None:
    """Decisions that name it."""
    named = (campaign.name, campaign.title)
    found = [
        one
        for one in read_decisions(site.workspace.handbook.pages)[0]
        if any(name in f"{one.summary} {one.evidence} {one.report}" for name in named)
    ]
    if not found:
        return None
    items = (tag("li", link(f"{site.link(page, DECISIONS)}#{one.id}", one.summary)) for one in found)
    return div(heading(3, _("What was learned")), tag("ul", *items, class_="ls-spaced"))


def _files(site: Site, page: str, campaign: Campaign) -> Html | None:
    """The reports about campaigns of its months, the latest three."""
    first = f"{campaign.start:%Y-%m}" if campaign.start else ""
    last = f"{campaign.end + timedelta(days=31):%Y-%m}" if campaign.end else "9999"
    reports = [one for one in site.given.reports if one.name == "campaign" and first <= one.period <= last][:3]
    if not reports:
        return None
    items = (
        tag("li", link(site.link(page, report_path(one)), one.title), " ", *spaced(list(file_links(site, page, one))))
        for one in reports
    )
    return div(heading(3, _("Reports")), tag("ul", *items, class_="ls-spaced"))
