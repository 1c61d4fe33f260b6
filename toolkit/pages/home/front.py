"""The home page: everybody's day, and the ways to everything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from toolkit.community import Pause
from toolkit.dates import say_time, weekday_shorts
from toolkit.messages import _, ngettext
from toolkit.model import Severity
from toolkit.pages.entries import Entry
from toolkit.pages.home.decide import waits
from toolkit.pages.home.reader import handbook_titles
from toolkit.pages.home.roles import begin, columns, more, section
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, div, heading, hidden, join, link, para, span, tag
from toolkit.pages.page import Content, Page, generated
from toolkit.pages.paths import CALENDAR, CAMPAIGNS, HOME, PROBLEMS, READER, REPORTS, month_path
from toolkit.pages.pieces import empty, entry_list, entry_row, mark, nothing_planned
from toolkit.pages.places import Part, parts
from toolkit.pages.plan.campaigns import campaign_box, phase, sort_campaigns
from toolkit.pages.posts.kits import due_kits, kit_links
from toolkit.pages.posts.stops import say_who
from toolkit.pages.results.reports import report_box
from toolkit.pages.view import Site

_SHOWN: Final = 8


def home_page(site: Site, pages: Mapping[str, Content]) -> Page:
    """The page at the site's root. Links lead only to `pages` that are there."""
    body = join(
        (
            begin(site, HOME, site.settings.name),
            _pauses(site),
            div(_attention(site), _by_hand(site), class_="ls-notes"),
            _week(site, pages),
            columns(
                (_today(site), _next(site, pages)),
                (_campaigns(site, pages), _report(site, pages), _problems(site, pages)),
            ),
            _handbook(site, pages),
            _everything(site, pages),
        )
    )
    return generated(_("Home"), body, search=False)


def _pauses(site: Site) -> Html | None:
    """That publishing stands still, for what, why, who said so and until when."""
    found = site.given.pauses.in_force(site.now)
    # People outside read in the banner that it does; the reason is the house's own.
    if not found or site.given.partner:
        return None
    rows = tag("ul", *(_pause(site, one) for one in found), class_="ls-rows")
    held = all(one.scope == "post" for one in found)
    said = ngettext("{count} post is held", "{count} posts are held", len(found)) if held else _("Publishing is paused")
    top = heading(2, join((icon("paused"), span(said))), "paused")
    tone = "warn" if held else "bad"
    return tag("section", top, rows, class_=f"ls-note ls-{tone}", aria_labelledby="paused")


def _pause(site: Site, pause: Pause) -> Html:
    scope = _paused(site, pause)
    return tag("li", para(tag("strong", scope), ": ", pause.reason), para(say_who(site, pause), class_="ls-reason"))


def _paused(site: Site, pause: Pause) -> Child:
    """What stands still, by the name that people know it by."""
    account, post = site.settings.accounts.get(pause.value), site.posts_by_uid.get(pause.value)
    if pause.scope == "all":
        return _("everything")
    if pause.scope == "channel" and account:
        return account.title or account.name
    if pause.scope == "post" and post and (page := site.post_pages.get(post.path)):
        return link(site.link(HOME, page), post.title or post.path)
    return pause.name


def _attention(site: Site) -> Html:
    """What waits for a decision, above everything else; the latest first."""
    urgent = sorted(
        (entry for entry in site.entries if waits(site, entry)), key=lambda entry: entry.local, reverse=True
    )
    if not urgent:
        return para(icon("sent"), _("Nothing waits for a decision."), class_="ls-note ls-good")
    title = ngettext("{count} post needs a decision", "{count} posts need a decision", len(urgent))
    rows = tag("ul", *(entry_row(site, HOME, entry) for entry in urgent[:_SHOWN]), class_="ls-rows")
    rest = len(urgent) - _SHOWN
    more = empty(ngettext("and {count} more", "and {count} more", rest)) if rest > 0 else None
    top = heading(2, join((icon("failed"), span(title))), "decide")
    return tag("section", top, rows, more, class_="ls-note ls-warn", aria_labelledby="decide")


def _by_hand(site: Site) -> Html | None:
    """What a person publishes now or soon, with the way to its kit."""
    found = due_kits(site)
    if not found:
        return None
    top = heading(2, join((icon("byhand"), span(_("To publish by hand")))), "byhand")
    return tag("section", top, kit_links(site, HOME, found), class_="ls-note ls-info", aria_labelledby="byhand")


def _week(site: Site, pages: Mapping[str, Content]) -> Html:
    first = site.today - timedelta(days=site.today.weekday())
    days = [first + timedelta(days=number) for number in range(7)]
    by_day: dict[date, list[Entry]] = {day: [] for day in days}
    for entry in site.entries:
        if entry.local.date() in by_day:
            by_day[entry.local.date()].append(entry)
    strip = tag("ol", *(_weekday(site, day, by_day[day]) for day in days), class_="ls-week")
    month = more(site, HOME, month_path(site.today.replace(day=1)), pages, _("Calendar"))
    return section(_("This week"), "week", strip, symbol="calendar", more=month, wide=True)


