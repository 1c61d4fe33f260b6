"""Incidents on the site: a red line on every page while one is open or publishing stands still, and a page for each.

People outside are told that publishing is paused, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from toolkit.community.crisis.deadlines import duty_word, find_deadlines, next_deadline
from toolkit.community.crisis.incident import Deed, Entry, Incident
from toolkit.community.crisis.reading import LINE
from toolkit.dates import say_moment, say_time
from toolkit.messages import _
from toolkit.model import SourceText
from toolkit.pages.icons import icon
from toolkit.pages.kept import digest
from toolkit.pages.markup import Html, div, heading, hidden, join, link, para, prose, span, tag
from toolkit.pages.page import Content, Page, generated
from toolkit.pages.pieces import facts, head
from toolkit.pages.view import Site
from toolkit.source import decode, read_frontmatter

INDEX: Final = "incidents/index.md"


_SIGNS: Final = {
    Deed.DECLARED: "failed",
    Deed.LEVEL: "warning",
    Deed.NOTE: "edit",
    Deed.DECISION: "decide",
    Deed.PUBLIC: "sending",
    Deed.CLOSED: "sent",
    Deed.DONE: "sent",
    Deed.UNDONE: "failed",
}


def incident_path(incident: Incident) -> str:
    """The page of an incident."""
    name = incident.id if incident.id.casefold() not in {"index", "readme"} else f"{incident.id}-incident"
    return f"incidents/{name}.md"


def incident_pages(site: Site) -> dict[str, Content]:
    """An index and a page for each; none before the first incident."""
    found = site.given.incidents
    if not found:
        return {}
    return {INDEX: _index(site), **{incident_path(one): _page(site, one) for one in found}}


def with_banner(site: Site, pages: Mapping[str, Content]) -> dict[str, Content]:
    """The pages, each with the line on top while there is something to say."""
    if not any(_said(site, "")):
        return dict(pages)
    return {path: _topped(site, path, page) if isinstance(page, Page) else page for path, page in pages.items()}


def _topped(site: Site, path: str, page: Page) -> Page:
    line = tag("section", *_said(site, path), class_="ls-banner", aria_label=_("Alarm"), data_search_exclude=True)
    banner = div(line, class_="ls")
    if page.make is not None:
        key = digest(page.key, banner) if page.key else ""
        return replace(page, make=lambda: join((banner, page.html)), key=key)
    prose = page.prose
    at = read_frontmatter(SourceText("", prose))[0].body_start if prose.startswith("---") else 0
    return replace(page, prose=f"{prose[:at]}{banner}\n\n{prose[at:]}")


def _said(site: Site, path: str) -> Iterator[Html]:
    """One paragraph for each open incident, and one for all pauses."""
    given = site.given
    if not given.partner:
        for problem in given.incident_problems:
            yield para(icon("failed"), " ", _("An incident cannot be read: {problem}").format(problem=problem))
        for incident in given.incidents:
            if incident.is_open:
                yield para(icon("failed"), " ", *_incident(site, path, incident))
    # Holding a single post is somebody's own doing and no alarm.
    names = {one.name for one in given.pauses.in_force(site.now) if one.scope != "post"}
    if names:
        scopes = ", ".join(_("everything") if name == "all" else name for name in sorted(names))
        yield para(icon("paused"), " ", tag("strong", _("Publishing is paused")), ": ", scopes)


def _incident(site: Site, path: str, incident: Incident) -> Iterator[Html]:
    yield tag("strong", _("Crisis, level {level}").format(level=incident.level))
    target = site.link(path, incident_path(incident)) if path else ""
    yield join((": ", link(target, incident.title), ". ", _("{name} leads").format(name=site.name_of(incident.owner))))
    owed = next_deadline(incident)
    if owed is not None:
        local = owed.due.astimezone(site.zone)
        until = say_time(local) if local.date() == site.today else say_moment(local)
        yield join((", ", _("{what} by {until}").format(what=duty_word(owed.duty), until=until)))


def _index(site: Site) -> Page:
    boxes = (
        tag(
            "li",
            heading(2, link(site.link(INDEX, incident_path(one)), one.title)),
            para(_state(one), " ", _moment(site, one.declared)),
            para(one.reason),
            para(_("{name} leads").format(name=site.name_of(one.owner))) if one.owner else None,
            class_="ls-campaign",
        )
        for one in site.given.incidents
    )
    body = join((head(_("Incidents")), tag("ul", *boxes, class_="ls-boxes ls-thirds")))
    return generated(_("Incidents"), body, search=False)


def _state(incident: Incident) -> Html:
    words = _("open, level {level}") if incident.is_open else _("closed, level {level}")
    tone = "ls-bad" if incident.is_open else "ls-good"
    return span(words.format(level=incident.level), class_=f"ls-chip {tone}")


def _page(site: Site, incident: Incident) -> Page:
    shown = (
        (_("Declared"), _moment(site, incident.declared)),
        (_("By"), site.name_of(incident.declared_by)),
        (_("Why"), incident.reason),
        (_("Led by"), site.name_of(incident.owner)),
        (_("Backup"), site.name_of(incident.backup)),
        (_("Paused"), ", ".join(incident.paused)),
        (_("Closed"), _moment(site, incident.closed) if incident.closed else ""),
    )
    told = tag("ol", *(_entry(site, one) for one in reversed(incident.entries)), class_="ls-history")
    main = div(
        _deadlines(site, incident),
        _rest(site, incident),
        tag("section", heading(2, _("Timeline"), "timeline"), told, aria_labelledby="timeline"),
        class_="ls-main",
    )
    side = tag("aside", heading(2, _("Facts"), "facts"), facts(shown), class_="ls-side", aria_labelledby="facts")
    top = head(incident.title, para(_state(incident), class_="ls-summary"))
    return generated(incident.title, join((top, div(main, side, class_="ls-split"))), source=incident.path)


def _moment(site: Site, moment: datetime) -> str:
    return say_moment(moment.astimezone(site.zone))


def _deadlines(site: Site, incident: Incident) -> Html | None:
    found = find_deadlines(incident)
    if not found:
        return None
    rows = []
    for one in found:
        late = one.late(site.now)
        said, tone = (
            (_("too late"), "bad") if late else (_("open"), "warn") if one.met is None else (_("in time"), "good")
        )
        words = div(tag("strong", f"{duty_word(one.duty)}: "), _moment(site, one.due), class_="ls-what")
        rows.append(tag("li", words, span(said, class_=f"ls-chip ls-{tone}"), class_="ls-duty"))
    shown = heading(2, _("Deadlines"), "deadlines"), tag("ul", *rows)
    return tag("section", *shown, aria_labelledby="deadlines")


def _entry(site: Site, entry: Entry) -> Html:
    words = {
        Deed.DECLARED: _("declared"),
        Deed.LEVEL: _("level"),
        Deed.NOTE: _("note"),
        Deed.DECISION: _("decision"),
        Deed.PUBLIC: _("said in public"),
        Deed.CLOSED: _("closed"),
        Deed.DONE: _("done"),
        Deed.UNDONE: _("open again"),
    }
    stamp = tag("time", _moment(site, entry.at), datetime=entry.at.isoformat())
    who = span(site.name_of(entry.by), class_="ls-reason")
    return tag(
        "li",
        span(icon(_SIGNS[entry.deed]), class_="ls-dot"),
        div(tag("b", words[entry.deed]), ": ", entry.text, " ", who),
        stamp,
    )


def _rest(site: Site, incident: Incident) -> Html | None:
    """What stands in the file besides: the list to tick off, and the talk afterwards."""
    source, _problems = decode(incident.path, site.workspace.tree.read(incident.path))
    if source is None:
        return None
    body = LINE.sub("", read_frontmatter(source)[0].body)
    kept = [line for line in body.splitlines() if not line.startswith("# ") and line != f"## {_('Timeline')}"]
    shown = str(prose("\n".join(kept)))
    # Text is escaped: what stands behind the start of an item is the mark of a list to tick off.
    for mark, words in (("[ ]", _("open")), ("[x]", _("done"))):
        box = span(icon("sent") if mark == "[x]" else None, hidden(words), class_="ls-tick")
        shown = shown.replace(f"<li>{mark} ", f'<li class="ls-todo">{box}')
    return tag("section", Html(shown), class_="ls-prose") if shown else None
