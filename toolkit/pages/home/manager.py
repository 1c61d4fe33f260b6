"""The managers' first page: what is to decide, how the goals stand, what the last month brought."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.messages import _, ngettext
from toolkit.pages.home.decide import Press, decisions, matters
from toolkit.pages.home.numbers import last_month, month_numbers, tops_and_flops
from toolkit.pages.home.roles import begin, columns, more, section
from toolkit.pages.home.standing import house_state
from toolkit.pages.markup import Child, Html, join, span, tag
from toolkit.pages.page import Content, Page, generated
from toolkit.pages.paths import CAMPAIGNS, KPI_INDEX, MANAGER, REPORTS, TEAM
from toolkit.pages.pieces import empty
from toolkit.pages.plan.campaigns import campaign_box, phase, sort_campaigns
from toolkit.pages.results.reports import report_box
from toolkit.pages.team.people import crew
from toolkit.pages.view import HANDBOOK, Site


def manager_page(site: Site, pages: Mapping[str, Content]) -> Page:
    """Links lead only to `pages` that are there."""
    found = matters(site, MANAGER, pages)
    now = sum(one.press is Press.NOW for one in found)
    said = ngettext("{count} for now", "{count} for now", now) if now else _("nothing for now")
    count = span(said, class_=f"ls-chip ls-{'warn' if now else 'good'}")
    decide = section(_("To decide"), "decide", decisions(found), more=count)
    people = crew(site, MANAGER)
    side = (
        section(_("State of the house"), "state", house_state(site, MANAGER, pages), symbol="bell"),
        section(_("Who is there"), "crew", people, symbol="team", more=more(site, MANAGER, TEAM, pages, _("Team")))
        if people
        else None,
    )
    body = join(
        (
            begin(site, MANAGER, _("Management: decide and steer")),
            columns((decide,), side),
            _goals(site, pages),
            _numbers(site, pages),
            columns((_campaigns(site, pages),), (_report(site, pages),)),
        )
    )
    return generated(_("Management"), body, search=False)


def _goals(site: Site, pages: Mapping[str, Content]) -> Html:
    target = f"{HANDBOOK}/strategy.md"
    shown = _bars(site)
    if shown is None and site.workspace.goals:
        shown = empty(_("Nothing has been counted for the goals yet: leitstand measure, or leitstand import FILE"))
    elif shown is None:
        shown = empty(_("The strategy names no goals yet: leitstand new strategy"))
    return section(
        _("Goals"), "goals", shown, symbol="goal", wide=True, more=more(site, MANAGER, target, pages, _("Strategy"))
    )


def _bars(site: Site) -> Html | None:
    """The goals for which something was counted, as bars."""
    if not site.given.progress.goals and not site.given.progress.campaigns:
        return None
    from toolkit.pages.home.goals import campaign_goals, legend, monthly_goals  # as in `toolkit.pages.rendering`

    running = list(campaign_goals(site, MANAGER))
    cards = [*running, *monthly_goals(site, MANAGER)]
    return join((tag("ul", *cards, class_="ls-goals-grid"), legend() if running else None)) if cards else None


def _numbers(site: Site, pages: Mapping[str, Content]) -> Html:
    tiles, ends = month_numbers(site, MANAGER), tops_and_flops(site, MANAGER)
    title = _("{month} in numbers").format(month=last_month(site)) if tiles else _("The last month in numbers")
    shown: tuple[Child, ...] = (
        tag("ul", *tiles, class_="ls-stats")
        if tiles
        else empty(_("Nothing has been counted yet: leitstand import FILE")),
        *ends,
    )
    return section(
        title,
        "numbers",
        *shown,
        symbol="report",
        wide=True,
        more=more(site, MANAGER, KPI_INDEX, pages, _("Key figures")),
    )


def _campaigns(site: Site, pages: Mapping[str, Content]) -> Html:
    found = [one for one in sort_campaigns(site) if phase(site, one) != "past"][:4]
    boxes = (campaign_box(site, MANAGER, one, level=3) for one in found)
    shown = (
        tag("ul", *boxes, class_="ls-plain") if found else empty(_("No campaign runs or comes: leitstand new campaign"))
    )
    return section(_("Campaigns"), "campaign", shown, more=more(site, MANAGER, CAMPAIGNS, pages))


def _report(site: Site, pages: Mapping[str, Content]) -> Html:
    reports = site.given.reports
    shown = (
        tag("ul", report_box(site, MANAGER, reports[0]), class_="ls-plain")
        if reports
        else empty(_("No report has been made yet: leitstand report"))
    )
    return section(_("Latest report"), "report", shown, more=more(site, MANAGER, REPORTS, pages))
