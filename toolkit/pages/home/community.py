"""The community managers' first page, a sheet of paper for the day: who waits, what goes out, what is to do by hand.

The site is read by many: of the inbox it shows counts, ages and deadlines. Who wrote, and what, is answered at the desk.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from toolkit.dates import say_short_day, say_time
from toolkit.messages import _, ngettext
from toolkit.pages.home.roles import begin, columns, more, section
from toolkit.pages.home.standing import house_state, playbook_links
from toolkit.pages.home.waits import Queue
from toolkit.pages.markup import Child, Html, join, link, para, span, tag
from toolkit.pages.page import Content, Page, generated
from toolkit.pages.paths import CALENDAR, COMMUNITY, TEAM
from toolkit.pages.pieces import channel_chip, empty, entry_list
from toolkit.pages.posts.kits import due_kits, kit_links
from toolkit.pages.tables import row, table
from toolkit.pages.team.people import crew
from toolkit.pages.view import HANDBOOK, Site

_LONG: Final = 8


def community_page(site: Site, pages: Mapping[str, Content]) -> Page:
    """Links lead only to `pages` that are there."""
    people = crew(site, COMMUNITY)
    side = (
        section(_("Who is there"), "crew", people, symbol="team", more=more(site, COMMUNITY, TEAM, pages, _("Team")))
        if people
        else section(_("Who is there"), "crew", _no_roster(), symbol="team"),
        section(_("State of the house"), "state", house_state(site, COMMUNITY, pages), symbol="bell"),
        _ready(site, pages),
    )
    main = (_answers(site), _by_hand(site), _today(site, pages))
    body = join((begin(site, COMMUNITY, _("Community: the day on one sheet")), columns(main, side)))
    return generated(_("Community"), body, search=False)


def _no_roster() -> Html:
    return empty(_("No page of the handbook says who is on duty: write a block called duty"))


def _answers(site: Site) -> Html:
    found, title = site.given.waits, _("Waiting for an answer")
    if found.unknown:
        shown: Child = empty(_("The inbox cannot be read: {reason}").format(reason=found.unknown))
    elif not found.known:
        shown = empty(_("There is no inbox yet: leitstand inbox fetch"))
    elif not found.queues:
        shown = empty(_("Nobody waits for an answer."))
    else:
        shown = join((_facts(site), _queues(site)))
    return section(title, "answers", shown, symbol="inbox", note=_desk() if found.known else None)


def _desk() -> Html:
    return join((_("Who wrote, and what, stands at the desk: "), tag("code", "leitstand desk")))


def _facts(site: Site) -> Html:
    found = site.given.waits
    count = f"{found.count}+" if found.most else str(found.count)
    late = _stat(_("too late"), str(found.late), "bad" if found.late else "good")
    tiles = [_stat(ngettext("person waits", "people wait", found.count), count), late]
    if found.oldest is not None:
        tiles.append(_stat(_("the first since"), _moment(site, found.oldest)))
    if found.due is not None:
        tiles.append(_stat(_("next deadline"), _moment(site, found.due)))
    if found.drafted:
        tiles.append(
            _stat(ngettext("reply waits for a yes", "replies wait for a yes", found.drafted), str(found.drafted))
        )
    return tag("ul", *tiles, class_="ls-stats")


def _stat(title: str, value: str, tone: str = "") -> Html:
    # A moment is longer than a number.
    size = "ls-number-big" if len(value) < _LONG else "ls-number-big ls-long"
    number = tag("b", value, class_=f"{size} ls-tone-{tone}" if tone else size)
    return tag("li", number, span(title, class_="ls-soft"), class_="ls-stat")


def _queues(site: Site) -> Html:
    heads = (_("Channel"), _("messages waiting"), _("too late"), _("the first since"), _("next deadline"))
    rows = (_queue(site, one, heads) for one in site.given.waits.queues)
    return table(heads, rows, _("Waiting for an answer"), "ls-table ls-waiting")


def _queue(site: Site, one: Queue, heads: tuple[str, ...]) -> Html:
    account = site.settings.accounts.get(one.channel)
    late = span(str(one.late), class_="ls-chip ls-bad") if one.late else span("0", class_="ls-soft")
    cells: tuple[Child, ...] = (
        channel_chip(account) if account else one.channel,
        str(one.count),
        late,
        span(_moment(site, one.oldest), class_="ls-moment"),
        span(_moment(site, one.due), class_="ls-moment") if one.due else "\N{EN DASH}",
    )
    return row(*zip(heads, cells, strict=True))


def _moment(site: Site, moment: datetime) -> str:
    """The clock today; with the day on others."""
    local = moment.astimezone(site.zone)
    return say_time(local) if local.date() == site.today else f"{say_short_day(local)}, {say_time(local)}"


def _by_hand(site: Site) -> Html | None:
    found = due_kits(site)
    if not found:
        return None
    note = _("The kit has text, pictures and steps; confirm with the link when it is out.")
    return section(_("To publish by hand"), "byhand", kit_links(site, COMMUNITY, found), note=note)


def _today(site: Site, pages: Mapping[str, Content]) -> Html:
    found = [entry for entry in site.entries if entry.local.date() == site.today]
    shown = entry_list(site, COMMUNITY, found, _("Nothing goes out today."), day=False)
    count = more(site, COMMUNITY, CALENDAR, pages, _("Calendar"))
    return section(_("Goes out today"), "today", shown, symbol="ready", more=count)


def _ready(site: Site, pages: Mapping[str, Content]) -> Html | None:
    """What helps to answer: templates, what is urgent, what to do when it burns."""
    known = (
        (f"{HANDBOOK}/replies/index.md", _("Response templates")),
        (f"{HANDBOOK}/antworten.md", _("How we answer")),
        (f"{HANDBOOK}/dringlichkeit.md", _("What is urgent")),
        (f"{HANDBOOK}/briefings/index.md", _("Briefings")),
    )
    links = [link(site.link(COMMUNITY, path), title) for path, title in known if path in pages]
    plans = playbook_links(site, COMMUNITY, pages)
    if not links and not plans:
        return None
    burns = (
        join((para(tag("b", _("When it burns")), class_="ls-soft"), tag("ul", *(tag("li", one) for one in plans))))
        if plans
        else None
    )
    listed = tag("ul", *(tag("li", one) for one in links)) if links else None
    return section(_("At hand"), "help", listed, burns, symbol="handbook")
