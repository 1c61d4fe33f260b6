"""The home page: what everybody needs to know today, and the way to everything else."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Final

from toolkit.community import Pause
from toolkit.dates import say_day, say_moment, say_time, weekday_shorts
from toolkit.messages import _, ngettext
from toolkit.model import Severity
from toolkit.pages.entries import Entry
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, div, heading, hidden, join, link, para, span, tag
from toolkit.pages.paths import CALENDAR, CAMPAIGNS, HOME, PROBLEMS, REPORTS, month_path
from toolkit.pages.pieces import empty, entry_list, entry_row, head, mark, tile
from toolkit.pages.plan.campaigns import campaign_box, phase, sort_campaigns
from toolkit.pages.posts.kits import due_kits, kit_links
from toolkit.pages.results.reports import report_box
from toolkit.pages.view import HANDBOOK, Page, Site, generated

_SHOWN: Final = 8


def home_page(site: Site, handbook: dict[str, Page]) -> Page:
    """The page at the site's root; `handbook` are the pages it leads into."""
    body = join(
        (
            head(site.settings.name, para(_now(site), class_="ls-summary")),
            _pauses(site),
            _attention(site),
            _by_hand(site),
            _week(site),
            div(
                _today(site),
                _next(site),
                _campaigns(site),
                _report(site),
                _problems(site),
                _handbook(site, handbook),
                class_="ls-tiles",
            ),
        )
    )
    return generated(_("Home"), body, search=False)


def _now(site: Site) -> Html:
    words = _("{day}, as of {time} ({zone})")
    said = words.format(day=say_day(site.today), time=say_time(site.now), zone=site.settings.timezone)
    return tag("time", said, datetime=site.now.isoformat(timespec="minutes"))


def _pauses(site: Site) -> Html | None:
    """That publishing stands still, for what, why, who said so and until when."""
    found = site.given.pauses.in_force(site.now)
    # People outside read in the banner that it does; the reason is the house's own.
    if not found or site.given.partner:
        return None
    rows = tag("ul", *(_pause(site, one) for one in found), class_="ls-rows")
    top = heading(2, join((icon("paused"), span(_("Publishing is paused")))), "paused")
    return tag("section", top, rows, class_="ls-note ls-bad", aria_labelledby="paused")


def _pause(site: Site, pause: Pause) -> Html:
    scope = _("everything") if pause.scope == "all" else pause.name
    until = say_moment(pause.until.astimezone(site.zone)) if pause.until else _("somebody ends it")
    who = _("{owner}, until {moment}").format(owner=site.name_of(pause.owner) or _("somebody"), moment=until)
    return tag("li", para(tag("strong", scope), ": ", pause.reason), para(who, class_="ls-reason"))


def _attention(site: Site) -> Html:
    """What waits for a decision, above everything else; the latest first."""
    urgent = sorted(
        (entry for entry in site.entries if _waits(site, entry)), key=lambda entry: entry.local, reverse=True
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


def _waits(site: Site, entry: Entry) -> bool:
    """Whether somebody has to decide now: old misses are history, and approvals have time until a week before."""
    if entry.state.key == "unapproved":
        return site.now - timedelta(days=2) < entry.local < site.now + timedelta(days=7)
    return entry.state.urgent and entry.local > site.now - timedelta(days=45)


def _week(site: Site) -> Html:
    first = site.today - timedelta(days=site.today.weekday())
    days = [first + timedelta(days=number) for number in range(7)]
    by_day: dict[date, list[Entry]] = {day: [] for day in days}
    for entry in site.entries:
        if entry.local.date() in by_day:
            by_day[entry.local.date()].append(entry)
    more = link(site.link(HOME, month_path(site.today.replace(day=1))), _("Calendar"), class_="ls-more")
    top = div(heading(2, join((icon("calendar"), span(_("This week")))), "week"), more, class_="ls-tile-head")
    strip = tag("ol", *(_weekday(site, day, by_day[day]) for day in days), class_="ls-week")
    return tag("section", top, strip, class_="ls-tile ls-wide", aria_labelledby="week")


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
    shown = entry_list(site, HOME, found, _("Nothing goes out today."), day=False)
    return tile(_("Today"), shown, name="ready")


def _next(site: Site) -> Html:
    found = [entry for entry in site.entries if entry.local.date() > site.today][:6]
    return tile(
        _("Next"),
        entry_list(site, HOME, found, _("Nothing is planned.")),
        name="next",
        more=_more(site, CALENDAR),
    )


def _more(site: Site, target: str) -> Html:
    return link(site.link(HOME, target), _("all"), class_="ls-more")


def _problems(site: Site) -> Html | None:
    if site.given.partner:
        return None
    counts = Counter(problem.severity for problem in site.given.problems)
    if not counts:
        return tile(_("Checks"), empty(_("No rule has anything to say. All clear.")), name="warning")
    words: dict[Severity, tuple[str, str]] = {
        Severity.ERROR: (ngettext("{count} error", "{count} errors", counts[Severity.ERROR]), "bad"),
        Severity.WARNING: (ngettext("{count} warning", "{count} warnings", counts[Severity.WARNING]), "warn"),
        Severity.HINT: (ngettext("{count} hint", "{count} hints", counts[Severity.HINT]), "info"),
    }
    shown = (
        tag(
            "li",
            link(
                f"{site.link(HOME, PROBLEMS)}#{severity.value}",
                icon(severity.value),
                words[severity][0],
                class_=f"ls-chip ls-{words[severity][1]}",
            ),
        )
        for severity in Severity
        if counts[severity]
    )
    return tile(_("Checks"), tag("ul", *shown, class_="ls-inline"), name="warning", more=_more(site, PROBLEMS))


def _campaigns(site: Site) -> Html | None:
    found = [one for one in sort_campaigns(site) if phase(site, one) != "past"][:3]
    if not found:
        return None
    boxes = tag("ul", *(campaign_box(site, HOME, one) for one in found), class_="ls-plain")
    return tile(_("Campaigns"), boxes, name="campaign", more=_more(site, CAMPAIGNS))


def _report(site: Site) -> Html | None:
    if not site.given.reports:
        return None
    latest = tag("ul", report_box(site, HOME, site.given.reports[0]), class_="ls-plain")
    return tile(_("Latest report"), latest, name="report", more=_more(site, REPORTS))


def _handbook(site: Site, pages: dict[str, Page]) -> Html | None:
    top = [(path, page) for path, page in pages.items() if path.count("/") == 1 or path.endswith("/index.md")]
    if not top:
        return None
    top.sort(key=lambda one: (one[0] != f"{HANDBOOK}/index.md", one[1].title.casefold()))
    links: list[Child] = [tag("li", link(site.link(HOME, path), page.title)) for path, page in top[:24]]
    return tile(_("Handbook"), tag("ul", *links, class_="ls-links"), name="handbook", wide=True)
