"""The working plan on a campaign's page: messages, phases, what has to be made, and what may go wrong."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.dates import say_date, say_period
from toolkit.messages import _
from toolkit.pages.markup import Child, Html, heading, link, para, span, tag
from toolkit.pages.paths import campaign_path
from toolkit.pages.tables import row, table
from toolkit.pages.view import HANDBOOK, Site
from toolkit.workspace import Asset, Campaign, CampaignRisk, Phase
from toolkit.workspace.playbooks import read_playbooks


def campaign_goals(site: Site, campaign: Campaign) -> Html | None:
    """The goals and where they come out; None for a campaign without any."""
    if not campaign.goals:
        return None
    from toolkit.pages.plan.goals import campaign_table  # with what goals are counted by

    page = campaign_path(campaign)
    note = _(
        "Expected comes from the days so far and from past campaigns; ahead and behind are chances above 80% and below 20%."
    )
    known = bool(site.given.progress.campaigns.get(campaign.name))
    shown = campaign_table(site, page, campaign.name, campaign.goals)
    return _section(_("Goals"), "goals", shown, para(note, class_="ls-aside") if known else None)


def campaign_plan(site: Site, campaign: Campaign, *, phases: bool) -> Iterator[Html]:
    """What the front matter says, a section each; nothing for what it does not say. `phases` may stand elsewhere."""
    page = campaign_path(campaign)
    if campaign.messages:
        yield _section(
            _("What we say"),
            "messages",
            tag("ol", *(tag("li", one) for one in campaign.messages), class_="ls-messages"),
        )
    if phases and campaign.phases:
        yield _section(
            _("Phases"), "phases", tag("ol", *(_phase(site, one) for one in campaign.phases), class_="ls-phases")
        )
    if campaign.assets:
        yield _section(_("Assets"), "assets", _assets(site, campaign))
    if campaign.risks and not site.given.partner:
        yield _section(_("Risks"), "risks", _risks(site, page, campaign))


def _phase(site: Site, phase: Phase) -> Html:
    now = phase.contains(site.today)
    days = (phase.end - phase.start).days + 1
    shown = (tag("b", phase.name), tag("br"), say_period(phase.start, phase.end))
    return tag(
        "li", *shown, style=f"--days:{days}", class_="ls-now" if now else None, aria_current="step" if now else None
    )


def _assets(site: Site, campaign: Campaign) -> Html:
    heads = (_("Asset"), _("Owner"), _("wanted by"), _("State"))
    rows = (
        row(
            (heads[0], one.order),
            (heads[1], site.name_of(one.owner)),
            (heads[2], say_date(one.due) if one.due else None),
            (heads[3], _asset_state(site, one)),
        )
        for one in campaign.assets
    )
    return table(heads, rows, _("Assets"))


def _asset_state(site: Site, asset: Asset) -> Html:
    if asset.ready:
        return span(_("there"), class_="ls-chip ls-good")
    if asset.late(site.today):
        return span(_("late"), class_="ls-chip ls-bad")
    return span(_("ordered"), class_="ls-chip ls-info")


def _risks(site: Site, page: str, campaign: Campaign) -> Html:
    heads = (_("Risk"), _("What we do then"), _("Owner"))
    rows = (
        row((heads[0], one.risk), (heads[1], _then(site, page, one)), (heads[2], site.name_of(one.owner)))
        for one in campaign.risks
    )
    return table(heads, rows, _("Risks"))


def _then(site: Site, page: str, risk: CampaignRisk) -> Child:
    """The action, and the way to the crisis plan that holds."""
    plan = next((one for one in read_playbooks(site.workspace.handbook)[0] if one.id == risk.playbook), None)
    if plan is None:
        return "; ".join(filter(None, (risk.action, risk.playbook)))
    shown = link(site.link(page, f"{HANDBOOK}/{plan.path.partition('/')[2]}"), plan.title or plan.id)
    return span(risk.action, tag("br") if risk.action else None, _("Crisis plan: "), shown)


def _section(title: str, name: str, *content: Child) -> Html:
    return tag("section", heading(2, title, name), *content, aria_labelledby=name)
