"""The team on the site: a card for each person, who is there, who stands in, and what each answers for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from toolkit.dates import say_short_day, say_time
from toolkit.messages import _, ngettext
from toolkit.pages.markup import Html, div, heading, join, link, para, span, tag
from toolkit.pages.page import Content, Page, generated
from toolkit.pages.paths import TEAM, person_path
from toolkit.pages.pieces import facts, head, spaced
from toolkit.pages.results.reports import report_path
from toolkit.pages.team.people import badge, crew, name_link
from toolkit.pages.team.person import absences, next_entry, person_pages, presence
from toolkit.pages.view import HANDBOOK, Site
from toolkit.planning.charges import Charge, Kind, find_charges, kind_word
from toolkit.settings import Person
from toolkit.settings.wording import role_word

_HANDOVER: Final = "handover"


def team_page(site: Site, pages: Mapping[str, Content]) -> dict[str, Page]:
    """The page of the people and one for each; nothing where nobody is named. Links lead only to `pages` that are there."""
    people = site.settings.people
    if not people:
        return {}
    charges = find_charges(site.workspace)
    boxes = (_person(site, one, [each for each in charges if each.person == one.key]) for one in people.values())
    away = [one for one in people.values() if one.absent(site.today)]
    said = ngettext("{count} person is away today", "{count} people are away today", len(away))
    summary = para(said if away else _("Everybody is there today."), class_="ls-summary")
    today = crew(site, TEAM)
    now = (
        tag("section", heading(2, _("Today"), "today"), today, class_="ls-tile ls-crew-wide", aria_labelledby="today")
        if today
        else None
    )
    body = join(
        (
            head(_("Who answers for what"), summary, _more(site, pages)),
            now,
            tag("ul", *boxes, class_="ls-boxes ls-people"),
        )
    )
    return {TEAM: generated(_("Team"), body), **person_pages(site, pages)}


def _more(site: Site, pages: Mapping[str, Content]) -> Html | None:
    """Where the team goes on besides its own pages: briefings, the last handover."""
    briefings = f"{HANDBOOK}/briefings/index.md"
    shown = [link(site.link(TEAM, briefings), _("Briefings"), class_="ls-more")] if briefings in pages else []
    latest = next((one for one in site.given.reports if one.name == _HANDOVER), None)
    if latest is not None:
        title = _("Handover {period}").format(period=latest.period)
        shown.append(link(site.link(TEAM, report_path(latest)), title, class_="ls-more"))
    return para(*spaced(shown), class_="ls-summary") if shown else None


def _person(site: Site, person: Person, charges: Sequence[Charge]) -> Html:
    name = link(site.link(TEAM, person_path(person.key)), person.name or person.key)
    roles = span(", ".join(map(role_word, person.roles)), class_="ls-soft")
    top = div(badge(person), div(heading(2, name, person.key), roles, class_="ls-two"), class_="ls-person-card")
    about = facts(
        (
            (_("Deputy"), name_link(site, TEAM, person.deputy) if person.deputy else None),
            (_("Away"), absences(person, site.today)),
            (_("Next"), _next(site, person)),
            (_("Answers for"), _counts(charges)),
        )
    )
    here = presence(site, person) if person.absent(site.today) else None
    return tag("li", top, here, about, class_="ls-campaign")


def _next(site: Site, person: Person) -> Html | None:
    entry = next_entry(site, person)
    if entry is None:
        return None
    when = f"{say_short_day(entry.local)}, {say_time(entry.local)}"
    title = link(site.link(TEAM, site.post_pages[entry.post.path]), entry.title)
    return span(title, span(when, class_="ls-soft"), class_="ls-two")


def _counts(charges: Sequence[Charge]) -> str:
    counts = Counter(one.kind for one in charges)
    return ", ".join(
        _("{kind}: {count}").format(kind=kind_word(kind), count=counts[kind]) for kind in Kind if counts[kind]
    )
