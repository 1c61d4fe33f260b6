"""The decision log on the site: what was decided about the house's rules, by whom, on what evidence, the latest first.

The records stand on the handbook pages that they changed; see `toolkit.workspace.decisions`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby
from typing import Final

from toolkit.dates import say_date
from toolkit.messages import _, ngettext
from toolkit.pages.markup import Child, Html, div, heading, join, link, outside, para, span, tag
from toolkit.pages.page import Content, Page, generated
from toolkit.pages.paths import DECISIONS, REPORTS, TEAM
from toolkit.pages.pieces import head
from toolkit.pages.results.reports import report_path
from toolkit.pages.tables import row, table
from toolkit.pages.view import HANDBOOK, Site
from toolkit.workspace.decisions import Decided, Decision, read_decisions

_TONES: Final = {Decided.ACCEPTED: "good", Decided.REJECTED: "quiet", Decided.WITHDRAWN: "warn"}
_COMMAND: Final = "leitstand "
_REPORT: Final = re.compile(r"reports/([\w-]+)/([\w-]+)")


def decision_page(site: Site, pages: Mapping[str, Content]) -> dict[str, Page]:
    """One page; nothing before the first decision. Links lead only to `pages` that are there."""
    decisions, _problems = read_decisions(site.workspace.handbook.pages)
    if not decisions:
        return {}
    latest = sorted(decisions, key=lambda one: (one.at, one.id), reverse=True)
    said = ngettext("{count} decision", "{count} decisions", len(latest))
    years = (
        _year(site, year, list(found), pages)
        for year, found in groupby(latest, key=lambda one: one.at.astimezone(site.zone).year)
    )
    kicker = link(site.link(DECISIONS, TEAM), _("Team"))
    body = join((head(_("Decisions"), para(said, class_="ls-summary"), kicker=kicker), *years))
    return {DECISIONS: generated(_("Decisions"), body)}


def _year(site: Site, year: int, found: list[Decision], pages: Mapping[str, Content]) -> Html:
    heads = (_("Day"), _("Decision"), _("Evidence"), _("Who"), _("Page"))
    rows = (
        row(
            (heads[0], tag("time", say_date(one.at.astimezone(site.zone).date()), datetime=one.at.isoformat())),
            (heads[1], _decision(one)),
            (heads[2], div(one.evidence, _source(site, one, pages))),
            (heads[3], site.name_of(one.by) if one.by else _("nobody has signed it")),
            (heads[4], _page(site, one, pages)),
        )
        for one in found
    )
    shown = table(heads, rows, str(year), class_="ls-table ls-decisions")
    return tag("section", heading(2, str(year), f"y{year}"), shown, aria_labelledby=f"y{year}")


def _decision(one: Decision) -> Html:
    words = {
        Decided.ACCEPTED: _("accepted"),
        Decided.REJECTED: _("rejected"),
        Decided.WITHDRAWN: _("withdrawn"),
    }
    chip = span(words[one.status], class_=f"ls-chip ls-{_TONES[one.status]}")
    reason = para(one.reason, class_="ls-reason") if one.reason else None
    return div(one.summary, " ", chip, reason, id=one.id)


def _source(site: Site, one: Decision, pages: Mapping[str, Content]) -> Child:
    """Where it can be read up: an address, a report of the site, the command that says the numbers again, or words."""
    if not one.report:
        return None
    if one.report.startswith(("http://", "https://")):
        return para(outside(one.report, _("read up")))
    found = _REPORT.match(one.report)
    period = found and next(
        (each for each in site.given.reports if (each.name, each.period) == (found[1], found[2])), None
    )
    if period and REPORTS in pages:
        return para(link(site.link(DECISIONS, report_path(period)), period.title))
    return para(tag("code", one.report) if one.report.startswith(_COMMAND) else one.report, class_="ls-reason")


def _page(site: Site, one: Decision, pages: Mapping[str, Content]) -> Html:
    target = f"{HANDBOOK}/{one.path.removeprefix('guidelines/')}"
    page = pages.get(target)
    if isinstance(page, Page):
        return link(site.link(DECISIONS, target), page.title)
    return span(one.path)