def _weekday(site: Site, day: date, found: list[Entry]) -> Html:
    today = day == site.today
    stamp = tag("time", span(weekday_shorts()[day.weekday()]), " ", tag("b", str(day.day)), datetime=day.isoformat())
    items = [_dot(site, entry) for entry in found[:4]]
    rest = tag("li", f"+ {len(found) - 4}", class_="ls-rest") if len(found) > 4 else None
    shown = tag("ul", *items, rest) if found else None
    names = " ".join(("ls-weekday", *(("ls-today",) if today else ()), *(() if found else ("ls-none",))))
    return tag(
        "li", stamp, hidden(_("today")) if today else None, shown, class_=names, aria_current="date" if today else None
    )


def _dot(site: Site, entry: Entry) -> Html:
    target = site.link(HOME, site.post_pages[entry.post.path])
    inner = (
        span(say_time(entry.local), class_="ls-clock"),
        mark(entry.state),
        span(entry.title, class_="ls-item-title"),
    )
    return tag("li", link(target, *inner, title=entry.title), class_=f"ls-item ls-{entry.state.tone}")


def _today(site: Site) -> Html:
    found = [entry for entry in site.entries if entry.local.date() == site.today]
    return section(_("Today"), "ready", entry_list(site, HOME, found, _("Nothing goes out today."), day=False))


def _next(site: Site, pages: Mapping[str, Content]) -> Html:
    found = [entry for entry in site.entries if entry.local.date() > site.today][:6]
    shown = entry_list(site, HOME, found, nothing_planned(site))
    return section(_("Next"), "next", shown, more=more(site, HOME, CALENDAR, pages))


def _problems(site: Site, pages: Mapping[str, Content]) -> Html | None:
    if site.given.partner:
        return None
    counts = Counter(problem.severity for problem in site.given.problems)
    if not counts:
        return section(_("Checks"), "warning", empty(_("No rule has anything to say. All clear.")))
    words: dict[Severity, tuple[str, str]] = {
        Severity.ERROR: (ngettext("{count} error", "{count} errors", counts[Severity.ERROR]), "bad"),
        Severity.WARNING: (ngettext("{count} warning", "{count} warnings", counts[Severity.WARNING]), "warn"),
        Severity.HINT: (ngettext("{count} hint", "{count} hints", counts[Severity.HINT]), "info"),
    }
    shown = (
        tag(
            "li",
            link(
                site.link(HOME, PROBLEMS),
                icon(severity.value),
                words[severity][0],
                class_=f"ls-chip ls-{words[severity][1]}",
            ),
        )
        for severity in Severity
        if counts[severity]
    )
    listed = tag("ul", *shown, class_="ls-inline")
    return section(_("Checks"), "warning", listed, more=more(site, HOME, PROBLEMS, pages))


def _campaigns(site: Site, pages: Mapping[str, Content]) -> Html | None:
    found = [one for one in sort_campaigns(site) if phase(site, one) != "past"][:3]
    if not found:
        return None
    boxes = tag("ul", *(campaign_box(site, HOME, one, level=3) for one in found), class_="ls-plain")
    return section(_("Campaigns"), "campaign", boxes, more=more(site, HOME, CAMPAIGNS, pages))


def _report(site: Site, pages: Mapping[str, Content]) -> Html | None:
    if not site.given.reports:
        return None
    latest = tag("ul", report_box(site, HOME, site.given.reports[0]), class_="ls-plain")
    return section(_("Latest report"), "report", latest, more=more(site, HOME, REPORTS, pages))


def _handbook(site: Site, pages: Mapping[str, Content]) -> Html | None:
    found = handbook_titles(pages)
    if not found:
        return None
    links = tag("ul", *(tag("li", link(site.link(HOME, path), title)) for path, title in found), class_="ls-links")
    lead = more(site, HOME, READER, pages, _("Look things up"))
    return section(_("Handbook"), "handbook", links, more=lead, wide=True)


def _everything(site: Site, pages: Mapping[str, Content]) -> Html:
    """Every part of the site with its pages: whoever is lost finds the way from here."""
    groups = (_part(site, part, pages) for part in parts()[2:])
    shown = div(*groups, class_="ls-everything")
    return section(_("Everything on this site"), "everything", shown, symbol="list", wide=True)


def _part(site: Site, part: Part, pages: Mapping[str, Content]) -> Html | None:
    links = [tag("li", link(site.link(HOME, path), title)) for path, title in part.pages if path in pages]
    return div(heading(3, part.title), tag("ul", *links)) if links else None
