"""The first day of somebody new: what this house does, who is who, where to read, and five things to do.

The house's own words stand in the handbook, in `guidelines/erster-tag.md` or `guidelines/first-day.md`; everything else
here comes from settings and plans, so that it is never older than these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from toolkit.messages import _
from toolkit.pages.home.reader import find_tasks
from toolkit.pages.home.roles import begin, columns, more, section
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, div, heading, join, link, para, prose, span, tag
from toolkit.pages.page import Content, Page, generated
from toolkit.pages.paths import CALENDAR, CAMPAIGNS, EDITOR, FIRST_DAY, READER, TEAM, campaign_path
from toolkit.pages.pieces import channel_chip, empty, spaced
from toolkit.pages.plan.campaigns import phase, sort_campaigns
from toolkit.pages.team.people import badge, name_link
from toolkit.pages.view import HANDBOOK, Site
from toolkit.settings.wording import role_word
from toolkit.strategy import read_strategy

# Where the house greets somebody new in its own words.
WELCOME: Final = (f"{HANDBOOK}/erster-tag.md", f"{HANDBOOK}/first-day.md")
_READ: Final = 5
# What follows the title.
_PARAGRAPH: Final = re.compile(r"(?m)^# .+\n+((?:[\w„“\"*].*\n)+)")


def first_day_page(site: Site, pages: Mapping[str, Content]) -> Page:
    """Links lead only to `pages` that are there."""
    main = (_welcome(site, pages), _five(site, pages), _accounts(site))
    side = (_people(site, pages), _read(site, pages), _plans(site, pages))
    title = _("Your first day at {name}").format(name=site.settings.name)
    return generated(_("First day"), join((begin(site, FIRST_DAY, title), columns(main, side))), search=False)


def _welcome(site: Site, pages: Mapping[str, Content]) -> Html:
    """The way to the house's own words, and its strategy in a sentence each."""
    path = next((one for one in WELCOME if one in pages), "")
    page = pages.get(path)
    if isinstance(page, Page):
        first = link(site.link(FIRST_DAY, path), page.title, icon("next"), class_="ls-task")
        shown: Child = join((_greeting(page), para(first)))
    else:
        shown = empty(_("Greet newcomers in your own words: write guidelines/first-day.md"))
    plan = read_strategy(site.workspace)
    pillars = (tag("li", span(one.title, class_="ls-chip ls-quiet")) for one in plan.pillars)
    about = (heading(3, _("What we talk about")), tag("ul", *pillars, class_="ls-inline")) if plan.pillars else ()
    return section(_("Welcome"), "welcome", shown, *about, symbol="door")


def _greeting(page: Page) -> Html | None:
    """The first paragraph of the house's own page; one with links, which would lead astray here, stands there alone."""
    found = _PARAGRAPH.search(page.prose)
    return prose(found[1]) if found and "](" not in found[1] else None


def _five(site: Site, pages: Mapping[str, Content]) -> Html:
    items = (
        tag("li", div(tag("b", title), span(about, class_="ls-soft"), class_="ls-two"))
        for title, about in _steps(site, pages)
    )
    return section(_("Five things for today"), "five", tag("ol", *items, class_="ls-five"), symbol="sent")


def _steps(site: Site, pages: Mapping[str, Content]) -> Iterator[tuple[Child, Child]]:
    def to(path: str, words: str) -> Child:
        return link(site.link(FIRST_DAY, path), words) if path in pages else words

    yield (
        to(f"{HANDBOOK}/index.md", _("Read the first page of the handbook")),
        _("It takes ten minutes and says how we speak, and how we do not."),
    )
    yield (
        to(CALENDAR, _("Look at what goes out this week")),
        _("Open one post and compare how each network shows it."),
    )
    yield (
        to(TEAM, _("Say hello to whoever you work with")),
        _("Each person has a page: what they look after, who stands in."),
    )
    yield to(EDITOR, _("Write a draft that nobody will send")), tag("code", "leitstand new TITLE")
    yield (
        to(READER, _("Find out where you would look things up")),
        _("Search for a word that you would have asked about."),
    )


def _accounts(site: Site) -> Html:
    """Where the house speaks, and that a person's own account is another thing."""
    shown = span(*spaced(channel_chip(one) for one in site.settings.accounts.values()), class_="ls-channels")
    brand = para(tag("b", _("These are the house's: ")), shown)
    own = para(
        tag("b", _("Yours is yours: ")),
        _("say who you are when you speak about us, speak for yourself, and leave what is internal inside."),
    )
    return section(_("The house's accounts and your own"), "accounts", brand, own, symbol="person")


def _people(site: Site, pages: Mapping[str, Content]) -> Html:
    people = site.settings.people.values()
    items = (
        tag(
            "li",
            badge(one),
            div(
                name_link(site, FIRST_DAY, one.key),
                span(", ".join(map(role_word, one.roles)), class_="ls-soft"),
                class_="ls-two",
            ),
        )
        for one in people
    )
    shown = tag("ul", *items, class_="ls-crew") if people else empty(_("leitstand.toml names nobody yet: add [people]"))
    return section(_("Who is who"), "people", shown, symbol="team", more=more(site, FIRST_DAY, TEAM, pages, _("Team")))


def _read(site: Site, pages: Mapping[str, Content]) -> Html | None:
    found = list(dict.fromkeys(one.pages[0] for one in find_tasks(site, pages)))[:_READ]
    if not found:
        return None
    links = (tag("li", link(site.link(FIRST_DAY, path), title)) for title, path in found)
    return section(_("Read this week"), "read", tag("ul", *links), symbol="handbook")


def _plans(site: Site, pages: Mapping[str, Content]) -> Html | None:
    """What everybody talks about: campaigns that run or come."""
    found = [one for one in sort_campaigns(site) if phase(site, one) != "past"][:3]
    if not found:
        return None
    links = (tag("li", link(site.link(FIRST_DAY, campaign_path(one)), one.title)) for one in found)
    return section(
        _("What everybody talks about"),
        "campaign",
        tag("ul", *links),
        more=more(site, FIRST_DAY, CAMPAIGNS, pages),
    )
