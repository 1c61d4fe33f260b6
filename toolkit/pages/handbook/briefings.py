"""A briefing's page: a card with its time, messages, answers and people above the text; one that is over says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from toolkit.dates import say_date, say_period
from toolkit.messages import _
from toolkit.pages.icons import icon
from toolkit.pages.markup import Html, div, heading, join, link, para, span, tag
from toolkit.pages.paths import campaign_path
from toolkit.pages.pieces import facts
from toolkit.pages.view import HANDBOOK, Site
from toolkit.workspace.briefings import Briefing, Question, Standing, is_briefing, read_briefings


def show_briefing(site: Site, path: str, markdown: str) -> str:
    """The page with its card below the title; as it is when it is no briefing."""
    if not is_briefing(path):
        return markdown
    briefings, _problems = read_briefings(site.workspace.handbook)
    found = next((one for one in briefings if one.path == path), None)
    if found is None:
        return markdown
    lines = markdown.split("\n")
    at = next((number for number, line in enumerate(lines) if line.startswith("# ")), -1) + 1
    return "\n".join([*lines[:at], "", str(div(_card(site, found), class_="ls ls-briefing")), "", *lines[at:]])


def _card(site: Site, one: Briefing) -> Html:
    here = f"{HANDBOOK}/{one.path.partition('/')[2]}"
    campaign = site.workspace.campaigns.get(one.campaign)
    shown = link(site.link(here, campaign_path(campaign)), campaign.title) if campaign else one.campaign
    rows = (
        (_("Valid"), say_period(one.first, one.last)),
        (_("Campaign"), shown),
        (_("Owner"), site.name_of(one.owner)),
    )
    parts = (
        para(_state(site, one)),
        facts(rows),
        _list(_("What we say"), (tag("li", said) for said in one.messages), "ls-messages"),
        _list(_("What people ask"), map(_question, one.questions)),
        _list(_("What nobody says meanwhile"), _bans(one)),
        _list(
            _("Who takes over"),
            (tag("li", tag("b", each.what), span(site.name_of(each.to))) for each in one.escalations),
            "ls-takes",
        ),
    )
    return join(parts)


def _state(site: Site, one: Briefing) -> Html:
    standing = one.standing(site.today)
    if standing is Standing.OVER:
        said = _("over since {day}: nothing of it counts any more").format(day=say_date(one.last) if one.last else "")
        return span(said, class_="ls-chip ls-bad")
    if standing is Standing.COMING:
        said = _("counts from {day} on").format(day=say_date(one.first) if one.first else "")
        return span(said, class_="ls-chip ls-info")
    return span(_("valid"), class_="ls-chip ls-good")


def _question(asked: Question) -> Html:
    return tag("li", tag("b", asked.question), span(asked.answer))


def _bans(one: Briefing) -> Iterator[Html]:
    for ban in one.bans:
        words, said = ", ".join(ban.wording.words), ban.why
        if ban.wording.instead:
            said = _("{why}; instead: {instead}").format(why=ban.why.rstrip(". "), instead=ban.wording.instead)
        yield tag("li", tag("b", icon("cancelled"), words), span(said))


def _list(title: str, items: Iterable[Html], kind: str = "") -> Html | None:
    """Under a heading of the page, so that its contents name it."""
    found = list(items)
    rows = tag("ol" if kind == "ls-messages" else "ul", *found, class_=f"ls-brief {kind}".strip())
    return join((heading(2, title), rows)) if found else None
