"""The state of the house in a few lines: crisis, pause, and whether anything is still wrong in the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from toolkit.community import Pause
from toolkit.dates import say_moment
from toolkit.messages import _, ngettext
from toolkit.model import Severity
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, div, link, span, tag
from toolkit.pages.page import Content
from toolkit.pages.paths import PROBLEMS
from toolkit.pages.team.incidents import incident_path
from toolkit.pages.view import HANDBOOK, Site
from toolkit.workspace.playbooks import read_playbooks


def house_state(site: Site, page: str, pages: Mapping[str, Content]) -> Html:
    """A line for each: what is so, and what to read then."""
    lines = (*_crisis(site, page), *_pauses(site), *_checks(site, page, pages))
    return tag("ul", *lines, class_="ls-state")


def playbook_links(site: Site, page: str, pages: Mapping[str, Content]) -> list[Html]:
    """The ways to the crisis plans."""
    found = (
        (f"{HANDBOOK}/{one.path.partition('/')[2]}", one.title) for one in read_playbooks(site.workspace.handbook)[0]
    )
    return [link(site.link(page, path), title) for path, title in found if path in pages]


def _crisis(site: Site, page: str) -> Iterator[Html]:
    opened = [one for one in site.given.incidents if one.is_open]
    for one in opened:
        said = _("Crisis, level {level}").format(level=one.level)
        leads = span(_("{name} leads").format(name=site.name_of(one.owner)), class_="ls-soft")
        yield _line("failed", "bad", said, link(site.link(page, incident_path(one)), one.title), leads)
    if not opened:
        yield _line("sent", "good", _("No crisis"))


def _pauses(site: Site) -> Iterator[Html]:
    found = [one for one in site.given.pauses.in_force(site.now) if one.scope != "post"]
    for one in found:
        yield _line("paused", "bad", _("Publishing is paused"), *_pause(site, one))
    if not found:
        yield _line("sent", "good", _("Publishing runs"))


def _pause(site: Site, one: Pause) -> tuple[Child, ...]:
    scope = _("everything") if one.scope == "all" else one.name
    until = say_moment(one.until.astimezone(site.zone)) if one.until else _("somebody ends it")
    who = _("{owner}, until {moment}").format(owner=site.name_of(one.owner) or _("somebody"), moment=until)
    return span(f"{scope}: {one.reason}"), span(who, class_="ls-soft")


def _checks(site: Site, page: str, pages: Mapping[str, Content]) -> Iterator[Html]:
    counts = Counter(one.severity for one in site.given.problems)
    if not counts:
        yield _line("sent", "good", _("No rule has anything to say"))
        return
    words = {
        Severity.ERROR: ngettext("{count} error", "{count} errors", counts[Severity.ERROR]),
        Severity.WARNING: ngettext("{count} warning", "{count} warnings", counts[Severity.WARNING]),
        Severity.HINT: ngettext("{count} hint", "{count} hints", counts[Severity.HINT]),
    }
    said = ", ".join(words[one] for one in Severity if counts[one])
    worst = next(one for one in Severity if counts[one])
    tone = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.HINT: "info"}[worst]
    shown = link(site.link(page, PROBLEMS), said) if PROBLEMS in pages else span(said)
    yield _line(worst.value, tone, _("Checks"), shown)


def _line(symbol: str, tone: str, title: str, *about: Child) -> Html:
    mark = span(icon(symbol), class_=f"ls-mark ls-{tone}")
    return tag("li", mark, div(tag("b", title), *about, class_="ls-two"))
