"""A playbook's page: its levels as a table above the runbook. For people outside it is a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from toolkit.community.crisis.deadlines import say_length
from toolkit.messages import _
from toolkit.pages.handbook.urgency import role_words
from toolkit.pages.markup import Html, div, join, para, tag
from toolkit.pages.view import Site
from toolkit.source import Fields
from toolkit.workspace.briefings import is_briefing
from toolkit.workspace.playbook import CrisisLevel, Playbook, Series, Trigger
from toolkit.workspace.playbooks import is_playbook, read_playbooks

_KEY: Final = "internal"


def is_internal(path: str, fields: Fields | None) -> bool:
    """Whether people outside are shown nothing of a handbook page: playbooks, briefings, ``internal: true``."""
    return is_playbook(path) or is_briefing(path) or (fields is not None and fields.flag(_KEY) is True)


def internal_text(title: str) -> str:
    """What stands in the place of such a page, so that links to it still lead somewhere."""
    said = para(_("This page is for people of the house alone."), class_="ls-empty")
    return f"{div(tag('h1', title), said, class_='ls')}\n"


def show_plan(site: Site, path: str, markdown: str) -> str:
    """The page with its levels below the title; as it is when it is no playbook."""
    if not is_playbook(path):
        return markdown
    playbooks, _problems = read_playbooks(site.workspace.handbook)
    plan = next((one for one in playbooks if one.path == path and one.levels), None)
    if plan is None:
        return markdown
    lines = markdown.split("\n")
    at = next((number for number, line in enumerate(lines) if line.startswith("# ")), -1) + 1
    return "\n".join([*lines[:at], "", str(div(_table(site, plan), class_="ls")), "", *lines[at:]])


def _table(site: Site, plan: Playbook) -> Html:
    heads = (_("Level"), _("Proposed by"), _("Led by"), _("First response"), _("Updates"), _("Paused"))
    top = tag("tr", *(tag("th", one, scope="col") for one in heads))
    rows = (tag("tr", *_cells(site, level)) for level in plan.levels)
    table = tag("table", tag("thead", top), tag("tbody", *rows), class_="ls-table")
    never = para(tag("strong", _("Never")), ": ", ", ".join(plan.do_not)) if plan.do_not else None
    return join((table, never))


def _cells(site: Site, level: CrisisLevel) -> Iterator[Html]:
    yield tag("th", f"{level.level} {level.name}".strip(), scope="row")
    yield tag("td", "; ".join(_trigger(level.when)) or _("a person"))
    backup = _("else {name}").format(name=site.name_of(level.backup)) if level.backup else ""
    yield tag("td", ", ".join(filter(None, (site.name_of(level.owner), backup))))
    yield tag("td", _within(level.first_response))
    yield tag("td", _("every {length}").format(length=say_length(level.update_every)) if level.update_every else "")
    yield tag("td", ", ".join(_("everything") if one == "all" else one for one in level.pause) or _("nothing"))


def _within(length: timedelta | None) -> str:
    return say_length(length) if length else ""


def _trigger(when: Trigger) -> Iterator[str]:
    if when.score:
        yield _("score from {score}").format(score=f"{when.score:g}")
    told = ", ".join(dict.fromkeys([*when.words, *(risk.name for risk in when.risks)]))
    if told and when.per_hour:
        yield _("{count} an hour with: {words}").format(count=when.per_hour, words=told)
    elif told:
        yield _("one with: {words}").format(words=told)
    elif when.per_hour:
        yield _("{count} an hour").format(count=when.per_hour)
    words = {Series.NEGATIVE: _("of what sounds negative"), Series.RISK: _("of what tells of a danger")}
    if not when.chosen and when.series in words:
        yield words[when.series]
    if when.any_of:
        yield _("written by: {who}").format(who=", ".join(role_words(when.any_of)))
