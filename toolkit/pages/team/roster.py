"""The team on the site: who is there, who stands in, and who answers for what, as front matter and settings say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from toolkit.approval import present_person
from toolkit.dates import say_date
from toolkit.messages import _, ngettext
from toolkit.pages.markup import Html, heading, join, link, para, span, tag
from toolkit.pages.paths import CAMPAIGNS, DECISIONS, IDEAS, OCCASIONS, REVIEWS, TEAM, TOPICS, campaign_path, idea_path
from toolkit.pages.pieces import facts, head, spaced
from toolkit.pages.results.reports import report_path
from toolkit.pages.team.incidents import INDEX as INCIDENTS
from toolkit.pages.view import HANDBOOK, Content, Page, Site, generated
from toolkit.planning.charges import Charge, Kind, find_charges, kind_word
from toolkit.settings.values import Person
from toolkit.settings.wording import role_word

# Absences are told so long ahead.
_AHEAD: Final = timedelta(days=60)
_HANDOVER: Final = "handover"


def team_page(site: Site, pages: Mapping[str, Content]) -> dict[str, Page]:
    """The page of the people; nothing where nobody is named. Links lead only to `pages` that are there."""
    people = site.settings.people
    if not people:
        return {}
    charges = find_charges(site.workspace)
    boxes = (_person(site, one, [each for each in charges if each.person == one.key], pages) for one in people.values())
    away = [one for one in people.values() if one.absent(site.today)]
    said = ngettext("{count} person is away today", "{count} people are away today", len(away))
    summary = para(said if away else _("Everybody is there today."), class_="ls-summary")
    body = join(
        (head(_("Who answers for what"), summary, _more(site, pages)), tag("ul", *boxes, class_="ls-boxes ls-people"))
    )
    return {TEAM: generated(_("Team"), body)}


def _more(site: Site, pages: Mapping[str, Content]) -> Html:
    """Where the team goes on: reviews, decisions, briefings, the last handovers."""
    targets = [
        (REVIEWS, _("Review calendar")),
        (DECISIONS, _("Decisions")),
        (f"{HANDBOOK}/briefings/index.md", _("Briefings")),
        (INCIDENTS, _("Incidents")),
    ]
    shown = [link(site.link(TEAM, path), title, class_="ls-more") for path, title in targets if path in pages]
    latest = next((one for one in site.given.reports if one.name == _HANDOVER), None)
    if latest is not None:
        title = _("Handover {period}").format(period=latest.period)
        shown.append(link(site.link(TEAM, report_path(latest)), title, class_="ls-more"))
    return para(*spaced(shown), class_="ls-summary")


def _person(site: Site, person: Person, charges: Sequence[Charge], pages: Mapping[str, Content]) -> Html:
    deputy = site.name_of(person.deputy)
    about = facts(
        (
            (_("Roles"), ", ".join(map(role_word, person.roles))),
            (_("Deputy"), deputy),
            (_("Away"), _absences(person, site.today)),
        )
    )
    lists = (_charges(site, kind, [one for one in charges if one.kind is kind], pages) for kind in Kind)
    top = heading(2, person.name or person.key, person.key)
    return tag("li", top, _presence(site, person), about, *lists, class_="ls-campaign")


def _presence(site: Site, person: Person) -> Html | None:
    if not person.absent(site.today):
        return None
    found = present_person(person, site.settings, site.today)
    if found is None:
        return para(span(_("away, and nobody stands in"), class_="ls-chip ls-bad"))
    return para(span(_("away; {name} stands in").format(name=found.name), class_="ls-chip ls-warn"))


def _absences(person: Person, today: date) -> str:
    near = [one for one in person.absences if today <= one.last and one.first <= today + _AHEAD]
    return ", ".join(_("{first} to {last}").format(first=say_date(one.first), last=say_date(one.last)) for one in near)


def _charges(site: Site, kind: Kind, charges: Sequence[Charge], pages: Mapping[str, Content]) -> Html | None:
    if not charges:
        return None
    items = (tag("li", _linked(site, one, pages)) for one in charges)
    summary = tag("summary", _("{kind}: {count}").format(kind=kind_word(kind), count=len(charges)))
    return tag("details", summary, tag("ul", *items, class_="ls-plain"), class_="ls-patterns")


def _linked(site: Site, one: Charge, pages: Mapping[str, Content]) -> Html:
    target = _page_of(site, one)
    return link(site.link(TEAM, target), one.title) if target in pages else span(one.title)


def _page_of(site: Site, one: Charge) -> str:
    stem = one.path.rpartition("/")[2].removesuffix(".md")
    if one.path.startswith("guidelines/"):
        return TOPICS if one.kind is Kind.TOPIC else f"{HANDBOOK}/{one.path.removeprefix('guidelines/')}"
    if one.kind is Kind.CAMPAIGN:
        found = site.workspace.campaigns.get(stem)
        return campaign_path(found) if found else CAMPAIGNS
    return {
        Kind.IDEA: idea_path(stem),
        Kind.OCCASION: OCCASIONS,
        Kind.POST: site.post_pages.get(one.path, ""),
    }.get(one.kind, IDEAS)
